"""What is due, takes place or has been silent over all current documents, and what their money comes to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from cooperation.rules import money

from .listing import kept
from .models import Figure, Head, Occasion
from .occasions import STATUS
from .reading import PUBLIC


def overdue(day: date, size: int) -> list[Occasion]:
    """What was due before that day and is still waited for, the longest first. One query."""
    rows = _with_documents().filter(is_open=True, last__lt=day).exclude(name=STATUS)
    return list(rows.order_by("last", "pk")[:size])


def silent(size: int) -> list[Occasion]:
    """The statuses that go on and have not been confirmed for longest. One query."""
    rows = _with_documents().filter(is_open=True, name=STATUS)
    return list(rows.order_by("last", "pk")[:size])


def between(first: date, last: date, size: int) -> list[Occasion]:
    """Up to so many that fall, as far as is known, on days from `first` to `last`. One query."""
    rows = _in_calendar(_with_documents()).filter(first__lte=last, last__gte=first)
    return list(rows.order_by("first", "last", "pk")[:size])


def next_after(day: date) -> date | None:
    """The first day after that one on which something in the calendar begins. One query."""
    rows = _in_calendar(Occasion.objects.using(PUBLIC).filter(current__kind__gt="")).filter(
        first__gt=day
    )
    return rows.order_by("first").values_list("first", flat=True).first()


def last_before(day: date) -> date | None:
    """The last day before that one on which something in the calendar begins. One query."""
    rows = _in_calendar(Occasion.objects.using(PUBLIC).filter(current__kind__gt="")).filter(
        first__lt=day
    )
    return rows.order_by("-first").values_list("first", flat=True).first()


def sums(head: Head) -> dict[str, dict[str, Decimal]]:
    """For each currency and name of a figure, the exact sum over all current documents.

    One query, and none where it was summed under this head before.
    """
    # Joined to what is current, so that nothing counts that was left behind.
    found = Figure.objects.using(PUBLIC).filter(current__kind__gt="")
    rows = found.values_list("currency", "name", "amount")
    return kept(head, rows, _summed)


def _summed(rows: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = {}
    for currency, name, amount in rows:
        of_currency = found.setdefault(currency, {})
        of_currency[name] = money.total([of_currency.get(name, Decimal(0)), Decimal(amount)])
    return dict(sorted(found.items()))


def _with_documents() -> QuerySet[Occasion]:
    return Occasion.objects.using(PUBLIC).select_related("current")


def _in_calendar(rows: QuerySet[Occasion]) -> QuerySet[Occasion]:
    return rows.exclude(name=STATUS)
