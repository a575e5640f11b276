"""From written rows to groups of members: cells are read, and empty ones leave things as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cooperation.gazette.shapes.types import Money

from .headings import Heading
from .lines import Line
from .references import Names
from .sheets import Row
from .values import written

EMPTIES = frozenset({"-", "–", "—", "(none)", "(없음)", "없음", "(无)", "无", "n/a"})
"""What is written in a cell to empty the value on record."""
WHOLE = "citations"
"""Entries of this list have no id, so a row says all of one, its empty cells included."""
NAMES = {"key", "record_key", "kind", "id"}


def describe(lines: Iterable[Line], names: Names) -> None:
    """Read the cells of the rows: what each says goes to its group, what cannot be read to its problems."""
    for line in lines:
        if line.row is None or line.plan is None:
            continue
        headings, cells = _asked(line), list(line.row.cells)
        for one in headings:
            if line.text(one).casefold() in EMPTIES and not _names(one):
                cells[one.index] = ""
        found = written(line.plan, Row(line.row.number, cells), headings, names)
        line.group, line.shown = found.group, found.shown
        for fault in found.faults:
            line.complain(fault.heading, fault.value, fault.mend)


def _asked(line: Line) -> list[Heading]:
    """The columns whose cells say something: a value, or that there is none."""
    filled = [one for one, text in line.written() if text]
    members = {one.column.path[0] for one in filled if one.column}
    if line.part == WHOLE:
        return [one for one, _text in line.written()]
    asked = []
    for one, text in line.written():
        assert one.column is not None
        goes_along = one.column.grouped and one.column.path[0] in members
        if text or goes_along:
            asked.append(one)
    return [one for one in asked if not _is_bare_currency(line, one)]


def _is_bare_currency(line: Line, heading: Heading) -> bool:
    """Whether it is the currency of an amount that the row does not give."""
    column = heading.column
    if column is None or not isinstance(column.member, Money) or column.path[-1] != "currency":
        return False
    return not line.under(*column.path[:-1], "amount")


def _names(heading: Heading) -> bool:
    return heading.column is not None and heading.column.name in NAMES


def rows_of(lines: Iterable[Line]) -> Iterator[tuple[Row, tuple[Heading, ...]]]:
    """The rows with their columns, to look up at once whatever they name."""
    for line in lines:
        if line.row is not None:
            yield line.row, line.headings
