"""The words in which linked data speak: nodes of schema.org, texts of one language, addresses of one site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from cooperation.rules.languages import pick

from .links import localized

Node = dict[str, Any]

# What a record is, as far as its kind alone tells; a kind that is not named here is a Thing.
TYPES = {
    "organization": "Organization",
    "person": "Person",
    "platform": "Service",
    "initiative": "Project",
    "fund": "MonetaryGrant",
    "agreement": "CreativeWork",
    "engagement": "Event",
    "statement": "Quotation",
    "source": "CreativeWork",
}


def node(sort: str, **members: Any) -> Node:
    """A node of that type with the members of which something is known; `id` is its `@id`."""
    if "id" in members:
        members = {"@id": members.pop("id"), **members}
    return {"@type": sort, **{name: value for name, value in members.items() if value}}


def date(text: str | None) -> str | None:
    """The date where ISO 8601 can say it as a single one, else None."""
    return text if text and "/" not in text else None


def span(text: str | None) -> tuple[str | None, str | None]:
    """Where a time begins and where it ends; None for what is open or not said."""
    start, _slash, end = (text or "").partition("/")
    return start or None, end if end != ".." and end else None


@dataclass(frozen=True)
class Voice:
    """The language and the site in which linked data are told."""

    language: str
    site: str
    """What stands before every path: `https://portal.example`."""

    def address(self, path: str) -> str:
        """The full address of a path."""
        return f"{self.site}{path}"

    def said(self, text: str | None, language: str | None) -> str | Node | None:
        """A text, marked with its language where that is known and not the one that is spoken."""
        if not text or not language or language == self.language:
            return text or None
        return {"@value": text, "@language": language}

    def words(self, texts: Mapping[str, str | None] | None) -> str | Node | None:
        """A language map in the language that is spoken, else in another; None where it is empty."""
        picked = pick(texts, self.language, settings.PORTAL_MAIN_LANGUAGE)
        return self.said(picked.text, picked.language)

    def identity(self, url: str) -> str:
        """What names the thing itself, which is one in all languages, and not a page about it."""
        return f"{self.address(url)}#this"

    def record(self, reference: Mapping[str, Any] | None) -> Node | None:
        """Another record by its name; None where there is none, or none that is public."""
        if not reference or not localized(reference["url"], self.language):
            return None
        sort = TYPES.get(reference["kind"], "Thing")
        name = self.words(reference["title"])
        return node(sort, id=self.identity(reference["url"]), name=name)

    def records(self, references: Iterable[Mapping[str, Any] | None]) -> list[Node]:
        """Those of the records that are public, each once."""
        found = [node for node in map(self.record, references) if node]
        return list({node["@id"]: node for node in found}.values())


def role(name: str, whom: Node | None, **members: Any) -> Node | None:
    """Whom a property names, and as what or since when; without more to say, whom alone."""
    said = node("Role", **members)
    return {**said, name: whom} if whom and len(said) > 1 else whom
