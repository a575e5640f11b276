"""What names a record at the desk, and how it comes to name another instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from cooperation.desk import editing
from cooperation.desk.documents import documents
from cooperation.desk.models import Apart, Citation, Link, Need, Part, Record, Submission
from cooperation.gazette.references import Label, relabelled
from cooperation.gazette.shapes import link_lists

Owner = tuple[str, Any]
"""The kind and number of a record."""


def naming(loser: Record) -> dict[Owner, list[Any]]:
    """The rows that name the record, by the record that they belong to; its own aside.

    One query for each column that may name a record of its kind.
    """
    found: dict[Owner, list[Any]] = {}
    for model, column in columns_naming(type(loser)):
        rows = model._base_manager.filter(**{column: loser.pk}).order_by("pk")
        # Of a record itself only this column is read: a source may keep long texts.
        for row in rows.only(column) if issubclass(model, Record) else rows:
            found.setdefault(_owner(row), []).append(row)
    found.pop((loser.kind, loser.pk), None)
    return found


def columns_naming(kind: Any) -> Iterator[tuple[Any, str]]:
    """Every column of the desk in which a record, or a row of one, may name a record of the kind."""
    for model in apps.get_app_config("desk").get_models():
        if model._meta.proxy or not issubclass(model, Record | Part | Link | Citation):
            continue
        for one in model._meta.concrete_fields:
            if one.related_model is kind and one.name != "record":
                yield model, one.name


def lead_on(
    held: Sequence[Record], loser: Record, survivor: Record, *, by: Any, reason: str
) -> None:
    """Let the held records, none of the two, name the survivor; each is one change of it.

    One that was public as it stands stays so where nothing but the name changes: the gazette enters
    that in the same act. Of two rows that come to say the same, one stays; amounts are never dropped.
    """
    rows = naming(loser)
    standing = [record for record in held if record.state == Record.State.PUBLISHED]
    label = Label(survivor.kind, survivor.key, None, None)
    before = relabelled(documents(standing), {(loser.kind, loser.key): label})
    for record in held:
        own = rows.get((record.kind, record.pk), ())
        for row in own:
            _turn(record, row, loser, survivor)
        _turn_paths(record, {type(row) for row in own}, loser, survivor)
    after = documents(standing)
    same = {
        (record.kind, record.pk)
        for record, then, now in zip(standing, before, after, strict=True)
        if then == now
    }
    for record in held:
        if (record.kind, record.pk) in same:
            record.published_version = record.version + 1
        editing.touch(record, by=by, reason=reason)


def settle_notes(loser: Record, survivor: Record, *, by: Any) -> None:
    """Whatever else the desk has noted of the record: its namesakes, what was handed in, what it needs."""
    notes = {"kind": loser.kind, "record": loser.pk}
    Need.objects.filter(**notes).delete()
    Submission.objects.filter(**notes, outcome=Submission.Outcome.OPEN).update(
        outcome=Submission.Outcome.TAKEN_BACK, decided_by=by, decided_at=timezone.now()
    )
    told = Apart.objects.filter(kind=loser.kind)
    for apart in told.filter(models.Q(record=loser.pk) | models.Q(other=loser.pk)):
        other = apart.other if apart.record == loser.pk else apart.record
        apart.delete()
        if other != survivor.pk:
            smaller, larger = sorted((other, survivor.pk))
            given = {"by": apart.by, "at": apart.at, "reason": apart.reason}
            Apart.objects.get_or_create(
                kind=loser.kind, record=smaller, other=larger, defaults=given
            )


def _owner(row: Any) -> Owner:
    if isinstance(row, Record):
        return row.kind, row.pk
    return row._meta.get_field("record").related_model._meta.model_name, row.record_id


def _turn(record: Record, row: Any, loser: Record, survivor: Record) -> None:
    """Let the record itself, or a row of it, name the survivor; a row that was there already goes."""
    target = record if isinstance(row, Record) else row
    for model, column in columns_naming(type(loser)):
        if model is type(row) and getattr(row, f"{column}_id") == loser.pk:
            setattr(target, column, survivor)
    if target is record:
        return
    double = next(_doubles(row), None)
    if double is None:
        row.save()
        return
    row.delete()
    if isinstance(row, Part):
        _turn_path(record, row, double)


def _doubles(row: Any) -> Iterator[Any]:
    """The other rows of the list that say the same as this one; of an amount there may be two."""
    if hasattr(row, "amount"):
        return
    beside = {"id", "part_id", "position"}
    said = {
        one.attname: getattr(row, one.attname)
        for one in row._meta.concrete_fields
        if one.name not in beside
    }
    yield from type(row)._base_manager.filter(**said).exclude(pk=row.pk).order_by("pk")


def _turn_path(record: Record, gone: Any, stays: Any) -> None:
    """Citations of the part that went concern the one that stays."""
    name = next(n for n in editing.lists(record) if getattr(record, n).model is type(gone))
    _lead_paths(record, f"{name}/{gone.part_id}", f"{name}/{stays.part_id}")


def _turn_paths(record: Record, models_naming: set[Any], loser: Record, survivor: Record) -> None:
    """Citations that concern an item of a list name it by its key."""
    for name in link_lists(record.kind):
        if getattr(record, name).model in models_naming:
            _lead_paths(record, f"{name}/{loser.key}", f"{name}/{survivor.key}")


def _lead_paths(record: Record, before: str, after: str) -> None:
    """Let the citations of one path concern another; one that was there already goes."""
    for citation in record.citations.filter(path__startswith=before).order_by("pk"):
        rest = citation.path[len(before) :]
        if rest and not rest.startswith("/"):
            continue
        citation.path = after + rest
        if any(_doubles(citation)):
            citation.delete()
        else:
            citation.save()


def numbered(owners: Iterable[Owner]) -> Mapping[str, list[Any]]:
    """The numbers of the records by their kind, both in order."""
    found: dict[str, list[Any]] = {}
    for kind, number in sorted(owners):
        found.setdefault(kind, []).append(number)
    return found
