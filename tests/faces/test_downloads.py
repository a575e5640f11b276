"""Lists to take away as tables: as comma-separated values, and as workbooks of Excel."""

import csv
import json
import zipfile
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine

from cooperation.catalogue import KINDS
from cooperation.faces.exports import documents, tables, xlsx
from cooperation.gazette.shapes import part_lists
from tests.contracts.crowds import FIRST, crowd, document
from tests.examples import fund, organizations, source
from tests.worlds import publish, reference, sample, texts, withdraw

from .reading import API, body, cost, growth

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ACTIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x"]
FORMULA = '=HYPERLINK("https://x.example","x")&cmd|\' /C calc\'!A0'


def table(client, plural, query=""):
    """The rows of the download as comma-separated values, by the names of the columns."""
    text = body(client.get(f"{API}exports/{plural}.csv{query}")).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:], newline="")))


def workbook(client, plural, query=""):
    """The download as Excel would read it."""
    return openpyxl.load_workbook(BytesIO(body(client.get(f"{API}exports/{plural}.xlsx{query}"))))


def rows(book, name):
    """The rows of a sheet, by the names of the columns."""
    names, *found = book[name].iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in found]


def test_a_table_has_one_row_a_record_and_says_of_what_it_is(client):
    publish(*organizations(), source(), fund())
    answer = client.get(f"{API}exports/funds.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="funds.csv"'
    assert body(answer).count(b"\r\n") == 2
    (row,) = table(client, "funds")
    assert list(row)[:6] == ["kind", "key", "url", "title_en", "title_ko", "title_zh-Hans"]
    assert list(row)[-2:] == ["edition_number", "published_at"]
    assert row["url"] == "http://testserver/funds/korea-china-cultural-fund/"
    assert row["countries"] == "KR; CN"
    assert row["commitments_count"] == "3"
    assert (row["totals_announced"], row["totals_announced_currency"]) == ("200000000000", "KRW")
    assert row["status_value"] == "proposed"
    assert row["edition_number"] == "4"


def test_a_reference_is_its_key_and_its_title_in_the_main_language(client):
    public, gone = reference("organization", "seller"), reference("organization", "gone")
    subjects = [reference("organization", "seller"), reference("platform", "shop")]
    publish(
        sample("organization", "seller", title=texts("Seller", "파는 곳")),
        sample("organization", "gone"),
        sample("platform", "shop", operator=public),
        sample("platform", "other", operator=gone),
        sample("statement", "words", subjects=subjects),
    )
    withdraw("organization", "gone")
    found = {row["key"]: row for row in table(client, "platforms")}
    assert (found["shop"]["operator_key"], found["shop"]["operator_title"]) == ("seller", "Seller")
    assert (found["other"]["operator_key"], found["other"]["operator_title"]) == ("gone", "")
    (said,) = table(client, "statements")
    assert said["subjects_key"] == "organization/seller; platform/shop"
    assert said["subjects_title"] == "Seller; Shop"


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_columns_of_a_table_have_one_name(kind):
    records = [column.name for column in tables.of_records(kind, "en", str)]
    lists = tables.of_lists(kind, "en")
    assert lists.keys() == {*part_lists(kind), "citations"}
    for names in (records, *([column.name for column in inside] for inside in lists.values())):
        assert len(names) == len(set(names))


def test_every_kind_with_everything_in_it_is_a_table_and_a_workbook(client):
    crowd(2)
    for kind in KINDS.values():
        records = table(client, kind.plural)
        book = workbook(client, kind.plural)
        assert book.sheetnames == [kind.plural, *part_lists(kind.name), "citations"]
        assert [row["key"] for row in records] == [row["key"] for row in rows(book, kind.plural)]
        for name in part_lists(kind.name):
            counts = {row["key"]: int(row[f"{name}_count"]) for row in records}
            owners = [row["record_key"] for row in rows(book, name)]
            assert {key: owners.count(key) for key in counts} == counts


def test_a_workbook_holds_numbers_and_days_where_excel_holds_them_exactly(client):
    parts = [
        {**document("initiative", FIRST, rows=1)["targets"][0], "id": f"t{n}", **said}
        for n, said in enumerate(
            [
                {"amount": "200000000000", "due": "2020-12-31"},
                {"amount": "-0.00000001", "due": "2020-12"},
                {"amount": "123456789012345678", "due": "1899-12-31"},
                {"amount": "9" * 15, "due": "2020"},
            ]
        )
    ]
    publish(sample("initiative", "exports", targets=parts))
    found = rows(workbook(client, "initiatives"), "targets")
    days = [getattr(row["due"], "date", lambda row=row: row["due"])() for row in found]
    assert [*zip((row["amount"] for row in found), days, strict=True)] == [
        (200000000000, date(2020, 12, 31)),
        (-0.00000001, "2020-12"),
        ("123456789012345678", "1899-12-31"),
        (999999999999999, "2020"),
    ]
    assert {row["record_key"] for row in found} == {"exports"}


def test_no_text_of_a_record_runs_in_a_spreadsheet(client):
    """Read as text or as a workbook; a negative number stays a number."""
    notes = [*ACTIVE, FORMULA, "#N/A", "#DIV/0!"]
    reports = [
        {"id": f"r{n}", "date": None, "finding": "changed", "status": "active", "note": note}
        for n, note in enumerate(notes)
    ]
    loss = {"amount": "-5", "currency": "KRW"}
    publish(
        *(
            sample("fund", f"f{n}", title=texts(note), difference=loss, status_reports=reports)
            for n, note in enumerate(notes)
        )
    )
    for row in table(client, "funds"):
        assert row["difference"] == "-5"
        assert not row["title_en"].startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert {row["title_en"] for row in table(client, "funds")} >= {f"'{FORMULA}", "'=1+1", "#N/A"}
    book = workbook(client, "funds")
    assert {row["difference"] for row in rows(book, "funds")} == {-5}
    for sheet in book:
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            assert cell.data_type in ("s", "n", "d", "b"), cell.value
            assert not str(cell.value).startswith(tuple("=+@\t\r\n＝＋－＠"))
    assert {row["note"] for row in rows(book, "status_reports")} >= {f"'{FORMULA}", "#N/A"}


def test_a_formula_is_noticed(client, monkeypatch):
    """The control: the same table with its texts as they were sent."""
    monkeypatch.setattr("cooperation.faces.exports.csv.harmless", str)
    monkeypatch.setattr(xlsx, "harmless", str)
    publish(sample("fund", "f", title=texts(FORMULA)))
    assert table(client, "funds")[0]["title_en"].startswith("=")
    assert rows(workbook(client, "funds"), "funds")[0]["title_en"].startswith("=")


def test_what_a_cell_cannot_hold_is_marked(client):
    publish(
        sample("statement", "long", words=texts("말" * 40_000, "x" + "𠮷" * 20_000, "x" * 32_767)),
        sample("statement", "odd", words=texts("a\x07b\ufffe", "one\r\ntwo", "_x0041_")),
    )
    book = workbook(client, "statements")
    odd, long = rows(book, "statements")
    cut = long["words_en"], long["words_ko"]
    assert [len(text.encode("utf-16-le")) // 2 for text in cut] == [32_767, 32_766]
    assert all(text.endswith("The download as NDJSON holds all of them.]") for text in cut)
    assert long["words_zh-Hans"] == "x" * 32_767
    assert (odd["words_en"], odd["words_ko"]) == ("a\ufffdb\ufffd", "one\ntwo")
    # What Excel reads as `_x0041_`; without the escape it would read the letter A.
    assert odd["words_zh-Hans"] == "_x005F_x0041_"
    (_odd, whole) = table(client, "statements")
    assert whole["words_en"] == "말" * 40_000


def test_a_sheet_that_is_full_says_so_in_its_last_row(client, monkeypatch):
    monkeypatch.setattr(xlsx, "ROWS", 4)
    publish(*(sample("fund", f"f{n}") for n in range(6)))
    sheet = list(workbook(client, "funds")["funds"].iter_rows(values_only=True))
    assert [row[1] for row in sheet[1:3]] == ["f5", "f4"]
    assert sheet[3][0].startswith("A sheet of Excel holds no more rows.")
    assert len(sheet) == 4


def test_names_of_sheets_are_as_long_as_excel_allows(client):
    book = openpyxl.Workbook(write_only=True)
    assert len(xlsx.Sheet(book, "x" * 40, ["a"]).sheet.title) == 31
    book.save(BytesIO())


def test_equal_lists_are_equal_bytes_whenever_they_are_asked_for(client):
    publish(*organizations(), source(), fund())
    files = []
    for day in ("2026-03-02", "2031-05-06"):
        with time_machine.travel(f"{day}T03:00:00Z"):
            files.append(body(client.get(f"{API}exports/funds.xlsx")))
    assert files[0] == files[1]
    with zipfile.ZipFile(BytesIO(files[0])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026" not in archive.read("docProps/core.xml")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_download_asks_once_for_each_chunk_and_filters_and_sorts_as_the_list_does(
    client, monkeypatch, form
):
    monkeypatch.setattr(documents, "CHUNK", 3)
    publish(*(sample("organization", f"o{n}", country="KR") for n in range(8)))
    publish(*(sample("organization", f"p{n}", country="CN") for n in range(8)))
    query = "?country=KR&sort=title"
    assert cost(client, f"{API}exports/organizations.{form}{query}") == 1 + 3
    found = table(client, "organizations", query)
    if form == "xlsx":
        found = rows(workbook(client, "organizations", query), "organizations")
    assert [row["key"] for row in found] == [f"o{n}" for n in range(8)]


@pytest.mark.parametrize("form", ["ndjson", "csv", "xlsx"])
def test_memory_does_not_grow_with_the_list(client, monkeypatch, form):
    monkeypatch.setattr(documents, "CHUNK", 20)
    assert growth(client, f"statements.{form}") < 1.5


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_wrong_filter_is_refused_in_a_problem_document(client, form):
    answer = client.get(f"{API}exports/funds.{form}?status=x&page_size=2")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [one["parameter"] for one in json.loads(body(answer))["errors"]] == [
        "page_size",
        "status",
    ]


def test_the_description_names_the_tables_with_their_filters(client):
    paths = client.get(f"{API}openapi.json").json()["paths"]
    assert (
        paths["/api/v1/exports/funds.csv"]["get"]["parameters"]
        == paths["/api/v1/exports/funds.xlsx"]["get"]["parameters"]
        == paths["/api/v1/exports/funds.ndjson"]["get"]["parameters"]
    )
    content = paths["/api/v1/exports/funds.xlsx"]["get"]["responses"]["200"]["content"]
    assert list(content) == ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
    assert "text/csv" in paths["/api/v1/exports/funds.csv"]["get"]["responses"]["200"]["content"]
