"""Dates as exact as they are known: EDTF level 0, with an end that may be open."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Precision = Literal["year", "month", "day", "interval"]

_WRITTEN = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_FORMS = gettext_lazy("2015, 2014-10, 2015-01-28, 2015-01-27/2015-01-29 or 2014-10/..")
_SINGLE_FORMS = gettext_lazy("2015, 2014-10 or 2015-01-28")
_SINCE = {"en": "since {}", "ko": "{}부터", "zh-Hans": "{}起"}


@dataclass(frozen=True)
class PartialDate:
    """A date known to the year, to the month or to the day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def text(self) -> str:
        """Its canonical form: `2015`, `2014-10`, `2015-01-28`."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    @property
    def precision(self) -> Precision:
        """How exactly it is known."""
        if self.day:
            return "day"
        return "month" if self.month else "year"


@dataclass(frozen=True)
class Interval:
    """A time from one partial date to another, or to an end that is still open (`end` is None)."""

    start: PartialDate
    end: PartialDate | None

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return self.start.first

    @property
    def last(self) -> date:
        """The latest day it can mean; the last day there is, if the end is open."""
        return self.end.last if self.end else date.max

    @property
    def text(self) -> str:
        """Its canonical form: `2015-01-27/2015-01-29`, `2014-10/..`."""
        return f"{self.start.text}/{self.end.text if self.end else '..'}"

    @property
    def precision(self) -> Precision:
        """Always `interval`; the two ends have precisions of their own."""
        return "interval"


def parse(text: str) -> PartialDate | Interval:
    """Return the date or interval that a text stands for.

    ValueError, with a sentence that shows the right forms, for anything else: other notations, days that
    no calendar has, years outside 1000 to 9999, an interval that ends before it begins.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _single(start, text, _FORMS)
    interval = Interval(
        _single(start, text, _FORMS), None if end == ".." else _single(end, text, _FORMS)
    )
    if interval.last < interval.first:
        raise ValueError(
            _("“%(text)s” ends before it begins; write the earlier date first.") % {"text": text}
        )
    return interval


def parse_date(text: str) -> PartialDate:
    """Return the one date that a text stands for. ValueError for intervals and for what `parse` refuses."""
    return _single(text, text, _SINGLE_FORMS)


def format_date(text: str, language: str) -> str:
    """Return a date for people: `28 January 2015`, `2014년 10월`, `2014年10月起`. ValueError as in `parse`."""
    parsed = parse(text)
    if isinstance(parsed, PartialDate):
        return _spoken(parsed, language)
    if parsed.end is None:
        return _SINCE[language].format(_spoken(parsed.start, language))
    return f"{_spoken(parsed.start, language)} – {_spoken(parsed.end, language)}"


def _single(part: str, whole: str, forms: str | Promise) -> PartialDate:
    match = _WRITTEN.fullmatch(part)
    words = {"text": whole[:60], "forms": forms}
    if not match:
        raise ValueError(
            _("“%(text)s” is not a date as it is written here; write %(forms)s.") % words
        )
    year, month, day = (int(group) if group else None for group in match.groups())
    try:
        date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise ValueError(
            _("“%(text)s” is not in the calendar; write a real day, such as %(forms)s.") % words
        ) from None
    return PartialDate(year or 0, month, day)


def _spoken(moment: PartialDate, language: str) -> str:
    if language == "en":
        month = _ENGLISH_MONTHS[moment.month - 1] if moment.month else None
        return " ".join(str(part) for part in (moment.day, month, moment.year) if part)
    year, month_sign, day, gap = (
        ("년", "월", "일", " ") if language == "ko" else ("年", "月", "日", "")
    )
    numbers = ((moment.year, year), (moment.month, month_sign), (moment.day, day))
    return gap.join(f"{number}{sign}" for number, sign in numbers if number)


# Written out: Python's own month names follow the locale of the process.
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
