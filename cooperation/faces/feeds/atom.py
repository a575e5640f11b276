"""Atom feeds (RFC 4287) whose bytes follow from the gazette alone, never from the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from cooperation.faces.answers import absolute, head_of
from cooperation.gazette.presenting import Entry

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class Atom(Atom1Feed):
    """A feed that was last updated when the register was, and names its licence."""

    def latest_post_date(self) -> datetime:
        """When the newest entry was entered; a fixed day while there is none."""
        at: datetime = self.feed["at"]
        return at

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """What stands above the entries."""
        super().add_root_elements(handler)
        handler.addQuickElement("link", "", {"rel": "license", "href": settings.PORTAL_LICENCE_URL})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """What an entry says, its summary in the language in which that is told."""
        super().add_item_elements(handler, item)
        spoken = {"xml:lang": item["spoken"]} if item["spoken"] else {}
        handler.addQuickElement("summary", item["summary"], {"type": "html", **spoken})


def feed(request: HttpRequest, title: str, subtitle: str, page: str, language: str) -> Atom:
    """An empty feed that belongs to a page of the site."""
    return Atom(
        title=title,
        link=absolute(request, page),
        description=subtitle,
        language=language,
        author_name=settings.PORTAL_OFFICE,
        feed_url=absolute(request, request.get_full_path()),
        feed_guid=absolute(request, request.get_full_path()),
        at=head_of(request).at or BEGINNING,
    )


def add(
    to: Atom, request: HttpRequest, entry: Entry, title: str, text: str, spoken: str | None
) -> None:
    """Add one entry of the register; its own page is what names it for good.

    `spoken` is the language of the text where it is not the feed's.
    """
    at = datetime.fromisoformat(entry.at)
    members: dict[str, Any] = {
        "title": title,
        "link": absolute(request, entry.record_url),
        "unique_id": absolute(request, entry.url),
        "description": None,
        "summary": escape(text),
        "spoken": spoken,
        "author_name": entry.office,
        "pubdate": at,
        "updateddate": at,
        "categories": [entry.kind, entry.action],
    }
    to.add_item(**members)


def answer(made: Atom) -> HttpResponse:
    """The feed as an answer."""
    text = made.writeString("utf-8")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
