"""Passages of a text: its paragraphs, where a quotation stands, and what comes nearest to one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, takewhile
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from .quotations import Comparable, comparable

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_ENDS = re.compile(r"\n\s*")
# Of a quotation that is longer, what stands around the place where it departs from the text is compared.
COMPARED = 300
SEEDS, SEED_LENGTHS, MOST_HITS = 24, (16, 8, 4, 2), 400
WINDOWS, NARROWEST = 8, 64
LEAST_ALIKE = 50
# Fewer letters in a row are in common with any text; of other scripts fewer say as much.
IN_A_ROW, IN_A_ROW_OTHERWISE = 3, 2
BEYOND = 20


class Passage(NamedTuple):
    """A stretch of a text, from one character to before another."""

    start: int
    end: int


class Paragraph(NamedTuple):
    """A paragraph of a text: its number from 1, and where it stands."""

    number: int
    start: int
    end: int


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the blocks of a text that blank lines divide; the lines of one that has no blank lines."""
    divider = _BLANK_LINES if _BLANK_LINES.search(text.strip()) else _LINE_ENDS
    number = start = 0
    gaps = (gap.span() for gap in divider.finditer(text))
    for end, after in chain(gaps, [(len(text), len(text))]):
        block = text[start:end]
        if block.strip():
            number += 1
            begin = start + len(block) - len(block.lstrip())
            yield Paragraph(number, begin, start + len(block.rstrip()))
        start = after


def paragraph_at(text: str, place: int) -> int:
    """Return the number of the paragraph in which a character stands."""
    return sum(1 for _one in takewhile(lambda one: one.start <= place, paragraphs(text))) or 1


def found(whole: Comparable, quote: str) -> Passage | None:
    """Return where the words of a quotation stand in the text; None where they do not."""
    said = comparable(quote)
    place = whole.text.find(said) if said else -1
    return Passage(*whole.span(place, place + len(said))) if place >= 0 else None


def nearest(text: str, whole: Comparable, quote: str) -> Passage | None:
    """Return the passage whose words are most like those of the quotation; None where none is alike.

    `whole` is the comparable form of the text. Only where pieces of the quotation are found is the
    text looked at more closely, so that long texts take no longer than finding those pieces. The
    one that has the most of the whole quotation is the nearest: single letters that both have
    count half.
    """
    lowered = _lowered(whole.text)
    said = _around_departure(_lowered(comparable(quote)), lowered)
    best, passage = 0.0, None
    for start, end in _windows(said, lowered):
        alike = fuzz.partial_ratio_alignment(said, lowered[start:end], score_cutoff=LEAST_ALIKE)
        if not alike or alike.dest_end == alike.dest_start:
            continue
        begin, until = start + alike.dest_start, start + alike.dest_end
        near = _shared(said, lowered[begin:until]) + alike.score
        if near > best:
            best = near
            passage = whole.span(begin, until)
    return _in_whole_words(text, *passage) if passage else None


def _shared(said: str, text: str) -> float:
    """How many of 100 characters of a quotation the text has in rows that are long enough to say something."""
    least = IN_A_ROW if said.isascii() else IN_A_ROW_OTHERWISE
    blocks = Indel.opcodes(said, text).as_matching_blocks()
    return 100 * sum(block.size for block in blocks if block.size >= least) / len(said)


def _lowered(text: str) -> str:
    """The text in small letters, unless that moved its places."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _around_departure(said: str, text: str) -> str:
    """What stands in a long quotation around the first word that the text does not have after the others."""
    if len(said) <= COMPARED:
        return said
    agreed, departed = 0, len(said)
    while departed - agreed > 1:
        middle = (agreed + departed) // 2
        if said[:middle] in text:
            agreed = middle
        else:
            departed = middle
    begin = max(0, min(agreed - COMPARED // 2, len(said) - COMPARED))
    return said[begin : begin + COMPARED]


def _windows(said: str, text: str) -> Iterator[Passage]:
    """The stretches of the text in which the most, and the rarest, pieces of the quotation stand."""
    width = max(len(said), NARROWEST)
    votes: Counter[int] = Counter()
    for offset in range(0, len(said), max(1, len(said) // SEEDS)):
        hits = _hits(said, offset, text)
        for place in hits:
            votes[max(place - offset, 0) // width] += 1000 // len(hits)
    for block, _votes in votes.most_common(WINDOWS):
        begin = max(0, block * width - width // 2)
        yield Passage(begin, min(len(text), begin + 3 * width))


def _hits(said: str, offset: int, text: str) -> list[int]:
    """Where the longest piece that begins at that place of the quotation stands in the text."""
    for length in SEED_LENGTHS:
        piece = said[offset : offset + length]
        hits: list[int] = []
        place = text.find(piece) if len(piece) == length else -1
        while place >= 0 and len(hits) < MOST_HITS:
            hits.append(place)
            place = text.find(piece, place + 1)
        if hits:
            return hits
    return []


def _in_whole_words(text: str, start: int, end: int) -> Passage:
    """The stretch with the rest of the words that it cuts."""
    before = re.search(rf"\S{{0,{BEYOND}}}\Z", text[max(0, start - BEYOND) : start])
    after = re.match(rf"\S{{0,{BEYOND}}}", text[end : end + BEYOND])
    assert before
    assert after
    return Passage(start - len(before.group()), end + len(after.group()))
