"""Checks of figures, quotations and dates: each with a record that it passes over and one that it finds."""

import pytest

from cooperation.desk import editing
from cooperation.desk.checks import findings
from cooperation.desk.models import (
    Announcement,
    Commitment,
    Fund,
    FundStatusReport,
    OrganizationCitation,
    OrganizationName,
    Source,
    Target,
)
from cooperation.gazette.models import Current
from cooperation.gazette.presenting import present
from tests.desk.records import (
    cite,
    editor,
    fund,
    in_all_languages,
    initiative,
    organization,
    published,
    report,
    saved,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_report_is_public(db):
    published(report())


def found(*records):
    return [(f.level.value, f.code, f.path) for f in findings(records)]


def sentences(*records):
    return [f.sentence for f in findings(records)]


def amounts(*more, **values):
    return fund("a-fund", Announcement(part_id="said", amount=1, currency="KRW"), *more, **values)


def test_a_figure_without_a_citation_is_refused():
    assert found(amounts()) == [("error", "figure-without-citation", "announcements/said/amount")]
    assert sentences(Fund.objects.get()) == [
        (
            "A Fund (fund a-fund), Announcements › said › Amount: no citation shows where this figure "
            "comes from; cite a source for announcements/said/amount."
        )
    ]


@pytest.mark.parametrize("path", ["announcements/said", "announcements/said/amount"])
def test_a_figure_is_sourced_by_a_citation_of_it_or_of_its_part(path):
    assert found(amounts(cite(path))) == []


@pytest.mark.parametrize("path", ["", "announcements", "announcements/said/date"])
def test_a_figure_is_not_sourced_by_a_citation_of_something_else(path):
    assert [code for _l, code, _p in found(amounts(cite(path)))] == ["figure-without-citation"]


@pytest.mark.parametrize(
    "unit", ["USD", "krw", "billion KRW", "억 원", "million US dollars", "亿元"]
)
def test_a_target_in_a_currency_is_a_figure(unit):
    assert found(initiative("a-link", Target(part_id="t", amount=1, unit=unit))) == [
        ("error", "figure-without-citation", "targets/t/amount")
    ]


@pytest.mark.parametrize("unit", ["tonnes", "firms", "all firms", "톤", ""])
def test_a_target_in_anything_else_is_not(unit):
    assert found(initiative("a-link", Target(part_id="t", amount=1, unit=unit))) == []


def test_sums_and_differences_too_long_to_be_amounts_cannot_be_said():
    nines = "9" * 22 + ".12345678"
    rows = [
        Commitment(
            part_id=key, contributor_class="other", amount=nines, currency="USD", stage="pledged"
        )
        for key in ("a", "b")
    ]
    record = amounts(
        cite("announcements/said"), cite("commitments/a"), cite("commitments/b"), *rows
    )
    assert found(record) == []
    published(record)
    document = Current.objects.get(kind="fund").content
    assert (document["totals"]["pledged"], document["difference"]) == (None, None)
    assert not any(ledger.sum for ledger in present(document, "en").arithmetic.ledgers)


def test_a_shortfall_is_told_to_the_last_digit():
    row = Commitment(
        part_id="a",
        contributor_class="other",
        amount="1" * 22 + ".12345678",
        currency="KRW",
        stage="pledged",
    )
    record = amounts(cite("announcements/said"), cite("commitments/a"), row)
    assert "1,111,111,111,111,111,111,110.12345678 more" in sentences(record)[0]


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "announcements/other",
        "announcements/said/nothing",
        "title/fr",
        "key",
        "title/en/x",
    ],
)
def test_a_citation_of_what_the_record_does_not_have_is_refused(path):
    record = amounts(cite("announcements/said"), cite(path))
    assert found(record) == [("error", "citation-of-nothing", "citations")]


@pytest.mark.parametrize(
    "path", ["", "title", "title/ko", "countries", "announcements/said/date", "totals/announced"]
)
def test_a_citation_of_a_field_or_part_is_sound(path):
    assert found(amounts(cite("announcements/said"), cite(path))) == []


@pytest.mark.parametrize(
    ("quote", "start", "end", "codes"),
    [
        ("40 billion each", None, None, []),
        ("40  billion\neach", None, None, []),
        ("with 120 billion won", None, None, []),
        ('"with 120 billion won" from', None, None, []),
        ("two countries", 4, 17, []),
        ("41 billion each", None, None, ["quotation-not-found"]),
        ("two countries", 5, 18, ["quotation-elsewhere"]),
        ("The two coun tries", None, None, ["quotation-not-found"]),
        ("“”", None, None, ["quotation-not-found"]),
    ],
)
def test_a_quotation_has_to_stand_in_the_kept_text(quote, start, end, codes):
    record = fund("a-fund", cite("title", quote=quote, start=start, end=end))
    assert [code for _level, code, _path in found(record)] == codes


def test_a_source_without_a_kept_copy_is_asked_about_and_its_quotations_pass():
    source = saved(Source(key="b", title=in_all_languages("B"), type="law"))
    assert found(source) == [("warning", "no-kept-copy", "kept")]
    record = organization("a", OrganizationCitation(source=source, quote="anything"))
    assert found(source, record) == [("warning", "no-kept-copy", "kept")]


def test_an_inferred_value_is_asked_about():
    record = amounts(cite("announcements/said", inferred=True))
    assert found(record) == [("warning", "inferred", "announcements/said")]


def test_commitments_that_do_not_add_up_are_asked_about_with_the_figures():
    record = fund(
        "culture",
        Announcement(part_id="said", amount=200_000_000_000, currency="KRW"),
        Commitment(
            part_id="all", contributor_class="other", stage="paid",
            amount=160_000_000_000, currency="KRW",
        ),
        cite("announcements/said"),
        cite("commitments/all"),
    )  # fmt: skip
    assert found(record) == [("warning", "sums-differ", "commitments")]
    assert sentences(record) == [
        (
            "Culture (fund culture), Contributions: the contributions come to ₩160 billion, ₩40 billion "
            "less than the ₩200 billion announced; correct a figure, or confirm."
        )
    ]
    row = record.commitments.get()
    row.amount = 210_000_000_000
    editing.save(record, by=editor(), reason="More.", parts=[row])
    assert "₩210 billion, ₩10 billion more than the ₩200 billion" in sentences(record)[0]
    row.amount = 200_000_000_000
    editing.save(record, by=editor(), reason="Right.", parts=[row])
    assert found(record) == []


def reports(*days):
    rows = [FundStatusReport(date=day, finding="confirmed", status="active") for day in days]
    return fund("a-fund", *rows)


@pytest.mark.parametrize(
    "days",
    [["2015-01-28", "2015-01-28"], ["2014-10", "2015"], ["2015", "2015-01"], ["2015-01", "2015"]],
)
def test_status_reports_in_the_order_of_their_dates_are_sound(days):
    assert found(reports(*days)) == []


@pytest.mark.parametrize(
    "days",
    [
        ["2015-01-29", "2015-01-28"],
        ["2015", "2014-12-31"],
        ["2015-06-01", "2015", "2015-01-01"],
    ],
)
def test_status_reports_out_of_order_are_refused(days):
    assert found(reports(*days)) == [
        ("error", "reports-out-of-order", f"status_reports/{days[-1]}/date")
    ]


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2015", "2014-12-31", 1),
        ("2015-06", "2015", 0),
        ("", "2014", 0),
        ("2015-01-28",) * 2 + (0,),
    ],
)
def test_a_time_that_ends_before_it_begins_is_refused(start, end, count):
    name = OrganizationName(part_id="x", type="former", text="X", valid_from=start, valid_until=end)
    record = organization("a", name, founded=start, dissolved=end)
    expected = [
        ("error", "ends-before-it-begins", "dissolved"),
        ("error", "ends-before-it-begins", "names/x/until"),
    ]
    assert found(record) == expected[: 2 * count]
