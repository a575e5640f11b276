"""Files that are sent to be imported: what is read from them, and in what sentence bad ones end."""

from __future__ import annotations

import datetime
import time
import tracemalloc
from io import BytesIO
from zipfile import ZipFile

import pytest

from cooperation.desk.intake import sheets
from cooperation.desk.intake.reading import Unreadable
from tests.desk.intake.packing import MAIN, SHEET, cells, laughing, repacked, sheet, workbook

pytestmark = pytest.mark.once

TABLE = "키,제목,금액\nsilk-road,실크로드 기금,“2,000억원”\n".replace("“", '"').replace("”", '"')
# Workbooks hold times without a zone.
MOMENT = datetime.datetime(2015, 1, 28, 10, 30)  # noqa: DTZ001 -- see above
ROWS = [
    (1, ["키", "제목", "금액"]),
    (2, ["silk-road", "실크로드 기금", "2,000억원"]),
]


def rows(data, name="funds.csv", **more):
    return [(row.number, row.cells) for row in sheets.read(data, name, **more).sheets[0].rows]


def refusal(data, name="funds.xlsx", **more):
    with pytest.raises(Unreadable) as refused:
        sheets.read(data, name, **more)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_a_table_is_read_in_the_encoding_it_was_saved_in(encoding):
    assert rows(TABLE.encode(encoding)) == ROWS


def test_a_chinese_table_in_gb18030_is_recognised():
    text = "编号,名称,金额\nsilk-road,丝路基金,20亿元\n"
    book = sheets.read(text.encode("gb18030"), "funds.csv")
    assert book.encoding == "gb18030"
    assert book.sheets[0].rows[1].cells == ["silk-road", "丝路基金", "20亿元"]


def test_the_encoding_can_be_said_where_it_is_not_recognised():
    assert rows("가,나\n".encode("cp949"), encoding="cp949") == [(1, ["가", "나"])]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_whatever_stands_between_the_cells_is_found(sign):
    text = f'key{sign}title\na{sign}"One, two; three"\n'
    assert rows(text.encode()) == [(1, ["key", "title"]), (2, ["a", "One, two; three"])]


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    text = 'key,note\n\na,"One\ntwo"\nb,x\n'
    assert [number for number, _cells in rows(text.encode())] == [1, 3, 4]


def test_typed_cells_of_a_workbook_become_exact_texts():
    def dress(one):
        one["B2"].number_format = "#,##0"
        one["D2"].number_format = "mmm-yy"
        one["F2"].number_format = "0.0%"
        one["B9"] = "below a gap"

    data = workbook(
        ["key", "amount", "day", "month", "yes", "share", "price", "moment"],
        [
            "a", 40_000_000_000, datetime.date(2015, 1, 28), datetime.date(2015, 1, 1), True,
            0.355, 0.1 + 0.2, MOMENT,
        ],
        dress=dress,
    )  # fmt: skip
    assert rows(data)[1:] == [
        (2, ["a", "40000000000", "2015-01-28", "2015-01", "true", "35.5%", "0.3", "2015-01-28 10:30:00"]),
        (9, ["", "below a gap"]),
    ]  # fmt: skip


def test_the_dates_of_korean_excel_are_dates_although_it_does_not_say_how_they_look():
    data = workbook(["day"], [42032], dress=lambda one: setattr(one["A2"], "number_format", "@@"))
    styles = "xl/styles.xml"
    written = ZipFile(BytesIO(data)).read(styles)
    number = (
        written.partition(b'formatCode="@@"')[0].rpartition(b'numFmtId="')[2].partition(b'"')[0]
    )
    there = written.replace(b'numFmtId="' + number + b'" fontId', b'numFmtId="31" fontId')
    assert rows(repacked({styles: there}, data))[1] == (2, ["2015-01-28"])


def test_line_ends_of_excel_are_line_ends():
    assert rows(workbook(["One_x000D_\ntwo"])) == [(1, ["One\ntwo"])]


def test_a_character_that_no_text_may_hold_damages_a_workbook():
    cell = b'<row><c t="inlineStr"><is><t>&#0;</t></is></c></row>'
    assert refusal(repacked({SHEET: sheet(cell)})) == DAMAGED


def test_formulas_are_named_by_their_places_and_never_computed():
    data = workbook(["key", "amount"], ["a", "=1+1"], ["b", "=SUM(B2)"])
    assert refusal(data) == (
        "Formulas, which are not computed here, stand in funds!B2, funds!B3 (2 in all); "
        "copy the cells, paste them there as values only, and save."
    )


def test_only_the_first_rows_are_read_to_show_the_columns():
    data = workbook(["key"], *[[f"k-{number}"] for number in range(99)], ["=1+1"])
    assert [row.cells for row in sheets.head(data, "funds.xlsx", rows=2).sheets[0].rows] == [
        ["key"],
        ["k-0"],
    ]
    assert len(sheets.head(b"key\n" + b"a\n" * 99, "funds.csv", rows=5).sheets[0].rows) == 5


CONTENT = "[Content_Types].xml"
WIDE = b'<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>'
DEEP = b'<row r="99999999"><c><v>1</v></c></row>'
MACROS = "The workbook holds macros; save it as .xlsx, which keeps none."
SWOLLEN = "The workbook unpacks to far more than a table holds; copy its cells into a new workbook and save that."
ENTITIES = "The workbook declares entities of its own, by which a small file swells; copy its cells into a new workbook and save that."
ENCODING = "The workbook is written in an encoding that workbooks do not have; open it in a spreadsheet program and save it anew as .xlsx."
DAMAGED = "The workbook is damaged; open it in a spreadsheet program and save it anew as .xlsx."
LINKS = "The workbook is linked to other files or to databases; copy its cells, paste them as values into a new workbook, and save that."
BAD = {
    "a billion laughs": (lambda: repacked({SHEET: laughing().encode()}), ENTITIES),
    "the same in UTF-16": (lambda: repacked({SHEET: laughing().encode("utf-16")}), ENTITIES),
    "entities in the texts": (
        lambda: repacked({"xl/sharedStrings.xml": laughing().encode()}),
        ENTITIES,
    ),
    "entities in a relation": (
        lambda: repacked({"xl/_rels/workbook.xml.rels": laughing().encode()}),
        ENTITIES,
    ),
    "entities in another encoding": (
        lambda: repacked(
            {SHEET: b'<?xml version="1.0" encoding="cp037"?>' + laughing().encode("cp037")}
        ),
        ENCODING,
    ),
    "a zip bomb": (lambda: repacked({"xl/media/a.png": (b"\0" * 10**6,) * 300}), SWOLLEN),
    "many parts": (
        lambda: repacked({f"xl/media/{number}.png": b"" for number in range(2_001)}),
        SWOLLEN,
    ),
    "ten million cells": (
        lambda: repacked({SHEET: sheet(cells(10_000_000))}),
        "The workbook has more than 2,000,000 cells; split it.",
    ),
    "macros": (lambda: repacked({"xl/vbaProject.bin": b"x"}), MACROS),
    "macros of old": (lambda: repacked({"xl/macrosheets/sheet1.xml": b"<x/>"}), MACROS),
    "macros by type": (
        lambda: repacked({CONTENT: b'<Types a="application/vnd.ms-excel.sheet.macroEnabled"/>'}),
        MACROS,
    ),
    "links elsewhere": (lambda: repacked({"xl/externalLinks/externalLink1.xml": b"<x/>"}), LINKS),
    "connections": (lambda: repacked({"xl/connections.xml": b"<x/>"}), LINKS),
    "an embedded file": (
        lambda: repacked({"xl/embeddings/oleObject1.bin": b"x"}),
        "Other files or controls are embedded in the workbook; copy its cells into a new workbook and save that.",
    ),
    "a column beyond all": (lambda: repacked({SHEET: sheet(WIDE)}), DAMAGED),
    "a row beyond all": (
        lambda: repacked({SHEET: sheet(DEEP)}),
        "The sheet “funds” has more than 200,000 rows; split it.",
    ),
    "many columns": (
        lambda: workbook(list(range(201))),
        "The sheet “funds” has more than 200 columns; keep those that say something.",
    ),
    "half a file": (lambda: workbook(["key"])[:2_000], DAMAGED),
    "broken XML": (lambda: repacked({SHEET: f'<worksheet xmlns="{MAIN}"><'.encode()}), DAMAGED),
    "no workbook": (
        lambda: repacked({}, without=["xl/workbook.xml"]),
        "This archive is no workbook; choose a file that ends in .xlsx or .csv.",
    ),
    "an OpenDocument table": (
        lambda: repacked({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "This is an OpenDocument spreadsheet (.ods); save it as .xlsx or CSV (UTF-8).",
    ),
    "an .xlsb": (
        lambda: repacked({"xl/workbook.bin": b"x"}, without=["xl/workbook.xml"]),
        "This is a workbook in the form .xlsb; save it as .xlsx or CSV (UTF-8).",
    ),
    "an old .xls": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
        "This is a workbook in the old form .xls; save it as .xlsx or CSV (UTF-8).",
    ),
    "a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "The workbook is protected by a password; save it without one.",
    ),
    "a web page called .xls": (
        lambda: b"<html><table><tr><td>key</td></tr></table></html>",
        "This is a web page, whatever it is called; open it in a spreadsheet program and save it as .xlsx.",
    ),
    "XML called .csv": (
        lambda: laughing().encode(),
        "This is XML, whatever it is called; open it in a spreadsheet program and save it as .xlsx.",
    ),
    "a PDF": (
        lambda: b"%PDF-1.7\n",
        "This is a PDF; ask for the table as a workbook (.xlsx) or CSV.",
    ),
    "ten million separators": (
        lambda: b"," * 9_999_999,
        "A row has more than 20,000 values; keep the columns that say something.",
    ),
    "ten million separators in one row of many lines": (
        lambda: b'"\n",,,,,,' * 1_100_000,
        "A row has more than 20,000 values; keep the columns that say something.",
    ),
    "a quotation without end": (
        lambda: b'key\n"' + b"a\n" * 4_000_000,
        "Line 2: a value is far too long, or a quotation mark is never closed; mend it.",
    ),
    "more than is read": (lambda: b"a" * 10_000_001, "The file is larger than 10 MB; split it."),
    "nothing": (lambda: b" \n", "The file is empty; choose another."),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_ends_in_one_sentence_and_costs_the_portal_next_to_nothing(case):
    made, sentence = BAD[case]
    data = made()
    tracemalloc.start()
    began = time.process_time()
    try:
        assert refusal(data) == sentence
        assert time.process_time() - began < 1
        assert tracemalloc.get_traced_memory()[1] < 64 * 2**20
    finally:
        tracemalloc.stop()
