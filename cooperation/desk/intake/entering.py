"""Entering written records at the desk: all of them, or none with every fault named.

This is the one way in for records that were not typed into a form, whatever file they came in. It
knows no kind: shapes and models say what there is to fill in. What was written is set; what was not
written stays as it is; of a list that was written, parts that it does not name are removed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.desk import editing, needs
from cooperation.desk.chronicle import acting
from cooperation.desk.fields import CodesField
from cooperation.desk.models import Record
from cooperation.rules.keys import is_key

from .entries import Entry, entries
from .faults import Faults
from .members import Named, Row

CHUNK = 500
NEEDED = {"blank", "null", "required"}


@dataclass
class Result:
    """What entering came to: the records that were made, changed, and left as they were."""

    created: list[Record] = field(default_factory=list)
    changed: list[Record] = field(default_factory=list)
    unchanged: list[Record] = field(default_factory=list)

    @property
    def records(self) -> list[Record]:
        """All records that were written."""
        return [*self.created, *self.changed, *self.unchanged]


@dataclass
class Filled:
    """A record with what has been filled in, in memory."""

    record: Record
    changed: bool = False
    parts: list[editing.Row] = field(default_factory=list)
    removed: list[editing.Row] = field(default_factory=list)


def enter(records: Any, *, by: User | None, reason: str) -> Result:
    """Enter written records at the desk in one transaction; returns which were made or changed.

    Records already there are changed only where they differ, under lock, with version and history.
    References may lead to records at the desk or in the same list, in circles too. Raises Faults,
    naming everything that is wrong, with nothing stored.
    """
    faults = Faults()
    written = entries(records, faults)
    with transaction.atomic(), acting(by, reason), needs.together():
        held = at_the_desk([entry.name for entry in written])
        added = {entry.name for entry in written} - held.keys()
        for name in sorted(added):
            held[name] = stub(name)
        known = led_on(held | looked_up(targets(written) - held.keys()))
        filled = [fill(entry, held[entry.name], known, faults) for entry in written]
        faults.refuse_if_any()
        result = Result()
        for one in filled:
            store(one, result, by=by, reason=reason, new=(one.record.kind, one.record.key) in added)
    return result


def _model(kind: str) -> Any:
    return apps.get_model("desk", kind)


def at_the_desk(names: Iterable[Named], *, lock: bool = True) -> dict[Named, Record]:
    """Those of the records that are at the desk; locked by kind and id, as every act locks them."""
    keys: dict[str, list[str]] = defaultdict(list)
    for kind, key in names:
        keys[kind].append(key)
    held = {}
    for kind in sorted(keys):
        rows = _model(kind)._base_manager.order_by("pk")
        rows = editing.hold(rows) if lock else rows
        for start in range(0, len(keys[kind]), CHUNK):
            for record in rows.filter(key__in=keys[kind][start : start + CHUNK]):
                held[kind, record.key] = record
    return held


def stub(name: Named) -> Record:
    """A new record of which nothing is known but its key, so that others can refer to it."""
    kind, key = name
    record: Record = _model(kind)(key=key)
    editing.add(record)
    return record


def targets(written: Sequence[Entry]) -> set[Named]:
    """The records that the written ones name."""
    return {name for entry in written for row in entry.rows() for name in row.references.values()}


def looked_up(names: Iterable[Named]) -> dict[Named, Record]:
    """Those of the records that are at the desk, to be referred to."""
    return at_the_desk([name for name in names if is_key(name[1])], lock=False)


def led_on(known: Mapping[Named, Record]) -> dict[Named, Record]:
    """The same records; to name one that was merged is to name what it has become."""
    gone = {name: (name[0], one.successor) for name, one in known.items() if one.successor}
    became = looked_up(gone.values())
    return {name: became.get(gone.get(name, name), one) for name, one in known.items()}


def fill(entry: Entry, record: Record, known: Mapping[Named, Record], faults: Faults) -> Filled:
    """Fill the record, its parts and citations in, noting what is wrong with each."""
    filled = Filled(record)
    filled.changed = _set(entry.row, record, known)
    entry.row.filled(record, filled.changed)
    for name, rows in entry.parts.items():
        _fill_parts(filled, name, rows, known)
    for name, rows in entry.nameless.items():
        _fill_nameless(filled, name, rows, known)
    return filled


def _fill_parts(
    filled: Filled, name: str, rows: Sequence[Row], known: Mapping[Named, Record]
) -> None:
    """Match parts by id; those that are not written are to be removed."""
    parts = getattr(filled.record, name)
    stored = {part.part_id: part for part in parts.all()}
    wanted = [row.id for row in rows]
    kept = [part_id for part_id in stored if part_id in wanted]
    in_order = kept == wanted[: len(kept)]
    last = 0
    for row in rows:
        part = stored.pop(row.id, None) or parts.model(record=filled.record, part_id=row.id)
        differs = _set(row, part, known) or part.pk is None
        if part.pk is None or not in_order:
            differs = differs or part.position != last + 1
            part.position = last + 1
        last = part.position or last
        row.filled(part, differs)
        if differs:
            filled.parts.append(part)
    filled.removed += stored.values()


def _fill_nameless(
    filled: Filled, name: str, rows: Sequence[Row], known: Mapping[Named, Record]
) -> None:
    """Match citations and links, which have no id, by all that they say."""
    held = getattr(filled.record, name)
    stored = list(held.all())
    kept = Counter(map(_said, stored))
    for row in rows:
        one = held.model(record=filled.record)
        # The rules of the table would take the stored row for a double of the written one.
        _set(row, one, known, by_table=False)
        row.filled(one, not kept[_said(one)])
        if not row.differs:
            kept[_said(one)] -= 1
        else:
            _check(row, one, one.validate_unique, one.validate_constraints)
            filled.parts.append(one)
    for one in reversed(stored):
        if kept[_said(one)]:
            kept[_said(one)] -= 1
            filled.removed.append(one)


def _said(row: models.Model) -> tuple[Any, ...]:
    return tuple(
        getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if not column.primary_key
    )


def _set(
    row: Row, held: models.Model, known: Mapping[Named, Record], *, by_table: bool = True
) -> bool:
    """Set what was written, check it, and tell whether the columns now differ; faults go to the row's.

    Without `by_table` the rules that look at the table are left to be checked later.
    """
    before = _columns(held)
    for column, name in row.references.items():
        if name in known:
            setattr(held, column, known[name])
        else:
            path, raw = row.origins[column]
            mend = _("There is no %(kind)s with this key; enter it too, or correct the key.") % {
                "kind": str(KINDS[name[0]].label).lower()
            }
            row.faults.add(row.record, path, raw, mend)
            row.unsound.add(column)
    for column, value in row.columns.items():
        if column not in row.unsound and not _alike(held, column, value):
            setattr(held, column, value)
    whole = partial(held.full_clean, validate_unique=by_table, validate_constraints=by_table)
    _check(row, held, whole)
    return _columns(held) != before


def _check(row: Row, held: models.Model, *rules: Callable[..., None]) -> None:
    # A record that is looked at before it is stored cannot be found by the rules of its parts.
    of_new = {"record"} if (getattr(held, "record_id", None) or 0) < 0 else set()
    for rule in rules:
        try:
            rule(exclude=row.unsound | of_new)
        except ValidationError as refused:
            _note(row, held, refused)


def _columns(held: models.Model) -> dict[str, Any]:
    return {column.attname: getattr(held, column.attname) for column in held._meta.concrete_fields}


def _alike(held: models.Model, column: str, value: Any) -> bool:
    """Whether a list of codes holds the same codes already; their order says nothing."""
    if not isinstance(held._meta.get_field(column), CodesField):
        return False
    return Counter(map(str, getattr(held, column))) == Counter(map(str, value))


def _note(row: Row, held: models.Model, refused: ValidationError) -> None:
    for column, errors in refused.error_dict.items():
        if column == NON_FIELD_ERRORS:
            path, raw = row.path, row.raw
        else:
            path, raw = row.origins.get(column, (row.at(column), getattr(held, column, None)))
        for error in errors:
            needed = getattr(error, "code", None) in NEEDED
            mend = _("This is needed; give it.") if needed else " ".join(error.messages)
            row.faults.add(row.record, path, raw, mend)


def store(one: Filled, result: Result, *, by: User | None, reason: str, new: bool) -> None:
    """Save what was filled in, and note in the result what became of the record."""
    record = one.record
    saved = False
    if new or one.changed or one.parts or one.removed:
        saved = editing.save(record, by=by, reason=reason, parts=one.parts, removed=one.removed)
    if new and not saved:
        # Nothing but kind and key was written; it still begins with version 1 and a history.
        editing.touch(record, by=by, reason=reason)
    (result.created if new else result.changed if saved else result.unchanged).append(record)
