"""The first page: what this is, what it holds, what is owed, and what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cooperation.catalogue import KINDS, Kind
from cooperation.faces.answers import head_of, today
from cooperation.faces.filters import facet_label, facet_vocabulary
from cooperation.faces.linked_data import voice
from cooperation.gazette import agenda, listing, reading
from cooperation.gazette.models import Head
from cooperation.gazette.presenting.linked_data import of_site
from cooperation.gazette.presenting.occasions import line
from cooperation.gazette.presenting.sums import share, width
from cooperation.gazette.shapes.vocabularies import CURRENCIES
from cooperation.rules import money

from .reader import Way, daily_page_view, drawn, reader_language
from .registers import lines

LATEST = 6
WAITED_FOR = 5
MOST_LINKS = 30
# By these a reader who has no name in mind finds a way in.
WAYS_IN = (("initiative", "sector"), ("initiative", "country"), ("organization", "type"))
PROMISED = ("proposed", "pledged", "committed", "paid")


@dataclass(frozen=True)
class Holding:
    """How many records of a kind the portal holds; None beyond the cap."""

    kind: Kind
    url: str
    count: int | None


class WayIn(NamedTuple):
    """The values of one facet as links to the lists under them."""

    kind: Kind
    label: str
    links: tuple[Way, ...]
    url: str
    """The whole list, where there are more values than links."""


class Balance(NamedTuple):
    """What all funds together promise and have paid in one currency; empty where none is recorded."""

    currency: str
    announced: str
    promised: str
    paid: str
    share: str
    """How much of what was promised has been paid, in percent; empty where no payment is recorded."""
    width: str


@daily_page_view
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    language, day, head = reader_language(), today(), head_of(request)
    holdings = [
        Holding(
            kind, reverse(f"pages:{kind.name}-list"), listing.count(listing.currents(kind.name))
        )
        for kind in KINDS.values()
    ]
    context = {
        "holdings": holdings,
        "cap": listing.COUNT_CAP,
        "is_empty": not any(holding.count != 0 for holding in holdings),
        "balances": list(_balances(agenda.sums(head), language)),
        "overdue": [line(row, language, day) for row in agenda.overdue(day, WAITED_FOR)],
        "silent": [line(row, language, day) for row in agenda.silent(WAITED_FOR)],
        "latest": lines(reading.register(None, LATEST), language),
        "ways_in": [way for way in _ways_in(head, language) if way.links],
        "has_desk": settings.HAS_DESK,
        "canonical": request.path,
        "feed_url": reverse("feeds:portal"),
        "linked_data": of_site(voice(request), reverse("pages:search")),
    }
    return drawn(request, "pages/home.html", context)


def _balances(sums: Mapping[str, Mapping[str, Decimal]], language: str) -> Iterator[Balance]:
    """The currencies, those first in which the portal converts."""
    first = settings.PORTAL_CURRENCIES

    def place(currency: str) -> tuple[int, str]:
        return (first.index(currency) if currency in first else len(first), currency)

    for currency in sorted(sums, key=place):
        found = sums[currency]
        promised = money.total(found[name] for name in PROMISED if name in found)
        paid = found.get("paid", Decimal(0))
        yield Balance(
            currency=CURRENCIES.label(currency, language),
            announced=_written(found.get("announced"), currency, language),
            promised=_written(promised or None, currency, language),
            paid=_written(found.get("paid"), currency, language),
            share=share(paid, promised) if paid else "",
            width=width(paid, promised),
        )


def _written(amount: Decimal | None, currency: str, language: str) -> str:
    if amount is None:
        return ""
    if money.computed_text(amount) is None:
        # More digits than any single amount has.
        return f"{currency} {amount:,f}"
    return money.format_amount(amount, currency, language)


def _ways_in(head: Head, language: str) -> list[WayIn]:
    """The ways in. One query for each."""
    return [
        WayIn(
            KINDS[kind],
            str(facet_label(kind, facet)),
            _links(KINDS[kind], facet, head, language),
            reverse(f"pages:{kind}-list"),
        )
        for kind, facet in WAYS_IN
    ]


def _links(kind: Kind, facet: str, head: Head, language: str) -> tuple[Way, ...]:
    vocabulary = facet_vocabulary(kind.name, facet)
    base = reverse(f"pages:{kind.name}-list")
    return tuple(
        Way(
            vocabulary.label(found.value, language) if vocabulary else found.value,
            f"{base}?{facet}={found.value}",
            found.count,
        )
        for found in listing.facet_counts(kind.name, facet, head)[:MOST_LINKS]
    )
