"""Types of organization that people look for by name, each with a list of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.urls import reverse

from cooperation.catalogue import KINDS
from cooperation.gazette.shapes.organizations import NAMED_TYPES


class Entry(NamedTuple):
    """A list as its own way into the portal: what it is called, what it holds, and where it is."""

    label: str
    sentence: str
    url: str
    said: str = ""
    """The filter that its name says already."""


def entries() -> tuple[Entry, ...]:
    """The lists of ministries, firms and associations, in the language of the page. No queries."""
    base = reverse("pages:organization-list")
    return tuple(
        Entry(str(label), str(sentence), f"{base}?type={code}")
        for code, (label, sentence) in NAMED_TYPES.items()
    )


def entry_of(kind: str, chosen: Mapping[str, Any]) -> Entry:
    """The list of the kind, or of one type where that alone was chosen and has a name. No queries."""
    label, sentence, said = KINDS[kind].label_plural, KINDS[kind].sentence, ""
    match kind, chosen.get("type"):
        case "organization", [code] if code in NAMED_TYPES:
            (label, sentence), said = NAMED_TYPES[code], "type"
    return Entry(str(label), str(sentence), reverse(f"pages:{kind}-list"), said)
