"""Recognising the columns of a table by what their headings say, in any of the portal's languages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cooperation.catalogue import KINDS
from cooperation.gazette.shapes.types import Label, Money, Quantity, Reference, Texts
from cooperation.rules.languages import LANGUAGES, django_code
from cooperation.rules.texts import as_read, bound_marks

from . import amounts
from .amounts import Unit
from .columns import Column, SheetPlan, sheets_of
from .sheets import Row, Sheet

GUIDE = _("Columns")
"""What the sheet of a template is called that says what belongs in each column."""

LONGEST = 200
FIRST_ROWS = 20
TELLING = 3
"""How many columns of a sheet with a strange name have to be known, so that they tell what it holds."""

_SIGNS = re.compile(r"[\s_\-:()\[\]{}*/.,·'\"“”]+")
_TITLE_UNIT = re.compile(r"(?:단위|单位|單位|\bunits?\b)\s*[:=]?\s*([^()\[\]:;,]+)", re.IGNORECASE)
_BRACKETED = re.compile(r"(.+?)[\s,:]*[(\[](.+)[)\]]\s*\*?")


@dataclass(frozen=True)
class Heading:
    """One column as the file names it, and what it is recognised as."""

    index: int
    """Which cell of each row, from 0."""

    text: str
    column: Column | None = None
    """None where it is unknown; `column.computed` where it is read past."""

    unit: Unit | None = None
    """In what its amounts are counted, where the heading says so, or a line above it."""

    unit_above: str = ""
    """The unit as a line above the header says it, where the heading says none."""


def recognise(plan: SheetPlan, cells: Sequence[str]) -> list[Heading]:
    """What each cell of a header row is recognised as; empty cells are left out."""
    return [_heading(plan, index, text) for index, text in enumerate(cells) if text]


def unit_above(rows: Sequence[Row]) -> str:
    """The unit that a line above the header names, such as 백만원 in `(단위: 백만원)`; empty where none does."""
    for row in reversed(rows):
        for text in row.cells:
            found = _TITLE_UNIT.search(unicodedata.normalize("NFKC", text[:LONGEST]))
            if found and amounts.unit(found[1]):
                return found[1].strip()
    return ""


def counted(heading: Heading, above: str) -> Heading:
    """The heading with the unit that the line above says, where its column holds amounts and names none."""
    column = heading.column
    is_amount = column is not None and isinstance(column.member, Money) and _is_counted(column)
    if not above or not is_amount or heading.unit:
        return heading
    return replace(heading, unit=amounts.unit(above), unit_above=above)


def doubled(headings: Sequence[Heading]) -> list[Heading]:
    """The headings of columns that several lead to, of which one has to be skipped."""
    counts = Counter(one.column.name for one in headings if one.column and not one.column.computed)
    return [one for one in headings if one.column and counts[one.column.name] > 1]


def plan_of(kind: str, name: str, position: int, rows: Sequence[Row] = ()) -> SheetPlan | None:
    """What a sheet holds, by its name or its columns; None where that cannot be told.

    The first sheet is that which most of its columns are of; a later one only where they leave no doubt.
    """
    plans = sheets_of(kind)
    called = _folded(name)
    for plan in plans:
        if called in _names_of(plan):
            return plan
    if is_guide(name):
        return None
    first = rows[:FIRST_ROWS]
    counts = [max((_known(plan, row) for row in first), default=0) for plan in plans]
    most = max(counts)
    best = plans[counts.index(most)]
    if not position:
        return best
    is_clear = most >= TELLING and counts.count(most) == 1 and _names_records(best, first)
    return best if is_clear else None


def _names_records(plan: SheetPlan, rows: Sequence[Row]) -> bool:
    """Whether a row of headings has a column for the record that the rows are of."""
    of_record = "record_key" if plan.part else "key"
    return any(
        one.column is not None and one.column.name == of_record
        for row in rows
        for one in recognise(plan, row.cells)
    )


def is_guide(name: str) -> bool:
    """Whether a sheet is that of a template which explains the others."""
    return _folded(name) in _in_every_language(GUIDE)


def header_row(plan: SheetPlan, sheet: Sheet) -> int | None:
    """The place in `sheet.rows` of the row that names most columns; None where none does."""
    counts = [_known(plan, row) for row in sheet.rows[:FIRST_ROWS]]
    return counts.index(max(counts)) if any(counts) else None


def _known(plan: SheetPlan, row: Row) -> int:
    return len({one.column.name for one in recognise(plan, row.cells) if one.column})


def _heading(plan: SheetPlan, index: int, text: str) -> Heading:
    words = _words(plan.kind, plan.name)
    column = words.get(_folded(text))
    if column or len(text) > LONGEST:
        return Heading(index, text, column)
    for called, counted in _with_unit(text):
        column = words.get(_folded(called))
        unit = amounts.unit(counted) if column and _is_counted(column) else None
        if unit:
            return Heading(index, text, column, unit)
    return Heading(index, text)


def _is_counted(column: Column) -> bool:
    if isinstance(column.member, Money):
        return column.path[-1] == "amount"
    return isinstance(column.member, Quantity)


def _with_unit(text: str) -> Iterator[tuple[str, str]]:
    """What may be the name of a column, and the unit after it: `금액(백만원)`, `Amount, KRW million`."""
    plain = as_read(bound_marks(text))
    if bracketed := _BRACKETED.fullmatch(plain):
        yield bracketed[1], bracketed[2]
    words = plain.replace(",", " ").replace(":", " ").split()
    for place in range(1, min(len(words), 6)):
        yield " ".join(words[:place]), " ".join(words[place:])


def _folded(text: str) -> str:
    """The text as headings are compared: case, width, blanks, underscores and brackets do not count."""
    return _SIGNS.sub("", as_read(bound_marks(text[:LONGEST])))


@lru_cache(maxsize=256)
def _words(kind: str, sheet: str) -> dict[str, Column]:
    """What the columns of a sheet are called, in every language; what several are called is left out.

    Names go before labels, and columns that can be entered before those that are computed.
    """
    plan = next(plan for plan in sheets_of(kind) if plan.name == sheet)
    labels: dict[bool, dict[str, dict[str, Column]]] = {
        True: defaultdict(dict),
        False: defaultdict(dict),
    }
    for column in plan.columns:
        for label in _labels(plan, column):
            labels[column.computed][_folded(label)][column.name] = column
    found: dict[str, Column] = {}
    for is_computed in (True, False):
        for label, columns in labels[is_computed].items():
            found.pop(label, None)
            if len(columns) == 1:
                found[label] = next(iter(columns.values()))
    known = {**found, **{_folded(column.name): column for column in plan.columns}}
    if plan.part:
        # What the record itself is called: 펀드, Fund. A column of the list that is called so goes before.
        of_record = dict.fromkeys(_names_of_kind(plan.kind), plan["record_key"])
        known = {**of_record, **known}
    return known


def _labels(plan: SheetPlan, column: Column) -> Iterator[str]:
    """All that people may call a column."""
    for language in LANGUAGES:
        with override(django_code(language)):
            label, own = str(column.label), str(column.member.label)
            yield label
            yield f"{plan.label} {label}"
            if isinstance(column.member, Texts) and column.language == language:
                yield own
                yield f"{plan.label} {own}"
    if column.name.endswith("_key") and isinstance(column.member, Reference):
        yield column.name.removesuffix("_key")


def _names_of(plan: SheetPlan) -> set[str]:
    names = {_folded(plan.name), *_in_every_language(plan.label)}
    return names if plan.part else names | _names_of_kind(plan.kind)


def _names_of_kind(kind: str) -> set[str]:
    return {kind, *_in_every_language(KINDS[kind].label)}


def _in_every_language(label: Label) -> set[str]:
    found = set()
    for language in LANGUAGES:
        with override(django_code(language)):
            found.add(_folded(str(label)))
    return found
