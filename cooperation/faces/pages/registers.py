"""The register: every entry, how far it has come, and how anybody can verify it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cooperation.faces.answers import absolute, head_of
from cooperation.faces.linked_data import voice
from cooperation.gazette import listing, reading
from cooperation.gazette.models import Edition
from cooperation.gazette.presenting import Entry, entry, moment
from cooperation.gazette.presenting.linked_data import Stop, of_page
from cooperation.rules.languages import pick

from .reader import drawn, page_view, query_with, reader_language, whole_number

SHOWN = 50
MOST_NUMBERS = 10**18 - 1


class Line(NamedTuple):
    """One entry with the title that its record has now."""

    entry: Entry
    title: str
    language: str | None


class Together(NamedTuple):
    """Entries that follow one another and were made at one time, by one office and for one reason."""

    entry: Entry
    """The first of them, which says so for all."""
    lines: tuple[Line, ...]


@page_view
def register(request: HttpRequest) -> HttpResponse:
    """The entries of the register, newest first, fifty to a page."""
    head = head_of(request)
    try:
        before = whole_number(request.GET, "before", most=MOST_NUMBERS)
    except ValueError:
        before = None
    editions = reading.register(before, SHOWN + 1)
    older = editions[SHOWN - 1].number if len(editions) > SHOWN else None
    newest = editions[0].number if editions else 0
    context = {
        "here": "gazette",
        "head": head,
        "head_at": moment(head.at, reader_language()) if head.at else "",
        "groups": together(lines(editions[:SHOWN], reader_language())),
        "older_url": f"?{query_with(request.GET, before=str(older))}" if older else None,
        "newest_url": request.path if newest < head.number else None,
        "gazette_api": absolute(request, "/api/v1/gazette/"),
        "changes_api": absolute(request, "/api/v1/changes/?after=0"),
        "canonical": request.path,
        "linked_data": of_page(
            voice(request),
            request.path,
            "CollectionPage",
            name=_("Register"),
            way=[Stop(_("Register"), request.path)],
        ),
    }
    return drawn(request, "pages/gazette.html", context)


def lines(editions: Sequence[Edition], language: str) -> list[Line]:
    """The entries with the titles of their records. One query."""
    titles = listing.titles_of((edition.kind, edition.key) for edition in editions)
    found = []
    for edition in editions:
        shown = entry(edition.header(), language)
        known = titles.get((edition.kind, edition.key))
        title = pick(known, language, settings.PORTAL_MAIN_LANGUAGE)
        if title.text:
            foreign = title.language if title.language != language else None
            found.append(Line(shown, title.text, foreign))
        else:
            found.append(Line(shown, edition.key, ""))
    return found


def together(lines: Iterable[Line]) -> list[Together]:
    """The entries in their order, those of one publication under what they have in common."""

    def common(line: Line) -> tuple[str, str, str]:
        return line.entry.at, line.entry.office, line.entry.reason

    groups = (tuple(group) for _common, group in groupby(lines, common))
    return [Together(group[0].entry, group) for group in groups]
