"""What the faces read of the register."""

from datetime import UTC, datetime

import pytest

from cooperation.gazette import reading
from tests.worlds import merge, publish, sample, texts, withdraw

pytestmark = pytest.mark.django_db


def test_a_record_stands_current_withdrawn_merged_or_absent(django_assert_num_queries):
    publish(*(sample("organization", key) for key in ("a", "b", "c", "d")))
    withdraw("organization", "b", reason="Wrong.")
    merge("organization", "c", "d")
    merge("organization", "d", "a")
    with django_assert_num_queries(1):
        assert reading.standing("organization", "a").state == "current"
    with django_assert_num_queries(2):
        withdrawn = reading.standing("organization", "b")
    assert (withdrawn.state, withdrawn.edition.reason) == ("withdrawn", "Wrong.")
    merged = reading.standing("organization", "c")
    assert (merged.state, merged.successor) == ("merged", "a")
    assert reading.standing("organization", "z").state == "absent"
    assert reading.standing("fund", "a").state == "absent"


def test_a_record_is_read_as_it_stood_at_an_instant(time_machine):
    time_machine.move_to("2026-01-01T00:00:00Z", tick=False)
    publish(sample("organization", "a"))
    time_machine.move_to("2026-01-02T00:00:00Z", tick=False)
    publish(sample("organization", "a", title=texts("Renamed")))
    time_machine.move_to("2026-01-03T00:00:00Z", tick=False)
    withdraw("organization", "a")

    def stood(day):
        edition = reading.in_force("organization", "a", datetime(2026, 1, day, tzinfo=UTC))
        return edition and (edition.number, edition.action)

    assert reading.in_force("organization", "a", datetime(2025, 12, 31, tzinfo=UTC)) is None
    assert stood(1) == (1, "published")
    assert stood(2) == (2, "published")
    assert stood(3) == (3, "withdrawn")


def test_changes_come_in_order_and_the_register_newest_first():
    publish(*(sample("organization", key) for key in "abc"))
    assert [e.number for e in reading.changes(after=1, size=200)] == [2, 3]
    assert [e.number for e in reading.changes(after=0, size=2)] == [1, 2]
    assert [e.number for e in reading.register(None, 2)] == [3, 2]
    assert [e.number for e in reading.register(2, 2)] == [1]


def test_the_head_of_an_empty_register_is_number_zero():
    assert reading.head().number == 0
    assert reading.begins_at() is None


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2015-01-28", "2015-01-28T14:59:59.999999+00:00"),  # the day ends in Seoul
        ("2015-01-28T09:00:00Z", "2015-01-28T09:00:00+00:00"),
        ("2015-01-28T09:00:00+09:00", "2015-01-28T00:00:00+00:00"),
        ("2015-01-28T09:00:00 09:00", "2015-01-28T00:00:00+00:00"),  # a plus sign not encoded
        ("2015-01-28 09:00 09:00", "2015-01-28T00:00:00+00:00"),
    ],
)
def test_as_of_names_an_instant_or_the_end_of_a_day(text, instant):
    assert reading.instant(text).isoformat() == instant


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is neither a date"),
        ("yesterday", "is neither a date"),
        ("2015", "is neither a date"),
        ("2015-W05", "is neither a date"),
        ("20150128", "is neither a date"),
        ("2015-13-01", "is not in the calendar; write a real day"),
        ("2026-02-30", "is not in the calendar; write a real day"),
        ("2026-02-30T09:00:00Z", "is not in the calendar; write a real day"),
        ("2026-01-28T25:00:00Z", "is not in the calendar; write a real day"),
        ("0000-01-01", "is not in the calendar; write a real day"),
        ("2015-01-28T09:00:00", "lacks its offset from UTC; write Z, or one such as"),
        ("2015-01-28 09:00", "lacks its offset from UTC; write Z, or one such as"),
        ("9999-12-31", "is too near an end of the calendar"),
        ("0001-01-01T00:00:00+09:00", "is too near an end of the calendar"),
    ],
)
def test_as_of_refuses_anything_else_with_a_sentence_of_what_is_wrong(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        reading.instant(text)
