"""Restoring: making what a record said at a past point its state again, as a new change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from . import editing
from .copies import storing
from .models import Part, Record, Source
from .past import Past, Refused, as_it_was


def restore(
    record: Record, version: int, *, by: User | None, reason: str, expected_version: int
) -> Record:
    """Make what the record said at that version its state again, as a new change; returns the record.

    Where it says the same already, nothing is written. Its version must still be the expected one,
    or it is Stale. Rows come back under their own numbers, so that ids and order are what they
    were; the key of a published record stays. NoSuchPoint where there is no such version, Refused
    with all that stands against it; then nothing is done.
    """
    why = _("Restored as it stood at version %(version)s: %(reason)s")
    said = why % {"version": version, "reason": reason}
    try:
        with editing.changing(
            type(record), record.pk, by=by, reason=said, expected_version=expected_version
        ) as held:
            past = as_it_was(held, version)
            gone = obstacles(held, past)
            if gone:
                raise Refused(*gone)
            _take_over(held, past.record)
            for name, rows in past.rows.items():
                _put_back(held, name, rows)
    except ValidationError as refused:
        raise Refused(*sentences(record, refused)) from None
    return held


def sentences(row: Any, refused: ValidationError, name: str = "") -> list[str]:
    """What a refusal says, each sentence with the name of the row and the field that it is about."""
    if not hasattr(refused, "error_dict"):
        return list(refused.messages)
    said = []
    for column, errors in refused.error_dict.items():
        label = "" if column == NON_FIELD_ERRORS else str(row._meta.get_field(column).verbose_name)
        place = " › ".join(filter(None, (name, label)))
        for error in errors:
            said += [f"{place}: {sentence}" if place else sentence for sentence in error.messages]
    return said


def obstacles(record: Record, past: Past) -> list[str]:
    """What stands against restoring that point, in sentences; more may be found when it is restored.

    That the record was merged, records that it names and that have been deleted since, a file that
    was kept then and is not there any more, a key that is another's by now.
    """
    found = []
    if record.successor:
        found += [_("This record was merged into another, so it stays as it is.")]
    found += [
        _("%(record)s has been deleted since, so what named it cannot be restored.")
        % {"record": one.name}
        for one in past.lost
    ]
    if isinstance(past.record, Source) and isinstance(record, Source):
        is_another = past.record.kept_name != record.kept_name
        found += _without_file(past.record) if is_another else []
    if record.edition_number is None and past.record.key != record.key:
        found += _with_taken_key(past.record)
    return found


def _with_taken_key(record: Record) -> list[str]:
    try:
        record.validate_unique(exclude={"id"})
    except ValidationError as refused:
        return sentences(record, refused)
    return []


def _without_file(source: Source) -> list[str]:
    if not source.kept_name:
        return []
    try:
        storing.content_of(source)
    except storing.Missing:
        return [_("The file that was kept then is not there any more, so it cannot be restored.")]
    return []


def _take_over(held: Any, past: Any) -> None:
    """Let the row say what the past one says; a published record keeps its key."""
    leaving = {"record", "id"}
    if isinstance(held, Record):
        leaving = editing.BOOKKEEPING | ({"key"} if held.edition_number is not None else set())
    for column in held._meta.concrete_fields:
        if column.name not in leaving:
            setattr(held, column.attname, getattr(past, column.attname))


def _put_back(held: Record, name: str, rows: Sequence[editing.Row]) -> None:
    """Let the list hold these rows and no others, each under its own number."""
    wanted = {row.pk: row for row in rows}
    stored = {row.pk: row for row in getattr(held, name).all()}
    for pk, row in [*stored.items()]:
        if pk not in wanted or _would_collide(held, row, wanted[pk]):
            stored.pop(pk).delete()
    back = [row for row in rows if row.pk not in stored]
    _tell_ids(held, [row for row in back if isinstance(row, Part)])
    for row in rows:
        row.record = held
        kept = stored.get(row.pk)
        if kept is None:
            _checked(row)
            row.save(force_insert=True)
        elif _said(kept) != _said(row):
            _take_over(kept, row)
            _checked(kept)
            kept.save()


def _would_collide(held: Record, stored: editing.Row, wanted: editing.Row) -> bool:
    """Whether the row bears another name now, which others may bear in turn before all are back.

    A part's id stays once the record has been published; the rules of the row say so.
    """
    if isinstance(stored, Part) and held.edition_number is not None:
        return False
    named = [c.fields for c in stored._meta.constraints if isinstance(c, models.UniqueConstraint)]
    return any(
        getattr(stored, name) != getattr(wanted, name)
        for name in {name for fields in named for name in fields} - {"record"}
    )


def _tell_ids(held: Record, parts: Iterable[Part]) -> None:
    """Tell each part that comes back which ids are another's: an id belongs to the row that bore it last."""
    back = list(parts)
    if not back:
        return
    history = type(back[0]).history.filter(record_id=held.pk).order_by("history_id")
    bearers = dict(history.values_list("part_id", "id"))
    for part in back:
        part.borne = {part_id for part_id, pk in bearers.items() if pk != part.pk}


def _checked(row: editing.Row) -> None:
    try:
        row.full_clean()
    except ValidationError as refused:
        called = getattr(row, "part_id", "") or getattr(row, "path", "")
        kind = str(row._meta.verbose_name)
        name = f"{kind} “{called}”" if called else kind
        raise Refused(*sentences(row, refused, name)) from None


def _said(row: editing.Row) -> list[Any]:
    return [getattr(row, column.attname) for column in row._meta.concrete_fields]
