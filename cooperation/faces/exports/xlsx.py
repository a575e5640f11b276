"""Whole filtered lists as workbooks of Excel: a sheet of the records, and one of each list in them.

A workbook is written to temporary files row by row, and sent when it is whole, so the memory it
takes does not grow. What a sheet or cell cannot hold is named where it is left out.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from cooperation.faces.filters import RecordFilters
from cooperation.rules.cells import harmless

from . import documents, tables
from .zips import undated

BLOCK = 64 * 1024
ROWS = 1_048_576
CHARACTERS = 32_767
NAME_LENGTH = 31
DIGITS = 15
# Excel's calendar begins here, if its 29 February 1900 is left aside.
FIRST_DAY = date(1900, 3, 1)
# The first moment of zip files: equal lists must not differ by when they were asked for.
NO_TIME = datetime(1980, 1, 1)  # noqa: DTZ001  # workbooks hold times without a zone

FULL = "A sheet of Excel holds no more rows. The download as NDJSON holds all of them."
CUT = " […cut: a cell of Excel holds 32,767 characters. The download as NDJSON holds all of them.]"
# Characters that no XML may hold: shown as what they are, unreadable.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Excel would read `_x0041_` as the letter A.
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def blocks(filters: RecordFilters, absolute: Callable[[str], str]) -> Iterator[bytes]:
    """The workbook of the records that the filters let through, in blocks of 64 KiB."""
    with TemporaryFile() as file:
        with SteadyZip(file, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(_workbook(filters, absolute), archive).write_data()
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


class SteadyZip(ZipFile):
    """A zip file that says nothing of when it was made: equal contents are equal bytes."""

    def write(self, filename: Any, arcname: Any = None, *_rest: Any, **_options: Any) -> None:
        """Puts a file into it, under that name."""
        entry = undated(arcname)
        entry.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as file, self.open(entry, "w") as place:
            shutil.copyfileobj(file, place)

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_rest: Any, **_options: Any) -> None:
        """Puts a text into it, under that name."""
        super().writestr(undated(zinfo_or_arcname), data)


class Sheet:
    """A sheet that takes rows until it is full, and says so in its last one."""

    def __init__(self, book: Workbook, name: str, names: Sequence[str]) -> None:
        self.sheet = book.create_sheet(name[:NAME_LENGTH])
        self.sheet.freeze_panes = "A2"
        self.sheet.sheet_format.defaultColWidth = 18
        self.rows = 0
        self.add(names)

    def add(self, cells: Sequence[tables.Cell]) -> None:
        """Puts the row below the others, if there is room."""
        self.rows += 1
        if self.rows < ROWS:
            self.sheet.append([self._typed(cell) for cell in cells])
        elif self.rows == ROWS:
            self.sheet.append([FULL])

    def _typed(self, cell: tables.Cell) -> Any:
        """Numbers and days as such where Excel can hold them exactly, all else as text."""
        if cell is None or isinstance(cell, bool):
            return cell
        if isinstance(cell, date) and cell >= FIRST_DAY:
            return cell
        if isinstance(cell, int | Decimal) and _is_exact(cell):
            return self._number(cell)
        text = harmless(cell) if isinstance(cell, str) else tables.written(cell)
        found = WriteOnlyCell(self.sheet, fitting(text))
        # A text that reads like a formula or a fault would otherwise be written as one.
        found.data_type = "s"
        return found

    def _number(self, number: int | Decimal) -> Any:
        if isinstance(number, int):
            return number
        found = WriteOnlyCell(self.sheet, number)
        # Otherwise Excel shows 200,000,000,000 as 2E+11.
        found.number_format = "#,##0" if number == number.to_integral_value() else "#,##0.########"
        return found


def fitting(text: str) -> str:
    """The text as a cell can hold it; what cannot be held is marked."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _ESCAPED.sub("_x005F_", _UNREADABLE.sub("\ufffd", text))
    # Excel counts as UTF-16 does, in which rare characters are two.
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CHARACTERS:
        return text
    return units[: 2 * (CHARACTERS - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _is_exact(number: int | Decimal) -> bool:
    """Whether the number has no more digits than Excel keeps."""
    digits = tables.written(number).lstrip("-").replace(".", "").strip("0")
    return len(digits) <= DIGITS


def _workbook(filters: RecordFilters, absolute: Callable[[str], str]) -> Workbook:
    """The workbook with all rows in it, not yet packed."""
    book = Workbook(write_only=True)
    book.properties.creator = settings.PORTAL_OFFICE
    book.properties.created = book.properties.modified = NO_TIME
    made = tables.Sheets(filters.kind, settings.PORTAL_MAIN_LANGUAGE, absolute)
    sheets = {name: Sheet(book, name, names) for name, names in made.names.items()}
    for texts in documents.texts(filters):
        for document in map(json.loads, texts):
            for name, row in made.rows(document):
                sheets[name].add(row)
    return book
