"""The calendar of engagements and of what falls due, as a page and for one's own calendar."""

import pytest
import time_machine
from django.core.management import call_command
from icalendar import Calendar

from cooperation.catalogue import KINDS
from cooperation.gazette.models import Current
from tests.contracts.test_faces_agree import filters, in_interface
from tests.gazette.test_agenda import initiative, milestone
from tests.worlds import publish, sample, texts

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def dated(db):
    publish(
        initiative("link", milestones=[milestone("open-the-shop", "2015-02-10", "2015-02-11")]),
        sample("engagement", "meeting", dates="2015-01-28", place=texts("Hangzhou", "항저우")),
        sample("engagement", "visit", dates="2015-01-27/2015-02-01"),
        sample("engagement", "some-month", dates="2015-01"),
        sample("engagement", "undated"),
    )


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_month_shows_what_takes_place_and_what_falls_due_in_it(dated, client):
    january = page(client, "/calendar/?month=2015-01")
    days, longer = january.split("Several days or longer, or exact day unknown")
    assert "/engagements/meeting/" in days
    assert "Hangzhou" in days
    assert "/engagements/visit/" not in days
    assert "/engagements/visit/" in longer
    assert "/engagements/some-month/" in longer
    assert "undated" not in january
    february = page(client, "/calendar/?month=2015-02")
    assert "open-the-shop" in february
    assert "Done on 11 February 2015" in february
    assert 'rel="prev" href="?month=2015-01"' in february


@time_machine.travel("2015-01-30T12:00:00Z")
def test_without_a_month_the_page_shows_the_next_in_which_there_is_something(dated, client):
    assert '<h2 id="month">January 2015</h2>' in page(client, "/calendar/")


@time_machine.travel("2026-11-24T12:00:00Z")
def test_when_nothing_is_to_come_the_page_shows_the_last_month_with_something(dated, client):
    assert '<h2 id="month">February 2015</h2>' in page(client, "/calendar/")
    assert '<h2 id="month">2015년 2월</h2>' in page(client, "/ko/calendar/")


def test_a_month_without_anything_leads_on_and_a_wrong_one_is_said(dated, client):
    empty = page(client, "/calendar/?month=2014-12")
    assert "Nothing is recorded for this month." in empty
    assert 'rel="next" href="?month=2015-01"' in empty
    assert "Write a month as 2015-01." in page(client, "/calendar/?month=2015-13")


def test_before_anything_is_published_the_calendar_is_empty(client):
    assert "Nothing is recorded for this month." in page(client, "/calendar/")


def test_one_can_take_the_engagements_into_ones_own_calendar(dated, client):
    answer = client.get("/ko/engagements/calendar.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    events = {
        str(event["uid"]).rsplit("/", 2)[1]: event
        for event in Calendar.from_ical(answer.content).walk("VEVENT")
    }
    assert events.keys() == {"meeting", "visit", "some-month"}
    meeting = events["meeting"]
    assert str(meeting.decoded("dtstart")) == "2015-01-28"
    # Calendars write the end of a whole day as the day after.
    assert str(meeting.decoded("dtend")) == "2015-01-29"
    assert str(meeting["location"]) == "항저우"
    assert str(meeting["url"]) == "http://testserver/ko/engagements/meeting/"
    assert str(events["visit"].decoded("dtend")) == "2015-02-02"


def test_the_filters_of_the_list_are_those_of_the_calendar(dated, client):
    publish(sample("engagement", "call", type="call", dates="2015-03"))
    answer = client.get("/engagements/calendar.ics?type=call").content.decode()
    assert answer.count("BEGIN:VEVENT") == 1
    assert client.get("/engagements/calendar.ics?type=nothing").status_code == 400


def test_what_is_written_in_a_record_cannot_break_the_lines_of_a_calendar(client):
    hostile = {"en": "A\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:B", "ko": None, "zh-Hans": None}
    publish(sample("engagement", "a", title=hostile, place=hostile, dates="2015"))
    (event,) = Calendar.from_ical(client.get("/engagements/calendar.ics").content).walk("VEVENT")
    assert "B" in str(event["summary"])


def in_calendar(client, query):
    answer = client.get(f"/engagements/calendar.ics?{query}").content
    return {str(one["uid"]).rsplit("/", 2)[1] for one in Calendar.from_ical(answer).walk("VEVENT")}


def test_calendar_holds_the_dated_records_of_the_list_under_every_filter(client):
    call_command("seed", verbosity=0)
    publish(
        sample("engagement", "undated"), sample("engagement", "call", type="call", dates="2015")
    )
    keys = {
        kind: list(Current.objects.filter(kind=kind).values_list("key", flat=True))
        for kind in KINDS
    }
    for query in filters("engagement", keys):
        listed = {*in_interface(client, "engagement", query)}
        assert in_calendar(client, query) == listed - {"undated"}, query


@time_machine.travel("2026-11-24T12:00:00Z")
def test_what_is_still_going_on_keeps_the_calendar_in_the_present(client):
    publish(sample("engagement", "talks", dates="2014-10/.."))
    shown = page(client, "/calendar/")
    assert '<h2 id="month">November 2026</h2>' in shown
    assert "still to come" not in shown


def test_days_at_the_end_of_all_calendars_break_none(client):
    publish(
        sample("engagement", "last", dates="9999-12-31"),
        sample("engagement", "open", dates="2014-10/.."),
    )
    events = Calendar.from_ical(client.get("/engagements/calendar.ics").content).walk("VEVENT")
    last, unended = events
    assert "dtend" not in last
    # Of what has no end on record the beginning is shown, as exactly as it is known.
    assert str(unended.decoded("dtend")) == "2014-11-01"
    assert page(client, "/calendar/?month=9999-12")
