"""What an amount comes to in other currencies, by the exchange rates on record.

A rate counts from its day to seven days later. Where only the opposite rate is on record its
reciprocal is used, to twelve significant digits; the amount shown is the product of the figures shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Context, Decimal
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db.models import Q

from cooperation.catalogue import KINDS
from cooperation.gazette.entering import currents_of
from cooperation.gazette.references import Target
from cooperation.gazette.shapes import part_lists
from cooperation.gazette.shapes.types import Money
from cooperation.gazette.upgrades import upgraded
from cooperation.rules import dates, money

from .models import ExchangeRate

CHUNK = 200
LONGEST = timedelta(days=7)
RECIPROCAL = Context(prec=12)
EXACT = Context(prec=money.MAX_DIGITS)


class Need(NamedTuple):
    """A currency in which an amount is given, and the day for which it is to be converted."""

    currency: str
    day: date


class Rates:
    """The exchange rates that a batch of amounts needs, fetched in one query."""

    def __init__(self, needs: Iterable[Need]):
        self._rates: dict[tuple[str, str], list[tuple[date, bool, Decimal, str]]] = {}
        wanted = set(needs)
        if wanted:
            self._fetch({need.currency for need in wanted}, {need.day for need in wanted})

    def _fetch(self, currencies: set[str], days: set[date]) -> None:
        pairs = Q(base__in=currencies, quote__in=settings.PORTAL_CURRENCIES)
        pairs |= Q(quote__in=currencies, base__in=settings.PORTAL_CURRENCIES)
        span = (min(days) - LONGEST, max(days))
        for row in ExchangeRate.objects.filter(pairs, date__range=span).order_by("date", "pk"):
            self._note((row.base, row.quote), row.date, True, row.rate, row.source)
            self._note(
                (row.quote, row.base),
                row.date,
                False,
                RECIPROCAL.divide(Decimal(1), row.rate),
                row.source,
            )

    def _note(
        self, pair: tuple[str, str], day: date, direct: bool, rate: Decimal, source: str
    ) -> None:
        self._rates.setdefault(pair, []).append((day, direct, rate, source))

    def converted(self, amount: Decimal, currency: str, day: date | None) -> list[dict[str, Any]]:
        """The amount in each of the portal's other currencies for which a rate is on record."""
        found = []
        for other in settings.PORTAL_CURRENCIES:
            rate = self._rate(currency, other, day) if day and other != currency else None
            if not rate:
                continue
            rate_day, _direct, value, source = rate
            text = money.computed_text(money.convert(amount, value, other))
            if text:
                found.append(
                    {
                        "amount": text,
                        "currency": other,
                        "rate": plain(value),
                        "rate_date": rate_day.isoformat(),
                        "source": source,
                    }
                )
        return found

    def _rate(self, base: str, quote: str, day: date) -> tuple[date, bool, Decimal, str] | None:
        """The last rate on or before the day, at most seven days old; the direct one of two of a day."""
        fresh = [
            rate for rate in self._rates.get((base, quote), ()) if day - LONGEST <= rate[0] <= day
        ]
        return max(fresh, key=lambda rate: rate[:2], default=None)


def outdated(touched: Iterable[ExchangeRate]) -> list[Target]:
    """The public records whose amounts the rates on record now convert otherwise than is public of them.

    Looked at are those with an amount, as it stands at the desk, that one of the rates touched may
    concern: one query a list of parts with money, a few for what is public, and one for the rates.
    """
    rates = list(touched)
    if not rates:
        return []
    concerned = Q(
        currency__in={code for rate in rates for code in (rate.base, rate.quote)},
        date__gte=min(rate.date for rate in rates).isoformat(),
        date__lte=(max(rate.date for rate in rates) + LONGEST).isoformat(),
        record__edition_number__isnull=False,
    )
    targets = {
        (kind, key)
        for kind in KINDS
        for name in _lists_with_money(kind)
        for key in _rows(kind, name).filter(concerned).values_list("record__key", flat=True)
    }
    found = sorted(targets)
    chunks = (found[start : start + CHUNK] for start in range(0, len(found), CHUNK))
    return [target for some in chunks for target in _outdated(some)]


def _outdated(targets: Sequence[Target]) -> Iterator[Target]:
    public = {target: upgraded(row.content) for target, row in currents_of(targets).items()}
    now = Rates(need for document in public.values() for need, _amount in _dated_amounts(document))
    for target in targets:
        if target in public and any(
            now.converted(Decimal(amount["amount"]), *need) != amount["converted"]
            for need, amount in _dated_amounts(public[target])
        ):
            yield target


def _lists_with_money(kind: str) -> Iterator[str]:
    for name, listed in part_lists(kind).items():
        members = listed.members
        if "date" in members and isinstance(members.get("amount"), Money):
            yield name


def _rows(kind: str, name: str) -> Any:
    part: Any = apps.get_model("desk", kind)._meta.get_field(name).related_model
    return part._base_manager


def _dated_amounts(document: Mapping[str, Any]) -> Iterator[tuple[Need, Mapping[str, Any]]]:
    for name in _lists_with_money(document["kind"]):
        for part in document[name]:
            day = full_day(part["date"])
            if part["amount"] and day:
                yield Need(part["amount"]["currency"], day), part["amount"]


def full_day(text: str | None) -> date | None:
    """The day that a date names; None for months, years, intervals and unknown dates."""
    parsed = dates.parse(text) if text else None
    return parsed.first if parsed and parsed.precision == "day" else None


def plain(rate: Decimal) -> str:
    """A rate in digits, without exponent or needless zeros."""
    return format(rate.normalize(EXACT), "f")
