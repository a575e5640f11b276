"""The page of one record: as it stands, as it stood, or why it is gone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.faces.answers import head_of, today
from cooperation.faces.linked_data import voice
from cooperation.gazette import copies, listing, reading
from cooperation.gazette.models import Edition
from cooperation.gazette.presenting import entry, moment, present
from cooperation.gazette.presenting.linked_data import of_record
from cooperation.gazette.presenting.links import localized
from cooperation.gazette.upgrades import upgraded

from .contents import contents
from .reader import daily_page_view, drawn, reader_language
from .relations import relations


@daily_page_view
def record(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The record now, or with `as_of` then; 410 when withdrawn, 301 when merged, 404 when absent."""
    as_of = request.GET.get("as_of")
    if as_of:
        return _then(request, kind, key, as_of)
    standing = reading.standing(kind, key)
    if standing.state == "merged":
        return _moved(request, kind, standing.successor or "")
    if standing.edition:
        return gone(request, standing.edition)
    if standing.current is None:
        raise Http404
    row = standing.current
    document, header = upgraded(row.content), json.loads(row.header)
    related = relations(kind, key, head_of(request))
    told = described(document, header, today(), related.telling)
    context = {
        **told,
        "contents": contents(told["page"], related),
        "is_current": True,
        "relations": related,
        "copy_url": _copy_url(document),
        "canonical": request.path,
        "feed_url": reverse(f"feeds:{kind}-detail", args=[key]),
        "api_url": f"/api/v1{localized(document['url'], 'en')}",
        "linked_data": of_record(document, header, voice(request)),
    }
    return drawn(request, "pages/record.html", context)


def _copy_url(document: Mapping[str, Any]) -> str | None:
    """Where the kept copy is, for whoever asks; None where nobody may have it."""
    is_public = copies.may_be_public(document)
    return reverse("pages:source-copy", args=[document["key"]]) if is_public else None


def ways(kind: str, key: str) -> dict[str, Any]:
    """Where the record's kind and its history are found, for the templates."""
    return {
        "kind": KINDS[kind],
        "key": key,
        "list_url": reverse(f"pages:{kind}-list"),
        "history_url": reverse(f"pages:{kind}-history", args=[key]),
    }


def described(
    document: Mapping[str, Any],
    header: Mapping[str, Any],
    day: date | None = None,
    related: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """What the template needs to draw a document with its edition; ages where a day is given.

    `related` are documents that tell of something that happened to it.

    One query where it cites sources.
    """
    language = reader_language()
    keys = sorted({citation["source"]["key"] for citation in document["citations"]})
    rows = listing.currents("source").filter(key__in=keys) if keys else []
    sources = {row.key: upgraded(row.content) for row in rows}
    page = present(document, language, edition=header, sources=sources, related=related, today=day)
    return {**ways(document["kind"], document["key"]), "page": page}


def gone(request: HttpRequest, edition: Edition) -> HttpResponse:
    """410 with the public reason, or because the text has been removed."""
    context = {
        **ways(edition.kind, edition.key),
        "entry": entry(edition.header(), reader_language()),
        "is_redacted": reading.has_document(edition),
    }
    return drawn(request, "410.html", context, status=410)


def _then(request: HttpRequest, kind: str, key: str, as_of: str) -> HttpResponse:
    try:
        at = reading.instant(as_of)
    except ValueError:
        text = _(
            "“as_of” is a date such as 2015-01-28, or an instant such as 2015-01-28T09:00:00Z."
        )
        return drawn(request, "400.html", {"sentence": text}, status=400)
    edition = reading.in_force(kind, key, at)
    if edition is None:
        return _not_yet(request, kind, key)
    if edition.action == Edition.Action.MERGED:
        return _moved(request, kind, edition.successor or "")
    document = edition.content
    if document is None:
        return gone(request, edition)
    language = reader_language()
    told = described(upgraded(document), edition.header())
    context = {
        **told,
        "contents": contents(told["page"]),
        "stood_at": moment(at, language),
        "canonical": entry(edition.header(), language).url,
        "record_url": request.path,
    }
    return drawn(request, "pages/record.html", context)


def _moved(request: HttpRequest, kind: str, successor: str) -> HttpResponse:
    """301 to what the record was merged into, with the query as it was."""
    query = request.META.get("QUERY_STRING", "")
    address = _address(kind, successor)
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def _not_yet(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """404 that says when there is something to be read."""
    language = reader_language()
    began = reading.begins_at()
    sentence = _("This record had not been published then.")
    if began:
        sentence += " " + _("The register begins on %(when)s.") % {"when": moment(began, language)}
    known = reading.standing(kind, key).state != "absent"
    context = {"sentence": sentence, "record_url": _address(kind, key) if known else None}
    return drawn(request, "404.html", context, status=404)


def _address(kind: str, key: str) -> str:
    return reverse(f"pages:{kind}-detail", args=[key])
