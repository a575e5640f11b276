"""Whole filtered lists as lines of JSON, streamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cooperation.faces.filters import RecordFilters

from . import documents


def lines(filters: RecordFilters, _absolute: Callable[[str], str]) -> Iterator[bytes]:
    """Every document that the filters let through, one a line, its addresses as the document has them."""
    for texts in documents.texts(filters):
        yield documents.lines(texts)
