"""Blank tables to fill in: the columns of a kind, each with its sentence and an example."""

from __future__ import annotations

from .columns import sheets_of


def template(kind: str, form: str) -> bytes:
    """The blank table of a kind, `csv` (the records alone) or `xlsx` (all sheets), in the active language."""
    names = [column.name for column in sheets_of(kind)[0].enterable]
    return ("\ufeff" + ",".join(names) + "\r\n").encode()
