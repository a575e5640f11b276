"""Search across all kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.faces.fields import MANY_WORDS
from cooperation.faces.filters import Q_LENGTH
from cooperation.faces.linked_data import voice
from cooperation.gazette import listing, searching
from cooperation.gazette.models import Current
from cooperation.gazette.presenting import Summary, summary
from cooperation.gazette.presenting.linked_data import of_page
from cooperation.gazette.upgrades import upgraded
from cooperation.rules.words import has_too_many_words, highlight, query_words

from .reader import drawn, page_view, query_with, reader_language

PAGE_SIZE = 20
MOST_WORDS = 5

Fragments = list[tuple[str, bool]]


class Hit(NamedTuple):
    """A record that was found, with the words that were asked for marked."""

    summary: Summary
    title: Fragments
    passage: Fragments
    passage_language: str | None


class Narrower(NamedTuple):
    """A search that finds something else, and how much; no count where nobody has counted so far."""

    label: str
    url: str
    found: int | None


@page_view
def search(request: HttpRequest) -> HttpResponse:
    """What is found across all kinds; without words, the form alone."""
    written = request.GET.get("q", "").strip()
    notice = refusal = _too_much(written)
    # A part of it would find too much, under words that do not occur there.
    q = "" if refusal else written
    cursor = request.GET.get("cursor")
    try:
        page = searching.search(q, cursor, PAGE_SIZE)
    except listing.BadCursor:
        notice = _("The address does not fit this search any more; here is its beginning.")
        page, cursor = searching.search(q, None, PAGE_SIZE), None
    language = reader_language()
    found = searching.found_by_kind(q, listing.COUNT_CAP)
    context = {
        "here": "search",
        "q": written[:Q_LENGTH],
        "is_refused": bool(refusal),
        "is_searchable": bool(query_words(q)),
        "count": None if found is None else sum(found.values()),
        "cap": listing.COUNT_CAP,
        "kinds": list(_by_kind(q, found)),
        "single_words": [] if page.rows else _single_words(q),
        "hits": [_hit(row, q, language) for row in page.rows],
        "next_url": f"?{query_with(request.GET, cursor=page.next)}" if page.next else None,
        "first_url": f"?{query_with(request.GET, cursor=None)}" if cursor else None,
        "notice": notice,
        "canonical": request.path,
        "linked_data": of_page(voice(request), request.path, "SearchResultsPage", name=_("Search")),
    }
    return drawn(request, "pages/search.html", context)


def _too_much(written: str) -> str:
    """Why so much is not looked for; empty where it is."""
    if len(written) > Q_LENGTH:
        return _("Write at most %(most)s characters.") % {"most": Q_LENGTH}
    return str(MANY_WORDS) if has_too_many_words(written) else ""


def _by_kind(q: str, found: dict[str, int] | None) -> Iterator[Narrower]:
    """The list of each kind in which something was found, or, beyond the cap, may have been."""
    for kind in KINDS.values():
        count = None if found is None else found.get(kind.name, 0)
        if count != 0:
            url = f"{reverse(f'pages:{kind.name}-list')}?{urlencode({'q': q})}"
            yield Narrower(str(kind.label_plural), url, count)


def _single_words(q: str) -> list[Narrower]:
    """Of several words that occur nowhere together, those that occur. One query for each."""
    words = list(dict.fromkeys(q.split()))[:MOST_WORDS]
    counts = {word: searching.found_count(word, listing.COUNT_CAP) for word in words}
    return [
        Narrower(word, f"?{urlencode({'q': word})}", count)
        for word, count in counts.items()
        if count != 0 and len(counts) > 1
    ]


def _hit(row: Current, q: str, language: str) -> Hit:
    found = summary(row, language)
    title = highlight(found.title.text, q)
    lead = found.lead
    passage = highlight(lead.text, q) if lead else []
    if _has_hit(title) or _has_hit(passage):
        return Hit(found, title, passage, lead.language if lead else None)
    for text in searching.passages(upgraded(row.content)):
        fragments = highlight(text, q)
        if _has_hit(fragments):
            return Hit(found, title, fragments, "")
    return Hit(found, title, passage, lead.language if lead else None)


def _has_hit(fragments: Fragments) -> bool:
    return any(is_hit for _fragment, is_hit in fragments)
