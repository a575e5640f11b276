"""The pages that explain: the data and how to take them away, this portal, accessibility, privacy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cooperation.catalogue import KINDS, Kind
from cooperation.faces.answers import absolute
from cooperation.gazette import listing
from cooperation.gazette.presenting import own_words, reaching
from cooperation.gazette.shapes.vocabularies import STATUSES
from cooperation.rules.dates import format_date

from .reader import drawn, page_view, reader_language

# The day on which the statement was last held against the pages, and what is tested of them.
ACCESSIBILITY_STATED = "2026-11-29"
# So that the example brings few records, and shows how they are narrowed.
EXAMPLE = "/api/v1/exports/initiatives.ndjson?status=active"


@dataclass(frozen=True)
class Taking:
    """What can be taken away of one kind."""

    kind: Kind
    count: int | None
    """None beyond the cap."""
    url: str
    feed_url: str


@page_view
def data(request: HttpRequest) -> HttpResponse:
    """What can be taken away, and how. One query for each kind."""
    takings = [
        Taking(
            kind,
            listing.count(listing.currents(kind.name)),
            reverse(f"pages:{kind.name}-list"),
            reverse(f"feeds:{kind.name}-list"),
        )
        for kind in KINDS.values()
    ]
    context = {
        "takings": takings,
        "total": _total(taking.count for taking in takings),
        "cap": listing.COUNT_CAP,
        "licence": settings.PORTAL_LICENCE_URL,
        "changes": absolute(request, "/api/v1/changes/?after=0&page_size=200"),
        "example": absolute(request, EXAMPLE),
    }
    return _explained(request, "data", context)


@page_view
def about(request: HttpRequest) -> HttpResponse:
    """What this is and is not, where records come from, and who is responsible for them."""
    language = reader_language()
    context = {
        "statuses": [
            (code, STATUSES.label(code, language), STATUSES.sentence(code, language))
            for code in STATUSES.codes
        ],
        "four_eyes": settings.PORTAL_FOUR_EYES,
    }
    return _explained(request, "about", context)


@page_view
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far everybody can use the pages, how that was tested, and what is known not to work."""
    context = {
        "day": ACCESSIBILITY_STATED,
        "day_text": format_date(ACCESSIBILITY_STATED, reader_language()),
    }
    return _explained(request, "accessibility", context)


@page_view
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of readers, and what of those who are named in records."""
    return _explained(request, "privacy", {})


def _total(counts: Iterable[int | None]) -> int | None:
    """What they come to; None where one of them is beyond the cap."""
    known = list(counts)
    return None if None in known else sum(count or 0 for count in known)


def _explained(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    contact = settings.PORTAL_CONTACT
    office = {
        "here": name,
        "office": settings.PORTAL_OFFICE,
        "office_language": own_words(reader_language()),
        "contact": contact,
        "contact_url": reaching(contact) if contact else None,
        "canonical": request.path,
    }
    return drawn(request, f"pages/{name}.html", {**office, **context})
