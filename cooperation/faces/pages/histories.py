"""The editions of one record: all of them with what changed, or one for good."""

from __future__ import annotations

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.faces.linked_data import voice
from cooperation.gazette import reading
from cooperation.gazette.models import Current, Edition
from cooperation.gazette.presenting import Change, Entry, Value, Wording, changes, entry
from cooperation.gazette.presenting.linked_data import Stop, of_page
from cooperation.gazette.references import label_of
from cooperation.gazette.upgrades import upgraded

from .reader import drawn, page_view, query_with, reader_language, whole_number
from .records import described, ways

SHOWN = 30
MOST_CHANGES = 50
MOST_NUMBERS = 10**18 - 1


class Step(NamedTuple):
    """One entry of a record's history, and what it changed."""

    entry: Entry
    changes: tuple[Change, ...]
    remark: str
    has_more: bool = False
    """Whether more values differ than are told."""


@page_view
def history(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """All entries about a record, newest first; 404 where there are none."""
    language = reader_language()
    before = _before(request)
    shown = reading.editions_of(kind, key, SHOWN + 1, before=before)
    if not shown and not (before and reading.count_of(kind, key)):
        raise Http404
    older = shown[SHOWN - 1].number if len(shown) > SHOWN else None
    current = reading.current(kind, key)
    titled = _title(current or reading.newest_text(kind, key), language)
    name = titled.text if titled else key
    record_url = reverse(f"pages:{kind}-detail", args=[key]) if current else None
    context = {
        **ways(kind, key),
        "title": titled,
        "record_url": record_url,
        "steps": _steps(shown[:SHOWN], language),
        "older_url": f"?{query_with(request.GET, before=str(older))}" if older else None,
        "is_partial": before is not None,
        "feed_url": reverse(f"feeds:{kind}-detail", args=[key]),
        "api_url": f"/api/v1/{KINDS[kind].plural}/{key}/editions/",
        "canonical": request.path,
        "linked_data": of_page(
            voice(request),
            request.path,
            "CollectionPage",
            name=f"{_('History')}: {name}",
            way=_way(kind, key, name if record_url else None),
        ),
    }
    return drawn(request, "pages/history.html", context)


@page_view
def edition(request: HttpRequest, kind: str, key: str, number: int) -> HttpResponse:
    """One entry for good; 404 unless it is about that record."""
    language = reader_language()
    found = reading.edition_of(kind, key, number)
    if found is None:
        raise Http404
    document = found.content
    row = reading.current(kind, key)
    name = _("Edition No. %(number)s") % {"number": number}
    context = {
        **ways(kind, key),
        "entry": entry(found.header(), language),
        "is_in_force": bool(row and row.number == number),
        "is_redacted": document is None and reading.has_document(found),
        "record_url": reverse(f"pages:{kind}-detail", args=[key]) if row else None,
        "api_url": f"/api/v1/{KINDS[kind].plural}/{key}/editions/{number}/",
        "canonical": request.path,
        "linked_data": of_page(
            voice(request),
            request.path,
            name=name,
            version=number,
            datePublished=found.header()["published_at"],
            way=[*_way(kind, key, key if row else None), Stop(name, request.path)],
        ),
    }
    if document is not None:
        context |= described(upgraded(document), found.header())
    return drawn(request, "pages/edition.html", context)


def _way(kind: str, key: str, name: str | None) -> list[Stop]:
    """The way to the history of a record, which goes by the record where that is public under a name."""
    stops = [Stop(str(KINDS[kind].label_plural), reverse(f"pages:{kind}-list"))]
    if name:
        stops.append(Stop(name, reverse(f"pages:{kind}-detail", args=[key])))
    return [*stops, Stop(_("History"), reverse(f"pages:{kind}-history", args=[key]))]


def _before(request: HttpRequest) -> int | None:
    """The number below which entries are wanted; None for all, and where it cannot be read."""
    try:
        return whole_number(request.GET, "before", most=MOST_NUMBERS)
    except ValueError:
        return None


def _steps(editions: list[Edition], language: str) -> list[Step]:
    """The entries, newest first, each with what it changed since the document before it. One query."""
    if not editions:
        return []
    last = editions[-1]
    earlier = reading.document_before(last.kind, last.key, last.number)
    steps = []
    for edition in reversed(editions):
        steps.append(_step(edition, earlier, language))
        earlier = edition if reading.has_document(edition) else earlier
    return steps[::-1]


def _step(edition: Edition, earlier: Edition | None, language: str) -> Step:
    """The entry with what it changed since the newest document before it."""
    shown = entry(edition.header(), language)
    if not reading.has_document(edition):
        return Step(shown, (), "")
    if edition.content is None:
        return Step(shown, (), _("The text of this edition has been removed."))
    if earlier is None:
        return Step(shown, (), _("The first edition."))
    if earlier.content is None:
        remark = _("The text of the edition before has been removed, so it cannot be compared.")
        return Step(shown, (), remark)
    before, after = upgraded(earlier.content), upgraded(edition.content)
    found = changes(before, after, language, most=MOST_CHANGES + 1)
    remark = "" if found else _("No value differs.")
    return Step(shown, tuple(found[:MOST_CHANGES]), remark, len(found) > MOST_CHANGES)


def _title(titled: Current | Edition | None, language: str) -> Value | None:
    """What the record is called in a document that still has its text; None where there is none."""
    if titled is None or titled.content is None:
        return None
    return Wording(titled.content, language).reference(label_of(titled.content).reference())
