"""What would move from one record to the other: worked out in full before anything is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cooperation.desk import editing
from cooperation.desk.models import Part, Record
from cooperation.desk.models.parts import ids_borne
from cooperation.desk.models.progress import StatusReport
from cooperation.gazette.shapes import part_lists
from cooperation.rules.keys import KEY_MAX_LENGTH
from cooperation.rules.languages import LANGUAGES

from .fields import Choices, Field, fields

NAMES = "names"
AS_NAMES = {
    "alias": _("Also known as"),
    "former": _("Former name"),
    "none": _("Do not keep it as a name"),
}
"""As what the titles that are given up stay among the names of the survivor."""
BESIDE = {"id", "record", "part_id", "position", "replaces"}
"""The columns by which two rows differ without saying anything else."""


@dataclass
class Plan:
    """What a merger of two records would change of the one that stays."""

    survivor: Record
    loser: Record
    fields: list[Field]
    as_names: str
    """As what a title that is given up stays; empty where the kind has no names."""
    added: dict[str, list[Any]] = field(default_factory=dict)
    """Rows that the survivor is given, by their list."""
    doubles: int = 0
    """How many rows of the other record the survivor has already."""
    left: list[Any] = field(default_factory=list)
    """Citations of the other record that prove what is not taken over."""
    removed: list[Any] = field(default_factory=list)
    """Rows that the survivor loses: they name what it is now itself, or prove what it gives up."""
    turned: list[Any] = field(default_factory=list)
    """Citations of the survivor that quote the other record, which is the survivor now."""
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """By list and id of a part of the other record, what it is called in the survivor."""

    def carry_out(self, *, by: Any, reason: str) -> bool:
        """Give the survivor what was chosen, as one change of it; True where anything changed."""
        for one in self.fields:
            one.slot.write(self.survivor, one.result)
        rows = [row for rows in self.added.values() for row in rows]
        return editing.save(
            self.survivor,
            by=by,
            reason=reason,
            parts=[*rows, *self.turned, *_in_time(self.survivor, rows)],
            removed=self.removed,
        )


def plan(loser: Record, survivor: Record, choices: Choices) -> Plan:
    """What would move into the survivor; nothing is written. A few queries for each list of the kind."""
    chosen = fields(survivor, loser, choices)
    found = Plan(survivor, loser, chosen, _as_names(survivor, choices))
    lists = editing.lists(survivor)
    for name in lists[:-1]:
        _plan_rows(found, name)
    _plan_citations(found)
    if found.as_names in ("alias", "former"):
        _plan_names(found)
    return found


def settled(loser: Record, survivor: Record, choices: Choices) -> dict[str, str]:
    """Whose word stays of each field, as chosen or by default; nothing is asked of the database."""
    sides = {one.name: one.side.value for one in fields(survivor, loser, choices)}
    return {**sides, NAMES: _as_names(survivor, choices)}


def rows_of(record: Record, name: str) -> list[Any]:
    """The rows of one list, with what they name."""
    rows = getattr(record, name)
    named = [one.name for one in _references(rows.model)]
    return list(rows.select_related(*named))


def _as_names(survivor: Record, choices: Choices) -> str:
    if NAMES not in part_lists(survivor.kind):
        return ""
    asked = choices.get(NAMES, "")
    return asked if asked in AS_NAMES else "alias"


def _plan_rows(found: Plan, name: str) -> None:
    """Parts and links: those that the survivor has not are added, under an id that stays its own."""
    pair = {found.survivor.pk, found.loser.pk}
    ours, of_itself = _parted(rows_of(found.survivor, name), found.survivor, pair)
    theirs, _dropped = _parted(rows_of(found.loser, name), found.survivor, pair)
    found.removed += of_itself
    known = {said(row, found): row for row in ours}
    taken = {row.part_id for row in ours if isinstance(row, Part)}
    if theirs and isinstance(theirs[0], Part):
        taken |= ids_borne(type(theirs[0]), found.survivor.pk)
    for row in theirs:
        double = known.get(said(row, found))
        if double is None:
            double = known[said(row, found)] = _copy(row, found)
            _give_id(double, row, taken)
            found.added.setdefault(name, []).append(double)
        else:
            found.doubles += 1
        if isinstance(row, Part):
            found.ids[name, row.part_id] = double.part_id
    for row in found.added.get(name, ()):
        if getattr(row, "replaces", ""):
            row.replaces = found.ids.get((name, row.replaces), row.replaces)


def _give_id(made: Any, row: Any, taken: set[str]) -> None:
    """An id of its own for a part: that which it had, or the next that is free."""
    if isinstance(row, Part):
        made.borne = frozenset(taken)
        made.part_id = _free(row.part_id, taken)
        taken.add(made.part_id)


def _parted(
    rows: Iterable[Any], survivor: Record, pair: Iterable[Any]
) -> tuple[list[Any], list[Any]]:
    """The rows that name others, and those by which the survivor would name itself."""
    others: list[Any] = []
    of_itself: list[Any] = []
    for row in rows:
        (of_itself if _names_any(row, survivor, pair) else others).append(row)
    return others, of_itself


def _plan_citations(found: Plan) -> None:
    """Citations go with what they prove: with the field that is taken over, with the part that moves."""
    known = set()
    for row in rows_of(found.survivor, "citations"):
        about = _about(row.path, found.fields)
        if about and all(one.gives_up_ours for one in about):
            found.removed.append(row)
            continue
        known.add(said(row, found))
        if _turn(row, found):
            found.turned.append(row)
    for row in rows_of(found.loser, "citations"):
        about = _about(row.path, found.fields)
        if about and not any(one.takes_theirs for one in about):
            found.left.append(row)
            continue
        copy = _copy(row, found)
        copy.path = _path(row.path, found)
        if said(copy, found) in known:
            found.doubles += 1
            continue
        known.add(said(copy, found))
        found.added.setdefault("citations", []).append(copy)


def _plan_names(found: Plan) -> None:
    """Titles that are given up stay as names; the editors' own words were never a name of anything."""
    titles = {one.slot.language: one for one in found.fields if one.name.startswith("title/")}
    added = found.added.get(NAMES, [])
    known = {titles[language].result[0] for language in LANGUAGES}
    known |= {row.text for row in [*rows_of(found.survivor, NAMES), *added]}
    model: Any = type(found.survivor)._meta.get_field(NAMES).related_model
    for language in LANGUAGES:
        for text, is_ours in (titles[language].theirs, titles[language].ours):
            if text and not is_ours and text not in known:
                known.add(text)
                row = model(record=found.survivor, type=found.as_names, text=text, lang=language)
                found.added.setdefault(NAMES, []).append(row)


def said(row: Any, found: Plan) -> tuple[Any, ...]:
    """What a row says, whatever its id and place, once the other record is the survivor."""
    kind: Any = type(found.survivor)
    values = []
    for one in row._meta.concrete_fields:
        if one.name in BESIDE:
            continue
        value = getattr(row, one.attname)
        if one.related_model is kind and value == found.loser.pk:
            value = found.survivor.pk
        values.append(repr(one.get_prep_value(value)))
    return tuple(values)


def _references(model: Any) -> list[models.Field]:
    """The columns in which a row names a record other than its own."""
    return [
        one
        for one in model._meta.concrete_fields
        if isinstance(one, models.ForeignKey) and one.name != "record"
    ]


def _names_any(row: Any, survivor: Record, pair: Iterable[Any]) -> bool:
    """Whether a row of the survivor would name the survivor itself."""
    return any(
        one.related_model is type(survivor) and getattr(row, one.attname) in pair
        for one in _references(type(row))
    )


def _copy(row: Any, found: Plan) -> Any:
    """The same row for the survivor, last in its list; what names the other record names the survivor."""
    made = type(row)(record=found.survivor)
    for one in row._meta.concrete_fields:
        if one.name not in BESIDE - {"replaces"}:
            setattr(made, one.attname, getattr(row, one.attname))
    for one in _references(type(row)):
        setattr(made, one.name, getattr(row, one.name))
    _turn(made, found)
    return made


def _turn(row: Any, found: Plan) -> bool:
    """Let the row name the survivor where it names the other record; True where it did."""
    turned = [
        one.name
        for one in _references(type(row))
        if one.related_model is type(found.survivor) and getattr(row, one.attname) == found.loser.pk
    ]
    for name in turned:
        setattr(row, name, found.survivor)
    return bool(turned)


def _about(path: str, all_fields: Sequence[Field]) -> list[Field]:
    """The fields that a citation's path concerns."""
    return [
        one
        for one in all_fields
        if path == one.name or one.name.startswith(f"{path}/") or path.startswith(f"{one.name}/")
    ]


def _path(path: str, found: Plan) -> str:
    """The path as it leads in the survivor: its parts may bear other ids."""
    name, _slash, rest = path.partition("/")
    part, slash, more = rest.partition("/")
    return f"{name}/{found.ids[name, part]}{slash}{more}" if (name, part) in found.ids else path


def _free(proposed: str, taken: Iterable[str]) -> str:
    """An id that no row of the list bears or has borne."""
    found, number = proposed, 2
    while found in taken:
        found = f"{proposed[: KEY_MAX_LENGTH - 6].rstrip('-')}-{number}"
        number += 1
    return found


def _in_time(survivor: Record, added: Sequence[Any]) -> Iterator[Any]:
    """Status reports stand in the order of their days, as the last one tells the status."""
    new = [row for row in added if isinstance(row, StatusReport)]
    if not new:
        return
    rows = sorted([*survivor.status_reports.all(), *new], key=lambda row: row.date)  # type: ignore[attr-defined]  # kinds with a status have it
    for position, row in enumerate(rows, 1):
        row.position = position
        if row.pk:
            yield row
