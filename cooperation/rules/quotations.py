"""Quotations: when the words of one are the words of a text, and where in the text they stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from cooperation.rules.words import CJK

_MARKS = "\"'‘’‚‛“”„‟«»‹›「」『』〈〉《》＂＇"
_QUOTE_MARKS = re.compile(f"[{_MARKS}]+")
_SPACE = re.compile(r"\s+")
_SPACE_AT_SIGN = re.compile(f" (?=[{CJK}])|(?<=[{CJK}]) ")
_PASSED_OVER = re.compile(rf"[\s{_MARKS}]+|\Z")
_SIGN = re.compile(f"[{CJK}]")
_BEFORE_SIGNS = "\u1100"


def comparable(text: str) -> str:
    """Return a text as quotations are compared: without quotation marks, any white space as one space.

    Beside Hangul, Han and Kana white space goes altogether, since lines are broken within their words.
    """
    spaced = _SPACE.sub(" ", _QUOTE_MARKS.sub("", text))
    return _SPACE_AT_SIGN.sub("", spaced).strip()


@dataclass(frozen=True)
class Comparable:
    """A text as quotations are compared, and the way back from each of its places to the text itself."""

    text: str
    _ours: list[int]
    _theirs: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the comparable text begins and ends in the text itself."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, ours: int) -> int:
        run = max(bisect_right(self._ours, ours) - 1, 0)
        return self._theirs[run] + ours - self._ours[run]


def traced(text: str) -> Comparable:
    """Return the comparable form of a text with the way back."""
    said: list[str] = []
    ours: list[int] = []
    theirs: list[int] = []
    length = place = 0
    between = ""
    for passed in _PASSED_OVER.finditer(text):
        kept = text[place : passed.start()]
        if kept:
            if between and not (_is_sign(said[-1][-1]) or _is_sign(kept[0])):
                # The space belongs to what follows it.
                said.append(" ")
                length += 1
            ours.append(length)
            theirs.append(place)
            said.append(kept)
            length += len(kept)
            between = ""
        if said and (passed.group() == " " or _SPACE.search(passed.group())):
            between = " "
        place = passed.end()
    return Comparable("".join(said), ours, theirs)


def _is_sign(character: str) -> bool:
    return character >= _BEFORE_SIGNS and bool(_SIGN.match(character))
