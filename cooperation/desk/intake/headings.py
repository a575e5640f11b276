"""Recognising the columns of a table by what their headings say, in any of the portal's languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .amounts import Unit
from .columns import Column, SheetPlan, sheets_of
from .sheets import Sheet


@dataclass(frozen=True)
class Heading:
    """One column as the file names it, and what it is recognised as."""

    index: int
    """Which cell of each row, from 0."""

    text: str
    column: Column | None = None
    """None where it is unknown; `column.computed` where it is read past."""

    unit: Unit | None = None
    """In what its amounts are counted, where the heading says so."""


def recognise(plan: SheetPlan, cells: Sequence[str]) -> list[Heading]:
    """What each cell of a header row is recognised as; empty cells are left out."""
    by_name = {column.name: column for column in plan.columns}
    return [Heading(index, text, by_name.get(text)) for index, text in enumerate(cells) if text]


def plan_of(kind: str, sheet: str, position: int) -> SheetPlan | None:
    """The plan for a sheet by its name; the first sheet is that of the records, whatever its name."""
    plans = sheets_of(kind)
    found = next((plan for plan in plans if plan.name == sheet), None)
    return found or (plans[0] if position == 0 else None)


def header_row(plan: SheetPlan, sheet: Sheet) -> int | None:
    """The place in `sheet.rows` of the row that names most columns; None where none does."""
    counts = [
        sum(heading.column is not None for heading in recognise(plan, row.cells))
        for row in sheet.rows[:20]
    ]
    return counts.index(max(counts)) if counts and max(counts) else None
