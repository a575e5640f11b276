"""What crawlers and those who find a fault look for: sitemaps, robots.txt, security.txt."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cooperation.catalogue import KINDS
from cooperation.faces.answers import absolute, conditional, today
from cooperation.gazette import listing
from cooperation.gazette.models import stamp
from cooperation.gazette.presenting import localized, reaching
from cooperation.rules.languages import LANGUAGES

# A sitemap may hold 50,000 addresses; each record has one in each language.
BLOCK = 10_000
MOST_BLOCKS = 50_000
PLAIN = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"
MONTHS_VALID = 6
# Pages that are always there, besides the list of each kind.
PAGES = ("/", "/calendar/", "/gazette/", "/data/", "/about/", "/accessibility/", "/privacy/")


@conditional("sitemap")
def sitemaps(request: HttpRequest) -> HttpResponse:
    """The index: one sitemap for the fixed pages, and one for each ten thousand edition numbers in use."""
    numbers = listing.currents().order_by().annotate(block=F("pk") / BLOCK)
    blocks = sorted({int(block) for block in numbers.values_list("block", flat=True).distinct()})
    paths = ["/sitemaps/pages.xml", *(f"/sitemaps/{b}.xml" for b in blocks[-MOST_BLOCKS + 1 :])]
    addresses = [absolute(request, path) for path in paths]
    return render(request, "feeds/sitemaps.xml", {"addresses": addresses}, XML)


@conditional("sitemap")
def pages(request: HttpRequest) -> HttpResponse:
    """The sitemap of the pages that are always there."""
    paths = [*PAGES, *(f"/{kind.plural}/" for kind in KINDS.values())]
    places = [(_addresses(request, path), "") for path in paths]
    return render(request, "feeds/sitemap.xml", {"places": places}, XML)


@conditional("sitemap")
def block(request: HttpRequest, number: int) -> HttpResponse:
    """The sitemap of the current records whose edition numbers lie in one block; 404 where none do."""
    if number >= 2**62 // BLOCK:
        raise Http404
    rows = listing.currents().filter(pk__gte=number * BLOCK, pk__lt=(number + 1) * BLOCK)
    found = rows.order_by("pk").values_list("kind", "key", "edition__published_at")
    places = [
        (_addresses(request, f"/{KINDS[kind].plural}/{key}/"), stamp(at)) for kind, key, at in found
    ]
    if not places:
        raise Http404
    return render(request, "feeds/sitemap.xml", {"places": places}, XML)


@conditional("robots")
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; searches need not be, and the desk is not public."""
    lines = ["User-agent: *", "Disallow: /admin/"]
    lines += [f"Disallow: {localized('/search/', language)}" for language in LANGUAGES]
    lines += ["", f"Sitemap: {absolute(request, reverse('crawlers:sitemaps'))}", ""]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


@conditional("security", daily=True)
def security(request: HttpRequest) -> HttpResponse:
    """Where to tell of a weakness (RFC 9116); good until the first day of a month half a year on."""
    day = today()
    months = day.year * 12 + day.month - 1 + MONTHS_VALID
    until = datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
    contact = settings.PORTAL_CONTACT
    lines = [
        f"Contact: {reaching(contact) if contact else absolute(request, '/')}",
        f"Expires: {stamp(until)}",
        "Preferred-Languages: en, ko, zh",
        f"Canonical: {absolute(request, request.path)}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


def _addresses(request: HttpRequest, path: str) -> list[tuple[str, str]]:
    """The page's full address in each language."""
    return [
        (language, absolute(request, localized(path, language) or path)) for language in LANGUAGES
    ]
