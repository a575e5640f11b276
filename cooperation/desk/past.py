"""Past points of a record: what it said, with its parts and citations, at one of its versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.gazette.references import Label, Target

from . import editing
from .documents import rendered
from .fields import ReferenceField
from .models import Record
from .publishing import REDACTED

Rows = dict[str, list[editing.Row]]


class Refused(Exception):
    """A past point cannot be shown or restored; the sentences name what stands against it."""

    def __init__(self, *sentences: str):
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class NoSuchPoint(LookupError):
    """The history of the record has no entry of that version."""


@dataclass(frozen=True)
class Past:
    """A record with its parts, links and citations as they stood at one of its versions."""

    record: Record
    rows: Rows
    entry: Any
    """The entry of the history that closed the change: when, by whom, and why."""
    lost: tuple[Record, ...]
    """The records that it names and that have been deleted since, as they were last."""

    def document(self) -> dict[str, Any]:
        """The document of the record as it stood."""
        return rendered([self.record])[0]

    def labels(self) -> dict[Target, Label]:
        """What the records that it names are called at the desk; the deleted ones as they were."""
        targets = (target for _row, _column, target in _references(self.record, self.rows))
        return {
            (one.kind, one.key): Label(
                one.kind, one.key, f"/{KINDS[one.kind].plural}/{one.key}/", one.title
            )
            for one in targets
        }


def as_it_was(record: Record, version: int) -> Past:
    """The record as it stood when the change of that version was complete.

    A fixed number of queries, whatever the length of the history. NoSuchPoint where it has no such
    version; Refused where the texts of that point have been taken out of the history.
    """
    history = type(record).history.filter(id=record.pk).select_related("history_user")
    entry = history.filter(version=version).exclude(history_type="-").order_by("history_id").first()
    if entry is None:
        raise NoSuchPoint(version)
    stored = type(record)._base_manager.get(pk=record.pk)
    if version == stored.version:
        past, rows = stored, {name: _live(stored, name) for name in editing.lists(stored)}
    else:
        emptied = history.filter(history_change_reason__startswith=REDACTED)
        since = emptied.aggregate(at=Max("history_date"))["at"]
        _refuse_emptied(entry, since)
        past = _row(type(record), entry)
        rows = {name: _as_they_were(stored, name, entry, since) for name in editing.lists(stored)}
    _hold(past, rows)
    return Past(past, rows, entry, tuple(_name_references(past, rows)))


def _live(record: Record, name: str) -> list[editing.Row]:
    return _in_order(getattr(record, name).all())


def _as_they_were(record: Record, name: str, entry: Any, since: Any) -> list[editing.Row]:
    """The rows of one list at the moment of the entry: of each the last that its history says by then."""
    model: Any = getattr(record, name).model
    ours = model.history.filter(record_id=record.pk).values("id")
    # A row may have been moved from or to another record.
    until = model.history.filter(id__in=ours, history_date__lte=entry.history_date)
    last = until.order_by().values("id").annotate(last=Max("history_id")).values("last")
    entries = list(
        model.history.filter(history_id__in=last, record_id=record.pk).exclude(history_type="-")
    )
    if since is None or all(one.history_date > since for one in entries):
        return _in_order(_row(model, one) for one in entries)
    return _in_order(_unemptied(model, entries, since))


def _unemptied(model: Any, entries: Iterable[Any], since: Any) -> Iterator[editing.Row]:
    """The rows, of which those that have not changed since say themselves what the history has lost."""
    ids = [one.id for one in entries]
    history = model.history.filter(id__in=ids).order_by()
    newest = dict(history.values_list("id").annotate(Max("history_id")))
    stored = model._base_manager.in_bulk(ids)
    for one in entries:
        if one.id in stored and newest[one.id] == one.history_id:
            yield stored[one.id]
        else:
            _refuse_emptied(one, since)
            yield _row(model, one)


def _refuse_emptied(entry: Any, since: Any) -> None:
    if since is not None and entry.history_date <= since:
        raise Refused(
            _(
                "The texts of this point were taken out of the history on %(day)s, when the record was "
                "redacted; they cannot be shown or restored."
            )
            % {"day": since.strftime("%Y-%m-%d")}
        )


def _row(model: Any, entry: Any) -> Any:
    """The row as an entry of its history has it, not stored."""
    return model(
        **{column.attname: getattr(entry, column.attname) for column in entry.tracked_fields}
    )


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (getattr(row, "position", 0) or 0, row.pk))


def _hold(record: Record, rows: Rows) -> None:
    """Let the record hold these rows in memory, as if they had been read with it."""
    vars(record)["_prefetched_objects_cache"] = dict(rows)
    for row in (one for listed in rows.values() for one in listed):
        row.record = record


def _references(record: Record, rows: Rows) -> Iterator[tuple[Any, Any, Any]]:
    """Each row that names another record, the column in which it does, and that record if it is at hand."""
    for row in (record, *(one for listed in rows.values() for one in listed)):
        for column in row._meta.concrete_fields:
            if not isinstance(column, ReferenceField) or getattr(row, column.attname) is None:
                continue
            yield row, column, column.get_cached_value(row, default=None)


def _name_references(record: Record, rows: Rows) -> list[Record]:
    """Read the records that are named, one query a kind; returns those that were deleted, as they were last."""
    asked: dict[Any, set[Any]] = {}
    for row, column, _target in _references(record, rows):
        asked.setdefault(column.related_model, set()).add(getattr(row, column.attname))
    found: dict[Any, Any] = {}
    lost: list[Record] = []
    for model, ids in asked.items():
        titles = [f"title_{suffix}" for suffix in model.title.columns]
        there = model._base_manager.only("key", *titles).in_bulk(ids)
        gone = as_they_were_last(model, ids - there.keys()) if ids - there.keys() else {}
        lost += gone.values()
        found |= {(model, pk): target for pk, target in {**gone, **there}.items()}
    for row, column, _target in _references(record, rows):
        setattr(row, column.name, found[column.related_model, getattr(row, column.attname)])
    return lost


def as_they_were_last(model: Any, ids: Iterable[Any]) -> dict[Any, Any]:
    """Records that are not there any more, as their history knew them last; by key alone where it does not."""
    wanted = set(ids)
    titles = [f"title_{suffix}" for suffix in model.title.columns]
    history = model.history.filter(id__in=wanted).order_by("history_id")
    known = {one["id"]: model(**one) for one in history.values("id", "key", *titles)}
    return {pk: known.get(pk) or model(pk=pk, key=str(pk)) for pk in wanted}
