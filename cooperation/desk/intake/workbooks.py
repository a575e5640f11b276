"""Workbooks of spreadsheet programs: read by another process (`opening.py`), and refused in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy

from cooperation.desk import apart

from .reading import Unreadable

Found = TypeVar("Found")

PROGRAM = Path(__file__).with_name("opening.py")
LIBRARIES = ("openpyxl", "et_xmlfile")
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How the directory of a compound file names the stream in which an encrypted workbook lies.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PAGE = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<style", b"<head", b"<body", b"<div")

REFUSALS: dict[str, Any] = {
    "swollen": gettext_lazy(
        "The workbook unpacks to far more than a table holds; copy its cells into a new workbook and save that."
    ),
    "entities": gettext_lazy(
        "The workbook declares entities of its own, by which a small file swells; copy its cells into a new workbook and save that."
    ),
    "encoding": gettext_lazy(
        "The workbook is written in an encoding that workbooks do not have; open it in a spreadsheet program and save it anew as .xlsx."
    ),
    "macros": gettext_lazy("The workbook holds macros; save it as .xlsx, which keeps none."),
    "links": gettext_lazy(
        "The workbook is linked to other files or to databases; copy its cells, paste them as values into a new workbook, and save that."
    ),
    "objects": gettext_lazy(
        "Other files or controls are embedded in the workbook; copy its cells into a new workbook and save that."
    ),
    "formulas": gettext_lazy(
        "Formulas, which are not computed here, stand in %(cells)s (%(count)s in all); copy the cells, paste them there as values only, and save."
    ),
    "encrypted": gettext_lazy("The workbook is protected by a password; save it without one."),
    "damaged": gettext_lazy(
        "The workbook is damaged; open it in a spreadsheet program and save it anew as .xlsx."
    ),
    "too-slow": gettext_lazy(
        "The workbook takes too long to read; split it, or save the sheet as CSV (UTF-8)."
    ),
    "cells": gettext_lazy("The workbook has more than %(most)s cells; split it."),
    "rows": gettext_lazy("The sheet “%(sheet)s” has more than %(most)s rows; split it."),
    "columns": gettext_lazy(
        "The sheet “%(sheet)s” has more than %(most)s columns; keep those that say something."
    ),
    "xls": gettext_lazy(
        "This is a workbook in the old form .xls; save it as .xlsx or CSV (UTF-8)."
    ),
    "xlsb": gettext_lazy("This is a workbook in the form .xlsb; save it as .xlsx or CSV (UTF-8)."),
    "ods": gettext_lazy(
        "This is an OpenDocument spreadsheet (.ods); save it as .xlsx or CSV (UTF-8)."
    ),
    "page": gettext_lazy(
        "This is a web page, whatever it is called; open it in a spreadsheet program and save it as .xlsx."
    ),
    "xml": gettext_lazy(
        "This is XML, whatever it is called; open it in a spreadsheet program and save it as .xlsx."
    ),
    "pdf": gettext_lazy("This is a PDF; ask for the table as a workbook (.xlsx) or CSV."),
    "other": gettext_lazy("This archive is no workbook; choose a file that ends in .xlsx or .csv."),
}


def is_packed(data: bytes) -> bool:
    """Whether the file is a zip file, as workbooks are."""
    return data.startswith(ZIP)


def refuse_other_forms(data: bytes) -> None:
    """Unreadable for files that are no text and no workbook of today, whatever their names say."""
    if data.startswith(COMPOUND):
        raise refusal("encrypted" if ENCRYPTED in data else "xls")
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for code, beginnings in (("page", PAGE), ("xml", (b"<?xml",)), ("pdf", (b"%pdf-",))):
        if start.startswith(beginnings):
            raise refusal(code)


def refusal(code: str, **words: Any) -> Unreadable:
    """The sentence of a refusal; numbers are grouped."""
    said = {name: f"{word:,}" if isinstance(word, int) else word for name, word in words.items()}
    return Unreadable(str(REFUSALS[code]) % said)


def read(data: bytes, most: dict[str, Any], take: Callable[[Iterable[Any]], Found]) -> Found:
    """What `take` makes of the names and rows of the sheets; Unreadable where the workbook is refused."""
    seconds = 3 * most["seconds"] + 10
    try:
        with apart.answer(PROGRAM, [json.dumps(most)], LIBRARIES, data, seconds) as said:
            _refuse_if_told(said)
            said.seek(0)
            return take(map(json.loads, said))
    except apart.Ended as ended:
        raise refusal("too-slow" if ended.by_limit else "damaged") from None


def _refuse_if_told(said: Any) -> None:
    """Raise the refusal that the program may have written last."""
    said.seek(0, 2)
    size = said.tell()
    said.seek(max(0, size - 4_000))
    last = said.read().rstrip(b"\n").rpartition(b"\n")[2]
    if last.startswith(b'{"refused"'):
        told = json.loads(last)
        raise refusal(told["refused"], **told["words"])
