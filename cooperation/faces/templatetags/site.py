"""What surrounds every page: the ways through the site, and the same page in other languages."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.faces.answers import absolute
from cooperation.faces.linked_data import script, voice
from cooperation.gazette.presenting.linked_data import of_page
from cooperation.gazette.shapes.organizations import NAMED_TYPES
from cooperation.rules.languages import LANGUAGES, from_django, url_prefix

register = template.Library()

# Each in its own words: who looks for a language reads that language.
OWN_NAMES = {"en": "English", "ko": "한국어", "zh-Hans": "简体中文"}
OPEN_GRAPH = {"en": "en_GB", "ko": "ko_KR", "zh-Hans": "zh_CN"}

Named = tuple[str | Promise, str]
"""What a way is called, and the address that it leads to: its name, or what is added to that of the door."""

RECORDS: tuple[Named, ...] = tuple(
    (kind.label_plural, f"pages:{kind.name}-list") for kind in KINDS.values()
)
# At the head of every page, after the kinds.
DOORS: tuple[Named, ...] = (
    (_("Calendar"), "pages:calendar"),
    (_("Register"), "pages:gazette"),
)
# At the foot of every page, between home and licence: the portal itself.
PORTAL: tuple[Named, ...] = (
    (_("Search"), "pages:search"),
    (_("Calendar"), "pages:calendar"),
    (_("Register"), "pages:gazette"),
    (_("Data"), "pages:data"),
    (_("Data interface (API)"), "api:root"),
    (_("Feed"), "feeds:portal"),
    (_("About this portal"), "pages:about"),
    (_("Accessibility"), "pages:accessibility"),
    (_("Privacy"), "pages:privacy"),
)
WAYS = {"records": RECORDS, "doors": DOORS, "portal": PORTAL}
# What people look for by name, though it is a part of another list.
INNER: dict[str, tuple[Named, ...]] = {
    "pages:organization-list": tuple(
        (label, f"?type={code}") for code, (label, _sentence) in NAMED_TYPES.items()
    )
}


class Door(NamedTuple):
    """A way from every page into one part of the site."""

    label: str
    url: str
    is_here: bool
    inner: tuple[Door, ...] = ()
    """The ways into parts of that part."""


class Tongue(NamedTuple):
    """The same page in one language."""

    language: str
    name: str
    url: str
    full_url: str
    open_graph_language: str
    is_here: bool


class Frame(NamedTuple):
    """What surrounds the page of one request."""

    language: str
    canonical: str | None
    """The full address under which the page is known; None for answers that are no page."""
    home: str
    feed: str
    licence: str
    records: tuple[Door, ...]
    doors: tuple[Door, ...]
    portal: tuple[Door, ...]
    tongues: tuple[Tongue, ...]


@register.simple_tag(takes_context=True)
def frame(context: dict[str, Any]) -> Frame:
    """The surroundings of the page that is being drawn. No queries."""
    request = context["request"]
    language = from_django(get_language() or "en")
    return Frame(
        language=language,
        canonical=absolute(request, context["canonical"]) if "canonical" in context else None,
        home=reverse("pages:home"),
        feed=reverse("feeds:portal"),
        licence=settings.PORTAL_LICENCE_URL,
        records=_doors("records", request.path),
        doors=_doors("doors", request.path),
        portal=_doors("portal", request.path),
        tongues=tuple(
            _tongue(request, context.get("canonical", ""), code, language) for code in LANGUAGES
        ),
    )


@register.simple_tag(takes_context=True)
def linked_data(context: dict[str, Any]) -> str:
    """What the page is and what it is about, for machines; nothing for answers that are no page. No queries."""
    nodes = context.get("linked_data")
    if nodes is None and "canonical" in context:
        nodes = of_page(voice(context["request"]), context["canonical"])
    return script(nodes) if nodes else ""


def _doors(place: str, path: str) -> tuple[Door, ...]:
    """The doors at that place of the page; whoever is in the part of the site that one leads to is told so."""
    doors = _for_anywhere(place, get_language())
    return tuple(door._replace(is_here=path.startswith(door.url)) for door in doors)


@cache
def _for_anywhere(place: str, _language: str | None) -> tuple[Door, ...]:
    """The same doors for whoever is in none of the parts: they stand on every page in that language."""
    return tuple(_door(label, reverse(name), INNER.get(name, ())) for label, name in WAYS[place])


def _door(label: str | Promise, url: str, inner: tuple[Named, ...]) -> Door:
    parts = tuple(Door(str(part), url + query, is_here=False) for part, query in inner)
    return Door(str(label), url, is_here=False, inner=parts)


def path_in(path: str, language: str) -> str:
    """The path of the same page in another language."""
    for code in LANGUAGES:
        prefix = url_prefix(code)
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            path = path[len(prefix) :]
    return url_prefix(language) + path


def _tongue(request: HttpRequest, canonical: str, code: str, here: str) -> Tongue:
    path = path_in(request.path, code)
    asked = request.GET.copy()
    if asked.get("sort", "").endswith("title"):
        # A place among the titles of one language is none among those of another.
        asked.pop("cursor", None)
    query = asked.urlencode()
    return Tongue(
        language=code,
        name=OWN_NAMES[code],
        url=f"{path}?{query}" if query else path,
        full_url=absolute(request, path_in(canonical, code)),
        open_graph_language=OPEN_GRAPH[code],
        is_here=code == here,
    )
