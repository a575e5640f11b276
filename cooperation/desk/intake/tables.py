"""Tables as people save them: CSV in the encodings, and with the separators, of their spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from itertools import count
from typing import NamedTuple

from django.utils.translation import gettext as _

from cooperation.rules import encodings

from .reading import Unreadable

MAX_BYTES = 1_000_000
MAX_ROWS = 10_000
MAX_COLUMNS = 50
SEPARATORS = (",", ";", "\t")
ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp949": "CP949", "gb18030": "GB18030"}

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Line(NamedTuple):
    """One line of a table: its number in the file, and its cells without white space around them."""

    number: int
    cells: list[str]
    row: int = 0
    """Its number as spreadsheets count: a value with line ends in it makes no further row."""


def decoded(data: bytes, encoding: str = "", most: int = MAX_BYTES) -> tuple[str, str]:
    """The text of a file and the encoding it was read in; Unreadable where it is none of ours.

    Without a given encoding it is recognised: UTF-8 and UTF-16 for certain, CP949 and GB18030 by
    which of the two makes more sense.
    """
    if len(data) > most:
        raise Unreadable(_too_large(most))
    if data.startswith(_WORKBOOKS):
        raise Unreadable(
            _(
                "This is a workbook of a spreadsheet program; save it as CSV (UTF-8) and choose that."
            )
        )
    # Of names and figures alone it may be neither that is likely.
    for name in [encoding] if encoding else [*encodings.likely(data), "cp949"]:
        text = encodings.read(data, name)
        if text is not None:
            return text, name
    raise Unreadable(
        _("This is no text in %(encodings)s; save the file as CSV (UTF-8).")
        % {"encodings": ENCODINGS.get(encoding) or ", ".join(ENCODINGS.values())}
    )


def separator(text: str, columns: Collection[str]) -> str:
    """What stands between the cells: that by which the first line names most of the columns."""
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")

    def named(sign: str) -> int:
        return sum(cell.strip(' "\r\n').casefold() in columns for cell in first.split(sign))

    return max(SEPARATORS, key=named)


def lines(
    text: str,
    sign: str,
    most: int = MAX_BYTES,
    most_rows: int = MAX_ROWS,
    most_values: int = MAX_BYTES,
) -> Iterator[Line]:
    """The lines of a table that say anything, from its first; Unreadable where it is no table.

    A file of separators alone would fill the memory, so a row has at most so many values, even empty ones.
    """
    if len(text) > most or len(text.encode("utf-8", "replace")) > most * 2:
        raise Unreadable(_too_large(most))
    if found := _FORBIDDEN.search(text):
        raise Unreadable(
            _(
                "Line %(line)s holds a control character (%(point)s): this is no text; save it as CSV."
            )
            % {"line": _line_at(text, found.start()), "point": f"U+{ord(found.group()):04X}"}
        )
    told = 0
    for line in _lines(text, sign, most_values):
        if not any(cell.strip() for cell in line.cells):
            continue
        told += 1
        if told > most_rows + 1:
            raise Unreadable(
                _("The table has more than %(most)s rows; split it.") % {"most": f"{most_rows:,}"}
            )
        yield line._replace(cells=[cell.strip() for cell in line.cells])


def _lines(text: str, sign: str, most_values: int) -> Iterator[Line]:
    """All lines, empty ones too."""
    watched = _Watched(text, sign, most_values)
    reader = csv.reader(watched, delimiter=sign, strict=True, skipinitialspace=True)
    for row in count(1):
        number = reader.line_num + 1
        watched.left = most_values
        try:
            yield Line(number, next(reader), row)
        except StopIteration:
            return
        except csv.Error as fault:
            raise Unreadable(_sentence(str(fault)) % {"line": number}) from None


class _Watched:
    """The lines of a text as the reader takes them, with an eye on how much one row may hold."""

    def __init__(self, text: str, sign: str, most: int) -> None:
        self.lines = io.StringIO(text, newline="")
        self.sign = sign
        self.most = self.left = most

    def __iter__(self) -> _Watched:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.left -= line.count(self.sign)
        if self.left < 0:
            raise Unreadable(
                _("A row has more than %(most)s values; keep the columns that say something.")
                % {"most": f"{self.most:,}"}
            )
        return line


def _line_at(text: str, place: int) -> int:
    return len(text[:place].splitlines() or [""])


def _sentence(fault: str) -> str:
    if "unexpected end" in fault:
        return _("Line %(line)s: a quotation mark is opened that is never closed; close it.")
    if "field larger" in fault:
        return _(
            "Line %(line)s: a value is far too long, or a quotation mark is never closed; mend it."
        )
    return _(
        "Line %(line)s: after a closing quotation mark something else follows than the next value; "
        "write a quotation mark inside a value twice."
    )


def _too_large(most: int) -> str:
    return _("The table is larger than %(most)s bytes; split it.") % {"most": f"{most:,}"}
