"""The columns of tables to import: those of the tables to take away, known by any of their names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from cooperation.catalogue import KINDS
from cooperation.desk.intake import blanks, headings, sheets, values
from cooperation.desk.intake.amounts import Unit
from cooperation.desk.intake.columns import sheets_of
from cooperation.desk.intake.references import Names
from cooperation.faces.exports import tables
from cooperation.rules.languages import LANGUAGES, django_code

pytestmark = pytest.mark.once

KRW = Unit(Decimal(10**6), "KRW")


def plan(kind="fund", part="commitments"):
    return next(one for one in sheets_of(kind) if one.part == part)


def known(*texts, kind="fund", part="commitments"):
    found = headings.recognise(plan(kind, part), texts)
    return [(one.column.name if one.column else None, one.unit) for one in found]


@pytest.mark.parametrize("kind", KINDS)
def test_the_columns_are_those_of_the_tables_to_take_away(kind):
    main, *lists = sheets_of(kind)
    assert [one.name for one in main.columns] == [
        one.name for one in tables.of_records(kind, "en", str)
    ]
    assert {one.name: [column.name for column in one.columns] for one in lists} == {
        name: ["record_key", *(column.name for column in columns)]
        for name, columns in tables.of_lists(kind, "en").items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_known_by_its_label_in_every_language(language):
    with override(django_code(language)):
        labels = {
            (kind, one.name, column.name): str(column.label)
            for kind in KINDS
            for one in sheets_of(kind)
            for column in one.columns
        }
    wrong = {}
    for (kind, sheet, name), label in labels.items():
        one = next(one for one in sheets_of(kind) if one.name == sheet)
        column = headings.recognise(one, [label])[0].column
        if column is None or column.name != name:
            wrong[kind, sheet, name] = label
    assert wrong == {}


def test_names_count_whatever_their_case_blanks_and_signs():
    assert known("AMOUNT", "amount currency", "Contributor", "Stage*", "Record key") == [
        ("amount", None),
        ("amount_currency", None),
        ("contributor_key", None),
        ("stage", None),
        ("record_key", None),
    ]


def test_a_text_without_a_language_is_in_that_of_its_heading():
    assert known("Title", "제목", "标题") == [
        ("title_en", None),
        ("title_ko", None),
        ("title_zh-Hans", None),
    ]


def test_the_unit_of_amounts_is_found_in_the_heading():
    assert known(
        "금액(백만원)", "Amount, KRW million", "Amount [천달러]", "amount (단위: 억원)"
    ) == [
        ("amount", KRW),
        ("amount", KRW),
        ("amount", Unit(Decimal(1000), "USD")),
        ("amount", Unit(Decimal(10**8), "KRW")),
    ]


def test_what_the_desk_computes_is_known_and_what_nobody_knows_is_not():
    found = headings.recognise(plan(part=""), ["url", "status_value", "Remarks", "", "Amount (%)"])
    assert [(one.index, one.text, one.column and one.column.computed) for one in found] == [
        (0, "url", True),
        (1, "status_value", True),
        (2, "Remarks", None),
        (4, "Amount (%)", None),
    ]


def test_two_headings_of_one_column_are_named():
    found = headings.recognise(plan(part=""), ["key", "Title", "title_en", "url", "url"])
    assert [one.text for one in headings.doubled(found)] == ["Title", "title_en"]


def test_the_header_is_found_under_what_stands_above_it():
    book = sheets.read(
        "한중 협력 기금,,\n2015년 현황,,\n\nkey,제목,비고\na,기금,x\n".encode(), "x.csv"
    )
    assert headings.header_row(plan(part=""), book.sheets[0]) == 2
    assert headings.header_row(plan(part=""), sheets.Sheet("x", [])) is None


def test_a_sheet_is_known_by_its_name_and_the_first_by_its_columns():
    rows = [sheets.Row(1, ["record_key", "id", "contributor_key", "stage"])]
    found = {
        "funds": headings.plan_of("fund", "Funds", 0),
        "a list": headings.plan_of("fund", "commitments", 3),
        "the first": headings.plan_of("fund", "Sheet1", 0),
        "the first, of contributions": headings.plan_of("fund", "Sheet1", 0, rows),
        "another": headings.plan_of("fund", "Sheet2", 1),
    }
    assert {name: one.part if one else None for name, one in found.items()} == {
        "funds": "",
        "a list": "commitments",
        "the first": "",
        "the first, of contributions": "commitments",
        "another": None,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_reads_back_as_empty_and_explains_every_column(language):
    with override(django_code(language)):
        data = blanks.template("fund", "xlsx")
    book = sheets.read(data, "funds.xlsx")
    *blank, guide = book.sheets
    assert headings.is_guide(guide.name)
    assert [one.name for one in blank] == [one.name for one in sheets_of("fund")]
    for position, sheet in enumerate(blank):
        one = headings.plan_of("fund", sheet.name, position)
        assert [row.number for row in sheet.rows] == [1]
        assert all(each.column for each in headings.recognise(one, sheet.rows[0].cells))
    assert len(guide.rows) == 1 + sum(len(one.enterable) for one in sheets_of("fund"))
    assert all(len(row.cells) == 5 for row in guide.rows)


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_a_template_can_be_read(kind):
    names = Names()
    for one in KINDS:
        names.add(one, "its-key")
    for one in sheets_of(kind):
        row = sheets.Row(2, [blanks.example(column, kind) for column in one.enterable])
        headed = headings.recognise(one, [column.name for column in one.enterable])
        assert values.written(one, row, headed, names).faults == []


def test_a_template_as_csv_names_the_columns_of_the_records():
    assert blanks.template("platform", "csv").decode("utf-8-sig") == (
        "kind,key,title_en,title_ko,title_zh-Hans,type,operator_key,website,opened,closed,editorial\r\n"
    )
