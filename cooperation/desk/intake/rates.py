"""Reading exchange rates from a table: every row with what it gives, and all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.desk.fields import ONE_LINE
from cooperation.rules import money
from cooperation.rules.texts import clean_text

from . import tables
from .faults import MAX_FAULTS, Fault, shown
from .numbers import has_decimal_comma, number, unclear_beside_decimal_commas
from .reading import Unreadable

COLUMNS: dict[str, str | Promise] = {
    "date": gettext_lazy("The day for which the rate holds, year first: 2015-01-28."),
    "base": gettext_lazy("The currency of which one unit is converted, by its code: USD."),
    "quote": gettext_lazy("The currency into which it is converted, by its code: KRW."),
    "rate": gettext_lazy(
        "How many units of the second currency one unit of the first was worth: 1085.30."
    ),
    "source": gettext_lazy("Who published the rate; shown to the public: Bank of Korea."),
}
TEMPLATE = ",".join(COLUMNS) + "\r\n"
FIRST_YEAR = 1900
NAMED = 5

_DAY = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_FORMULA = ("=", "+", "-", "@")


@dataclass
class Row:
    """One line of the table: what is written there, what it gives, and what is wrong with it."""

    line: int
    written: dict[str, str]
    given: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    same_as: int | None = None
    """The line above that says the same."""

    @property
    def pair(self) -> tuple[date, str, str]:
        """The day and the currencies, which no two rates on record share."""
        return self.given["date"], self.given["base"], self.given["quote"]

    def refuse(self, column: str, mend: str) -> None:
        """Note what is wrong with one column, or with the whole line."""
        value = shown(self.written[column]) if column else ""
        self.faults.append(Fault(_("Line %(line)s") % {"line": self.line}, column, value, mend))


@dataclass
class Table:
    """All rows of a table of exchange rates."""

    rows: list[Row] = field(default_factory=list)
    is_broken_off: bool = False
    """Whether reading stopped at the thousandth fault."""

    @property
    def faults(self) -> list[Fault]:
        """Everything that is wrong with it."""
        return [fault for row in self.rows for fault in row.faults]


def read(text: str) -> Table:
    """The rates that a table lists. Unreadable, with all that is wrong, where its columns cannot be told.

    Reading stops at a thousand faults.
    """
    lines = tables.lines(text, tables.separator(text, COLUMNS))
    header = next(lines, None)
    if header is None:
        raise Unreadable(_("There is nothing here; the first line names the columns."))
    columns = _columns(header)
    table = Table()
    left = MAX_FAULTS
    for line in lines:
        row = _row(line, columns)
        table.rows.append(row)
        left -= len(row.faults)
        if left <= 0:
            table.is_broken_off = True
            return table
    if not table.rows:
        raise Unreadable(_("There is no rate under the line that names the columns."))
    _compare_with_each_other(table.rows)
    return table


def day_fault(day: date) -> str | None:
    """Why no rate can be on record for that day; None where one can."""
    today = datetime.now(ZoneInfo(settings.PORTAL_TIME_ZONE)).date()
    if day > today:
        return _("This day is still to come, and no rate is known before its day; correct it.")
    if day.year < FIRST_YEAR:
        return _("This day lies before %(year)s; correct it.") % {"year": FIRST_YEAR}
    return None


def source_fault(name: str) -> str | None:
    """Why nobody is called so who publishes rates; None where somebody may be."""
    if name.startswith(_FORMULA):
        return _(
            "A name does not begin with =, +, - or @, as formulas do; write who published the rate."
        )
    return None


def _columns(header: tables.Line) -> list[str]:
    names = [cell.casefold() for cell in header.cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > tables.MAX_COLUMNS:
        raise Unreadable(
            _("Line %(line)s has %(count)s values; it should name the columns %(columns)s.")
            % {"line": header.number, "count": len(names), "columns": ", ".join(COLUMNS)}
        )
    faults = list(_faults_of_columns(names))
    if faults:
        raise Unreadable(" ".join(faults))
    return names


def _faults_of_columns(names: Sequence[str]) -> Iterator[str]:
    listed = ", ".join(COLUMNS)
    if unknown := list(dict.fromkeys(name for name in names if name not in COLUMNS)):
        yield _("Unknown columns: %(names)s; use %(columns)s only.") % {
            "names": ", ".join(map(shown, unknown[:NAMED])) + "…" * (len(unknown) > NAMED),
            "columns": listed,
        }
    if missing := [name for name in COLUMNS if name not in names]:
        yield _("Missing columns: %(names)s; the first line names %(columns)s.") % {
            "names": ", ".join(missing),
            "columns": listed,
        }
    if double := [name for name in COLUMNS if names.count(name) > 1]:
        yield _("Columns that occur more than once: %(names)s; keep one of each.") % {
            "names": ", ".join(double)
        }


def _row(line: tables.Line, columns: Sequence[str]) -> Row:
    cells = line.cells
    while len(cells) > len(columns) and not cells[-1]:
        cells.pop()
    row = Row(line.number, dict(zip(columns, [*cells, *[""] * len(columns)], strict=False)))
    if len(cells) != len(columns):
        row.refuse("", _wrong_count(len(cells), len(columns)))
        return row
    for column, rule in RULES.items():
        try:
            if not row.written[column]:
                raise ValueError(_("Fill this in; every rate has one."))
            row.given[column] = rule(row.written[column])
        except ValueError as fault:
            row.refuse(column, str(fault))
    if row.given.get("base") and row.given.get("base") == row.given.get("quote"):
        row.refuse("quote", _("A rate leads from one currency to another; choose two."))
    return row


def _wrong_count(found: int, wanted: int) -> str:
    if found < wanted:
        said = _(
            "This line has %(found)s values where the first line names %(wanted)s columns; fill in "
            "what is lacking."
        )
    else:
        said = _(
            "This line has %(found)s values where the first line names %(wanted)s columns; put a "
            "value that holds the separator between quotation marks."
        )
    return said % {"found": found, "wanted": wanted}


def _compare_with_each_other(rows: Sequence[Row]) -> None:
    """Refuse what is unclear only beside the other rows, and rates that contradict each other."""
    has_commas = any(has_decimal_comma(row.written["rate"]) for row in rows)
    first: dict[Any, Row] = {}
    for row in rows:
        unclear = has_commas and unclear_beside_decimal_commas(row.written["rate"])
        if unclear and "rate" in row.given:
            row.refuse("rate", unclear)
        if row.faults:
            continue
        other = first.setdefault(row.pair, row)
        if other is row:
            continue
        if other.given == row.given:
            row.same_as = other.line
            continue
        said = _(
            "Lines %(one)s and %(other)s give different rates for the same day and currencies; keep one."
        )
        row.refuse("rate", said % {"one": other.line, "other": row.line})


def _date(written: str) -> date:
    found = _DAY.fullmatch(written)
    if not found:
        raise ValueError(_("Write the day with the year first, such as 2015-01-28."))
    year, _sign, month, day, *together = found.groups()
    try:
        read = date(*map(int, together if year is None else (year, month, day)))
    except ValueError:
        raise ValueError(_("There is no such day; correct it.")) from None
    if fault := day_fault(read):
        raise ValueError(fault)
    return read


def _currency(written: str) -> str:
    code = written.upper()
    if money.is_currency(code):
        return code
    known = sorted(money.CURRENCIES)
    # Two letters in the wrong order are the likeliest slip.
    near = [one for one in known if sorted(one) == sorted(code)] if len(code) == 3 else []
    near = near or get_close_matches(code[:10], known, n=1)
    if near:
        raise ValueError(_("No currency has this code; did you mean %(code)s?") % {"code": near[0]})
    raise ValueError(_("Write the code of a currency in use, by ISO 4217, such as USD."))


def _rate(written: str) -> Decimal:
    rate = number(written)
    if rate <= 0:
        raise ValueError(_("A rate is greater than zero."))
    return rate


def _source(written: str) -> str:
    if fault := source_fault(written):
        raise ValueError(fault)
    return clean_text(written, ONE_LINE, one_line=True)


RULES: dict[str, Callable[[str], Any]] = {
    "date": _date,
    "base": _currency,
    "quote": _currency,
    "rate": _rate,
    "source": _source,
}
