"""The documents of a whole filtered list, some at a time: the memory it takes does not grow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings

from cooperation.faces.filters import RecordFilters
from cooperation.gazette import listing

CHUNK = 500


def texts(filters: RecordFilters) -> Iterator[list[str]]:
    """Every document that the filters let through, as JSON text in their order; a query per 500."""
    rows, cursor = filters.qs, None
    while True:
        page = listing.page(rows, filters.sort, cursor, CHUNK, settings.PORTAL_MAIN_LANGUAGE)
        yield [row.response() for row in page.rows]
        cursor = page.next
        if cursor is None:
            return


def lines(texts: Iterable[str]) -> bytes:
    """The documents, one a line."""
    return "".join(f"{text}\n" for text in texts).encode()
