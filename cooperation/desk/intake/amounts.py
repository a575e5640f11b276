"""Amounts as people write them in Korean, Chinese and English: read exactly, or refused with the mend."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from cooperation.rules import money


class Unit(NamedTuple):
    """In what the amounts of a column are counted: `백만원` is a million of KRW."""

    scale: Decimal = Decimal(1)
    currency: str = ""


class Amount(NamedTuple):
    """An exact amount in major units, and the currency where it is known."""

    number: Decimal
    currency: str


def unit(written: str) -> Unit | None:
    """The unit that is written: `백만원`, `천달러`, `万元`, `KRW million`; None where it is none."""
    return None


def amount(written: str, counted_in: Unit | None = None) -> Amount:
    """The amount that is written; ValueError, with the mend, where it is unclear."""
    counted_in = counted_in or Unit()
    return Amount(money.parse_amount(written) * counted_in.scale, counted_in.currency)
