"""What an answer about a record leads to, as its `Link` header says (RFC 8288, with the versions of RFC 5829)."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse

from cooperation.faces.answers import absolute
from cooperation.gazette.models import Current, Edition
from cooperation.gazette.reading import Placed
from cooperation.gazette.shapes import schema_name

Link = tuple[str, str]


def of_record(request: HttpRequest, found: Current | Edition) -> str:
    """From a record: to its edition for good, its editions, its list, its page and its schema. No query.

    From a record as it stood, the page is that of the edition which was in force.
    """
    kind, key = found.kind, found.key
    of_edition = reverse(f"api:{kind}-edition", args=[key, found.number])
    if isinstance(found, Edition):
        page, schema = reverse(f"pages:{kind}-edition", args=[key, found.number]), found.schema
    else:
        page, schema = reverse(f"pages:{kind}-detail", args=[key]), schema_name(kind)
    links = [
        (of_edition, "cite-as"),
        (reverse(f"api:{kind}-editions", args=[key]), "version-history"),
        (reverse(f"api:{kind}-list"), "collection"),
    ]
    return _written(request, [*links, *_schema(kind, schema)], page)


def of_edition(request: HttpRequest, placed: Placed) -> str:
    """From an edition: to its neighbours, the record as it stands, all editions and its page. No query."""
    edition = placed.edition
    kind, key = edition.kind, edition.key
    neighbours = ((placed.before, "predecessor-version"), (placed.after, "successor-version"))
    links = [
        *(
            (reverse(f"api:{kind}-edition", args=[key, number]), relation)
            for number, relation in neighbours
            if number
        ),
        (reverse(f"api:{kind}-detail", args=[key]), "latest-version"),
        (reverse(f"api:{kind}-editions", args=[key]), "version-history"),
    ]
    page = reverse(f"pages:{kind}-edition", args=[key, edition.number])
    return _written(request, [*links, *_schema(kind, edition.schema)], page)


def of_gone(request: HttpRequest, edition: Edition) -> str:
    """From a record that is gone: to its editions, which stay. No query."""
    path = reverse(f"api:{edition.kind}-editions", args=[edition.key])
    return _link(request, path, 'rel="version-history"')


def _schema(kind: str, schema: str | None) -> Iterable[Link]:
    """What describes the document, where that is the schema which is given out."""
    if schema == schema_name(kind):
        yield reverse(f"api:{kind}-schema"), "describedby"


def _written(request: HttpRequest, links: Iterable[Link], page: str) -> str:
    told = [_link(request, path, f'rel="{relation}"') for path, relation in links]
    return ", ".join([*told, _link(request, page, 'rel="alternate"; type="text/html"')])


def _link(request: HttpRequest, path: str, rest: str) -> str:
    return f"<{absolute(request, path)}>; {rest}"
