"""How single fields are drawn at the desk: references, codes with their meanings, texts in their language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.admin import options, widgets
from django.db import models
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cooperation.desk.fields import CodesField, Worded
from cooperation.desk.forms import SHORT_LIST
from cooperation.desk.models import Record
from cooperation.desk.texts import LANGUAGE_COLUMNS
from cooperation.gazette.shapes.types import Code
from cooperation.gazette.shapes.vocabularies import StandardVocabulary, Vocabulary
from cooperation.rules.languages import LANGUAGES, django_code, from_django

from .layout import texts_columns

LONGEST_NUMBER = 18


class Autocomplete(widgets.AutocompleteSelect):
    """A search for a record; names the one chosen without asking the database, where it is known."""

    known: Mapping[str, str] = {}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> list[Any]:
        """The one option that is chosen; the others are searched for."""
        # What is no record's number is answered by the form's check, and not looked for.
        chosen = [one for one in map(str, value) if one.isdecimal() and len(one) <= LONGEST_NUMBER]
        if not all(one in self.known for one in chosen):
            return super().optgroups(name, chosen, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [self.create_option(name, one, self.known[one], True, 1) for one in chosen]
        return [(None, options, 0)]


class ReferenceChoice(forms.ModelChoiceField):
    """The choice of a record; one that has been read already is not looked for."""

    known: Mapping[str, models.Model] = {}

    def to_python(self, value: Any) -> Any:
        return self.known.get(str(value)) or super().to_python(value)

    def remember(self, records: Iterable[models.Model]) -> None:
        """Take over records that have been read, for the check and for the search that shows them."""
        self.known = {**self.known, **{str(record.pk): record for record in records}}
        widget: Any = getattr(self.widget, "widget", self.widget)
        widget.known = {number: told_apart(record) for number, record in self.known.items()}

    def label_from_instance(self, obj: Any) -> str:
        return told_apart(obj)


class LongSelect(forms.Select):
    """A choice from a long list, written without a template for each of its options."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The list with the chosen option."""
        chosen = {str(one) for one in self.format_value(value)}
        options = "".join(
            f'<option value="{code}"{" selected" if raw in chosen else ""}>{label}</option>'
            for raw, code, label in self._escaped()
        )
        given = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        # Every part was escaped when it was put in.
        return SafeString(f"<select{flatatt(given)}>{options}</select>")

    def _escaped(self) -> list[tuple[str, str, str]]:
        return [(str(code), escape(code), escape(label)) for code, label in self.choices]


def remember_references(form: forms.ModelForm) -> None:
    """Tell the form's choices of records which came with its row."""
    for name, field in form.fields.items():
        if isinstance(field, ReferenceChoice):
            field.remember(filter(None, [at_hand(form.instance, name)]))


def told_apart(record: Any) -> str:
    """What a record is called, with key, country and state, for many a record has a namesake."""
    country = record.get_country_display() if hasattr(record, "country") else ""
    said = filter(None, [record.key, str(country), str(Record.State(record.state).label)])
    return f"{record} ({', '.join(said)})"


def references_of(model: Any) -> list[str]:
    """The fields of a model, or of its history, in which a row refers to another record."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.name != "record"
        and issubclass(field.related_model, Record)
    ]


def long_columns_of_references(model: Any) -> list[str]:
    """The columns of records referred to that are too long to be fetched with a row."""
    return [
        f"{name}__{column}"
        for name in references_of(model)
        for column in long_columns(model._meta.get_field(name).related_model)
    ]


def at_hand(row: models.Model, name: str) -> Any:
    """The record to which a field of the row refers, where it has been read; None otherwise."""
    column: Any = row._meta.get_field(name)
    return column.get_cached_value(row, default=None)


class FieldsOfRecords(options.BaseModelAdmin):
    """Draws the fields of records and parts, on forms and inlines alike."""

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Every reference is searched for; none is a list of all records."""
        return references_of(self.model)

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        """The records that may be chosen, none that was merged, without the long text of sources."""
        model = db_field.remote_field.model
        rows = model._default_manager.defer(*long_columns(model))
        return rows.filter(successor="") if issubclass(model, Record) else rows

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A search, whatever the number of records."""
        kwargs["widget"] = Autocomplete(db_field, self.admin_site)
        kwargs["form_class"] = ReferenceChoice
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The form field, with what its codes mean, in the language of its text."""
        model: Any = self.model
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.ModelChoiceField):
            # Another record is not deleted from here.
            field.widget.can_delete_related = False
        if isinstance(db_field, Worded) and isinstance(db_field.member, Code):
            field.help_text = with_meanings(field.help_text, db_field.member.vocabulary)
        if isinstance(field.widget, forms.Select) and len(db_field.choices or ()) > SHORT_LIST:
            field.widget = LongSelect(field.widget.attrs, list(field.choices))
            field.widget.is_required = field.required
        if isinstance(db_field, CodesField) and len(field.choices) > SHORT_LIST:
            field.widget = widgets.FilteredSelectMultiple(
                str(field.label), is_stacked=False, choices=field.choices
            )
        language = texts_columns(model).get(db_field.name, "")
        if language:
            field.widget.attrs["lang"] = django_code(language)
        if language in LANGUAGES[1:]:
            field.help_text = LANGUAGE_COLUMNS.sentence(language, ours())
        return field


def with_meanings(sentence: Any, vocabulary: Vocabulary) -> SafeString | str:
    """The sentence, and what each code of a list of our own means, to be unfolded."""
    if isinstance(vocabulary, StandardVocabulary) or vocabulary is LANGUAGE_COLUMNS:
        return str(sentence)
    terms = format_html_join(
        "",
        "<dt>{}</dt><dd>{}</dd>",
        ((label, vocabulary.sentence(code, ours())) for code, label in vocabulary.choices),
    )
    unfold = _("What the choices mean")
    return format_html(
        '{} <details class="meanings"><summary>{}</summary><dl>{}</dl></details>',
        sentence,
        unfold,
        terms,
    )


def long_columns(model: type[models.Model]) -> list[str]:
    """The columns that are too long to be fetched with a list."""
    return [field.name for field in model._meta.concrete_fields if field.name == "kept_text"]


def ours() -> str:
    """Our code for the language in which the desk is shown."""
    try:
        return from_django(get_language() or "en")
    except ValueError:
        return "en"
