"""Sums of amounts, each within its own currency, and the share that one amount is of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from typing import Any

from django.utils.translation import gettext as _

from cooperation.rules import money

from .values import Value
from .wording import Wording

Amount = Mapping[str, Any]
PRECISION = 4 * money.MAX_DIGITS
"""Digits enough to divide the longest amount by the shortest."""


def by_currency(amounts: Iterable[Amount | None]) -> dict[str, Decimal]:
    """The sum of the known amounts in each currency, in the order in which the currencies come."""
    found: dict[str, list[Decimal]] = {}
    for amount in amounts:
        if amount:
            found.setdefault(amount["currency"], []).append(Decimal(amount["amount"]))
    return {currency: money.total(figures) for currency, figures in found.items()}


def as_value(wording: Wording, figure: Decimal, currency: str) -> Value | None:
    """A computed amount in words; None where it has more digits than amounts have."""
    text = money.computed_text(figure)
    return wording.amount({"amount": text, "currency": currency}) if text else None


def in_words(wording: Wording, amounts: Iterable[Amount | None]) -> str:
    """What amounts come to: `₩40 billion + US$5 million`, with a word for those that are not known."""
    listed = list(amounts)
    sums = [as_value(wording, figure, code) for code, figure in by_currency(listed).items()]
    words = [value.text for value in sums if value]
    if len(words) < len(sums) or not all(listed):
        words.append(_("an unknown amount"))
    return " + ".join(words)


def share(amount: Decimal, whole: Decimal | None) -> str:
    """How much of a whole an amount is: `20%`, `≈ 33.3%`, `< 0.1%`; empty where it cannot be said."""
    if whole is None or whole <= 0:
        return ""
    with localcontext(prec=PRECISION):
        percent = amount * 100 / whole
        rounded = percent.quantize(Decimal("0.1"))
    if not rounded and percent > 0:
        return "< 0.1%"
    digits = f"{rounded or Decimal(0):,f}".removesuffix(".0")
    return f"{digits}%" if rounded == percent else f"≈ {digits}%"


def width(amount: Decimal, whole: Decimal) -> str:
    """How wide an amount is drawn within a whole, in percent: from nothing to all of it."""
    if whole <= 0:
        return "0"
    with localcontext(prec=PRECISION):
        return f"{max(Decimal(0), min(Decimal(100), amount * 100 / whole)):.3f}"


def is_more(amount: Amount | None, than: Amount | None) -> bool:
    """Whether one known amount exceeds another in the same currency."""
    if not amount or not than or amount["currency"] != than["currency"]:
        return False
    return Decimal(amount["amount"]) > Decimal(than["amount"])


def is_same(amount: Amount | None, other: Amount | None) -> bool:
    """Whether two known amounts are one figure in one currency."""
    if not amount or not other:
        return False
    return (amount["amount"], amount["currency"]) == (other["amount"], other["currency"])
