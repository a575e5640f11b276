"""What becomes of the rows of one record: whether they say anything new, and what of it is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cooperation.desk.conversion import Rates
from cooperation.desk.documents.rendering import Rendering
from cooperation.desk.models import Citation, Part
from cooperation.gazette.shapes import CITATION, TITLE, part_lists, shape
from cooperation.gazette.shapes.types import Member

from .describing import WHOLE
from .entering import Filled
from .entries import Entry
from .faults import Faults
from .gathering import Bundle
from .headings import Heading
from .lines import Cell, Line, Outcome, Problem
from .members import Row
from .stating import BETWEEN, is_same, stated, told

OWN = {"kind", "key", "record_key", "id"}
IN_BRIEF = 6
LONGEST_BRIEF = 200
Document = Mapping[str, Any]


def written_record(kind: str, bundle: Bundle, said: Document | None) -> dict[str, Any] | None:
    """The record as its rows write it; None where the document says all of it already.

    What cannot be read is left out: it has been complained of.
    """
    main = dict(bundle.main.group) if bundle.main else {}
    main.pop("key", None)
    editorial = _editorial(kind, bundle, main.pop("editorial", None), said)
    lists = {name: [_entry_of(line) for line in lines] for name, lines in bundle.lists.items()}
    record = {"kind": kind, "key": bundle.key, **main, **lists}
    if editorial is not None:
        record["editorial"] = editorial
    if said and editorial is None and _says_nothing_new(kind, main, lists, said):
        return None
    return record


def _entry_of(line: Line) -> dict[str, Any]:
    return {name: value for name, value in line.group.items() if name != "record_key"}


def _editorial(kind: str, bundle: Bundle, written: Any, said: Document | None) -> list[str] | None:
    """Which of the texts written here are the editors' own; None where nothing is to change."""
    if written is None:
        return None
    at_hand = {*shape(kind).members, "title"} - part_lists(kind).keys() | bundle.lists.keys()
    ours = [
        path for path in written if _head(path) not in part_lists(kind) or _head(path) in at_hand
    ]
    before = [path for path in (said or {}).get("editorial", ()) if _head(path) in at_hand]
    return None if said and sorted(ours) == sorted(before) else ours


def _head(path: Any) -> str:
    return str(path).partition("/")[0]


def _says_nothing_new(
    kind: str, main: Document, lists: Mapping[str, list[dict[str, Any]]], said: Document
) -> bool:
    members = members_of(kind, "")
    return all(
        name in members and is_same(members[name], value, said[name])
        for name, value in main.items()
    ) and all(_is_same_list(kind, name, rows, said[name]) for name, rows in lists.items())


def _is_same_list(
    kind: str, name: str, rows: Sequence[dict[str, Any]], said: Sequence[Document]
) -> bool:
    members = members_of(kind, name)
    if len(rows) != len(said):
        return False
    if name == WHOLE:
        return Counter(map(_whole, rows)) == Counter(map(_whole_said, said))
    return all(
        row.get("id") == one["id"]
        and all(
            inside in members and is_same(members[inside], value, one[inside])
            for inside, value in row.items()
            if inside != "id"
        )
        for row, one in zip(rows, said, strict=True)
    )


def _whole(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_plain(row.get(name)) for name in CITATION)


def _whole_said(said: Document) -> tuple[str, ...]:
    return tuple(_plain(stated(member, said[name])) for name, member in CITATION.items())


def _plain(value: Any) -> str:
    if value is None or value is False:
        return "false" if value is False else ""
    return "true" if value is True else str(value)


def members_of(kind: str, part: str) -> Mapping[str, Member]:
    """The members of a record of that kind, of an entry of one of its lists, or of a citation."""
    if part == WHOLE:
        return CITATION
    if part:
        return part_lists(kind)[part].members
    return {"title": TITLE, **shape(kind).members}


# What is wrong


def say_what_is_wrong(bundle: Bundle, faults: Faults) -> None:
    """Hand every fault to the row in which its value stands."""
    for fault in faults:
        line, path = _place(bundle, fault.path)
        line.outcome = Outcome.ERROR
        heading = line.heading_of(path)
        if heading and any(heading.text == one.column for one in line.problems):
            # What follows from a cell that cannot be read is no second error.
            continue
        # What the cell says; where there is none, that of the fault is no writing of the sender's.
        given = line.text(heading) if heading else ""
        column = heading.text if heading else path.replace("/", "_")
        line.problems.append(Problem(column, given, fault.mend))


def _place(bundle: Bundle, path: str) -> tuple[Line, str]:
    head, _slash, rest = path.partition("/")
    if head in bundle.lists:
        entry, _slash, inside = rest.partition("/")
        return _entry_at(bundle.lists[head], entry, inside)
    return bundle.main or next(bundle.lines()), path


def _entry_at(lines: Sequence[Line], entry: str, inside: str) -> tuple[Line, str]:
    """The row of an entry that is named by its id, by its number, or where ids are doubled by both."""
    number, _slash, rest = inside.partition("/")
    if number.isdecimal() and 0 < int(number) <= len(lines):
        return lines[int(number) - 1], rest
    if inside != "id":
        for line in lines:
            if line.group.get("id") == entry:
                return line, inside
    is_number = entry.isdecimal() and 0 < int(entry) <= len(lines)
    return lines[int(entry) - 1 if is_number else 0], inside


# What becomes of them


def conclude(
    bundle: Bundle, entry: Entry | None, filled: Filled | None, said: Document | None
) -> list[Line]:
    """Note the outcome and the cells of every row; returns a row for each entry that is to be removed."""
    kind = entry.kind if entry else ""
    for line, row, before in _matched(bundle, entry, said):
        rendering = Rendering(filled.record, Rates(())) if filled else None
        is_new = row is not None and (before is None if line.part != WHOLE else row.differs)
        if line.outcome != Outcome.ERROR:
            line.outcome = _outcome(line, row, filled, is_new=is_new)
        shown = _Showing(kind, line, row, before, rendering)
        line.cells = list(shown.cells())
    return list(_removed(bundle, filled, said))


def _outcome(line: Line, row: Row | None, filled: Filled | None, *, is_new: bool) -> Outcome:
    if row is None:
        return Outcome.UNCHANGED
    if is_new:
        return Outcome.NEW
    differs = row.differs or (not line.part and filled is not None and _relinks(filled))
    return Outcome.CHANGED if differs else Outcome.UNCHANGED


def _relinks(filled: Filled) -> bool:
    rows = (*filled.parts, *filled.removed)
    return any(not isinstance(row, Part | Citation) for row in rows)


def _matched(
    bundle: Bundle, entry: Entry | None, said: Document | None
) -> Iterator[tuple[Line, Row | None, Document | None]]:
    """Each row of the table with what was filled from it, and what is on record."""
    if bundle.main:
        yield bundle.main, entry.row if entry else None, said
    for name, lines in bundle.lists.items():
        rows: Sequence[Row | None] = [None] * len(lines)
        if entry:
            rows = entry.nameless[name] if name == WHOLE else entry.parts.get(name, rows)
        by_id = {one["id"]: one for one in said[name]} if said and name != WHOLE else {}
        for line, row in zip(lines, [*rows, *[None] * len(lines)], strict=False):
            yield line, row, by_id.get(line.group.get("id"))


class _Showing:
    """The cells of one row: as written, as stored, and as on record where that differs."""

    def __init__(
        self,
        kind: str,
        line: Line,
        row: Row | None,
        before: Document | None,
        rendering: Rendering | None,
    ):
        self.line, self.row, self.before, self.rendering = line, row, before, rendering
        self.members = members_of(kind, line.part) if kind else {}

    def cells(self) -> Iterator[Cell]:
        """A cell for each column that is entered, and one for an id that is proposed."""
        if self.line.proposed:
            yield Cell("id", "", self.line.proposed)
        for heading, text in self.line.written():
            if self.line.proposed and heading.column and heading.column.name == "id":
                continue
            before = self._before(heading)
            stored = self._stored(heading, text, before)
            differs = self.before is not None and before is not None and before != stored
            yield Cell(heading.text, text, stored, before if differs else None)

    def _before(self, heading: Heading) -> str | None:
        assert heading.column is not None
        name, *steps = heading.column.path
        if self.before is None or name not in self.before:
            return None
        return told(heading.column.member, self.before[name], tuple(steps))

    def _stored(self, heading: Heading, text: str, before: str | None) -> str:
        column = heading.column
        assert column is not None
        if column.name in OWN:
            return self.line.key if column.name in ("key", "record_key") else text
        name, *steps = column.path
        if self.line.outcome == Outcome.ERROR or (self.row is None and before is None):
            return self.line.shown.get(heading.index, "")
        if self.row is None:
            return before or ""
        if name == "editorial":
            return BETWEEN.join(self.row.raw.get("editorial", ())) or before or ""
        if name in self.row.raw and getattr(self.members[name], "many", False) and not steps:
            written = self.row.raw[name] or ()
            return BETWEEN.join(map(str, written))
        return self._rendered(name, column.member, tuple(steps))

    def _rendered(self, name: str, member: Member, steps: tuple[str, ...]) -> str:
        if self.rendering is None or self.row is None or self.row.held is None:
            return ""
        value = self.rendering.value(self.members[name], name, self.row.held, name)
        return told(member, value, steps)


def _removed(bundle: Bundle, filled: Filled | None, said: Document | None) -> Iterator[Line]:
    """A row for each part or citation on record that a list of the table leaves out."""
    if filled is None:
        return
    for row in filled.removed:
        if isinstance(row, Part | Citation):
            name = next(
                name for name in bundle.lists if getattr(filled.record, name).model is type(row)
            )
            first = bundle.lists[name][0]
            called = row.part_id if isinstance(row, Part) else str(row)
            cells = [Cell("id" if isinstance(row, Part) else "path", "", "", called)]
            if isinstance(row, Part):
                cells += _in_brief(first, (said or {}).get(name, ()), called)
            yield Line(first.sheet, None, name, bundle.key, Outcome.REMOVED, cells)


def _in_brief(line: Line, said: Sequence[Document], part_id: str) -> list[Cell]:
    """What the entry with that id says, by its first columns that say anything."""
    one = next((one for one in said if one["id"] == part_id), None)
    if one is None or line.plan is None:
        return []
    called = {heading.column: heading.text for heading in line.headings}
    found = []
    for column in line.plan.enterable:
        name, *steps = column.path
        is_told = column.name not in OWN and name in one and not column.grouped
        if is_told and steps[-1:] != ["currency"]:
            text = told(column.member, one[name], tuple(steps))
            if text:
                found.append(Cell(called.get(column, column.name), "", "", text[:LONGEST_BRIEF]))
    return found[:IN_BRIEF]
