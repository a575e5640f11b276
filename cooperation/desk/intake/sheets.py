"""Reading the tables that people send: CSV and workbooks alike as sheets of rows of texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from . import tables
from .reading import Unreadable


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
    """All sheets of a file; one without a name where it is CSV, read in `encoding`."""

    sheets: list[Sheet]
    encoding: str = ""


@dataclass(frozen=True)
class Limits:
    """How much is read of one file."""

    bytes: int = 10_000_000
    rows: int = 200_000
    columns: int = 200
    cells: int = 2_000_000
    seconds: int = 20
    """Of the processor, for a workbook."""


DESK = Limits()
COMMAND = Limits(bytes=50_000_000, seconds=120)


def read(data: bytes, name: str, encoding: str = "", limits: Limits = DESK) -> Workbook:
    """The sheets of a file; Unreadable, with one sentence, where it is no table that is read here."""
    if len(data) > limits.bytes:
        raise Unreadable(
            _("The file is larger than %(most)s MB; split it.")
            % {"most": f"{limits.bytes // 1_000_000:,}"}
        )
    text, encoding = tables.decoded(data, encoding)
    sign = tables.separator(text, ())
    return Workbook(
        [Sheet("", [Row(line.number, line.cells) for line in tables.lines(text, sign)])], encoding
    )
