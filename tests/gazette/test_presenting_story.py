"""A record at a glance, in the order of time, and the footnotes that say where they lead."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from cooperation.gazette.presenting import present
from cooperation.gazette.presenting.moments import age
from tests.examples import citation, fund, initiative, source
from tests.worlds import reference, sample, texts

pytestmark = pytest.mark.once

TODAY = date(2026, 11, 24)
REPORT = "korea-bizwire-2015-01-29"


def published_source():
    """The report, with its publisher by name, as a current document holds it."""
    publisher = {
        **reference("organization", "korea-bizwire"),
        "url": "/organizations/korea-bizwire/",
        "title": texts("Korea Bizwire", "코리아 비즈와이어"),
    }
    return {**source(), "publisher": publisher}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2015-01-29", ("11 years ago", "11년 전", "11年前")),
        ("2025-11-25", ("11 months ago", "11개월 전", "11个月前")),
        ("2026-10-24", ("1 month ago", "1개월 전", "1个月前")),
        ("2026-11-23", ("1 day ago", "1일 전", "1天前")),
        ("2026-11-13", ("1 week ago", "1주 전", "1周前")),
        ("2026-10-30", ("3 weeks ago", "3주 전", "3周前")),
        ("2026-11-24", ("today", "오늘", "今天")),
        ("2026-11-30", ("in 6 days", "6일 후", "6天后")),
        ("2028-11-24", ("in 2 years", "2년 후", "2年后")),
    ],
)
def test_an_age_is_told_in_in_whole_years_months_or_days_that_have_passed(day, told):
    when = date.fromisoformat(day)
    assert tuple(age(when, TODAY, one) for one in ("en", "ko", "zh-Hans")) == told


def test_a_glance_says_who_is_in_it_how_sure_it_is_and_how_fresh():
    document = initiative()
    document["status"]["confirmed"] = "2015-03"
    document["citations"] += [citation("countries", quote="Korea", inferred=True)]
    seen = present(document, "en", today=TODAY).glance
    assert [(fact.label, [value.text for value in fact.values]) for fact in seen.whom] == [
        ("Participants", ["government-of-korea (Proposer)"])
    ]
    assert seen.certainty == "2 passages · from 1 source · 1 stated · 1 inferred"
    # Known to the month, it may have been its last day.
    assert seen.confirmed_age == "11 years ago"
    assert present(document, "en").glance.confirmed_age == ""


def test_a_glance_says_that_somebody_looked_since_and_found_nothing():
    document = fund()
    assert present(document, "en", today=TODAY).glance.sought is None
    (known,) = document["status_reports"]
    looked = {**known, "id": "later", "date": "2026-05-04", "finding": "nothing_found"}
    document["status_reports"].append({**looked, "status": None})
    page = present(document, "en", today=TODAY)
    assert page.glance.sought.text == "4 May 2026"
    head = render_to_string("record/head.html", {"page": page})
    assert "Looked for since, nothing found:" in head


def test_a_glance_says_in_how_many_places_sources_differ():
    document = fund()
    assert "Sources differ" not in render_to_string(
        "record/head.html", {"page": present(document, "en", today=TODAY)}
    )
    document["citations"] = [
        citation("purpose", quote="Films", preferred=True),
        citation("purpose", quote="Plays"),
    ]
    page = present(document, "en", today=TODAY)
    head = render_to_string("record/head.html", {"page": page})
    assert "Sources differ in 1 place" in head


def test_whoever_replaced_an_earlier_commitment_is_named_once():
    document = fund()
    older = document["commitments"][0]
    newer = {**older, "id": "korea-paid", "stage": "paid", "replaces": "korea"}
    document["commitments"].append(newer)
    announced, given = present(document, "en").glance.whom
    assert [value.text for value in announced.values] == ["₩200 billion"]
    assert [(value.text, value.url) for value in given.values] == [
        ("government-of-china (Proposed) – ₩40 billion", "#commitments-china"),
        ("Private sector (Proposed) – ₩120 billion", "#commitments-private"),
        ("government-of-korea (Paid) – ₩40 billion", "#commitments-korea-paid"),
    ]


def milestone(name, due, done=None):
    return {"id": name, "title": texts(name), "due": due, "done": done}


def test_the_time_of_a_record_runs_from_what_was_said_first_to_what_is_to_come():
    document = sample(
        "initiative",
        "link",
        milestones=[milestone("shop", "2027-02"), milestone("contract", "2015-06", "2015-07-01")],
        status_reports=[
            {
                "id": "r", "date": "2015-01-28", "finding": "changed", "status": "proposed",
                "note": "Put forward in Hangzhou.",
            }
        ],
    )  # fmt: skip
    met = sample("engagement", "meeting", title=texts("Meeting"), dates="2015-01-27/2015-01-29")
    undated = sample("statement", "words")
    steps = present(document, "en", related=[met, undated], today=TODAY).timeline
    assert [(s.when.text, s.label, s.what.text, s.is_to_come) for s in steps] == [
        ("27 January 2015 – 29 January 2015", "Engagement", "Meeting", False),
        ("28 January 2015", "Status reports", "Changed, Proposed", False),
        ("June 2015", "Milestones · Due", "contract", False),
        ("1 July 2015", "Milestones · Done", "contract", False),
        ("February 2027", "Milestones · Due", "shop", True),
    ]
    assert steps[1].note.text == "Put forward in Hangzhou."
    assert steps[1].what.url == "#status_reports-r"
    assert (steps[0].age, steps[-1].age) == ("11 years ago", "in 3 months")
    # What was to be done in June was done; nothing is said to be overdue.
    assert not any(step.is_overdue for step in steps)


def test_one_date_alone_is_no_history():
    assert present(sample("organization", "a", founded="1999"), "en").timeline == ()


def test_a_footnote_says_by_its_publisher_and_day_where_it_leads():
    page = present(fund(), "en", sources={REPORT: published_source()})
    note = page.footnotes[0]
    assert note.source.text == "Korea Bizwire, 29 January 2015"
    assert page.lead.values[0].footnotes[0].source == "Korea Bizwire, 29 January 2015"
    in_korean = present(fund(), "ko", sources={REPORT: published_source()}).footnotes[0]
    assert in_korean.source.text == "코리아 비즈와이어, 2015년 1월 29일"


def test_a_source_whose_publisher_nobody_knows_goes_by_its_title():
    page = present(fund(), "en", sources={REPORT: source()})
    assert page.footnotes[0].source.text == REPORT


def test_what_a_footnote_supports_leads_back_to_its_place():
    anchors = {c.label: c.anchor for note in present(fund(), "en").footnotes for c in note.concerns}
    assert anchors["Purpose"] == "lead"
    assert (
        anchors["Announcements › ₩200 billion, 28 January 2015 › Amount"] == "announcements-first"
    )
    assert anchors["Countries › South Korea"] == "fact-countries"


def test_what_is_due_some_time_in_a_year_may_be_done_until_its_last_day():
    document = sample(
        "initiative",
        "link",
        status={"value": "agreed", "since": "2015", "confirmed": None},
        milestones=[milestone("late", "2026-10"), milestone("early", "2027")],
    )
    page = present(document, "en", today=TODAY)
    late, early = page.timeline
    assert (late.what.text, late.is_overdue, late.age) == ("late", True, "3 weeks ago")
    assert (early.what.text, early.is_overdue, early.age) == ("early", False, "in 1 year")
    assert page.glance.overdue == 1
    assert present(document, "en").glance.overdue == 0


def test_a_month_that_is_not_over_is_neither_past_nor_to_come():
    document = initiative()
    document["status"]["confirmed"] = "2026-11"
    assert present(document, "en", today=TODAY).glance.confirmed_age == ""
    document["status"]["confirmed"] = "2026-11-24"
    assert present(document, "en", today=TODAY).glance.confirmed_age == "today"


def test_what_was_said_at_an_engagement_stands_at_the_day_of_that():
    met = sample("engagement", "met", dates="2015-01-28")
    there = {**reference("engagement", "met"), "title": texts("The meeting")}
    said = [
        sample("statement", "said", engagement=there),
        sample("statement", "elsewhere", engagement=None),
    ]
    own = sample("initiative", "x", milestones=[milestone("Open", "2016")])
    told = present(own, "en", related=[met, *said]).timeline
    assert [(step.label, step.when.text) for step in told][:2] == [
        ("Engagement", "28 January 2015"),
        ("Statement", "28 January 2015"),
    ]
    assert len(told) == 3
    assert told[1].note.text == "By the date of the engagement at which it was made"


def test_a_target_that_was_replaced_is_marked_and_each_says_its_figure():
    first = {
        "id": "a", "title": texts("Exports"), "measure": None, "amount": "100", "unit": "tonnes",
        "due": "2026", "replaces": None,
    }  # fmt: skip
    second = {**first, "id": "b", "amount": "250000", "due": "2027", "replaces": "a"}
    old, new = present(sample("initiative", "x", targets=[first, second]), "en").timeline
    assert (old.what.text, [tag.name for tag in old.what.tags]) == (
        "Exports, 100, tonnes",
        ["replaced"],
    )
    assert (new.what.text, new.what.tags) == ("Exports, 250,000, tonnes", ())


def test_what_is_called_in_another_language_is_marked_so():
    document = sample(
        "initiative", "x", milestones=[milestone("Open", "2015"), milestone("Close", "2016")]
    )
    assert [step.what.language for step in present(document, "ko").timeline] == ["en", "en"]
    assert [step.what.language for step in present(document, "en").timeline] == [None, None]


def test_what_goes_on_without_a_status_on_record_has_a_glance_all_the_same():
    document = fund(status={"value": None, "since": None, "confirmed": None})
    assert present(document, "en").glance.whom
    assert present(sample("organization", "a"), "en").glance is None
