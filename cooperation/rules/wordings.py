"""Wordings: the words that were taken out of a text, and those that were put in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

# What is written without spaces between the words is compared sign by sign.
_SIGNS = "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORDS = re.compile(
    f"[{_SIGNS}]|\\d+(?:[.,]\\d+)*|(?:(?![{_SIGNS}])[^\\W\\d])+|\\s+|[^\\w\\s]", re.DOTALL
)
_SENTENCES = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？\n]+\s*|$)")
_WORD = re.compile(r"\w")
MOST_PAIRS = 50_000
"""How many pairs of equal words are looked at; texts with more are compared sentence by sentence."""
LITTLE = 5
"""Texts that share less than one part in so many are shown whole, one against the other."""
AROUND = 200


class Piece(NamedTuple):
    """A stretch of two texts: what both have, what only the earlier has, or only the later."""

    kind: Literal["same", "removed", "added", "gap"]
    text: str


def word_differences(before: str, after: str) -> list[Piece]:
    """Return the pieces that make up both texts, in order; what was removed before what came for it.

    The pieces without the added ones are the earlier text, those without the removed the later one.
    Never raises; of very long texts that differ much whole sentences are given, so that it stays quick.
    """
    pieces = _tidy(_Comparison().pieces(before, after))
    shared = sum(len(piece.text.strip()) for piece in pieces if piece.kind == "same")
    if shared * LITTLE < min(len(before), len(after)):
        pieces = [Piece("removed", before), Piece("added", after)]
    return [piece for piece in pieces if piece.text]


def in_view(pieces: Iterable[Piece], around: int = AROUND) -> list[Piece]:
    """Return the pieces without what is far from any difference; a piece of kind `gap` stands there."""
    whole = list(pieces)
    shown: list[Piece] = []
    for place, piece in enumerate(whole):
        if piece.kind != "same" or len(piece.text) <= 3 * around:
            shown.append(piece)
            continue
        head = piece.text[:around] if place else ""
        tail = piece.text[-around:] if place + 1 < len(whole) else ""
        shown += [Piece("same", head), Piece("gap", " … "), Piece("same", tail)]
    return [piece for piece in shown if piece.text]


class _Comparison:
    """A comparison of two texts, which may look at so many pairs of words and no more."""

    def __init__(self) -> None:
        self.left = MOST_PAIRS

    def pieces(self, before: str, after: str) -> Iterator[Piece]:
        """The pieces word by word; of long texts sentence by sentence, and word by word within."""
        old, new = _WORDS.findall(before), _WORDS.findall(after)
        if self._affords(old, new):
            yield from self._matched(old, new)
            return
        old, new = _SENTENCES.findall(before), _SENTENCES.findall(after)
        if not self._affords(old, new):
            yield from _exchanged(before, after)
            return
        for tag, gone, come in _stretches(old, new):
            if tag == "equal":
                yield Piece("same", gone)
            else:
                yield from self._within(gone, come)

    def _within(self, before: str, after: str) -> Iterator[Piece]:
        old, new = _WORDS.findall(before), _WORDS.findall(after)
        whole = self._matched if self._affords(old, new) else None
        yield from whole(old, new) if whole else _exchanged(before, after)

    def _matched(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
        for tag, gone, come in _stretches(old, new):
            if tag == "equal":
                yield Piece("same", gone)
            else:
                yield from _exchanged(gone, come)

    def _affords(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Whether the pairs of equal words may still be looked at; then they count as looked at."""
        begin, end = _shared_ends(old, new)
        here = Counter(old[begin : len(old) - end])
        there = Counter(new[begin : len(new) - end])
        pairs = sum(count * there[word] for word, count in here.items() if not word.isspace())
        if pairs > self.left:
            return False
        self.left -= pairs
        return True


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What of both stands against each other, the ends that they share first taken off."""
    begin, end = _shared_ends(old, new)
    yield "equal", "".join(old[:begin]), ""
    inner_old, inner_new = old[begin : len(old) - end], new[begin : len(new) - end]
    matcher = SequenceMatcher(str.isspace, inner_old, inner_new, autojunk=False)
    for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        yield tag, "".join(inner_old[a_from:a_to]), "".join(inner_new[b_from:b_to])
    yield "equal", "".join(old[len(old) - end :]), ""


def _shared_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many items both begin with, and how many of the others both end with."""
    most = min(len(old), len(new))
    begin = next((at for at in range(most) if old[at] != new[at]), most)
    most -= begin
    end = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    return begin, end


def _exchanged(gone: str, come: str) -> Iterator[Piece]:
    yield Piece("removed", gone)
    yield Piece("added", come)


def _tidy(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with what belongs together joined; spaces between two exchanges go with them."""
    tidy: list[Piece] = []
    given = [piece for piece in pieces if piece.text]
    gone, come = "", ""
    for place, piece in enumerate(given):
        is_last = place + 1 == len(given)
        if piece.kind == "removed":
            gone += piece.text
        elif piece.kind == "added":
            come += piece.text
        elif gone and come and not is_last and not _WORD.search(piece.text):
            gone, come = gone + piece.text, come + piece.text
        else:
            tidy += [*_exchanged(gone, come), piece]
            gone, come = "", ""
    return [piece for piece in [*tidy, *_exchanged(gone, come)] if piece.text]
