"""Checks before publishing: each with a record that it passes over and one that it finds."""

import pytest

from cooperation.desk import editing
from cooperation.desk.checks import Level, findings
from cooperation.desk.models import (
    Identifier,
    Organization,
    OrganizationCitation,
    OrganizationName,
    Participant,
    Source,
    Target,
)
from tests.desk.records import (
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
    assert found(record) == [("error", "reference-not-public", "citations")]


def test_a_record_without_any_citation_is_refused_but_for_sources():
    assert found(saved(Organization(key="a", title=in_all_languages("A"), type="firm"))) == [
        ("error", "no-citation", "")
    ]


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
        ("Alibaba Group", "Alibaba Holding", 0),
        ("Alibaba Group", "Alibaba Group Holding", 1),
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
