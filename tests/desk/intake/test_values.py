"""Rows of tables: what each cell is read as, and everything that is wrong with it at once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cooperation.catalogue import KINDS
from cooperation.desk.intake import codes, headings, references, values
from cooperation.desk.intake.amounts import Unit
from cooperation.desk.intake.columns import sheets_of
from cooperation.desk.intake.references import Names
from cooperation.desk.intake.sheets import Row
from cooperation.desk.models import OrganizationName
from cooperation.faces.exports import tables
from cooperation.gazette.shapes.funds import STAGES
from cooperation.gazette.shapes.types import Money, Reference
from cooperation.gazette.shapes.vocabularies import COUNTRIES, CURRENCIES, SECTORS
from cooperation.rules.cells import harmless
from tests.desk.records import organization, texts

pytestmark = pytest.mark.once

EDITION = {"number": 1, "published_at": "2015-01-29T00:00:00Z"}


def read(cells, kind="fund", part="commitments", names=None, **units):
    """What a row says whose cells stand under these headings."""
    plan = next(one for one in sheets_of(kind) if one.part == part)
    headed = [
        replace(one, unit=units.get(one.text, one.unit))
        for one in headings.recognise(plan, list(cells))
    ]
    return values.written(plan, Row(2, list(cells.values())), headed, names or Names())


def faults(found):
    return [(one.heading.text, one.value, one.mend) for one in found.faults]


def test_a_row_as_people_write_it_becomes_what_the_desk_takes():
    names = Names()
    names.add("organization", "mosf", ["기획재정부"])
    found = read(
        {
            "Record key": "silk-road", "id": "korea", "Contributor": "기획재정부", "금액": "2,000억원",
            "단계": "Pledged", "일자": "2015.1.28.", "title_ko": "'=기금",
        },
        names=names,
    )  # fmt: skip
    assert found.faults == []
    assert found.record_key == "silk-road"
    assert found.group == {
        "id": "korea",
        "contributor": "mosf",
        "amount": {"amount": "200000000000", "currency": "KRW"},
        "stage": "pledged",
        "date": "2015-01-28",
        "title": {"ko": "=기금"},
    }
    assert list(found.shown.values()) == [
        "silk-road", "korea", "mosf", "200,000,000,000 KRW", "pledged (Pledged)", "2015-01-28", "=기금",
    ]  # fmt: skip


def test_everything_that_is_wrong_with_a_row_is_said_at_once():
    found = read(
        {
            "record_key": "", "contributor_key": "nobody", "amount": "about 5", "amount_currency": "won?",
            "stage": "promised", "date": "01/02/2015", "title_en": "=A1",
        }
    )  # fmt: skip
    assert [(heading, value) for heading, value, _mend in faults(found)] == [
        ("amount_currency", "won?"),
        ("record_key", ""),
        ("contributor_key", "nobody"),
        ("amount", "about 5"),
        ("stage", "promised"),
        ("date", "01/02/2015"),
        ("title_en", "=A1"),
    ]
    assert all(mend.endswith((".", "?")) for _heading, _value, mend in faults(found))


def test_empty_cells_are_nothing_and_what_no_column_leads_to_is_not_there():
    assert read({"id": "a", "amount": "", "stage": "", "url?": "x"}).group == {
        "id": "a",
        "amount": None,
        "stage": None,
    }


@pytest.mark.parametrize(
    ("cells", "unit", "amount"),
    [
        ({"amount": "40,000"}, Unit(Decimal(10**6), "KRW"), ("40000000000", "KRW")),
        ({"amount (백만원)": "40,000"}, None, ("40000000000", "KRW")),
        ({"amount": "5", "amount_currency": "달러"}, None, ("5", "USD")),
        ({"amount": "$5", "amount_currency": "USD"}, None, ("5", "USD")),
    ],
)
def test_the_currency_stands_in_the_cell_the_heading_or_a_column_of_its_own(cells, unit, amount):
    found = read(cells, **({"amount": unit} if unit else {}))
    assert found.faults == []
    assert tuple(found.group["amount"].values()) == amount


@pytest.mark.parametrize(
    ("cells", "mend"),
    [
        (
            {"amount": "5"},
            "Say in which currency: in the cell, in the heading, or in a column of its own.",
        ),
        (
            {"amount": "5원", "amount_currency": "USD"},
            "This says KRW where USD is meant; correct one of the two.",
        ),
        (
            {"amount (백만원)": "5", "amount_currency": "USD"},
            "The heading says KRW and the column beside it USD; correct one.",
        ),
        (
            {"amount": "#REF!"},
            "“#REF!” is what a spreadsheet shows in place of a value; write the value.",
        ),
    ],
)
def test_an_amount_without_one_currency_is_refused(cells, mend):
    assert [one for _heading, _value, one in faults(read(cells))] == [mend]


def test_amounts_as_reported_are_read_from_columns_of_lists():
    cells = {
        "reported_as_text": "US$37.1 million; 2억위안",
        "reported_as_amount": "37100000; 200000000",
        "reported_as_currency": "USD; CNY",
    }
    assert read(cells).group["reported_as"] == [
        {"text": "US$37.1 million", "amount": "37100000", "currency": "USD"},
        {"text": "2억위안", "amount": "200000000", "currency": "CNY"},
    ]
    assert faults(read({**cells, "reported_as_amount": "37100000"})) == [
        (
            "reported_as_text",
            "US$37.1 million; 2억위안",
            "The columns reported_as_text, reported_as_amount, reported_as_currency list differing numbers of values; write one for each.",
        )
    ]


@pytest.mark.parametrize(
    ("written", "vocabulary", "code"),
    [
        ("KR", COUNTRIES, "KR"), ("한국", COUNTRIES, "KR"), ("대한민국", COUNTRIES, "KR"), ("Korea", COUNTRIES, "KR"),
        ("韩国", COUNTRIES, "KR"), ("中国", COUNTRIES, "CN"), ("u.s.", COUNTRIES, "US"), ("kr", COUNTRIES, "KR"),
        ("under discussion", STAGES, None), ("약정", STAGES, "committed"), ("PLEDGED", STAGES, "pledged"),
        ("위안", CURRENCIES, "CNY"), ("대한민국 원", CURRENCIES, "KRW"), ("Trade and e-commerce", SECTORS, "trade"),
    ],
)  # fmt: skip
def test_codes_are_read_by_code_or_by_what_they_are_called(written, vocabulary, code):
    if code:
        assert codes.code(written, vocabulary) == code
    else:
        with pytest.raises(ValueError, match="is not in the list; write one of proposed"):
            codes.code(written, vocabulary)


def test_a_near_miss_is_asked_about():
    with pytest.raises(ValueError, match=r"did you mean pledged \(Pledged\)\?"):
        codes.code("plegded", STAGES)


def test_yes_and_no_are_read_in_every_language():
    assert [codes.flag(one) for one in ("예", "Y", "true", "○", "是", "1")] == [True] * 6
    assert [codes.flag(one) for one in ("아니오", "N", "false", "×", "否", "0")] == [False] * 6
    with pytest.raises(ValueError, match="neither yes nor no"):
        codes.flag("maybe")


def test_several_values_stand_between_semicolons_or_commas():
    for written in ("KR; CN", "한국, 중국", "KR\nCN", "Korea；China"):
        assert read({"countries": written}, part="").group["countries"] == ["KR", "CN"]
    found = read({"sectors": "Agriculture, forestry and fishing; trade"}, "initiative", "")
    assert found.group["sectors"] == ["agriculture", "trade"]


@pytest.mark.django_db
def test_records_are_named_by_key_title_or_name_in_few_queries(django_assert_num_queries):
    name = OrganizationName(type="short", text="MOSF", lang="en")
    organization("mosf", name, title=texts("Ministry", "기획재정부"))
    organization("same-1", title=texts("The Same"))
    organization("same-2", title=texts("The Same"))
    one = ("organization",)
    wanted = {(one, text) for text in ("mosf", "기획재정부", "MOSF", "The Same", "Nobody", "new")}
    wanted |= {(one, f"Nobody {number}") for number in range(100)}
    with django_assert_num_queries(3):
        names = references.look_up(wanted, {("organization", "new-one"): ["new"]})
    found = [names.find(one, text)[1] for text in ("mosf", "기획재정부", "MOSF", "new", "new-one")]
    assert found == ["mosf", "mosf", "mosf", "new-one", "new-one"]
    assert names.find(("fund", "organization"), "organization/mosf") == ("organization", "mosf")
    with pytest.raises(ValueError, match=r"write the key of one of them: same-1, same-2\."):
        names.find(one, "The Same")
    with pytest.raises(ValueError, match="has the key, title or name “Nobody”"):
        names.find(one, "Nobody")


def test_the_portals_own_tables_read_back_as_the_documents_say(published):
    names = Names()
    for kind, key in published:
        names.add(kind, key)
    for document in published.values():
        for one in _references(document):
            names.add(one["kind"], one["key"])
    wrong = []
    for (kind, _key), document in published.items():
        main, *lists = sheets_of(kind)
        columns = tables.of_records(kind, "en", str)
        wrong += _differences(main, columns, {**document, "edition": EDITION}, names)
        for plan in lists:
            columns = tables.of_lists(kind, "en")[plan.name]
            for part in document[plan.part]:
                wrong += _differences(plan, columns, part, names)
    assert wrong == []


def _differences(plan, columns, holder, names):
    cells = [column.cell(holder) for column in columns]
    row = [harmless(one) if isinstance(one, str) else tables.written(one) for one in cells]
    headed = headings.recognise(plan, [column.name for column in columns])
    found = values.written(plan, Row(2, row), headed, names)
    assert all(one.column for one in headed)
    yield from found.faults
    for name, value in found.group.items():
        member = next(one.member for one in plan.columns if one.path[0] == name)
        if _plain(member, holder[name]) != (
            value if value is not None or member.many is False else []
        ):
            yield plan.name, name, holder[name], value


def _plain(member, said):
    """What a document says, as the desk takes it."""
    if isinstance(member, Reference):
        keys = [
            one["key"] if len(member.kinds) == 1 else f"{one['kind']}/{one['key']}"
            for one in (said if member.many else [said] if said else [])
        ]
        return keys if member.many else keys[0] if keys else None
    if isinstance(member, Money) and said:
        return {"amount": said["amount"], "currency": said["currency"]}
    return said


def _references(said):
    if isinstance(said, dict):
        if {"kind", "key", "title"} <= said.keys() and said["kind"] in KINDS:
            yield said
        for one in said.values():
            yield from _references(one)
    elif isinstance(said, list):
        for one in said:
            yield from _references(one)
