"""The calendar: what takes place and what is due, month by month."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cooperation.faces.answers import today
from cooperation.gazette import agenda
from cooperation.gazette.models import Occasion
from cooperation.gazette.presenting.occasions import line
from cooperation.rules.dates import format_date

from .reader import Way, daily_page_view, drawn, reader_language

SHOWN = 200
WRITTEN = re.compile(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Month:
    """One month of the calendar."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def text(self) -> str:
        """As addresses write it: `2015-01`."""
        return f"{self.year:04}-{self.month:02}"


@daily_page_view
def months(request: HttpRequest) -> HttpResponse:
    """What takes place or is due in one month; the present one, or the nearest in which there is anything."""
    language, day = reader_language(), today()
    asked = request.GET.get("month", "")
    notice = _("Write a month as 2015-01.") if asked and not WRITTEN.fullmatch(asked) else ""
    month = _month(asked) or _nearest(day)
    rows = agenda.between(month.first, month.last, SHOWN + 1)
    told = [(row, line(row, language, day)) for row in rows[:SHOWN]]
    context = {
        "here": "calendar",
        "month": month.text,
        "heading": format_date(month.text, language),
        "on_days": [one for row, one in told if _is_of(row, month)],
        "longer": [one for row, one in told if not _is_of(row, month)],
        "has_more": len(rows) > SHOWN,
        "earlier": _way(agenda.last_before(month.first), language),
        "later": _way(agenda.next_after(month.last), language),
        "notice": notice,
        "is_last": not _month(asked) and month.last < day,
        "canonical": f"{request.path}?month={month.text}" if _month(asked) else request.path,
    }
    return drawn(request, "pages/calendar.html", context)


def _month(text: str) -> Month | None:
    found = WRITTEN.fullmatch(text)
    return Month(int(found[1]), int(found[2])) if found else None


def _of(day: date) -> Month:
    return Month(day.year, day.month)


def _nearest(day: date) -> Month:
    """The month of that day if there is anything in it or later, else the last in which there was."""
    month = _of(day)
    if agenda.between(month.first, month.last, 1):
        return month
    upcoming = agenda.next_after(month.last)
    past = None if upcoming else agenda.last_before(month.first)
    return _of(upcoming or past or day)


def _is_of(row: Occasion, month: Month) -> bool:
    """Whether it lies within the month, rather than to reach beyond it or be known no better."""
    is_within = month.first <= row.first and row.last <= month.last
    return is_within and (row.first, row.last) != (month.first, month.last)


def _way(day: date | None, language: str) -> Way | None:
    if day is None:
        return None
    text = _of(day).text
    return Way(format_date(text, language), f"?month={text}")
