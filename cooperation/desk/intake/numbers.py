"""Numbers as people write them: read exactly where they can mean one thing only."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from cooperation.rules import money

_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_POINTED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}")
_COMMAED = re.compile(
    r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}|[0-9]+,[0-9]+"
)
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_SHORTENED = re.compile(r"[0-9.,]+[eE][+-]?[0-9]+")
LONGEST = 3 * money.MAX_DIGITS


def number(written: str) -> Decimal:
    """The number that was written, thousands separators or not; ValueError, with the mend, where it is unclear.

    `1,085.30`, `1 085.30` and `1085,30` are 1085.3; `1,085` could be two numbers and is refused.
    """
    if len(written) <= LONGEST:
        if _PLAIN.fullmatch(written):
            return money.parse_amount(written)
        if _EITHER.fullmatch(written):
            raise ValueError(_unclear(written))
        if _POINTED.fullmatch(written):
            return money.parse_amount(written.replace(",", ""))
        if _COMMAED.fullmatch(written):
            return money.parse_amount(written.replace(".", "").replace(",", "."))
        if _SPACED.fullmatch(written):
            return money.parse_amount(re.sub(r"\s", "", written).replace(",", "."))
    raise ValueError(_refusal(written))


def has_decimal_comma(written: str) -> bool:
    """Whether the number can only be read with a comma before its decimals."""
    return bool(
        len(written) <= LONGEST
        and not _EITHER.fullmatch(written)
        and not _POINTED.fullmatch(written)
        and (_COMMAED.fullmatch(written) or ("," in written and _SPACED.fullmatch(written)))
    )


def unclear_beside_decimal_commas(written: str) -> str | None:
    """What is wrong with `1.085` in a table whose other numbers have a comma before their decimals."""
    return _unclear(written) if _EITHER.fullmatch(written) else None


def _unclear(written: str) -> str:
    whole = re.sub("[.,]", "", written)
    parts = written.replace(",", ".")
    return _("This could mean %(one)s or %(other)s; write %(one)s or %(same)s.") % {
        "one": whole,
        "other": parts,
        "same": f"{parts}0",
    }


def _refusal(written: str) -> str:
    if written.endswith("%"):
        return _("A rate is no percentage; write how many units one unit was worth.")
    if _SHORTENED.fullmatch(written):
        return _(
            "The spreadsheet has shortened this number; show it there with all its digits, then save again."
        )
    if written.startswith(("=", "+", "@")):
        return _("This is a formula; write the number that it comes to.")
    if re.fullmatch(r"-[0-9][0-9.,]*", written):
        return _("A rate is greater than zero.")
    return _("Write a number in digits, such as 1085.30 or 0.00092.")
