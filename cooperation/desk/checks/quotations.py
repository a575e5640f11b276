"""Quotations, held against the text that a source keeps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cooperation.rules.quotations import comparable

LONGEST = 80


@dataclass
class KeptText:
    """The kept text of a source, and the form of it in which all its quotations are looked for."""

    text: str

    @cached_property
    def comparable(self) -> str:
        """Made once for all citations of the source, for it takes time in a long text."""
        return comparable(self.text)

    def holds(self, quote: str) -> bool:
        """Whether the words of the quotation stand in the text."""
        said = comparable(quote)
        return bool(said) and said in self.comparable


def in_brief(quote: str) -> str:
    """The quotation, or how it begins."""
    return quote if len(quote) <= LONGEST else quote[: LONGEST - 1] + "…"
