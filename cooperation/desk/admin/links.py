"""Records that a record names by a list, as rows of its form: one search over all kinds that are open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin import widgets
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.models import Link
from cooperation.desk.models.links import IN_THE_LIST

from .parts import PartForm, PartFormSet, PartInline
from .widgets import LONGEST_NUMBER, long_columns, told_apart

TARGET = "target"


def written(record: Any) -> str:
    """A record as the form sends it: `initiative-12`."""
    return f"{record.kind}-{record.pk}"


def told(record: Any, kinds: Collection[str]) -> str:
    """What the record is called, with its kind where several are open."""
    shown = told_apart(record)
    return f"{KINDS[record.kind].label}: {shown}" if len(kinds) > 1 else shown


def records(names: Iterable[str], kinds: Collection[str]) -> dict[str, Any]:
    """The records that are sent under these names; one query a kind."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for name in names:
        kind, _hyphen, number = name.partition("-")
        if kind in kinds and number.isdecimal() and len(number) <= LONGEST_NUMBER:
            numbers[kind].add(number)
    found: dict[str, Any] = {}
    for kind, some in numbers.items():
        model: Any = apps.get_model("desk", kind)
        rows = model._base_manager.defer(*long_columns(model)).filter(pk__in=some, successor="")
        found |= {written(record): record for record in rows}
    return found


class AnySearch(widgets.AutocompleteSelect):
    """A search for a record of any kind that is open."""

    known: Mapping[str, Any] = {}

    def __init__(self, links: type[Link], **kwargs: Any):
        self.links = links
        super().__init__(links._meta.get_field(links.columns()[0]), admin.site, **kwargs)

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        """What the script of the search asks for."""
        attrs: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        return {**attrs, "data-field-name": TARGET}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> list[Any]:
        """The one option that is chosen; the others are searched for."""
        chosen = [one for one in map(str, value) if one in self.known]
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        kinds = self.links.columns()
        shown = [
            self.create_option(name, one, told(self.known[one], kinds), True, 1) for one in chosen
        ]
        return [(None, [*empty, *shown], 0)]


class AnyRecordField(forms.Field):
    """The choice of a record of any kind that is open."""

    widget: AnySearch

    def __init__(self, links: type[Link]):
        super().__init__(
            widget=AnySearch(links),
            label=_("Record"),
            help_text=_("Search for it by title or key."),
        )

    def remember(self, known: Mapping[str, Any]) -> None:
        """Take over records that have been read already, by the name under which they are sent."""
        self.widget.known = {**self.widget.known, **known}

    def to_python(self, value: Any) -> Any:
        """The record; None where nothing was chosen."""
        if value in self.empty_values:
            return None
        found = self.widget.known.get(str(value))
        if found is None:
            raise ValidationError(_("This record is not there any more; search for another."))
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another record was chosen than is stored."""
        return (initial or "") != (data or "")


class LinkForm(PartForm):
    """One row: the record that is named."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        target = self.instance.target
        if target:
            self.initial[TARGET] = written(target)
            self._field.remember({written(target): target})

    @property
    def _field(self) -> AnyRecordField:
        field: Any = self.fields[TARGET]
        return field

    def _post_clean(self) -> None:
        chosen = self.cleaned_data.get(TARGET)
        if chosen:
            self.instance.target = chosen
        super()._post_clean()  # type: ignore[misc] # unknown to the stubs


class LinkFormSet(PartFormSet):
    """The rows of one such list; none names what another names already."""

    def clean(self) -> None:
        """Refuse to name a record twice."""
        super().clean()
        seen = self._not_sent()
        for form in self.staying():
            target = form.instance.target
            if target is None:
                continue
            if written(target) in seen and TARGET in form.fields:
                form.add_error(TARGET, IN_THE_LIST)
            seen.add(written(target))

    def _not_sent(self) -> set[str]:
        """What rows name that are stored and not on the form; where no row is new, none is asked for."""
        model: Any = self.model
        if not self.instance.pk or not any(form.has_changed() for form in self.extra_forms):
            return set()
        rows = model._base_manager.filter(record_id=self.instance.pk)
        rows = rows.exclude(pk__in=[form.instance.pk for form in self.initial_forms])
        columns = model.columns()
        stored = rows.values_list(*(f"{column}_id" for column in columns))
        named = (zip(columns, row, strict=True) for row in stored)
        return {f"{kind}-{number}" for row in named for kind, number in row if number}

    def save(self, commit: bool = True) -> Any:
        """Save the rows; one that names another record goes and comes anew, so two may change places."""
        model: Any = self.model
        stored = [form for form in self.staying() if form.instance.pk]
        anew = [form for form in stored if form.has_changed()]
        model._base_manager.filter(pk__in=[form.instance.pk for form in anew]).delete()
        for form in anew:
            form.instance.pk = None
        saved = super().save(commit)
        come = [self.save_new(form) for form in anew]
        self.new_objects += come
        return [*saved, *come]

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        if self.is_bound and TARGET in form.fields:
            form.fields[TARGET].remember(self._named)
        return form

    @cached_property
    def _named(self) -> dict[str, Any]:
        """The records that were sent, one query a kind for all rows."""
        model: Any = self.model
        return records(self._sent_names(), model.columns())

    def _sent_names(self) -> Iterator[str]:
        for place in range(self.total_form_count()):
            yield str(self.data.get(f"{self.add_prefix(place)}-{TARGET}") or "")


class LinkInline(PartInline):
    """The records that a record names by one of its lists."""

    formset = LinkFormSet

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The rows, with a search for the record in place of a column for each kind."""
        links: Any = self.model
        form: Any = type("LinkForm", (LinkForm,), {TARGET: AnyRecordField(links)})
        self.form = form
        return super().get_formset(request, obj, fields=[TARGET], **kwargs)
