"""What is computed in the document of a fund: totals within one currency, and their difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cooperation.rules import dates, money
from cooperation.rules.parts import Part, standing

from .status import status

STAGES = ("proposed", "pledged", "committed", "paid")
Total = dict[str, str]


def total(parts: Sequence[Part]) -> Total | None:
    """The sum of the amounts; None without parts, with an unknown amount, in several currencies, or too long."""
    amounts = [part["amount"] for part in parts]
    currencies = {amount and amount["currency"] for amount in amounts}
    if len(currencies) != 1 or None in currencies:
        return None
    return _sum(money.total(Decimal(amount["amount"]) for amount in amounts), currencies.pop())


def totals(_row: Any, document: Mapping[str, Any]) -> dict[str, Total | None]:
    """What the figures of the fund add up to."""
    commitments = standing(document["commitments"])
    return {
        "announced": announced(document["announcements"]),
        **{stage: total([c for c in commitments if c["stage"] == stage]) for stage in STAGES},
        "allocated": total(document["allocations"]),
    }


def announced(announcements: Sequence[Part]) -> Total | None:
    """The amount of the newest announcement that nothing has replaced."""
    said = standing(announcements)
    newest = max(enumerate(said), key=lambda item: (_day(item[1]), item[0]), default=None)
    return total([newest[1]]) if newest else None


def difference(_row: Any, document: Mapping[str, Any]) -> Total | None:
    """What was announced, less all commitments that nothing has replaced."""
    said = announced(document["announcements"])
    given = total(standing(document["commitments"]))
    if not said or not given or said["currency"] != given["currency"]:
        return None
    return _sum(
        money.difference(Decimal(said["amount"]), Decimal(given["amount"])), said["currency"]
    )


def _sum(amount: Decimal, currency: str) -> Total | None:
    text = money.computed_text(amount)
    return {"amount": text, "currency": currency} if text else None


def _day(part: Part) -> tuple[date, date]:
    """By this the newest is found, as the fund's own date is."""
    day = dates.parse(part["date"]) if part["date"] else None
    return (day.first, day.last) if day else (date.min, date.min)


DERIVED = {"status": status, "totals": totals, "difference": difference}
