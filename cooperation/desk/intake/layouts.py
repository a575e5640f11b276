"""How the sheets of a table are read: which list each is, where its header stands, what each column leads to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .amounts import Unit, unit
from .columns import Column, SheetPlan, sheets_of
from .headings import (
    Heading,
    counted,
    header_row,
    is_guide,
    plan_of,
    recognise,
    unit_above,
)
from .sheets import Row, Sheet, Workbook

MOST_HEADER_ROWS = 20
SKIPPED = ""


@dataclass(frozen=True)
class SheetLayout:
    """How one sheet is read; without a plan it is left out as a whole."""

    sheet: Sheet
    plan: SheetPlan | None
    header: int | None
    """The place of the header in the sheet's rows; None where none was found."""

    headings: tuple[Heading, ...] = ()
    skipped: frozenset[int] = frozenset()
    """The columns, by index, that somebody has chosen not to read."""

    units: tuple[tuple[int, str], ...] = ()
    """In what the amounts of a column are counted, as somebody wrote it, by index."""

    left_out: bool = False
    """Whether somebody has chosen not to read the sheet."""

    @property
    def is_open(self) -> bool:
        """Whether it holds rows of which nobody has said what they are."""
        is_read_past = self.left_out or is_guide(self.sheet.name) or not self.sheet.rows
        return self.plan is None and not is_read_past

    @property
    def undecided(self) -> list[Heading]:
        """The columns of which nobody has said what they are."""
        return [
            one for one in self.headings if one.column is None and one.index not in self.skipped
        ]

    @property
    def doubled(self) -> list[Heading]:
        """The columns that are read as what an earlier one is read as already."""
        seen: set[str] = set()
        found = []
        for one in self.headings:
            if one.column and one.column.name in seen and not one.column.computed:
                found.append(one)
            seen.add(one.column.name if one.column else "")
        return found

    @property
    def rows(self) -> Sequence[Row]:
        """The rows below the header."""
        return self.sheet.rows[self.header + 1 :] if self.header is not None else ()

    @property
    def header_number(self) -> int | None:
        """The number of the header's row, as a spreadsheet counts."""
        return None if self.header is None else self.sheet.rows[self.header].number


def recognised(workbook: Workbook, kind: str) -> list[SheetLayout]:
    """How the sheets are read as far as they tell by themselves."""
    found = []
    for position, sheet in enumerate(workbook.sheets):
        plan = plan_of(kind, sheet.name, position, sheet.rows) if sheet.rows else None
        found.append(laid_out(sheet, plan, header_row(plan, sheet) if plan else None))
    return found


def laid_out(sheet: Sheet, plan: SheetPlan | None, header: int | None) -> SheetLayout:
    """The sheet as that plan reads it, its header in that place."""
    if plan is None or header is None:
        return SheetLayout(sheet, plan, header)
    above = unit_above(sheet.rows[:header])
    headings = [counted(one, above) for one in recognise(plan, sheet.rows[header].cells)]
    return SheetLayout(sheet, plan, header, tuple(headings))


def place_of(sheet: Sheet, number: int) -> int | None:
    """The place of the row with that number; None where it is none of the first twenty."""
    first = enumerate(sheet.rows[:MOST_HEADER_ROWS])
    return next((place for place, row in first if row.number == number), None)


def plan_named(kind: str, part: str) -> SheetPlan | None:
    """The plan of a list of that kind, of the records where it is empty."""
    return next((plan for plan in sheets_of(kind) if plan.part == part), None)


def column_named(plan: SheetPlan, name: str) -> Column | None:
    """The column of that name in a sheet."""
    return next((column for column in plan.columns if column.name == name), None)


def decided(
    layout: SheetLayout, choices: Mapping[int, str], units: Mapping[int, str] = {}
) -> SheetLayout:
    """The layout with what was chosen for columns, by index: the name of a column, or empty to skip it."""
    if layout.plan is None:
        return layout
    plan, skipped = layout.plan, set(layout.skipped)
    written = {**dict(layout.units), **units}
    above = unit_above(layout.sheet.rows[: layout.header or 0])
    skipped |= {index for index, name in choices.items() if name == SKIPPED}
    named = {index: column_named(plan, name) for index, name in choices.items()}
    skipped -= {index for index, column in named.items() if column}
    chosen = (
        replace(
            one,
            column=None if one.index in skipped else named.get(one.index) or one.column,
            unit=_unit(written, one),
            unit_above="" if written.get(one.index) else one.unit_above,
        )
        for one in layout.headings
    )
    headings = [counted(one, above) for one in chosen]
    return replace(
        layout,
        headings=tuple(headings),
        skipped=frozenset(skipped),
        units=tuple(sorted((index, text) for index, text in written.items() if text)),
    )


def _unit(written: Mapping[int, str], heading: Heading) -> Unit | None:
    text = written.get(heading.index)
    return heading.unit if text is None else unit(text) if text else None


def kept(layouts: Iterable[SheetLayout]) -> dict[str, Any]:
    """The layouts as they are kept, to be read again by `applied`."""
    return {"sheets": [_kept(layout) for layout in layouts]}


def _kept(layout: SheetLayout) -> dict[str, Any]:
    units = dict(layout.units)
    return {
        "name": layout.sheet.name,
        "part": layout.plan.part if layout.plan else None,
        "left_out": layout.left_out,
        "header": layout.header_number,
        "columns": [
            {
                "index": one.index,
                "text": one.text,
                "as": one.column.name if one.column else _undecided(layout, one),
                "unit": units.get(one.index),
            }
            for one in layout.headings
        ],
    }


def _undecided(layout: SheetLayout, heading: Heading) -> str | None:
    return SKIPPED if heading.index in layout.skipped else None


def applied(workbook: Workbook, kind: str, mapping: Mapping[str, Any]) -> list[SheetLayout]:
    """How the sheets are read by what was kept; those of which nothing was kept, by themselves."""
    said = mapping.get("sheets", [])
    found = []
    for position, layout in enumerate(recognised(workbook, kind)):
        one = said[position] if position < len(said) else None
        found.append(_applied(layout, kind, one) if one else layout)
    return found


def _applied(layout: SheetLayout, kind: str, said: Mapping[str, Any]) -> SheetLayout:
    if said["part"] is None:
        is_the_same = said["name"] == layout.sheet.name
        is_left_out = is_the_same and bool(said.get("left_out"))
        return SheetLayout(layout.sheet, None, None, left_out=is_left_out)
    place = place_of(layout.sheet, said["header"]) if said["header"] is not None else None
    found = laid_out(layout.sheet, plan_named(kind, said["part"]), place)
    alike = {one.index for one in found.headings}
    columns = [one for one in said["columns"] if one["index"] in alike]
    choices = {one["index"]: one["as"] for one in columns if one["as"] is not None}
    units = {one["index"]: one["unit"] for one in columns if one["unit"] is not None}
    return decided(found, choices, units)


def header_hash(layouts: Iterable[SheetLayout]) -> str:
    """By which the next file of a sender is known: SHA-256 of the names of its sheets and columns."""
    return hashlib.sha256("\n".join(_named(layouts)).encode("utf-8", "replace")).hexdigest()


def _named(layouts: Iterable[SheetLayout]) -> Iterator[str]:
    for layout in layouts:
        called = layout.plan.part if layout.plan else f"- {layout.sheet.name}"
        yield f"[{called}] {layout.header_number}"
        yield from (f"{one.index} {one.text.strip()}" for one in layout.headings)
