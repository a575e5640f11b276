"""Reading rows of tables as what `entering.enter` takes: every cell gives its value, or a fault with the mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .headings import Heading
from .references import Names
from .sheets import Row


class CellFault(NamedTuple):
    """What is wrong with a cell: in which column of the file, what stands there, and how to mend it."""

    heading: Heading
    value: str
    mend: str


@dataclass
class Written:
    """What a row says: a group of members as `entering.enter` takes them, and its faults.

    A mapped column whose cell is empty gives None.
    """

    number: int
    """The row as the file counts."""

    group: dict[str, Any] = field(default_factory=dict)
    record_key: str = ""
    """The record that a row of parts or citations belongs to."""

    shown: dict[int, str] = field(default_factory=dict)
    """What will be stored, as text, by the index of the column."""

    faults: list[CellFault] = field(default_factory=list)


def written(row: Row, headings: Iterable[Heading], names: Names) -> Written:
    """What a row says under its headings; those without a column, or with a computed one, are read past."""
    found = Written(row.number)
    for heading in headings:
        if heading.column and not heading.column.computed:
            text = row.cells[heading.index] if heading.index < len(row.cells) else ""
            found.group["/".join(heading.column.path)] = text or None
    return found


def named(rows: Iterable[Row], headings: Sequence[Heading]) -> set[tuple[tuple[str, ...], str]]:
    """The records that the rows name, each with the kinds that may stand there, to be looked up at once."""
    return set()
