"""The citations of a document as the footnotes of its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from cooperation.rules.canonical import canonical_text

from .values import Value


class Concern(NamedTuple):
    """A value that stands on a passage: what it is called, and where on the page it is."""

    label: str
    anchor: str | None


@dataclass(frozen=True)
class Footnote:
    """A passage of a source, and what on the page stands on it."""

    number: int
    source: Value
    locator: str | None
    place: tuple[int, int] | None
    """Where the passage begins and ends in the kept text, in characters."""
    quote: str | None
    quote_language: str
    """Empty where nobody has told in which language the source is written."""
    is_inferred: bool
    attributed_to: str | None
    is_preferred: bool
    note: str | None
    language: str | None
    """The language of locator, attribution and note where it is not the page's."""
    concerns: tuple[Concern, ...]


class Mark(int):
    """The number of a footnote as it stands beside a value."""

    is_inferred: bool
    """Whether the value follows from the passage without standing in it."""
    source: str
    """What the source of the passage is called in few words; empty where nobody has told."""

    def __new__(cls, number: int, *, is_inferred: bool, source: str = "") -> Self:
        """The number, how the value comes from the passage, and where that stands."""
        mark = super().__new__(cls, number)
        mark.is_inferred, mark.source = is_inferred, source
        return mark


@dataclass
class Passage:
    """A citation with every path that it is given for."""

    citation: Mapping[str, Any]
    paths: list[str] = field(default_factory=list)


class Footnotes:
    """Numbers the passages of a document in the order in which its page first needs them."""

    def __init__(
        self, citations: Sequence[Mapping[str, Any]], sources: Mapping[str, str] | None = None
    ) -> None:
        self._sources = sources or {}
        self._passages: dict[str, Passage] = {}
        self._at: dict[str, list[str]] = {}
        self._within: dict[str, list[str]] = {}
        self._marks: dict[str, Mark] = {}
        for citation in citations:
            same = canonical_text({**citation, "path": None})
            # Without a path it is given for the record as a whole.
            path = citation["path"] or ""
            self._passages.setdefault(same, Passage(citation)).paths.append(path)
            self._at.setdefault(path, []).append(same)
            for place in _upwards(path):
                self._within.setdefault(place, []).append(same)

    def at(self, path: str, *, within: bool = False) -> tuple[int, ...]:
        """The numbers of the passages given for a path; with `within` also for what lies below it."""
        found = (self._within if within else self._at).get(path, ())
        return tuple(sorted({self._mark(same) for same in found}))

    def numbered(self) -> list[tuple[int, Passage]]:
        """Every passage with its number; those that no value on the page needed come last."""
        for same in self._passages:
            self._mark(same)
        return [(mark, self._passages[same]) for same, mark in self._marks.items()]

    def _mark(self, same: str) -> Mark:
        if same not in self._marks:
            citation = self._passages[same].citation
            self._marks[same] = Mark(
                len(self._marks) + 1,
                is_inferred=bool(citation["inferred"]),
                source=self._sources.get(citation["source"]["key"], ""),
            )
        return self._marks[same]


def _upwards(path: str) -> Iterator[str]:
    """The path and all that it lies in: `commitments/korea/amount`, `commitments/korea`, `commitments`."""
    while path:
        yield path
        path = path.rpartition("/")[0]
