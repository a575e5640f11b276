"""The first page: what this is, what it holds, and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cooperation.catalogue import KINDS, Kind
from cooperation.faces.answers import head_of
from cooperation.faces.filters import facet_label, facet_vocabulary
from cooperation.gazette import listing, reading
from cooperation.gazette.models import Head

from .reader import drawn, page_view, reader_language
from .registers import lines

LATEST = 8
# By these a reader who has no name in mind finds a way in.
WAYS_IN = ("status", "sector", "type")
MOST_LINKS = 12


@dataclass(frozen=True)
class Holding:
    """How many records of a kind the portal holds; None beyond the cap."""

    kind: Kind
    url: str
    count: int | None


@dataclass(frozen=True)
class Link:
    """A list under one value of a facet."""

    label: str
    url: str
    count: int


class WayIn(NamedTuple):
    """The values of one facet as links to the lists under them."""

    kind: Kind
    label: str
    links: tuple[Link, ...]


@page_view
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    language = reader_language()
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
        "latest": lines(reading.register(None, LATEST), language),
        "ways_in": [way for way in _ways_in(head_of(request), language) if way.links],
        "has_desk": settings.HAS_DESK,
        "canonical": request.path,
        "feed_url": reverse("feeds:portal"),
    }
    return drawn(request, "pages/home.html", context)


def _ways_in(head: Head, language: str) -> list[WayIn]:
    """The ways into each kind. One query for each."""
    return [
        WayIn(kind, str(facet_label(kind.name, facet)), _links(kind, facet, head, language))
        for kind in KINDS.values()
        for facet in kind.facets
        if facet in WAYS_IN
    ]


def _links(kind: Kind, facet: str, head: Head, language: str) -> tuple[Link, ...]:
    vocabulary = facet_vocabulary(kind.name, facet)
    counts = listing.facet_counts(kind.name, facet, head)
    base = reverse(f"pages:{kind.name}-list")
    return tuple(
        Link(
            vocabulary.label(found.value, language) if vocabulary else found.value,
            f"{base}?{facet}={found.value}",
            found.count,
        )
        for found in counts[:MOST_LINKS]
    )
