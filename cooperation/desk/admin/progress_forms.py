"""The small forms of what became of a thing: the finding with its source, and a source that is not on record yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.desk import needs, recording
from cooperation.desk.fields import ONE_LINE
from cooperation.desk.forms import LongTextFormField, refused
from cooperation.desk.models import InitiativeCitation, InitiativeStatusReport, Source
from cooperation.desk.recording import NOTHING, Found
from cooperation.gazette.shapes.sources import TYPES
from cooperation.gazette.shapes.vocabularies import FINDINGS, STATUSES
from cooperation.rules import dates
from cooperation.rules.keys import KEY_MAX_LENGTH, key_from
from cooperation.rules.languages import empty

from .widgets import Autocomplete, ReferenceChoice, ours

NOTE: Any = InitiativeStatusReport._meta.get_field("note")
SOURCE: Any = InitiativeCitation._meta.get_field("source")
QUOTE: Any = InitiativeCitation._meta.get_field("quote")
HANGUL, HAN = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"), re.compile("[\u4e00-\u9fff]")
PLACES = {"website": "website", "published": "published", "type": "type", "kept_text": "text"}
"""Beside which field of the small form it is said what is wrong with one of the record."""
WITH_SOURCE = gettext_lazy(
    "Where something was found, a source says so; choose it, or enter it below."
)


class ReportForm(forms.Form):
    """What somebody found, and on whose word."""

    date = forms.CharField(
        label=gettext_lazy("Date"),
        help_text=gettext_lazy(
            "The day for which it holds; 2015 or 2015-01 where no more is known."
        ),
        max_length=21,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    finding = forms.ChoiceField(
        label=gettext_lazy("What was found"), choices=FINDINGS.choices, widget=forms.RadioSelect
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        help_text=gettext_lazy("How far it has come; not asked for where nothing was found."),
        choices=[("", "–"), *STATUSES.choices],
        required=False,
    )
    note = LongTextFormField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("What was found, in a sentence; it is published with the report."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = ReferenceChoice(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Search for it by its title, address or key."),
        queryset=Source._default_manager.none(),
        required=False,
    )
    quote = LongTextFormField(
        label=gettext_lazy("Quotation"),
        help_text=gettext_lazy("The words of the source that say so, copied exactly."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asks_for_source = True
    """Whether a finding has to be proved; where one is set on many at once, that may be left for later."""
    is_entered_here = False
    """Whether the source is one that is not on record yet, and entered beside."""

    def __init__(self, *args: Any, admin_site: Any, sources: Sequence[Source] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        source: Any = self.fields["source"]
        source.widget = Autocomplete(SOURCE, admin_site)
        source.widget.is_required = False
        source.queryset = Source._default_manager.exclude(state=Source.State.MERGED)
        source.remember(sources)
        self.initial.setdefault("date", needs.today().isoformat())

    @property
    def findings(self) -> Iterable[tuple[Any, str]]:
        """The choices of what was found, each with the sentence that says what it means."""
        asked: Any = self.fields["finding"]
        words = [FINDINGS.sentence(code, ours()) for code, _label in asked.choices]
        return [*zip(self["finding"], words, strict=True)]

    def clean_date(self) -> str:
        """The day in its canonical form; one that is still to come is refused."""
        day = refused(dates.parse_date, self.cleaned_data["date"].strip())
        if day.first > needs.today():
            raise ValidationError(
                _("This day is still to come; write the day for which it was found.")
            )
        return str(day.text)

    def clean_note(self) -> str:
        """The note in clean form."""
        return str(NOTE.to_python(self.cleaned_data["note"]))

    def clean_quote(self) -> str:
        """The quotation in clean form."""
        return str(QUOTE.to_python(self.cleaned_data["quote"]))

    def clean(self) -> dict[str, Any]:
        """Ask for what the finding needs: a status where it changed, and a source where there is one."""
        cleaned = super().clean() or self.cleaned_data
        finding = cleaned.get("finding")
        if (
            finding == recording.CHANGED
            and not cleaned.get("status")
            and "status" not in self.errors
        ):
            self.add_error("status", _("Choose the status that was found."))
        if cleaned.get("quote") and self._names_no_source():
            self.add_error("source", _("Name the source in which these words stand."))
        elif finding and finding != NOTHING and self.asks_for_source and self._names_no_source():
            self.add_error("source", WITH_SOURCE)
        return cleaned

    @property
    def is_readable(self) -> bool:
        """Whether it can be told what was found, and when, whatever else is wrong."""
        self.is_valid()
        return not {"date", "finding", "status"} & self.errors.keys()

    def found(self, source: Source | None = None) -> Found:
        """What was typed, with a source that was entered here or the one that was chosen."""
        names = ("date", "finding", "status", "note", "quote")
        typed = {name: self.cleaned_data.get(name, "") for name in names}
        return Found(**typed, source=source or self.cleaned_data.get("source"))

    def _names_no_source(self) -> bool:
        chosen = self.cleaned_data.get("source") or "source" in self.errors
        return not chosen and not self.is_entered_here


class SourceForm(forms.Form):
    """A source that is not on record yet; left empty, there is none."""

    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=ONE_LINE)
    website = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    published = forms.CharField(
        label=gettext_lazy("Published"),
        required=False,
        max_length=21,
        help_text=gettext_lazy("The day on which it came out, as far as it is known."),
    )
    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=TYPES.choices, required=False)
    text = LongTextFormField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "Paste its words: they are kept as evidence, and the quotation is looked up in them."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    source: Source
    """The source as it would be entered, once the form has been checked."""

    @property
    def is_filled_in(self) -> bool:
        """Whether somebody has typed anything here; the type alone, which is always sent, is nothing."""
        names = ("title", "website", "published", "text")
        return self.is_bound and any(
            str(self.data.get(self.add_prefix(n)) or "").strip() for n in names
        )

    def clean(self) -> dict[str, Any]:
        """Check it as the record of a source is checked; what is said against its key is said of its title."""
        cleaned = super().clean() or self.cleaned_data
        if not self.is_filled_in or self.errors:
            return cleaned
        if not cleaned["title"]:
            self.add_error("title", _("Write the title of the source."))
            return cleaned
        self.source = self._made(cleaned)
        try:
            self.source.full_clean()
        except ValidationError as refusal:
            for name, faults in refusal.error_dict.items():
                self.add_error(PLACES.get(name, "title"), faults)
        else:
            self._refuse_known_address()
        return cleaned

    def _made(self, typed: dict[str, Any]) -> Source:
        title = typed["title"]
        made = Source(
            key=free_key(title),
            type=typed["type"] or TYPES.codes[0],
            website=typed["website"],
            published=typed["published"],
            accessed=needs.today().isoformat() if typed["website"] else "",
            kept_text=typed["text"],
        )
        made.title = {**empty(), language_of(title): title}
        return made

    def _refuse_known_address(self) -> None:
        known = Source._default_manager.exclude(state=Source.State.MERGED)
        same = known.filter(website=self.source.website).defer("kept_text").first()
        if self.source.website and same:
            said = _("%(source)s has this address and is on record already; choose it above.")
            self.add_error("website", said % {"source": same.name})


def language_of(title: str) -> str:
    """The language in which a title is written, by its letters."""
    if HANGUL.search(title):
        return "ko"
    return "zh-Hans" if HAN.search(title) else "en"


def free_key(title: str) -> str:
    """A key that no source bears, after the title or, where that has no Latin letters, after today."""
    stem = key_from(title)[: KEY_MAX_LENGTH - 5].rstrip("-") or f"source-{needs.today()}"
    borne = set(Source._base_manager.filter(key__startswith=stem).values_list("key", flat=True))
    if stem not in borne:
        return stem
    number = 2
    while f"{stem}-{number}" in borne:
        number += 1
    return f"{stem}-{number}"
