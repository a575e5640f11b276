"""Initiatives: what their document says, and what is refused."""

import pytest
from django.core.exceptions import ValidationError

from cooperation.desk.documents import document
from cooperation.desk.models import (
    Initiative,
    InitiativeStatusReport,
    Milestone,
    Participant,
    Product,
    Target,
)
from tests.desk.records import initiative, organization, saved, texts

pytestmark = pytest.mark.django_db


def test_the_document_says_all_that_is_on_record():
    alibaba = organization()
    larger = initiative("larger")
    record = saved(
        Initiative(
            key="a-tie",
            title=texts("A tie"),
            summary=texts("To make a tie.", None, "建立联系"),
            summary_editorial=["zh-Hans", "en"],
            sectors=["transport", "agriculture"],
            countries=["KR", "CN"],
            part_of=larger,
        ),
        Participant(
            organization=alibaba, role="operator", valid_from="2014-10", valid_until="2016"
        ),
        Product(title=texts("Rice"), title_editorial=["en"], hs_code="1006", hs_edition="2012"),
        Target(
            title=texts("Sales"), measure="yearly exports", amount="1.50", unit="USD", due="2020"
        ),
        Milestone(title=texts("Opening"), due="2015-06", done="2015-07-01"),
        InitiativeStatusReport(
            date="2015-01-28", finding="changed", status="proposed", note="Said."
        ),
    )
    assert document(record) == {
        "schema": "initiative/1",
        "kind": "initiative",
        "key": "a-tie",
        "url": "/initiatives/a-tie/",
        "title": {"en": "A tie", "ko": None, "zh-Hans": None},
        "editorial": ["products/rice/title/en", "summary/en", "summary/zh-Hans"],
        "summary": {"en": "To make a tie.", "ko": None, "zh-Hans": "建立联系"},
        "status": {"value": "proposed", "since": "2015-01-28", "confirmed": "2015-01-28"},
        "status_reports": [
            {
                "id": "2015-01-28",
                "date": "2015-01-28",
                "finding": "changed",
                "status": "proposed",
                "note": "Said.",
            }
        ],
        "sectors": ["agriculture", "transport"],
        "countries": ["CN", "KR"],
        "products": [
            {
                "id": "rice",
                "title": {"en": "Rice", "ko": None, "zh-Hans": None},
                "hs_code": "1006",
                "hs_edition": "2012",
            }
        ],
        "participants": [
            {
                "id": "alibaba-group",
                "organization": {
                    "kind": "organization",
                    "key": "alibaba-group",
                    "url": None,
                    "title": None,
                },
                "role": "operator",
                "from": "2014-10",
                "until": "2016",
            }
        ],
        "platforms": [],
        "agreements": [],
        "part_of": {"kind": "initiative", "key": "larger", "url": None, "title": None},
        "targets": [
            {
                "id": "sales",
                "title": {"en": "Sales", "ko": None, "zh-Hans": None},
                "measure": "yearly exports",
                "amount": "1.5",
                "unit": "USD",
                "due": "2020",
                "replaces": None,
            }
        ],
        "milestones": [
            {
                "id": "opening",
                "title": {"en": "Opening", "ko": None, "zh-Hans": None},
                "due": "2015-06",
                "done": "2015-07-01",
            }
        ],
        "citations": [],
    }


@pytest.mark.parametrize(
    ("reports", "status"),
    [
        ([], (None, None, None)),
        ([("2015", "nothing_found", "")], (None, None, None)),
        ([("2015", "changed", "proposed")], ("proposed", "2015", "2015")),
        (
            [
                ("2015", "changed", "proposed"),
                ("2016", "changed", "agreed"),
                ("2017", "confirmed", "agreed"),
                ("2018", "nothing_found", ""),
            ],
            ("agreed", "2016", "2017"),
        ),
        (
            [
                ("2015", "changed", "active"),
                ("2016", "changed", "suspended"),
                ("2017", "changed", "active"),
            ],
            ("active", "2017", "2017"),
        ),
    ],
)
def test_the_newest_report_that_found_one_gives_the_status(reports, status):
    rows = [InitiativeStatusReport(date=d, finding=f, status=s) for d, f, s in reports]
    value, since, confirmed = status
    assert document(initiative("a-link", *rows))["status"] == {
        "value": value,
        "since": since,
        "confirmed": confirmed,
    }


@pytest.mark.parametrize(("finding", "status"), [("nothing_found", "active"), ("changed", "")])
def test_a_report_says_a_status_unless_it_found_nothing(finding, status):
    report = InitiativeStatusReport(
        record=initiative(), date="2015", finding=finding, status=status
    )
    with pytest.raises(ValidationError, match="Say which status was found"):
        report.full_clean()


@pytest.mark.parametrize("code", ["1", "100", "10061", "1006301", "rice"])
def test_an_hs_code_has_two_four_or_six_digits(code):
    with pytest.raises(ValidationError):
        Product(record=initiative(), title=texts("Rice"), hs_code=code).full_clean()


def test_an_initiative_is_not_part_of_itself():
    record = initiative()
    record.part_of = record
    with pytest.raises(ValidationError, match="cannot be part of itself"):
        record.full_clean()
