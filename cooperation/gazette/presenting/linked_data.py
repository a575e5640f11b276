"""Linked data (JSON-LD in the words of schema.org): what a page is, and what it is about.

A page and its subject are two things: licence, edition and citations are the page's, never those of
the organization or the news report that it describes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from cooperation.catalogue import KINDS
from cooperation.rules.languages import LANGUAGES, django_code, url_prefix

from .linked_things import thing
from .linked_words import Node, Voice, node
from .links import localized
from .summaries import Summary

CONTEXT = "https://schema.org"


class Stop(NamedTuple):
    """One stop on the way from the first page to another: what the page is called, and its path."""

    name: str | Node | None
    path: str


def graph(nodes: Iterable[Node]) -> Node:
    """The nodes as one JSON-LD document."""
    return {"@context": CONTEXT, "@graph": list(nodes)}


def of_record(document: Mapping[str, Any], edition: Mapping[str, Any], voice: Voice) -> list[Node]:
    """The page of a record, the record, and the way to it; `edition` is the header. No queries."""
    kind = KINDS[document["kind"]]
    with override(django_code(voice.language)):
        about = thing(document, voice)
        path = localized(document["url"], voice.language) or ""
        way = [Stop(str(kind.label_plural), f"{url_prefix(voice.language)}/{kind.plural}/")]
        page = of_page(
            voice,
            path,
            name=about.get("name"),
            way=[*way, Stop(about.get("name"), path)],
            version=edition["number"],
            dateModified=edition["published_at"],
            citation=voice.records(citation["source"] for citation in document["citations"]),
            mainEntity={"@id": about["@id"]},
        )
    return [*page, about]


def of_page(
    voice: Voice, path: str, sort: str = "WebPage", *, way: Sequence[Stop] = (), **members: Any
) -> list[Node]:
    """A page of the site, and the way to it from the first page, where one is given."""
    with override(django_code(voice.language)):
        address, office = voice.address(path), _office(voice)
        page = node(
            sort,
            id=address,
            url=address,
            inLanguage=voice.language,
            isPartOf=node("WebSite", id=_site(voice), name=_("Cooperation Portal")),
            license=settings.PORTAL_LICENCE_URL,
            publisher=office,
            sdPublisher={"@id": office["@id"]},
            **members,
        )
        if not way:
            return [page]
        stops = [Stop(_("Home"), _first(voice)), *way]
    trail = f"{address}#way"
    items = [
        node(
            "ListItem",
            position=place,
            name=stop.name,
            item=node("WebPage", id=voice.address(stop.path)),
        )
        for place, stop in enumerate(stops, 1)
    ]
    return [
        {**page, "breadcrumb": {"@id": trail}},
        node("BreadcrumbList", id=trail, itemListElement=items),
    ]


def of_list(
    voice: Voice,
    path: str,
    kind: str,
    rows: Sequence[Summary],
    *,
    count: int | None,
    is_first: bool,
) -> list[Node]:
    """A list of records: the rows that a page of it shows, and how many there are in all.

    A later page cannot tell at which place its rows stand.
    """
    items = [
        node(
            "ListItem",
            position=place if is_first else None,
            name=voice.said(row.title.text, row.title.language),
            url=voice.address(row.entry.record_url),
        )
        for place, row in enumerate(rows, 1)
    ]
    with override(django_code(voice.language)):
        name = str(KINDS[kind].label_plural)
        return of_page(
            voice,
            path,
            "CollectionPage",
            name=name,
            description=str(KINDS[kind].sentence),
            way=[Stop(name, f"{url_prefix(voice.language)}/{KINDS[kind].plural}/")],
            mainEntity=node("ItemList", numberOfItems=count, itemListElement=items),
        )


def of_site(voice: Voice, search: str) -> list[Node]:
    """The site as a whole: who publishes it, under which licence, and how it is searched."""
    pattern = f"{voice.address(search)}?q={{search_term_string}}"
    with override(django_code(voice.language)):
        return [
            node(
                "WebSite",
                id=_site(voice),
                url=voice.address(_first(voice)),
                name=_("Cooperation Portal"),
                description=_(
                    "Records of international cooperation, each cited to its source, in a register that anybody can verify."
                ),
                inLanguage=list(LANGUAGES),
                license=settings.PORTAL_LICENCE_URL,
                publisher=_office(voice),
                potentialAction={
                    **node("SearchAction", target=node("EntryPoint", urlTemplate=pattern)),
                    "query-input": "required name=search_term_string",
                },
            )
        ]


def _first(voice: Voice) -> str:
    return f"{url_prefix(voice.language)}/"


def _site(voice: Voice) -> str:
    return voice.address("/#site")


def _office(voice: Voice) -> Node:
    """Who publishes the portal; the office writes its name in the main language."""
    name = voice.said(settings.PORTAL_OFFICE, settings.PORTAL_MAIN_LANGUAGE)
    return node("Organization", id=voice.address("/#office"), name=name)
