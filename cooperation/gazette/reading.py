"""What the faces read of the register: the head, records as they stand, editions, changes.

Everything is read under the alias `public`; inside `snapshot()` all of it is of one moment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F, Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.lookups import GreaterThan
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from .indexing import WITH_DOCUMENT
from .models import Current, Edition, Head, stamp
from .redactions import redactions

PUBLIC = "public"
MOST_REDIRECTS = 50
FORMS = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)


class Standing(NamedTuple):
    """How a record stands now: its current row, or the entry that ended it, or neither."""

    state: Literal["current", "withdrawn", "merged", "absent"]
    current: Current | None = None
    edition: Edition | None = None
    successor: str | None = None


class Placed(NamedTuple):
    """An entry, with the numbers of those before and after it about the same record; None at the ends."""

    edition: Edition
    before: int | None
    after: int | None


def snapshot() -> AbstractContextManager[None]:
    """A while in which all reading is of one moment."""
    manager: AbstractContextManager[None] = transaction.atomic(using=PUBLIC)
    return manager


def head() -> Head:
    """Number, time and chain of the newest edition; number 0 while the register is empty. One query."""
    return Head.objects.using(PUBLIC).filter(pk=1).first() or Head(pk=1)


def place(head: Head) -> dict[str, Any]:
    """How far the register has come, as responses say it: number, time and chain; nulls while it is empty."""
    at = stamp(head.at) if head.at else None
    return {"number": head.number, "published_at": at, "chain": head.chain or None}


def current(kind: str, key: str) -> Current | None:
    """The current row of that record, or None. One query."""
    return Current.objects.using(PUBLIC).filter(kind=kind, key=key).first()


def standing(kind: str, key: str) -> Standing:
    """How the record stands. One query where it is current, two where it is not."""
    row = current(kind, key)
    if row:
        return Standing("current", current=row)
    last = _entries(kind, key).exclude(action=Edition.Action.REDACTED).last()
    if last is None:
        return Standing("absent")
    if last.action == Edition.Action.MERGED:
        return Standing("merged", edition=last, successor=_successor(last))
    return Standing("withdrawn", edition=last)


def in_force(kind: str, key: str, at: datetime) -> Edition | None:
    """The entry that decided how the record stood at that instant; None before its first. One query."""
    entries = _entries(kind, key).exclude(action=Edition.Action.REDACTED)
    return entries.filter(published_at__lte=at).last()


def editions_of(kind: str, key: str, size: int, *, before: int | None = None) -> list[Edition]:
    """Up to `size` entries about the record, newest first, those below `before` or all. One query."""
    entries = _entries(kind, key)
    if before is not None:
        entries = entries.filter(number__lt=before)
    return list(entries.reverse()[:size])


def document_before(kind: str, key: str, number: int) -> Edition | None:
    """The newest entry below that number that made a document of the record current. One query."""
    return _entries(kind, key).filter(number__lt=number, action__in=WITH_DOCUMENT).last()


def newest_text(kind: str, key: str) -> Edition | None:
    """The record's newest entry whose document still has its text; None where none has. One query."""
    return _entries(kind, key).filter(document__isnull=False).last()


def edition_of(kind: str, key: str, number: int) -> Edition | None:
    """That entry, if it is about that record. One query."""
    return _entries(kind, key).filter(number=number).first()


def redaction_of(edition: Edition) -> Edition | None:
    """The entry that removed the edition's text; None where none did. One query where it has lost its text."""
    lost = has_document(edition) and edition.document is None
    return redactions(edition).using(PUBLIC).first() if lost else None


def placed(kind: str, key: str, number: int) -> Placed | None:
    """That entry with its place among those about the record, if it is about it. One query."""
    numbers = _entries(kind, key).values("number")
    older = numbers.filter(number__lt=OuterRef("number")).order_by("-number")[:1]
    newer = numbers.filter(number__gt=OuterRef("number")).order_by("number")[:1]
    found = _entries(kind, key).annotate(before=Subquery(older), after=Subquery(newer))
    entry: Any = found.filter(number=number).first()
    return Placed(entry, entry.before, entry.after) if entry else None


def changes(after: int, size: int, kinds: Sequence[str] = ()) -> list[Edition]:
    """Up to `size` entries with numbers above `after`, in order, of those kinds or of all. One query."""
    return list(_since(after, size, kinds))


def headers(after: int, size: int, kinds: Sequence[str] = ()) -> list[Edition]:
    """The same entries as `changes`, without documents. One query."""
    return list(_since(after, size, kinds).defer("document"))


def _since(after: int, size: int, kinds: Sequence[str]) -> QuerySet[Edition]:
    entries = Edition.objects.using(PUBLIC)
    if not kinds:
        return entries.filter(number__gt=after)[:size]
    of_each = (_of_kind(kind, after, size) for kind in dict.fromkeys(kinds))
    # Each within another, where it keeps its order and its limit: SQLite takes neither in a union.
    first, *others = (Edition.objects.filter(number__in=some).order_by() for some in of_each)
    numbers = first.values("number").union(*(one.values("number") for one in others), all=True)
    return entries.filter(number__in=numbers.order_by("number")[:size])


def _of_kind(kind: str, after: int, size: int) -> QuerySet[Edition, Any]:
    """The numbers of the kind's next entries, read where they stand in the index of kinds and nowhere else.

    Asked for `kind = …`, PostgreSQL would as soon go through all entries by number until enough of the kind are found.
    """
    place = Func(F("kind"), F("number"), function="", output_field=TextField())
    beyond = GreaterThan(place, Func(Value(kind), Value(after), function=""))
    entries = Edition.objects.filter(beyond, kind__lte=kind)
    return entries.order_by("kind", "number").values("number")[:size]


def headers_of(
    kind: str, key: str, size: int, *, before: int | None = None, after: int | None = None
) -> list[Edition]:
    """Up to `size` entries about the record, newest first, without documents. One query.

    Those next below `before`, or those next above `after`, or the newest.
    """
    entries = _entries(kind, key).defer("document")
    if after is not None:
        return list(entries.filter(number__gt=after)[:size])[::-1]
    if before is not None:
        entries = entries.filter(number__lt=before)
    return list(entries.reverse()[:size])


def count_of(kind: str, key: str) -> int:
    """How many entries there are about the record. One query."""
    return _entries(kind, key).count()


def register(before: int | None, size: int) -> list[Edition]:
    """Up to `size` entries with numbers below `before`, newest first, without documents. One query."""
    entries = Edition.objects.using(PUBLIC).defer("document").order_by("-number")
    return list((entries.filter(number__lt=before) if before is not None else entries)[:size])


def begins_at() -> datetime | None:
    """When edition 1 was entered; None while the register is empty. One query."""
    return Edition.objects.using(PUBLIC).values_list("published_at", flat=True).first()


def instant(text: str, *, begins: bool = False) -> datetime:
    """The instant that a text names: an instant with offset, or a date meaning its end, or its beginning.

    A date begins and ends in the portal's time zone. Raises ValueError with a sentence that says what is wrong.
    """
    named = _named(text)
    try:
        if isinstance(named, datetime):
            return named.astimezone(UTC)
        return _beginning(named) if begins else _end(named)
    except (ValueError, OverflowError):
        raise ValueError(
            _("“%(text)s” is too near an end of the calendar; name a day of the years 2 to 9998.")
            % {"text": text[:40]}
        ) from None


def is_date(text: str) -> bool:
    """Whether the text, which names an instant, is a date."""
    return not isinstance(_named(text), datetime)


def _named(text: str) -> date:
    """The date, or the instant with its offset, that is written there."""
    # A plus sign that was not encoded arrives as a space.
    text = re.sub(r"(?<!^\d{4}-\d\d-\d\d) (?=\d\d:?\d\d$)", "+", text)
    words = {"text": text[:40], "forms": "2015-01-28, 2015-01-28T09:00:00Z"}
    # Python reads more forms than these, such as weeks.
    if not FORMS.fullmatch(text):
        raise ValueError(
            _("“%(text)s” is neither a date (2015-01-28) nor an instant (2015-01-28T09:00:00Z).")
            % words
        )
    try:
        named = parse_date(text) or parse_datetime(text)
    except ValueError:
        named = None
    if named is None:
        raise ValueError(
            _("“%(text)s” is not in the calendar; write a real day, such as %(forms)s.") % words
        )
    if isinstance(named, datetime) and named.tzinfo is None:
        raise ValueError(
            _("“%(text)s” lacks its offset from UTC; write Z, or one such as +09:00, after it.")
            % words
        )
    return named


def _beginning(day: date) -> datetime:
    midnight = datetime.combine(day, time.min, ZoneInfo(settings.PORTAL_TIME_ZONE))
    return midnight.astimezone(UTC)


def _end(day: date) -> datetime:
    return _beginning(day + timedelta(days=1)) - timedelta(microseconds=1)


def has_document(edition: Edition) -> bool:
    """Whether the entry is of the kind that makes a document current."""
    return edition.action in WITH_DOCUMENT


def _entries(kind: str, key: str) -> QuerySet[Edition]:
    return Edition.objects.using(PUBLIC).filter(kind=kind, key=key)


def _successor(edition: Edition) -> str:
    """The key of the record that the merged one leads to in the end."""
    key = edition.successor or ""
    for _step in range(MOST_REDIRECTS):
        last = _entries(edition.kind, key).exclude(action=Edition.Action.REDACTED).last()
        if last is None or last.action != Edition.Action.MERGED or not last.successor:
            break
        key = last.successor
    return key
