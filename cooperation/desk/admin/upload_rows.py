"""What the page shows of the rows of a table, before they are imported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cooperation.desk.imports.previews import ALL, OUTCOMES, Preview
from cooperation.desk.imports.shelves import Shelf
from cooperation.desk.imports.steps import layouts_of
from cooperation.desk.intake.lines import Cell, Outcome
from cooperation.desk.models import Import

# In the colours of the states of records.
LOOKS = {
    Outcome.NEW: "published",
    Outcome.CHANGED: "changed",
    Outcome.UNCHANGED: "draft",
    Outcome.REMOVED: "withdrawn",
    Outcome.ERROR: "withdrawn",
}
LONGEST_NUMBER = 6


class Choice(NamedTuple):
    """Rows with one outcome: how many there are, and the way to see them alone."""

    words: str
    look: str
    number: str
    address: str
    is_chosen: bool


class Shown(NamedTuple):
    """One row as the page shows it."""

    sheet: str
    number: int | None
    key: str
    outcome: Outcome
    look: str
    first: list[Cell]
    """What the row would change."""

    others: list[Cell]


def context(one: Import, request: HttpRequest) -> dict[str, Any]:
    """What the page of the rows shows: one page of them, and everything that is wrong."""
    preview = Preview(Shelf(one.handle).folder)
    outcome = request.GET.get("outcome", ALL)
    outcome = outcome if outcome in OUTCOMES else ALL
    pages = preview.page_count(outcome)
    number = _number(request.GET.get("page", ""), pages)
    is_blocked = bool(one.counts.get("problems"))
    return {
        "problems": preview.problems,
        "problem_count": one.counts.get("problems", 0),
        "broken_off": one.counts.get("broken_off"),
        "is_blocked": is_blocked,
        "is_idle": not is_blocked and not _would_do(one),
        "choices": list(_choices(preview, outcome)),
        "rows": [_row(said) for said in preview.page(outcome, number)],
        "page": number,
        "pages": pages,
        "before": _address(outcome, number - 1) if number > 1 else "",
        "after": _address(outcome, number + 1) if number < pages else "",
        "columns_skipped": list(_skipped(one)),
        "units_above": list(_units_above(one)),
        "sheets_skipped": [s["name"] for s in one.mapping.get("sheets", ()) if s.get("left_out")],
    }


def summary(one: Import) -> str:
    """What an import has done, in numbers."""
    counts = {name: f"{one.counts.get(name, 0):,}" for name in OUTCOMES}
    said = _(
        "Rows imported: %(new)s new, %(changed)s changed, %(removed)s removed, %(unchanged)s unchanged."
    )
    return said % counts


def _would_do(one: Import) -> int:
    return sum(one.counts.get(name, 0) for name in ("new", "changed", "removed"))


def _number(written: str, most: int) -> int:
    if written.isdecimal() and len(written) <= LONGEST_NUMBER:
        return max(1, min(int(written), most or 1))
    return 1


def _address(outcome: str, number: int = 1) -> str:
    asked: dict[str, str | int] = {"outcome": outcome} if outcome else {}
    return "?" + urlencode({**asked, "page": number})


def _choices(preview: Preview, chosen: str) -> Iterator[Choice]:
    whole = preview.counts.get(ALL, 0)
    yield Choice(_("All rows"), "", f"{whole:,}", _address(ALL), chosen == ALL)
    for outcome in reversed(Outcome):
        count = preview.counts.get(outcome.value, 0)
        if count:
            yield Choice(
                str(outcome.label),
                LOOKS[outcome],
                f"{count:,}",
                _address(outcome.value),
                chosen == outcome.value,
            )


def _row(said: dict[str, Any]) -> Shown:
    cells = [Cell(*one) for one in said["cells"]]
    outcome = Outcome(said["outcome"])
    first = [one for one in cells if _is_first(outcome, one)]
    others = [one for one in cells if one not in first and (one.written or one.stored)]
    return Shown(said["sheet"], said["number"], said["key"], outcome, LOOKS[outcome], first, others)


def _is_first(outcome: Outcome, cell: Cell) -> bool:
    if outcome in (Outcome.NEW, Outcome.ERROR):
        return bool(cell.written) or (cell.column == "id" and bool(cell.stored))
    return cell.before is not None


def _units_above(one: Import) -> Iterator[tuple[str, str, str]]:
    """The columns of amounts that are counted in what a line above the header says."""
    for layout in layouts_of(one):
        for heading in layout.headings:
            if heading.unit_above:
                yield layout.sheet.name, heading.text, heading.unit_above


def _skipped(one: Import) -> Iterator[str]:
    """The columns that somebody has chosen not to read."""
    for sheet in one.mapping.get("sheets", ()):
        if sheet["part"] is not None:
            yield from (column["text"] for column in sheet["columns"] if column["as"] == "")
