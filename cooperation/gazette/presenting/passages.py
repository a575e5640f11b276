"""The passages on which a page stands, in words: from which source, and what stands on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from cooperation.gazette.shapes import part_lists
from cooperation.rules.dates import format_date

from .changes import label_at
from .footnotes import Concern, Footnote
from .moments import own_words
from .values import Value
from .wording import COMMA, Wording

Sources = Mapping[str, Mapping[str, Any]]
"""The documents of cited sources, by key."""


def source_names(sources: Sources, language: str) -> dict[str, str]:
    """What each source is called in few words: `Korea Bizwire, 29 January 2015`; else by its title."""
    wording = Wording({}, language)
    found = {}
    for key, document in sources.items():
        publisher = document["publisher"] and wording.reference(document["publisher"]).text
        published = document["published"] and format_date(document["published"], language)
        told = [text for text in (publisher, published) if text]
        if publisher:
            found[key] = COMMA[language].join(told)
    return found


def footnotes_of(wording: Wording, sources: Sources, lead: str | None) -> Iterator[Footnote]:
    """Every passage of the wording's document, in the order of its number; `lead` names what opens the page."""
    names = source_names(sources, wording.language)
    for number, passage in wording.footnotes.numbered():
        citation = passage.citation
        source = sources.get(citation["source"]["key"])
        yield Footnote(
            number=number,
            source=_named(
                wording.reference(citation["source"]), names.get(citation["source"]["key"])
            ),
            locator=citation["locator"],
            place=_place(citation),
            quote=citation["quote"],
            quote_language=(source and source["language"]) or "",
            is_inferred=citation["inferred"],
            attributed_to=citation["attributed_to"],
            is_preferred=citation["preferred"],
            note=citation["note"],
            language=own_words(wording.language),
            concerns=tuple(
                Concern(label_at(wording, path), _anchor(wording, path, lead))
                for path in passage.paths
            ),
        )


def _named(source: Value, name: str | None) -> Value:
    """The source by its name in few words where it has one, else by its title."""
    return replace(source, text=name, language=None, tags=()) if name else source


def _place(citation: Mapping[str, Any]) -> tuple[int, int] | None:
    start, end = citation["start"], citation["end"]
    return None if start is None or end is None else (start, end)


def _anchor(wording: Wording, path: str, lead: str | None) -> str | None:
    """Where on the page the value at a path stands; None where it stands nowhere."""
    name, *steps = path.split("/")
    if name in part_lists(wording.document["kind"]):
        if steps and wording.part_label(name, steps[0]):
            return f"{name}-{steps[0]}"
        return name if wording.document[name] else f"fact-{name}"
    if name in ("title", "status"):
        return name
    if name == lead:
        return "lead"
    return f"fact-{name}" if name in wording.document else None
