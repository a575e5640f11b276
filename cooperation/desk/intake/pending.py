"""Records in memory, before anything of them is stored: filled in and checked as if they were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps

from cooperation.desk import editing
from cooperation.desk.models import Record

from .entering import Filled, fill
from .entries import Entry, entries
from .faults import Faults
from .members import Named


def model_of(kind: str) -> Any:
    """The model of a kind."""
    return apps.get_model("desk", kind)


def in_memory(kind: str, key: str, number: int) -> Record:
    """A new record of which only the key is known; under that number others can refer to it."""
    record: Record = model_of(kind)(pk=number, key=key, version=0)
    # Nothing of it is stored, but it, and what refers to it, are checked as if it were.
    record.state = Record.State.DRAFT
    record._state.adding = False  # noqa: SLF001  # Django has no other name for it
    return without_rows(record)


def without_rows(record: Record) -> Record:
    """The record, of whose lists is known that there is nothing in them."""
    found: Any = record
    found._prefetched_objects_cache = {  # noqa: SLF001  # where Django keeps what was read
        name: getattr(type(record), name).rel.related_model._base_manager.none()
        for name in editing.lists(record)
    }
    return record


def entry_of(written: dict[str, Any]) -> tuple[Entry | None, Faults]:
    """What a written record is to hold, and its faults; None where it cannot be told."""
    faults = Faults()
    try:
        found = entries([written], faults)
    except Faults:
        return None, faults
    return (found[0] if found else None), faults


def filled_with(
    entry: Entry | None,
    held: Mapping[Named, Record],
    known: Mapping[Named, Record],
    faults: Faults,
) -> Filled | None:
    """The record with what was written filled in, in memory; None where too much is wrong."""
    if entry is None:
        return None
    try:
        return fill(entry, held[entry.name], known, faults)
    except Faults:
        return None
