"""Reading the tables that people send: CSV and workbooks alike as sheets of rows of texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from . import tables, workbooks
from .reading import Unreadable

# No row that anybody has written holds so many separators.
MOST_SEPARATORS = 20_000
LOOKED_AT = 20_000
FIRST_LINES = 5
HEAD = 30

_QUOTED = re.compile('"[^"]*"')


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, and its cells as texts."""

    number: int
    cells: list[str]


@dataclass
class Sheet:
    """A sheet with those of its rows that say anything."""

    name: str
    rows: list[Row]


@dataclass
class Workbook:
    """All sheets of a file; one, called like the file, where it is CSV, read in `encoding`."""

    sheets: list[Sheet]
    encoding: str = ""


@dataclass(frozen=True)
class Limits:
    """How much is read of one file."""

    bytes: int = 10_000_000
    rows: int = 200_000
    columns: int = 200
    cells: int = 2_000_000
    seconds: int = 40
    """Of the processor, for a workbook."""


DESK = Limits()
COMMAND = Limits(bytes=50_000_000, seconds=120)


def read(data: bytes, name: str, encoding: str = "", limits: Limits = DESK) -> Workbook:
    """The sheets of a file; Unreadable, with one sentence, where it is no table that is read here.

    A workbook is known by its content; `name` only names the sheet of a CSV. What was pasted is read
    as CSV too.
    """
    return _read(data, name, encoding, limits, None)


def head(
    data: bytes, name: str, encoding: str = "", limits: Limits = DESK, rows: int = HEAD
) -> Workbook:
    """The first rows of each sheet that say anything, quickly; Unreadable for what is wrong up to there."""
    return _read(data, name, encoding, limits, rows)


def _read(data: bytes, name: str, encoding: str, limits: Limits, first: int | None) -> Workbook:
    if len(data) > limits.bytes:
        raise Unreadable(
            _("The file is larger than %(most)s MB; split it.")
            % {"most": f"{limits.bytes // 1_000_000:,}"}
        )
    if not data.strip():
        raise Unreadable(_("The file is empty; choose another."))
    if workbooks.is_packed(data):
        most = {**asdict(limits), "first": first}
        return workbooks.read(data, most, lambda told: Workbook(list(_sheets(told))))
    workbooks.refuse_other_forms(data)
    text, encoding = tables.decoded(data, encoding, limits.bytes)
    called = name.rpartition("/")[2].rpartition(".")[0]
    return Workbook([Sheet(called, list(islice(_rows(text, limits), first)))], encoding)


def _sheets(told: Iterable[Any]) -> Iterator[Sheet]:
    """The sheets that the reading program has told: each a name, and lists of a number and cells."""
    sheet = None
    for one in told:
        if isinstance(one, str):
            if sheet:
                yield sheet
            sheet = Sheet(one, [])
        elif sheet:
            number, *cells = one
            sheet.rows.append(Row(number, cells))
    if sheet:
        yield sheet


def _rows(text: str, limits: Limits) -> Iterator[Row]:
    """The rows of a text, whatever stands between their cells."""
    sign = _separator(text)
    cells = 0
    for line in tables.lines(text, sign, limits.bytes, limits.rows, MOST_SEPARATORS):
        while line.cells and not line.cells[-1]:
            line.cells.pop()
        cells += len(line.cells)
        if len(line.cells) > limits.columns:
            raise Unreadable(
                _("Row %(row)s has more than %(most)s columns; keep those that say something.")
                % {"row": line.row, "most": f"{limits.columns:,}"}
            )
        if cells > limits.cells:
            raise workbooks.refusal("cells", most=limits.cells)
        yield Row(line.row, line.cells)


def _separator(text: str) -> str:
    """What stands between the cells: the sign that stands most often in the first lines, outside quotations."""
    first = _QUOTED.sub("", "\n".join(text[:LOOKED_AT].splitlines()[:FIRST_LINES]))
    return max(tables.SEPARATORS, key=first.count)
