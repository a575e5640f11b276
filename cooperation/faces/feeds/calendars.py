"""What takes place, for the calendars that people keep (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cooperation.catalogue import KINDS
from cooperation.faces.answers import absolute, conditional
from cooperation.faces.filters import filterset
from cooperation.gazette.indexing import own_date
from cooperation.gazette.models import Current
from cooperation.gazette.presenting import summary
from cooperation.rules.dates import Interval
from cooperation.rules.languages import from_django, pick

SHOWN = 1_000
PRODUCT = "-//Cooperation Portal//Calendar 1//EN"


@conditional("ics")
def of_list(request: HttpRequest, kind: str) -> HttpResponse:
    """The dated records of a filtered list as whole days, the newest thousand. Two queries."""
    language = from_django(get_language() or "en")
    filters = filterset(kind)(request.GET)
    if not filters.is_valid():
        # A calendar cannot say that it left a filter out, and would bring everything.
        raise BadRequest
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add(
        "x-wr-calname", _("%(kind)s – Cooperation Portal") % {"kind": KINDS[kind].label_plural}
    )
    dated = filters.qs.filter(date_first__isnull=False).order_by("-date_first", "-pk")
    for row in dated[:SHOWN]:
        made.add_component(_event(request, row, language))
    return HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(request: HttpRequest, row: Current, language: str) -> Event:
    told = summary(row, language)
    when = own_date(row.content)
    assert when is not None
    # Of what has no end on record only the beginning can be placed.
    last = when.start.last if isinstance(when, Interval) and not when.end else when.last
    event = Event()
    # Its address names it for good; the time is that of its edition, never that of the clock.
    event.add("uid", absolute(request, row.content["url"]))
    event.add("dtstamp", datetime.fromisoformat(told.entry.at))
    event.add("sequence", row.number)
    event.add("dtstart", when.first)
    if last < date.max:
        # Calendars write the end of a whole day as the day after.
        event.add("dtend", last + timedelta(days=1))
    event.add("summary", told.title.text)
    event.add("url", absolute(request, told.entry.record_url))
    event.add("transp", "TRANSPARENT")
    lines = [
        f"{fact.label}: {', '.join(value.text for value in fact.values)}" for fact in told.facts
    ]
    event.add("description", "\n".join(lines))
    place = pick(row.content.get("place"), language, settings.PORTAL_MAIN_LANGUAGE).text
    if place:
        event.add("location", place)
    return event
