"""Changing records: the one way in which a record, its parts and its citations are written.

The row is locked and its version compared in the transaction that saves, so no edit overwrites
another that its author has not seen. Each change raises the version and writes one entry of the
record's history, whichever of its parts and citations changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cooperation.gazette.shapes import link_lists, part_lists

from . import needs
from .chronicle import acting
from .copies import storing
from .fields import AddressField, LinesField, ReportedAsField, TextColumn
from .models import Citation, Link, Part, Record, Source, Submission

AnyRecord = TypeVar("AnyRecord", bound=Record)
Row = Part | Link | Citation
BOOKKEEPING = {
    "id", "version", "published_version", "edition_number", "withdrawn", "successor", "state",
    "created_at", "updated_at", "changed_by",
}  # fmt: skip
WITH_TEXT = (TextColumn, AddressField, LinesField, ReportedAsField)


class Stale(Exception):
    """Somebody else has changed the record since it was read."""

    def __init__(self, record: Record):
        super().__init__(
            _(
                "%(record)s was changed by %(who)s at %(when)s UTC, after you opened it. "
                "Nothing of yours was saved; open it again and repeat your change."
            )
            % {
                "record": record.name,
                "who": record.changed_by or _("somebody"),
                "when": record.updated_at.strftime("%Y-%m-%d %H:%M"),
            }
        )
        self.record = record


def hold(rows: Any) -> Any:
    """The rows, to be locked until the transaction ends.

    Their keys are not locked: others may refer to a row meanwhile, or two changes of records that
    name each other would wait for one another in vain.
    """
    return rows.select_for_update(of=("self",), no_key=True)


def locked(model: type[AnyRecord], pk: Any, expected_version: int | None = None) -> AnyRecord:
    """The record, locked until the transaction ends; Stale where its version is not the expected one."""
    record: AnyRecord = hold(model._default_manager.all()).get(pk=pk)
    if expected_version is not None and record.version != expected_version:
        raise Stale(record)
    return record


def add(record: Record) -> None:
    """Store a new record so that parts can name it; `touch` then completes the act with its history."""
    record.version = 0
    record.save_without_historical_record()


def touch(record: Record, *, by: User | None, reason: str) -> None:
    """Save a locked or new record as one change: raise its version and write one entry of its history."""
    first = record.version == 0
    record.version += 1
    record.changed_by = by
    record.updated_at = timezone.now()
    with acting(by, reason):
        note(record, first=first)
    needs.note(record)


def note(record: Record, *, first: bool = False) -> None:
    """Save a locked record and write an entry of its history, without raising its version."""
    record.save_without_historical_record()
    record.chronicle.create_historical_record(record, "+" if first else "~")
    record.refresh_from_db(fields=["state"])


@contextmanager
def changing(
    model: type[AnyRecord],
    pk: Any,
    *,
    by: User | None,
    reason: str,
    expected_version: int | None = None,
) -> Iterator[AnyRecord]:
    """The record, locked, to be changed inside together with its parts and citations.

    On leaving it is checked and saved; where nothing changed, nothing is written. Raises Stale
    before anything is done, and ValidationError, with nothing saved, where a rule is broken.
    """
    with transaction.atomic(), acting(by, reason):
        record = locked(model, pk, expected_version)
        before = content(record)
        yield record
        record.full_clean()
        if content(record) != before:
            touch(record, by=by, reason=reason)


def save(
    record: Record,
    *,
    by: User | None,
    reason: str,
    expected_version: int | None = None,
    parts: Iterable[Row] = (),
    removed: Iterable[Row] = (),
) -> bool:
    """Save a record with those of its parts and citations that are given; True where anything changed.

    One transaction, one entry of the record's history. Of a record that exists already the
    version must still be the expected one, or that which it was read with.
    """
    with transaction.atomic(), acting(by, reason):
        before = None
        if record.pk is None:
            record.full_clean()
            add(record)
        else:
            version = record.version if expected_version is None else expected_version
            stored = locked(type(record), record.pk, version)
            before = content(stored)
            _take_over(record, stored)
            record.full_clean()
        for part in removed:
            part.delete()
        for part in parts:
            part.record = record
            _save_part(part)
        changed = before is None or content(record) != before
        if changed:
            touch(record, by=by, reason=reason)
    return changed


def delete(
    record: Record, *, by: User | None, reason: str, expected_version: int | None = None
) -> None:
    """Delete a draft with its parts and citations; what it was stays in the history.

    Stale, and nothing deleted, where its version is not the expected one.
    """
    with transaction.atomic(), acting(by, reason):
        locked(type(record), record.pk, expected_version).delete()
        number = record.pk
        Submission.objects.filter(kind=record.kind, record=number).delete()
        needs.forget(record.kind, [number])


def content(record: Record) -> dict[str, Any]:
    """All that a record says, its parts and citations included, to be compared before and after."""
    said: dict[str, Any] = {
        field.attname: field.get_prep_value(getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if field.name not in BOOKKEEPING
    }
    for name in lists(record):
        said[name] = list(getattr(record, name).values())
    return said


def lists(record: Record) -> list[str]:
    """The names of the record's lists: those of its parts and links, and its citations."""
    return [*part_lists(record.kind), *link_lists(record.kind), "citations"]


def empty_history(record: Record) -> None:
    """Take every text out of the history of a record, its parts and its citations; codes, dates and amounts stay.

    Files that a source kept before go with their texts. One that it still keeps is for an editor to
    remove; its name stays, so that it is found when this is done once more.
    """
    if isinstance(record, Source):
        entries = storing.parted_with(record)
        storing.remove(entries)
        entries.update(kept_name="")
    _empty(type(record).history.filter(id=record.pk))
    for name in lists(record):
        _empty(getattr(record, name).model.history.filter(record_id=record.pk))
    # The admin's own log names records by their titles, a proxy's under the proxy.
    model: Any = type(record)._meta.concrete_model
    names = [
        m.__name__.lower() for m in apps.get_app_config("desk").get_models() if issubclass(m, model)
    ]
    told = LogEntry.objects.filter(object_id=str(record.pk), content_type__app_label="desk")
    told.filter(content_type__model__in=names).update(object_repr=record.key, change_message="")


def _take_over(record: Record, stored: Record) -> None:
    """What publishing has noted since the record was read; the version does not tell."""
    for name in ("published_version", "edition_number", "withdrawn", "successor"):
        setattr(record, name, getattr(stored, name))


def _empty(entries: models.QuerySet[Any]) -> None:
    empty = {
        field.name: [] if isinstance(field, models.JSONField) else ""
        for field in entries.model.tracked_fields
        if isinstance(field, WITH_TEXT)
    }
    entries.update(**empty)


def _save_part(part: Row) -> None:
    """Save a part that is new or differs from what is stored; an equal one leaves no trace."""
    part.full_clean()
    stored = type(part)._base_manager.filter(pk=part.pk).first() if part.pk else None
    columns = [field.attname for field in part._meta.concrete_fields]
    if stored is None or any(
        getattr(stored, column) != getattr(part, column) for column in columns
    ):
        part.save()
