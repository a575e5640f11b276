"""What stops the reading of a file, and the words that are left of one."""

from __future__ import annotations

import re

# A control character, or one that turns the reading direction, is not among the words.
UNSPOKEN = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")  # fmt: skip


class Refused(Exception):
    """The file is not kept; the code says why, the number how much was counted."""

    def __init__(self, code: str, number: int | None = None):
        super().__init__(code)
        self.code, self.number = code, number


def bounded(text: str, longest: int) -> str:
    """The text without what nobody reads, its lines with one sort of end; Refused where it is too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    text = UNSPOKEN.sub("", text).strip()
    if len(text) > longest:
        raise Refused("too-long", len(text))
    return text
