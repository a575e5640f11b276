"""The sides of a conflict: what the fields of a form hold as opened, as stored and as typed, and how that is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.desk.fields import AddressField, EdtfField, TextColumn
from cooperation.desk.models import Record

from .links import AnyRecordField, records
from .parts import kind_of
from .widgets import (
    LONGEST_NUMBER,
    ReferenceChoice,
    long_columns_of_references,
    references_of,
    told_apart,
)

LONGEST, LEAD = 1_500, 200
KEPT_APART = {"id", "record"}


class Sheet:
    """The fields of a form, those that everybody fills in."""

    def __init__(self, form: Any, leaving_out: set[str] = KEPT_APART):
        self.model: Any = form._meta.model
        columns = {one.name for one in self.model._meta.concrete_fields if one.editable}
        self.fields: dict[str, Any] = {
            name: field
            for name, field in form.fields.items()
            if (name in columns or isinstance(field, AnyRecordField))
            and name not in leaving_out
            and not field.disabled
        }
        self.initial = {
            name: form.get_initial_for_field(field, name) for name, field in self.fields.items()
        }

    def stored(self, row: Any) -> dict[str, Any]:
        """What a row, or an entry of its history, holds."""
        found = self.model._meta.get_field
        return {name: found(name).value_from_object(row) for name in self.fields}

    def typed(self, data: Any, files: Any, prefix: str = "") -> dict[str, Any]:
        """What was typed into each field, as its widget reads it."""
        return {
            name: field.widget.value_from_datadict(data, files, f"{prefix}{name}")
            for name, field in self.fields.items()
        }

    def sent(self, name: str, value: Any) -> list[str]:
        """What a browser sends where the field holds that value."""
        prepared = self.fields[name].prepare_value(value)
        if isinstance(prepared, list):
            return [str(one) for one in prepared]
        if isinstance(prepared, bool):
            return ["on"] if prepared else []
        return ["" if prepared is None else str(prepared)]

    def is_touched(self, initial: Mapping[str, Any], typed: Mapping[str, Any]) -> bool:
        """Whether anything was typed otherwise than that."""
        return any(self.differs(name, initial[name], typed[name]) for name in self.fields)

    def differs(self, name: str, stored: Any, typed: Any) -> bool:
        """Whether a field was typed otherwise than it is stored; texts are stored in one form of Unicode."""
        field = self.fields[name]
        if not field.has_changed(stored, typed):
            return False
        columns = {one.name: one for one in self.model._meta.concrete_fields}
        column: Any = columns.get(name)
        if not isinstance(column, TextColumn | EdtfField | AddressField):
            return True
        try:
            return bool(column.to_python(field.to_python(typed)) != stored)
        except ValidationError:
            return True

    def lines(self, values: Mapping[str, Any]) -> list[Line]:
        """What a row says, field by field; what is empty is left out."""
        return [
            Line(str(self.fields[name].label), self.fields[name], value)
            for name, value in values.items()
            if value or (value == 0 and value is not False)
        ]


@dataclass(frozen=True)
class Line:
    """What one field holds on one side."""

    label: str
    field: Any
    value: Any

    @property
    def reference(self) -> str:
        """The record that is referred to, as `kind-number`; empty where none is."""
        if isinstance(self.field, AnyRecordField):
            return str(self.value or "")
        if isinstance(self.field, ReferenceChoice) and self.value:
            model: Any = self.field.queryset.model  # type: ignore[union-attr] # every choice of records has one
            return f"{kind_of(model)}-{self.value}"
        return ""

    def text(self, names: Mapping[str, Any]) -> str:
        """The value as people read it."""
        if self.reference:
            record = names.get(self.reference)
            return told_apart(record) if record else f"#{self.value}"
        if isinstance(self.field, forms.BooleanField):
            return _("Yes") if self.value else ""
        value = self.field.prepare_value(self.value)
        if isinstance(self.field, forms.ChoiceField):
            choices: Any = self.field.choices
            pairs: Any = flatten_choices(choices)
            labels = {str(code): str(label) for code, label in pairs}
            codes = value if isinstance(value, list) else [value or ""]
            return ", ".join(labels.get(str(code), str(code)) for code in codes if code != "")
        return "" if value is None else str(value)


def known(lines: list[Line]) -> dict[str, Any]:
    """The records to which lines refer, by the name under which they are sent; one query a kind."""
    return records({line.reference for line in lines}, KINDS)


def window(texts: list[str]) -> list[str]:
    """The texts; where one is too long, of each what surrounds the first sign in which they differ."""
    if max(map(len, texts), default=0) <= LONGEST:
        return texts
    said = [text for text in texts if text]
    signs = enumerate(zip(*said, strict=False))
    first = next((n for n, some in signs if len(set(some)) > 1), min(map(len, said)))
    start = max(0, first - LEAD)
    return [
        f"{'…' if start else ''}{text[start : start + LONGEST]}"
        f"{'…' if start + LONGEST < len(text) else ''}"
        for text in texts
    ]


@dataclass(frozen=True)
class Opened:
    """A record as it was when somebody opened its form: the entry of its history, and what stood then."""

    model: Any
    entry: Any

    @cached_property
    def record(self) -> Any:
        """The record as it was."""
        columns = [column.attname for column in self.entry.tracked_fields]
        return self.model(**{name: getattr(self.entry, name) for name in columns})

    def rows(self, part: Any) -> dict[int, Any]:
        """The rows of one list as they were, as entries of their history, by number. One query."""
        entries = part.history.filter(
            record_id=self.entry.id, history_date__lte=self.entry.history_date
        )
        entries = entries.select_related(*references_of(part))
        entries = entries.defer(*long_columns_of_references(part)).order_by("history_id")
        last = {entry.id: entry for entry in entries}
        return {number: entry for number, entry in last.items() if entry.history_type != "-"}


def opened(model: Any, pk: Any, version: str) -> Opened | None:
    """The record as it was at a version that was sent; None where its history knows no such version."""
    if not version.isdecimal() or len(version) > LONGEST_NUMBER:
        return None
    # What is published is noted under the same version, later; the first entry closed the change.
    entries = model.history.filter(id=pk, version=int(version)).order_by("history_id")
    entry = entries.exclude(history_type="-").first()
    return Opened(model, entry) if entry else None


def stored_rows(part: Any, record: Record) -> dict[int, Any]:
    """The rows of one list as they are stored, by number, in their order. One query."""
    rows = part._base_manager.filter(record_id=record.pk).order_by(*part._meta.ordering)
    rows = rows.select_related(*references_of(part)).defer(*long_columns_of_references(part))
    return {row.pk: row for row in rows}


def since(record: Record, version: str, most: int) -> Iterator[models.Model]:
    """The newest entries of the record's history after that version, newest first, one a version."""
    known_version = int(version) if version.isdecimal() and len(version) <= LONGEST_NUMBER else 0
    entries = type(record).history.filter(id=record.pk, version__gt=known_version)
    entries = entries.select_related("history_user").order_by("-history_id")
    seen: set[int] = set()
    for entry in entries.only("version", "history_date", "history_change_reason", "history_user")[
        : 2 * most
    ]:
        if entry.version not in seen and len(seen) < most:
            seen.add(entry.version)
            yield entry
