"""A fund's figures, added up before the reader's eyes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cooperation.rules import money
from cooperation.rules.parts import Part, standing

from .doubts import doubts
from .ledgers import Ledger, ledgers
from .moves import Move, moves
from .values import Fact
from .wording import Wording


@dataclass(frozen=True)
class Arithmetic:
    """The sum of what is to be given, set against what was announced, and how both came about."""

    verdict: str
    adds_up: bool | None
    """None where it cannot be said."""
    doubts: tuple[str, ...]
    """What else does not fit, or cannot be added, in sentences."""
    ledgers: tuple[Ledger, ...]
    converted: Fact | None
    moves: tuple[Move, ...]


def arithmetic(wording: Wording) -> Arithmetic:
    """The figures of the wording's fund: a sum within each currency, and one of converted values."""
    live = standing(wording.document["commitments"])
    difference = wording.document["difference"]
    return Arithmetic(
        verdict=_verdict(wording, live, difference),
        adds_up=Decimal(difference["amount"]) == 0 if difference else None,
        doubts=tuple(doubts(wording)),
        ledgers=tuple(ledgers(wording)),
        converted=_converted(wording, live),
        moves=tuple(moves(wording)),
    )


def _converted(wording: Wording, live: list[Part]) -> Fact | None:
    """What commitments in several currencies come to in the first in which all are known, with the rates."""
    amounts = [part["amount"] for part in live if part["amount"]]
    if len({amount["currency"] for amount in amounts}) < 2:
        return None
    for currency in settings.PORTAL_CURRENCIES:
        found = [(amount, _in_currency(amount, currency)) for amount in amounts]
        text = money.computed_text(
            money.total(Decimal(same["amount"]) for _amount, same in found if same)
        )
        if text is None or not all(same for _amount, same in found):
            continue
        rates = tuple(
            f"{wording.amount(amount).text} = {wording.conversion(same)}"
            for amount, same in found
            if same and same is not amount
        )
        value = replace(wording.amount({"amount": text, "currency": currency}), details=rates)
        return Fact("converted", _("Sum of the contributions at the rates shown"), (value,))
    return None


def _in_currency(amount: Mapping[str, Any], currency: str) -> Mapping[str, Any] | None:
    """The amount itself where it is in that currency, else what it was converted to; None if it was not."""
    if amount["currency"] == currency:
        return amount
    return next((one for one in amount["converted"] if one["currency"] == currency), None)


def _beyond(announced: Mapping[str, str] | None, live: list[Part]) -> Mapping[str, str] | None:
    """By how much those in the currency of the announcement exceed it already, whatever the others say."""
    if announced is None:
        return None
    currency = announced["currency"]
    known = (part["amount"] for part in live if part["amount"]["currency"] == currency)
    total = money.total(Decimal(amount["amount"]) for amount in known)
    text = money.computed_text(money.difference(total, Decimal(announced["amount"])))
    is_beyond = text is not None and Decimal(text) > 0
    return {"amount": text, "currency": currency} if text and is_beyond else None


def _verdict(wording: Wording, live: list[Part], difference: Mapping[str, str] | None) -> str:
    if not live:
        return _("No contributions are recorded, so there is nothing to add up.")
    if difference is None:
        beyond = _beyond(wording.document["totals"]["announced"], live)
        if beyond:
            text = _("The contributions exceed the amount announced by at least %(amount)s.")
            return text % {"amount": wording.amount(beyond).text}
        return _("It cannot be said whether the contributions add up to what was announced.")
    amount = Decimal(difference["amount"])
    if amount == 0:
        return _("The contributions add up to the amount announced.")
    shown = wording.amount(
        {"amount": money.amount_text(amount.copy_abs()), "currency": difference["currency"]}
    ).text
    if amount > 0:
        return _("The contributions fall short of the amount announced by %(amount)s.") % {
            "amount": shown
        }
    return _("The contributions exceed the amount announced by %(amount)s.") % {"amount": shown}
