"""The page on which somebody says what the columns of a table are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cooperation.desk.imports import steps
from cooperation.desk.imports.shelves import Shelf
from cooperation.desk.intake import tables
from cooperation.desk.intake.amounts import unit
from cooperation.desk.intake.columns import Column, sheets_of
from cooperation.desk.intake.headings import Heading, header_row
from cooperation.desk.intake.layouts import (
    MOST_HEADER_ROWS,
    SKIPPED,
    SheetLayout,
    decided,
    header_hash,
    kept,
    laid_out,
    place_of,
    plan_named,
    recognised,
)
from cooperation.desk.models import Import, Layout
from cooperation.gazette.shapes.types import Money, Quantity
from cooperation.rules.texts import clean_text

from .guards import signed_in

State = Import.State
NOT_READ = "-"
UNDECIDED = ""
RECORDS = "records"
EXAMPLES = 3
LONGEST_SHOWN = 60
LONGEST_NUMBER = 4
LONGEST_UNIT = 40
LONGEST_LAYOUT = 100
UNITS = (
    "천원",
    "백만원",
    "억원",
    "천달러",
    "백만달러",
    "万元",
    "亿元",
    "KRW million",
    "USD thousand",
)


class ColumnShown(NamedTuple):
    """One column of a sheet as the page asks about it."""

    name: str
    text: str
    examples: list[str]
    column: Column | None
    is_skipped: bool
    is_amount: bool
    unit: str
    unit_read: str
    unit_above: str
    """The unit that a line above the header says, where it is read in that."""


class SheetShown(NamedTuple):
    """One sheet as the page asks about it."""

    name: str
    place: int
    number: str
    row_count: int
    part: str
    lists: list[tuple[str, str]]
    header: int | None
    rows: list[tuple[int, str]]
    columns: list[ColumnShown]
    enterable: list[Column]
    computed: list[Column]


def answered(admin: Any, request: HttpRequest, one: Import) -> HttpResponse | None:
    """Take what was said of the columns; where all is decided, the rows are looked at."""
    layouts = list(_said(one, request.POST))
    name, fault = _name(request.POST.get("layout", ""))
    mapping = {**one.mapping, **kept(layouts), "layout": name}
    faults = [fault] if fault else list(_unit_faults(request.POST))
    if "look" in request.POST:
        faults += _faults(layouts)
    if faults:
        one.fault = " ".join(faults)
    is_ready = "look" in request.POST and not faults
    state = State.READING if is_ready else State.SENT
    fault_kept = one.fault if faults else ""
    if not steps.pass_on(one, State.SENT, state, mapping=mapping, fault=fault_kept):
        return None
    one.mapping, one.state = mapping, state
    if is_ready:
        if name:
            _keep(one, name, layouts, request)
        steps.begin(one, steps.LOOK)
    return None


def context(one: Import) -> dict[str, Any]:
    """What the page of the columns shows."""
    layouts = steps.layouts_of(one)
    counts = Shelf(one.handle).row_counts()
    shown = [_sheet(one.kind, place, layout, counts[place]) for place, layout in enumerate(layouts)]
    return {
        "sheets": shown,
        "layout": one.mapping.get("layout", ""),
        "units": UNITS,
        "encoding": tables.ENCODINGS.get(Shelf(one.handle).beginning().encoding),
        "undecided": sum(len(layout.undecided) for layout in layouts if layout.plan),
        "open_sheets": sum(layout.is_open for layout in layouts),
    }


def _said(one: Import, answers: Mapping[str, str]) -> Iterator[SheetLayout]:
    """How the sheets are read after what was chosen."""
    for place, layout in enumerate(steps.layouts_of(one)):
        part = answers.get(f"part-{place}")
        plan = (
            layout.plan if part is None else plan_named(one.kind, "" if part == RECORDS else part)
        )
        if part == NOT_READ:
            yield replace(laid_out(layout.sheet, None, None), left_out=True)
            continue
        if part == UNDECIDED:
            plan = None
        header = _header(layout, answers.get(f"header-{place}", ""))
        if plan != layout.plan or header != layout.header:
            # Another header, or another list: the columns are recognised anew.
            if plan and header is None:
                header = header_row(plan, layout.sheet)
            yield laid_out(layout.sheet, plan, header)
            continue
        choices = _of(answers, f"column-{place}-", layout)
        units = {
            index: text.strip()[:LONGEST_UNIT]
            for index, text in _of(answers, f"unit-{place}-", layout).items()
            if text.strip()
        }
        chosen = {
            index: SKIPPED if name == NOT_READ else name for index, name in choices.items() if name
        }
        yield decided(layout, chosen, units)


def _of(answers: Mapping[str, str], prefix: str, layout: SheetLayout) -> dict[int, str]:
    asked = {one.index: answers.get(f"{prefix}{one.index}") for one in layout.headings}
    return {index: text for index, text in asked.items() if text is not None}


def _header(layout: SheetLayout, written: str) -> int | None:
    if written.isdecimal() and len(written) <= LONGEST_NUMBER:
        return place_of(layout.sheet, int(written))
    return layout.header


def _name(written: str) -> tuple[str, str]:
    try:
        return clean_text(written, LONGEST_LAYOUT, one_line=True), ""
    except ValueError as fault:
        return "", str(fault)


def _unit_faults(answers: Mapping[str, str]) -> Iterator[str]:
    for name, text in answers.items():
        written = text.strip()[:LONGEST_UNIT]
        if name.startswith("unit-") and written and unit(written) is None:
            said = _(
                "“%(unit)s” is no unit that is known; write one such as 백만원 or USD thousand."
            )
            yield said % {"unit": written}


def _faults(layouts: list[SheetLayout]) -> list[str]:
    found = []
    read = [layout for layout in layouts if layout.plan]
    if not read:
        found.append(_("Choose what at least one of the sheets holds."))
    if any(layout.header is None or not layout.headings for layout in read):
        found.append(_("Choose the row that names the columns, or leave the sheet out."))
    open_still = [one.sheet.name for one in layouts if one.is_open]
    if open_still:
        said = _("Say of each sheet what it holds, or that it is not read: %(sheets)s.")
        found.append(said % {"sheets": ", ".join(name[:LONGEST_SHOWN] for name in open_still)})
    undecided = [one.text for layout in read for one in layout.undecided]
    if undecided:
        said = _("Say of each column what it is, or that it is not read: %(columns)s.")
        found.append(said % {"columns": ", ".join(text[:LONGEST_SHOWN] for text in undecided)})
    doubled = [one.text for layout in read for one in layout.doubled]
    if doubled:
        said = _("Two columns are read as the same: %(columns)s. Choose otherwise for one of them.")
        found.append(said % {"columns": ", ".join(text[:LONGEST_SHOWN] for text in doubled)})
    return found


def _keep(one: Import, name: str, layouts: list[SheetLayout], request: HttpRequest) -> None:
    """Keep how this sender's tables are read, for the next file with the same header."""
    Layout.objects.update_or_create(
        kind=one.kind,
        name=name,
        defaults={
            "header": header_hash(recognised(Shelf(one.handle).beginning(), one.kind)),
            "mapping": kept(layouts),
            "by": signed_in(request),
            "at": timezone.now(),
        },
    )


# What is shown


def _sheet(kind: str, place: int, layout: SheetLayout, count: int) -> SheetShown:
    plan = layout.plan
    first = layout.sheet.rows[:MOST_HEADER_ROWS]
    return SheetShown(
        layout.sheet.name,
        place,
        f"{count:,}",
        count,
        _part(layout),
        [(one.part or RECORDS, str(one.label)) for one in sheets_of(kind)],
        layout.header_number,
        [(row.number, _beginning(row.cells)) for row in first],
        [_column(layout, one) for one in layout.headings],
        list(plan.enterable) if plan else [],
        [one for one in plan.columns if one.computed] if plan else [],
    )


def _part(layout: SheetLayout) -> str:
    """What the sheet is chosen to hold; empty while nobody has said it."""
    if layout.plan:
        return layout.plan.part or RECORDS
    return UNDECIDED if layout.is_open else NOT_READ


def _column(layout: SheetLayout, heading: Heading) -> ColumnShown:
    cells = [row.cells[heading.index] for row in layout.rows if heading.index < len(row.cells)]
    column, counted = heading.column, heading.unit
    is_amount = bool(
        column and isinstance(column.member, Money | Quantity) and column.path[-1] != "currency"
    )
    return ColumnShown(
        str(heading.index),
        heading.text[:LONGEST_SHOWN],
        [cell[:LONGEST_SHOWN] for cell in cells if cell][:EXAMPLES],
        column,
        heading.index in layout.skipped,
        is_amount,
        dict(layout.units).get(heading.index, ""),
        f"{counted.scale:,f} {counted.currency}".strip() if counted else "",
        heading.unit_above,
    )


def _beginning(cells: list[str]) -> str:
    return " · ".join(cell for cell in cells if cell)[:LONGEST_SHOWN]
