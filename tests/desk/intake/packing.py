"""Workbooks to send: sound ones, and the same with a part that could do harm."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(*rows, name="funds", dress=None):
    """The bytes of a workbook with one sheet of these rows."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    if dress:
        dress(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(parts, data=None, without=()):
    """A workbook with these parts in place of, or beside, its own; a part may come in pieces."""
    file = io.BytesIO()
    with (
        ZipFile(io.BytesIO(data or workbook(["key"], ["a"]))) as old,
        ZipFile(file, "w", ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts and name not in without:
                new.writestr(name, old.read(name))
        for name, pieces in parts.items():
            with new.open(name, "w", force_zip64=True) as part:
                for piece in [pieces] if isinstance(pieces, bytes) else pieces:
                    part.write(piece)
    return file.getvalue()


def sheet(inside):
    """The XML of a sheet around its rows, which may come in pieces."""
    pieces = [inside] if isinstance(inside, bytes) else inside
    yield f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>'.encode()
    yield from pieces
    yield b"</sheetData></worksheet>"


def laughing():
    """A sheet whose entities swell a thousandfold at each of nine steps."""
    steps = "".join(f'<!ENTITY lol{step} "{f"&lol{step - 1};" * 10}">' for step in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY lol0 "lol">{steps}]>'
    return (
        f'{head}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&lol9;</t></is></c></row>'
        "</sheetData></worksheet>"
    )


def cells(count, each=b"<c/>"):
    """So many cells, a hundred a row."""
    row = b"<row>" + each * 100 + b"</row>"
    for _part in range(count // 10_000):
        yield row * 100
