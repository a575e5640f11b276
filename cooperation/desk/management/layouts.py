"""How the command that imports records is told to read a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.base import CommandError, CommandParser

from cooperation.desk.intake.columns import sheets_of
from cooperation.desk.intake.headings import header_row
from cooperation.desk.intake.layouts import (
    SKIPPED,
    SheetLayout,
    applied,
    column_named,
    decided,
    header_hash,
    laid_out,
    place_of,
    recognised,
)
from cooperation.desk.intake.sheets import Workbook
from cooperation.desk.models import Layout


def add_arguments(parser: CommandParser) -> None:
    """Let a command be told which sheets to read, where the header is, and what columns are."""
    parser.add_argument(
        "--sheet",
        action="append",
        default=[],
        metavar="NAME[=LIST]",
        help="read this sheet and no other, where it needs be told as which list; may be repeated",
    )
    parser.add_argument(
        "--skip-sheet",
        action="append",
        default=[],
        metavar="NAME",
        help="a sheet that is not read; may be repeated",
    )
    parser.add_argument(
        "--header-row", type=int, help="the number of the row that names the columns"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=NAME",
        help="what a column is, such as 펀드명=title_ko",
    )
    parser.add_argument(
        "--skip", action="append", default=[], metavar="COLUMN", help="a column that is not read"
    )
    parser.add_argument("--layout", help="read the columns as the layout of that name says")


def layouts_asked(book: Workbook, kind: str, options: dict[str, Any]) -> list[SheetLayout]:
    """How the sheets are to be read; CommandError, with what to say, while a column is undecided."""
    layouts = _known(book, kind, options["layout"])
    layouts = list(_chosen(layouts, kind, options))
    layouts = [_told(one, options) for one in layouts]
    _refuse_open(layouts, kind)
    if not any(one.plan and one.headings for one in layouts):
        raise CommandError(
            "No row names the columns of a table; name its number with --header-row."
        )
    _refuse_undecided(layouts)
    return layouts


def _chosen(layouts: Sequence[SheetLayout], kind: str, options: dict[str, Any]) -> Any:
    """The sheets, those left out that are not to be read, and others as the list that was named."""
    there = [one.sheet.name for one in layouts]
    asked = dict(_sheet(one, there) for one in options["sheet"])
    _refuse_others([*asked, *options["skip_sheet"]], there)
    for one in layouts:
        name = one.sheet.name
        if name in options["skip_sheet"] or (asked and name not in asked):
            yield SheetLayout(one.sheet, None, None, left_out=True)
        elif asked.get(name):
            plan = next((plan for plan in sheets_of(kind) if plan.name == asked[name]), None)
            if plan is None:
                raise CommandError(
                    f"--sheet: there is no list “{asked[name]}”; there are {_lists(kind)}."
                )
            yield laid_out(one.sheet, plan, header_row(plan, one.sheet))
        else:
            yield one


def _sheet(written: str, there: Sequence[str]) -> tuple[str, str]:
    """The name of a sheet, and the list that it is to be read as."""
    name, _sign, called = written.rpartition("=")
    return (name, called) if name in there else (written, "")


def _lists(kind: str) -> str:
    return ", ".join(plan.name for plan in sheets_of(kind))


def _refuse_open(layouts: Iterable[SheetLayout], kind: str) -> None:
    names = [one.sheet.name for one in layouts if one.is_open]
    if names:
        raise CommandError(
            f"Unknown sheets: {', '.join(f'“{name}”' for name in names)}. Say which are read and as what "
            f"(--sheet NAME=LIST, of the lists {_lists(kind)}) or that one is not read (--skip-sheet NAME)."
        )


def _known(book: Workbook, kind: str, name: str | None) -> list[SheetLayout]:
    found = recognised(book, kind)
    kept = Layout.objects.filter(kind=kind)
    layout = (
        kept.filter(name=name).first() if name else kept.filter(header=header_hash(found)).first()
    )
    if name and layout is None:
        raise CommandError(f"There is no layout named “{name}” for records of this kind.")
    return applied(book, kind, layout.mapping) if layout else found


def _told(layout: SheetLayout, options: dict[str, Any]) -> SheetLayout:
    if layout.plan is None:
        return layout
    if options["header_row"] is not None:
        place = place_of(layout.sheet, options["header_row"])
        if place is None:
            raise CommandError("--header-row: the header is one of the first twenty rows.")
        layout = laid_out(layout.sheet, layout.plan, place)
    return decided(layout, dict(_choices(layout, options["map"], options["skip"])))


def _choices(layout: SheetLayout, mapped: Sequence[str], skipped: Sequence[str]) -> Any:
    assert layout.plan is not None
    asked = dict(_pair(one) for one in mapped)
    for one in layout.headings:
        name = one.text.strip()
        if name in skipped:
            yield one.index, SKIPPED
        elif name in asked:
            if column_named(layout.plan, asked[name]) is None:
                names = ", ".join(column.name for column in layout.plan.enterable)
                raise CommandError(f"--map: there is no “{asked[name]}”; the columns are {names}.")
            yield one.index, asked[name]


def _pair(written: str) -> tuple[str, str]:
    column, sign, name = written.rpartition("=")
    if not sign:
        raise CommandError(f"--map: write “{written}” as COLUMN=NAME.")
    return column.strip(), name.strip()


def _refuse_others(asked: Iterable[str], there: Sequence[str]) -> None:
    for name in asked:
        if name not in there:
            raise CommandError(f"There is no sheet “{name}”; there are {', '.join(there)}.")


def _refuse_undecided(layouts: Iterable[SheetLayout]) -> None:
    unknown = [
        f"“{one.text.strip()[:60]}”" + (f" of {layout.sheet.name}" if layout.sheet.name else "")
        for layout in layouts
        if layout.plan
        for one in layout.undecided
    ]
    if unknown:
        raise CommandError(
            f"Unknown columns: {', '.join(unknown)}. Say of each what it is "
            "(--map COLUMN=NAME) or that it is not read (--skip COLUMN)."
        )
    doubled = [f"“{one.text}”" for layout in layouts if layout.plan for one in layout.doubled]
    if doubled:
        raise CommandError(
            f"Two columns are read as the same: {', '.join(doubled)}. Say --map or --skip for one of them."
        )
