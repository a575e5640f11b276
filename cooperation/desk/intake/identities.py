"""Ids for rows of parts that a table gives none: that of the part on record that says the same, or a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from cooperation.desk.models import Part, Record
from cooperation.desk.models.parts import ids_borne
from cooperation.gazette.shapes import part_lists

from .describing import WHOLE
from .faults import Faults
from .gathering import Bundle
from .lines import Line
from .members import Row
from .pending import model_of
from .stating import is_same

Document = Mapping[str, Any]


def identify(kind: str, bundle: Bundle, record: Record, said: Document | None) -> None:
    """Give each row of a list of parts that has no id one, and note that it is proposed. A query a list at most."""
    for name, lines in bundle.lists.items():
        nameless = [line for line in lines if not line.group.get("id")]
        if name == WHOLE or not nameless:
            continue
        stored = {one["id"]: one for one in said[name]} if said else {}
        taken = {str(line.group["id"]) for line in lines if line.group.get("id")}
        for line in nameless:
            found = _alike(kind, name, line, stored, taken)
            if found:
                _give(line, found, taken)
        _propose(kind, name, [one for one in nameless if not one.group.get("id")], record, taken)


def _alike(
    kind: str, name: str, line: Line, stored: Mapping[str, Document], taken: set[str]
) -> str:
    """The id of a part on record that says all that the row says; empty where there is none."""
    members = part_lists(kind)[name].members
    given = {inside: value for inside, value in line.group.items() if inside in members}
    if not given or line.problems:
        return ""
    return next(
        (
            part_id
            for part_id, one in stored.items()
            if part_id not in taken
            and all(is_same(members[inside], value, one[inside]) for inside, value in given.items())
        ),
        "",
    )


def _propose(kind: str, name: str, lines: Sequence[Line], record: Record, taken: set[str]) -> None:
    if not lines:
        return
    model: Any = getattr(record, name).model
    borne = ids_borne(model, record.pk) if record.pk > 0 else set()
    borne |= {part.part_id for part in getattr(record, name).all()}
    for line in lines:
        part = _part(kind, name, model, record, line)
        _give(line, _free(part, borne | taken), taken)


def _free(part: Part, others: set[str]) -> str:
    try:
        return part.id_beside(others)
    except ObjectDoesNotExist:
        # What it is to be named by is not given, which is told as an error of the row.
        numbers = range(1, len(others) + 2)
        return next(one for n in numbers if (one := f"{part.NUMBERED}-{n}") not in others)


def _part(kind: str, name: str, model: Any, record: Record, line: Line) -> Part:
    """A part that says what the row says, as far as an id is made from it."""
    members = part_lists(kind)[name].members
    part: Part = model(record=record)
    row = Row("", "", line.group, Faults())
    row.take(members, ("id",))
    for column, value in row.columns.items():
        if column not in row.unsound:
            setattr(part, column, value)
    for column, (of_kind, key) in row.references.items():
        setattr(part, column, model_of(of_kind)(key=key))
    return part


def _give(line: Line, part_id: str, taken: set[str]) -> None:
    line.group["id"] = line.proposed = part_id
    taken.add(part_id)
