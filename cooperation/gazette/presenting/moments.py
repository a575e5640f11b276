"""Entries of the register in words: when, what happened, why, and by which office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_timedelta
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from cooperation.catalogue import KINDS
from cooperation.gazette.models import Edition
from cooperation.rules.dates import Interval, PartialDate, format_date
from cooperation.rules.languages import django_code

from .links import localized


@dataclass(frozen=True)
class Entry:
    """One entry of the register, as a page shows it."""

    number: int
    action: str
    action_label: str
    kind: str
    kind_label: str
    key: str
    at: str
    """The instant, as programs write it."""
    at_text: str
    day_text: str
    """The day alone, where lines are short."""
    hash: str | None
    reason: str
    office: str
    language: str | None
    """The language of reason and office where it is not the page's."""
    successor: str | None
    previous: str | None
    chain: str
    url: str
    record_url: str
    successor_url: str | None


def moment(at: datetime, language: str) -> str:
    """An instant for people, in the portal's own time zone: `29 January 2015, 12:00 KST`."""
    gap = ", " if language == "en" else " "
    return f"{day(at, language)}{gap}{_local(at):%H:%M %Z}"


def day(at: datetime, language: str) -> str:
    """The day of an instant for people, in the portal's own time zone: `29 January 2015`."""
    return format_date(local_day(at).isoformat(), language)


def _local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(settings.PORTAL_TIME_ZONE))


def age(day: date, today: date, language: str) -> str:
    """How long ago that day was, or how soon it will be, in whole years, months, weeks or days: `11 years ago`."""
    if day == today:
        with override(django_code(language)):
            return _("today")
    earlier, later = sorted((day, today))
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    months -= later.day < earlier.day
    days = (months // 12 * 365) or (months * 30) or (later - earlier).days
    if 7 < days < 30:
        # Weeks that are not over yet do not count.
        days -= days % 7
    way = timedelta(days=-days if day < today else days)
    granularity: Any = "day"
    return format_timedelta(
        way, granularity, threshold=1, add_direction=True, locale=_locale(language)
    )


def age_of(when: PartialDate | Interval, today: date, language: str) -> str:
    """The age of a date known more or less exactly: to its nearest day; empty where it may be today or not."""
    if when.last < today:
        return age(when.last, today, language)
    if when.first > today:
        return age(when.first, today, language)
    is_sure = isinstance(when, Interval) or when.precision == "day"
    return age(today, today, language) if is_sure else ""


def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def local_day(at: datetime) -> date:
    """The day on which that instant fell where the portal is at home."""
    return _local(at).date()


def own_words(language: str) -> str | None:
    """The language in which the office writes what it keeps in one, where a page in `language` has to mark it."""
    main: str = settings.PORTAL_MAIN_LANGUAGE
    return main if main != language else None


def entry(header: Mapping[str, Any], language: str) -> Entry:
    """The entry that an edition's header tells of, in words of that language."""
    kind = KINDS[header["kind"]]
    record = localized(f"/{kind.plural}/{header['key']}/", language) or ""
    successor = header["successor"]
    instant = datetime.fromisoformat(header["published_at"])
    with override(django_code(language)):
        return Entry(
            number=header["number"],
            action=header["action"],
            action_label=str(Edition.Action(header["action"]).label),
            kind=kind.name,
            kind_label=str(kind.label),
            key=header["key"],
            at=header["published_at"],
            at_text=moment(instant, language),
            day_text=day(instant, language),
            hash=header["hash"],
            reason=header["reason"],
            office=header["office"],
            language=own_words(language),
            successor=successor,
            previous=header["previous"],
            chain=header["chain"],
            url=f"{record}editions/{header['number']}/",
            record_url=record,
            successor_url=localized(f"/{kind.plural}/{successor}/", language)
            if successor
            else None,
        )
