"""Tables of records: every row's outcome is told without storing anything, and then all is stored or nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperation.desk import editing
from cooperation.desk.intake import planning, sheets
from cooperation.desk.intake.entering import enter
from cooperation.desk.intake.layouts import applied, decided, kept, recognised
from cooperation.desk.models import Fund, Organization

pytestmark = pytest.mark.django_db

FUND = {
    "kind": "fund",
    "key": "culture",
    "title": {"en": "Culture Fund", "ko": "문화 기금"},
    "countries": ["KR"],
    "manager": "ministry",
    "commitments": [
        {"id": "korea", "contributor": "ministry", "stage": "proposed", "amount": {"amount": "40000000000", "currency": "KRW"}},
        {"id": "china", "contributor": "ministry", "stage": "proposed"},
    ],
}  # fmt: skip
MINISTRY = {
    "kind": "organization",
    "key": "ministry",
    "type": "ministry",
    "title": {"en": "Ministry"},
}


@pytest.fixture
def desk(db):
    enter([FUND, MINISTRY], by=None, reason="As it was.")


def layouts(kind, *tables):
    """The sheets of a file, each a name and a text as CSV."""
    book = sheets.Workbook([])
    for name, text in tables:
        book.sheets += sheets.read(text.encode(), f"{name}.csv").sheets
    return recognised(book, kind)


def looked(kind, *tables):
    """What importing would do: every row's place and outcome, and the plan."""
    noted = []
    made = planning.plan(kind, layouts(kind, *tables), note=noted.append)
    return noted, made


def outcomes(noted):
    return [(line.sheet, line.number, line.outcome.value) for line in noted]


def problems(noted):
    return [(line.number, *problem) for line in noted for problem in line.problems]


def carried_out(kind, *tables, seal=None):
    return planning.carry_out(kind, layouts(kind, *tables), by=None, reason="Import.", seal=seal)


def test_every_row_has_its_outcome_with_what_differs_and_nothing_is_stored(desk):
    noted, made = looked(
        "fund",
        ("funds", "key,title_en,title_ko,manager_key\nculture,Culture Fund,문화 펀드,Ministry\nnew-fund,New Fund,,\n"),
        ("commitments", "record_key,id,contributor_key,amount,amount_currency,stage\nculture,korea,,400억원,,proposed\nculture,china,,,,pledged\nculture,third,Ministry,5,USD,paid\n"),
    )  # fmt: skip
    assert outcomes(noted) == [
        ("funds", 2, "changed"),
        ("commitments", 2, "unchanged"),
        ("commitments", 3, "changed"),
        ("commitments", 4, "new"),
        ("funds", 3, "new"),
    ]
    cells = {cell.column: cell[1:] for cell in noted[0].cells}
    assert cells["title_ko"] == ("문화 펀드", "문화 펀드", "문화 기금")
    assert cells["manager_key"] == ("Ministry", "ministry", None)
    amount = {cell.column: cell[1:] for cell in noted[1].cells}
    assert amount["amount"] == ("400억원", "40,000,000,000 KRW", None)
    assert made.counts == {"changed": 2, "unchanged": 1, "new": 2}
    assert Fund.objects.count() == 1
    assert Fund.objects.get().title["ko"] == "문화 기금"


def test_what_was_looked_at_is_what_is_stored_each_record_as_one_change(desk):
    tables = (
        ("funds", "key,title_ko,countries\nculture,문화 펀드,KR; CN\nnew-fund,새 기금,-\n"),
        ("commitments", "record_key,id,stage\nculture,korea,pledged\n"),
    )
    noted, made = looked("fund", *tables)
    assert outcomes(noted)[2:] == [("commitments", None, "removed"), ("funds", 3, "new")]
    assert carried_out("fund", *tables, seal=made.seal) == made
    fund = Fund.objects.get(key="culture")
    assert (fund.version, fund.title["ko"], fund.countries) == (2, "문화 펀드", ["KR", "CN"])
    assert [(c.part_id, c.stage, c.amount) for c in fund.commitments.all()] == [
        ("korea", "pledged", 40_000_000_000)
    ]
    new = Fund.objects.get(key="new-fund")
    assert (new.version, new.history.get().history_change_reason) == (1, "Import.")
    again, made = looked("fund", *tables)
    assert made.is_idle
    assert {line.outcome.value for line in again} == {"unchanged"}


def test_empty_cell_leaves_what_is_there_and_a_hyphen_empties_it(desk):
    carried_out("fund", ("funds", "key,title_ko,manager_key,countries\nculture,-,,\n"))
    fund = Fund.objects.get()
    assert (fund.title["ko"], fund.manager.key, fund.countries) == (None, "ministry", ["KR"])


def test_everything_that_is_wrong_is_told_at_once_with_row_column_value_and_mend(desk):
    noted, made = looked(
        "fund",
        ("funds", "key,title_en,manager_key,countries\nculture,Fund,nobody,XX\nBad Key,Fund,,\nculture,Fund,,\n"),
        ("commitments", "record_key,id,amount,amount_currency,stage\nculture,korea,abc,KRW,propose\nlost,a,1,KRW,paid\n,b,1,KRW,paid\n"),
    )  # fmt: skip
    found = problems(noted)
    assert sorted({(number, column, value) for number, column, value, _mend in found}, key=str) == [
        (2, "amount", "abc"),
        (2, "countries", "XX"),
        (2, "manager_key", "nobody"),
        (2, "stage", "propose"),
        (3, "key", "Bad Key"),
        (3, "record_key", "lost"),
        (4, "key", "culture"),
        (4, "record_key", ""),
    ]
    assert all(mend for *_place, mend in found)
    assert made.is_blocked
    with pytest.raises(planning.Overtaken):
        carried_out("fund", ("funds", "key,title_en,countries\nnew,New,\nculture,Fund,XX\n"))
    assert Fund.objects.count() == 1


def test_thousand_errors_are_told_and_then_that_reading_stopped():
    rows = "".join(f"fund-{number},Fund,XX\n" for number in range(1_500))
    noted, made = looked("fund", ("funds", "key,title_en,countries\n" + rows))
    assert made.is_broken_off
    assert 1_000 <= len(problems(noted)) < 1_300


def test_records_of_one_table_may_name_one_another_in_circles():
    text = "key,type,title_en,part_of_key\na,firm,A,b\nb,firm,B,a\n"
    _noted, made = looked("organization", ("organizations", text))
    assert made.counts == {"new": 2}
    assert carried_out("organization", ("organizations", text), seal=made.seal).counts == {"new": 2}
    assert Organization.objects.get(key="a").part_of.part_of.key == "a"


def test_record_without_a_key_is_given_one_by_its_title_unless_that_is_taken(desk):
    noted, _made = looked(
        "organization", ("x", "key,type,title_en\n,firm,Alibaba Group\n,ministry,Ministry\n")
    )
    assert [(line.key, line.outcome.value) for line in noted] == [
        ("alibaba-group", "new"),
        ("ministry", "error"),
    ]
    assert "is at the desk already" in problems(noted)[0][3]


def test_record_that_was_changed_after_it_was_looked_at_is_not_written_over(desk):
    table = ("funds", "key,title_ko\nculture,문화 펀드\n")
    _noted, made = looked("fund", table)
    with editing.changing(Fund, Fund.objects.get().pk, by=None, reason="Mine.") as fund:
        fund.title = {**fund.title, "ko": "내 기금"}
    with pytest.raises(planning.Overtaken):
        carried_out("fund", table, seal=made.seal)
    assert Fund.objects.get().title["ko"] == "내 기금"


def test_value_under_no_heading_is_not_passed_over():
    noted, _made = looked("fund", ("funds", "key,title_en\nculture,Fund,and more\n"))
    assert problems(noted)[0][2] == "and more"


def test_citations_alone_are_written_to_the_records_that_they_name(desk):
    enter([{"kind": "source", "key": "report", "type": "law", "title": {"en": "Report"}}], by=None, reason="x")  # fmt: skip
    table = ("citations", "record_key,path,source_key,quote\nculture,title,report,The fund.\n")
    noted, made = looked("fund", table)
    assert outcomes(noted) == [("citations", 2, "new")]
    carried_out("fund", table, seal=made.seal)
    fund = Fund.objects.get()
    assert (fund.citations.get().quote, fund.commitments.count()) == ("The fund.", 2)
    assert outcomes(looked("fund", table)[0]) == [("citations", 2, "unchanged")]


def queries(count):
    rows = "".join(f"firm-{number},firm,Firm,ministry\n" for number in range(count))
    sheet = layouts("organization", ("organizations", "key,type,title_en,part_of_key\n" + rows))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        planning.plan("organization", sheet)
    return captured


def test_looking_writes_nothing_and_costs_no_more_a_row_than_entering_checks(desk):
    few, many = queries(2), queries(12)
    assert not [
        q for q in many if "SAVEPOINT" not in q["sql"] and not q["sql"].startswith("SELECT")
    ]
    assert (len(many) - len(few)) / 10 <= 12


def test_changed_amount_is_told_with_its_currency_before_and_after(desk):
    noted, _made = looked(
        "fund", ("commitments", 'record_key,id,금액(천달러)\nculture,korea,"2,000"\n')
    )  # fmt: skip
    cells = {cell.column: cell[1:] for cell in noted[0].cells}
    assert cells["금액(천달러)"] == ("2,000", "2,000,000 USD", "40,000,000,000 KRW")
    assert [cell.before for cell in noted[1].cells] == ["china", "ministry", "proposed"]


def test_each_error_stands_at_its_own_row_with_what_its_cell_says(desk):
    rows = "culture,korea,,2015\nculture,korea,ministry,2015-13\nculture,china,,2015-14\n"
    noted, _made = looked("fund", ("commitments", "record_key,id,contributor_key,date\n" + rows))
    found = [(number, column, value) for number, column, value, _mend in problems(noted)]
    assert found == [
        (3, "date", "2015-13"),
        (3, "id", "korea"),
        (3, "stage", ""),
        (4, "date", "2015-14"),
    ]
    noted, _made = looked("fund", ("commitments", "record_key,id,amount\nculture,china,5\n"))
    assert [(value, mend[:12]) for *_place, value, mend in problems(noted)] == [
        ("5", "Say in which")
    ]


def test_unit_above_the_header_counts_the_amounts_whose_headings_name_none(desk):
    text = '"기여 현황 (단위: 백만원)"\nrecord_key,id,금액\nculture,korea,"40,000"\n'
    sheet = layouts("fund", ("commitments", text))[0]
    assert [(one.text, one.unit_above) for one in sheet.headings][-1] == ("금액", "백만원")
    noted, _made = looked("fund", ("commitments", text))
    assert (noted[0].outcome.value, noted[0].shown[2]) == ("unchanged", "40,000,000,000 KRW")
    own = text.replace("금액", "금액(천달러)")
    assert looked("fund", ("commitments", own))[0][0].shown[2] == "40,000,000 USD"
    kept_as = applied(
        sheets.Workbook([sheet.sheet]), "fund", kept([decided(sheet, {}, {2: "억원"})])
    )
    assert [(one.unit.scale, one.unit_above) for one in kept_as[0].headings if one.unit] == [
        (10**8, "")
    ]
