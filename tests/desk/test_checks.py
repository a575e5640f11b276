"""Checks before publishing: each with a record that it passes over and one that it finds."""

import pytest

from cooperation.desk import editing
from cooperation.desk.checks import Level, findings
from cooperation.desk.models import (
    Announcement,
    Commitment,
    Fund,
    FundStatusReport,
    Identifier,
    Organization,
    OrganizationCitation,
    OrganizationName,
    Participant,
    Source,
    Target,
)
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
    texts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_report_is_public(db):
    published(report())


def found(*records):
    return [(f.level.value, f.code, f.path) for f in findings(records)]


def sentences(*records):
    return [f.sentence for f in findings(records)]


def test_a_sound_record_has_no_findings():
    assert found(organization(), fund(), initiative(), report()) == []


def test_errors_come_before_warnings():
    record = organization("a", title=texts(None, "가", None))
    assert [f.level for f in findings([record])] == [Level.ERROR, Level.WARNING]


def test_the_main_languages_title_has_to_be_there():
    record = organization("a", title=texts(None, "가", "甲"))
    assert found(record) == [("error", "title-missing", "title/en")]
    assert sentences(record) == [
        (
            "가 (organization a), Title › English: the title in the main language is missing; "
            "write it in English."
        )
    ]


def test_the_main_language_is_a_setting(settings):
    settings.PORTAL_MAIN_LANGUAGE = "ko"
    record = organization("a", title=texts(None, "가", "甲"))
    assert found(record) == [("warning", "language-missing", "title/en")]


def test_a_missing_language_is_asked_about_where_there_is_a_text():
    record = initiative("a", Target(part_id="x", title=texts("X", "엑스")), title=texts("A", "가"))
    record.summary = texts(None, None, "甲")
    editing.save(record, by=editor(), reason="More.")
    assert found(record) == [
        ("warning", "language-missing", "title/zh-Hans"),
        ("warning", "language-missing", "summary/en"),
        ("warning", "language-missing", "summary/ko"),
        ("warning", "language-missing", "targets/x/title/zh-Hans"),
    ]


def test_a_reference_to_a_draft_names_both_and_the_mend():
    alibaba = organization(title=in_all_languages("Alibaba Group"))
    link = initiative(
        "a-link",
        Participant(organization=alibaba, role="operator"),
        title=in_all_languages("A link"),
    )
    assert found(link) == [
        ("error", "reference-not-public", "participants/alibaba-group/organization")
    ]
    assert sentences(link) == [
        (
            "A link (initiative a-link), Participants › alibaba-group › Organization: it refers to "
            "Alibaba Group (organization alibaba-group), which is a draft. "
            "Publish Alibaba Group first, or publish both together."
        )
    ]


def test_a_reference_to_what_is_public_or_in_the_same_act_is_sound():
    alibaba = organization()
    link = initiative("a-link", Participant(organization=alibaba, role="operator"))
    assert found(link, alibaba) == []
    published(alibaba)
    assert found(link) == []
    alibaba.title_en = "Changed"
    editing.save(alibaba, by=editor(), reason="Changed.")
    assert found(link) == []


def test_circles_within_one_act_are_sound():
    first = organization("first")
    second = organization("second", part_of=first)
    first.part_of = second
    editing.save(first, by=editor(), reason="A circle.")
    assert found(first, second) == []
    assert [code for _level, code, _path in found(first)] == ["reference-not-public"]


def test_a_reference_to_what_was_withdrawn_or_merged_says_so():
    gone = organization("gone")
    link = initiative("a-link", Participant(organization=gone, role="operator"))
    gone.withdrawn = True
    editing.note(gone)
    assert "which was withdrawn. Remove the reference, or publish Gone again." in sentences(link)[0]
    gone.successor = "another"
    editing.note(gone)
    assert "which was merged; refer to another instead." in sentences(link)[0]


def test_a_source_that_is_cited_has_to_be_public_too():
    unknown = saved(Source(key="b", title=in_all_languages("B"), type="law", kept_text="x"))
    record = organization("a", OrganizationCitation(source=unknown, path="title"))
    assert found(record) == [("error", "reference-not-public", "citations/1/source")]


def test_a_record_without_any_citation_is_refused_but_for_sources():
    assert found(saved(Organization(key="a", title=in_all_languages("A"), type="firm"))) == [
        ("error", "no-citation", "")
    ]


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


def test_a_target_in_a_currency_is_a_figure_and_one_in_tonnes_is_not():
    dollars = Target(part_id="dollars", amount=1, unit="USD")
    tonnes = Target(part_id="tonnes", amount=1, unit="tonnes")
    assert found(initiative("a-link", dollars, tonnes)) == [
        ("error", "figure-without-citation", "targets/dollars/amount")
    ]


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
        ("two countries", 5, 18, ["quotation-not-found"]),
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
            "Culture (fund culture), Commitments: the commitments come to ₩160 billion, ₩40 billion "
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


@pytest.mark.parametrize("days", [["2015-01-29", "2015-01-28"], ["2015", "2014-12-31"]])
def test_status_reports_out_of_order_are_refused(days):
    assert found(reports(*days)) == [
        ("error", "reports-out-of-order", f"status_reports/{days[1]}/date")
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


def test_wrong_check_digits_are_refused_and_unusual_ones_asked_about():
    record = organization("a", Identifier(scheme="kr-brn", value="116-82-00276"))
    assert found(record) == []
    doubtful = organization("b", Identifier(scheme="kr-brn", value="116-82-00277"))
    assert found(doubtful) == [("warning", "identifier-doubtful", "identifiers/kr-brn/value")]
    row = record.identifiers.get()
    row.scheme, row.value = "uscc", "91110000600037341M"
    row.save()
    assert found(record) == [("error", "identifier-wrong", "identifiers/kr-brn/value")]


def test_a_part_that_replaces_one_that_is_not_there_is_refused():
    rows = [
        Target(part_id="first", title=in_all_languages("First")),
        Target(part_id="second", title=in_all_languages("Second"), replaces="first"),
    ]
    assert found(initiative("a-link", *rows)) == []
    lost = Target(part_id="lost", title=in_all_languages("Lost"), replaces="nobody")
    assert found(initiative("b-link", lost)) == [
        ("error", "replaces-nothing", "targets/lost/replaces")
    ]


def test_parts_that_replace_one_another_in_a_circle_are_refused():
    rows = [
        Target(part_id="a", title=in_all_languages("A"), replaces="b"),
        Target(part_id="b", title=in_all_languages("B"), replaces="a"),
        Target(part_id="c", title=in_all_languages("C"), replaces="a"),
    ]
    assert found(initiative("a-link", *rows)) == [
        ("error", "replaces-in-circle", "targets/a/replaces"),
        ("error", "replaces-in-circle", "targets/b/replaces"),
    ]


@pytest.mark.parametrize(
    ("mine", "theirs", "count"),
    [
        ("Ministry of Strategy and Finance", "Ministry of Strategy & Finance", 1),
        ("Ministry of Strategy and Finance", "Ministry of Strategie and Finance", 1),
        ("ALIBABA GROUP", "Alibaba Group", 1),
        ("Government of Korea", "Government of China", 0),
        ("Alibaba Group", "Alibaba Group Holding", 0),
    ],
)
def test_another_record_with_nearly_the_same_name_is_asked_about(mine, theirs, count):
    organization("theirs", title={**in_all_languages("xxxxx"), "en": theirs})
    record = organization("mine", title={**in_all_languages("yyyyy"), "en": mine})
    assert found(record) == [("warning", "similar-name", "title")] * count


def test_names_of_parts_count_as_names_and_other_kinds_do_not():
    organization("theirs", OrganizationName(type="short", text="기획재정부"))
    fund("ministry", title={**in_all_languages("M"), "ko": "기획재정부"})
    record = organization("mine", title={**in_all_languages("Mine"), "ko": "기획재정부"})
    assert sentences(record) == [
        (
            "Mine (organization mine), Title: Theirs (organization theirs) has nearly the same name; "
            "make sure that they are two, or keep only one."
        )
    ]


def test_a_finding_is_confirmed_by_what_it_says_of_which_record_and_path():
    record = organization("a", title=texts("A", "가"))
    assert [f.id for f in findings([record])] == ["language-missing:organization/a:title/zh-Hans"]
