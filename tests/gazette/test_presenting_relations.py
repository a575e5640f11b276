"""What a record says of those that name it: as what, since when, and how they stand."""

import pytest

from cooperation.gazette.listing import referring_to
from cooperation.gazette.presenting import backlinks, present
from tests.examples import citation, commitment, fund, initiative, organizations, source, won
from tests.worlds import publish, reference, sample, texts

pytestmark = [pytest.mark.once, pytest.mark.django_db]

KOREA = ("organization", "government-of-korea")


def told(target):
    """Each heading with the title of each record and as what it names the target."""
    return {
        group.label: [
            (
                one.title.text,
                [f"{r.label}: {r.told}" if r.told else r.label for r in one.relations],
            )
            for one in group.records
        ]
        for group in backlinks(referring_to(*target), target, "en")
    }


def only(target):
    """The one record that names the target."""
    (group,) = backlinks(referring_to(*target), target, "en")
    (one,) = group.records
    return one


def test_records_stand_under_what_they_are_to_the_record_and_say_as_what_they_name_it():
    publish(*organizations(), source(), fund(), initiative())
    assert told(KOREA) == {
        "Takes part in these initiatives": [
            ("Link between Tmall Global and Kmall24", ["Participant: proposer"])
        ],
        "Is to give to these funds": [
            ("Korea–China cultural fund", ["Contributor: ₩40 billion, proposed"])
        ],
    }


def test_a_record_that_is_named_in_several_ways_tells_all_of_them():
    parts = [
        commitment("a", "government-of-korea", "1000"),
        commitment("b", "government-of-korea", "2000", stage="paid", replaces="a"),
    ]
    publish(
        *organizations(),
        source(),
        fund(commitments=parts, manager=reference(*KOREA), citations=[]),
    )
    shown = only(KOREA).relations
    assert [(r.label, r.told, r.is_replaced) for r in shown] == [
        ("Manager", "", False),
        ("Contributor", "₩1,000, proposed", True),
        ("Contributor", "₩2,000, paid", False),
    ]


def test_a_role_says_from_when_until_when_or_that_no_dates_are_recorded():
    taking = initiative()
    (role,) = taking["participants"]
    later = {**role, "id": "later", "from": "2015-01", "until": "2016"}
    publish(*organizations(), source(), {**taking, "participants": [role, later]})
    undated, dated = only(KOREA).relations
    assert (undated.is_undated, undated.dates) == (True, ())
    assert [(fact.label, fact.values[0].text) for fact in dated.dates] == [
        ("From", "January 2015"),
        ("Until", "2016"),
    ]


def test_a_record_says_how_it_stands_and_since_when_or_else_its_own_date():
    publish(*organizations(), source(), fund(citations=[]))
    shown = only(KOREA)
    assert (shown.badge.text, shown.since.values[0].text) == ("Proposed", "28 January 2015")
    assert [(f.label, f.values[0].text) for f in shown.facts] == [("Announced", "28 January 2015")]


def test_an_engagement_says_when_and_where_it_was_and_of_what_else_was_spoken():
    spoken = [reference("organization", f"o-{n}") for n in range(5)]
    meeting = sample(
        "engagement",
        "meeting",
        dates="2015-01-28",
        place=texts("Hangzhou"),
        subjects=[reference("person", "choi"), *spoken],
        attendees=[
            {
                "id": "choi",
                "person": reference("person", "choi"),
                "title": texts("Minister"),
                "organization": None,
            }
        ],
    )
    publish(
        *(sample("organization", f"o-{n}") for n in range(5)), sample("person", "choi"), meeting
    )
    shown = only(("person", "choi"))
    assert [(r.label, r.told) for r in shown.relations] == [
        ("Attendee", "Minister"),
        ("Subject", ""),
    ]
    assert {fact.name: [value.text for value in fact.values] for fact in shown.facts} == {
        "date": ["28 January 2015"],
        "place": ["Hangzhou"],
        # Not of whom the page is, and the first three of many.
        "subjects": ["O 0", "O 1", "O 2", "and 2 more"],
    }


def test_the_latest_come_first_and_those_without_a_date_last():
    held = [
        sample(
            "statement", key, date=date, speaker=reference("person", "choi"), words=texts("Words.")
        )
        for key, date in [("old", "2014"), ("undated", None), ("new", "2015-01-28")]
    ]
    publish(sample("person", "choi"), *held)
    assert [title for title, _how in told(("person", "choi"))["Statements made"]] == [
        "New",
        "Old",
        "Undated",
    ]


def test_what_cites_a_source_says_for_how_many_passages():
    """A passage that two values rest on is one, as on the record's own page."""
    cited = [
        citation("announcements/first/amount", quote="200 billion won"),
        citation("purpose", quote="cultural exchange"),
        citation("countries", quote="cultural exchange"),
    ]
    publish(*organizations(), source(), fund(citations=cited))
    assert told(("source", "korea-bizwire-2015-01-29")) == {
        "Funds": [("Korea–China cultural fund", ["Cited: 2 passages"])]
    }


def test_a_way_of_naming_without_a_heading_stands_under_the_plural_of_its_kind():
    successor = {
        "id": "a",
        "type": "successor",
        "organization": reference(*KOREA),
        "date": None,
        "note": None,
    }
    publish(*organizations(), sample("organization", "seoul", successions=[successor]))
    assert told(KOREA) == {"Organizations": [("Seoul", ["Predecessor or successor: successor"])]}


def test_posts_stand_newest_first():
    def post(name, **dates):
        return {
            "id": name,
            "organization": None,
            "title": texts(name),
            **dict.fromkeys(("from", "until", "attested")),
            **dates,
        }

    held = [post("first", **{"from": "2009"}), post("last", attested="2015-01-29"), post("when")]
    (posts,) = (t for t in present(sample("person", "choi", posts=held), "en").tables if t.rows)
    assert [row.anchor for row in posts.rows] == ["posts-last", "posts-first", "posts-when"]


def test_an_allocation_names_its_amount_and_its_day():
    given = {
        "id": "a",
        "initiative": reference("initiative", "tmall-global-kmall24-link"),
        "amount": won("5000"),
        "date": "2015-02-01",
    }
    publish(*organizations(), source(), initiative(), fund(allocations=[given], citations=[]))
    (relation,) = only(("initiative", "tmall-global-kmall24-link")).relations
    assert (relation.label, relation.told) == ("Allocation", "₩5,000")
    assert [fact.values[0].text for fact in relation.dates] == ["1 February 2015"]
