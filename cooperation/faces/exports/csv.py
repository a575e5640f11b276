"""Whole filtered lists as lines of comma-separated values (RFC 4180), streamed: one row a record."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from io import StringIO

from django.conf import settings

from cooperation.faces.filters import RecordFilters
from cooperation.rules.cells import harmless

from . import documents, tables

# By it spreadsheets know that the text is UTF-8; without it Korean comes out as something else.
MARK = "\ufeff"


def lines(filters: RecordFilters, absolute: Callable[[str], str]) -> Iterator[bytes]:
    """The names of the columns, and a row of each record that the filters let through."""
    columns = tables.of_records(filters.kind, settings.PORTAL_MAIN_LANGUAGE, absolute)
    yield MARK.encode() + rows([[column.name for column in columns]])
    for texts in documents.texts(filters):
        found = map(json.loads, texts)
        yield rows([column.cell(one) for column in columns] for one in found)


def rows(cells: Iterable[tables.Row]) -> bytes:
    """The rows as lines of text that no spreadsheet runs; a number is left alone, whatever its sign."""
    text = StringIO()
    csv.writer(text).writerows([_written(cell) for cell in row] for row in cells)
    return text.getvalue().encode()


def _written(cell: tables.Cell) -> str:
    return harmless(cell) if isinstance(cell, str) else tables.written(cell)
