"""Quotations: when the words of one are the words of a text."""

import re

from cooperation.rules.words import CJK

_QUOTE_MARKS = re.compile(r"[\"'‘’‚‛“”„‟«»‹›「」『』〈〉《》＂＇]+")
_SPACE = re.compile(r"\s+")
_SPACE_AT_SIGN = re.compile(f" (?=[{CJK}])|(?<=[{CJK}]) ")


def comparable(text: str) -> str:
    """Return a text as quotations are compared: without quotation marks, any white space as one space.

    Beside Hangul, Han and Kana white space goes altogether, since lines are broken within their words.
    """
    spaced = _SPACE.sub(" ", _QUOTE_MARKS.sub("", text))
    return _SPACE_AT_SIGN.sub("", spaced).strip()
