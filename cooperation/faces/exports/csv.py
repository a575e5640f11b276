"""Whole filtered lists as lines of comma-separated values (RFC 4180), streamed: one row a record."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
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
    yield (MARK + _text([[column.name for column in columns]])).encode()
    for texts in documents.texts(filters):
        found = map(json.loads, texts)
        yield _text([_written(column.cell(one)) for column in columns] for one in found).encode()


def _written(cell: tables.Cell) -> str:
    """The cell as text; a number is left alone, whatever sign it begins with."""
    return harmless(cell) if isinstance(cell, str) else tables.written(cell)


def _text(rows: Iterator[list[str]] | list[list[str]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
