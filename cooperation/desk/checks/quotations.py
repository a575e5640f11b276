"""Quotations, held against the text that a source keeps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cooperation.rules import passages
from cooperation.rules.quotations import Comparable, comparable, traced

LONGEST = 80
LONGEST_PASSAGE = 200


@dataclass(frozen=True)
class Near:
    """The passage that comes nearest to a quotation: its words, and the number of its paragraph."""

    words: str
    paragraph: int


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

    @cached_property
    def traced(self) -> Comparable:
        """The same with the way back to the text, where a passage has to be shown."""
        return traced(self.text)

    def place(self, quote: str) -> passages.Passage | None:
        """Where the words of the quotation stand in the text; None where they do not."""
        return passages.found(self.traced, quote)

    def nearest(self, quote: str) -> Near | None:
        """The passage that is most like the quotation; None where none is like it."""
        passage = passages.nearest(self.text, self.traced, quote)
        if passage is None:
            return None
        words = " ".join(self.text[passage.start : passage.end].split())
        # It may begin with the last words of the paragraph before.
        number = passages.paragraph_at(self.text, (passage.start + passage.end) // 2)
        return Near(in_brief(words, LONGEST_PASSAGE), number)


def in_brief(quote: str, longest: int = LONGEST) -> str:
    """The quotation, or how it begins."""
    return quote if len(quote) <= longest else quote[: longest - 1] + "…"
