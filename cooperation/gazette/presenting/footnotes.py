"""The citations of a document as the footnotes of its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cooperation.rules.canonical import canonical_text

from .values import Value


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
    concerns: tuple[str, ...]


@dataclass
class Passage:
    """A citation with every path that it is given for."""

    citation: Mapping[str, Any]
    paths: list[str] = field(default_factory=list)


class Footnotes:
    """Numbers the passages of a document in the order in which its page first needs them."""

    def __init__(self, citations: Sequence[Mapping[str, Any]]) -> None:
        passages: dict[str, Passage] = {}
        self._by_path: dict[str, list[Passage]] = {}
        for citation in citations:
            same = canonical_text({**citation, "path": None})
            passage = passages.setdefault(same, Passage(citation))
            # Without a path it is given for the record as a whole.
            path = citation["path"] or ""
            passage.paths.append(path)
            self._by_path.setdefault(path, []).append(passage)
        self._passages = list(passages.values())
        self._numbered: list[Passage] = []

    def at(self, path: str, *, within: bool = False) -> tuple[int, ...]:
        """The numbers of the passages given for a path; with `within` also for what lies below it."""
        below = f"{path}/"
        found = [
            passage
            for given, passages in self._by_path.items()
            if given == path or (within and given.startswith(below))
            for passage in passages
        ]
        return tuple(sorted({self._number(passage) for passage in found}))

    def numbered(self) -> list[tuple[int, Passage]]:
        """Every passage with its number; those that no value on the page needed come last."""
        for passage in self._passages:
            self._number(passage)
        return list(enumerate(self._numbered, 1))

    def _number(self, passage: Passage) -> int:
        for number, known in enumerate(self._numbered, 1):
            if known is passage:
                return number
        self._numbered.append(passage)
        return len(self._numbered)
