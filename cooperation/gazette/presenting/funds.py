"""A fund's figures, added up before the reader's eyes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from cooperation.gazette.shapes import shape
from cooperation.gazette.shapes.types import inner
from cooperation.rules import money
from cooperation.rules.parts import Part, standing

from .values import Fact, Value
from .wording import Wording


class Share(NamedTuple):
    """One live commitment: whose it is, how binding, how much, and its place in the whole."""

    name: str
    stage: Value | None
    amount: Value
    anchor: str
    start: str
    width: str
    """Where its part of the whole begins and how wide it is, in percent."""


@dataclass(frozen=True)
class Arithmetic:
    """The sum of what is to be given, set against what was announced."""

    totals: tuple[Fact, ...]
    shares: tuple[Share, ...]
    sum: Value | None
    announced: Value | None
    difference: Value | None
    equation: str
    verdict: str
    adds_up: bool | None
    """None where it cannot be said."""


def arithmetic(wording: Wording) -> Arithmetic:
    """The figures of the wording's fund: a sum within one currency, else one of converted values."""
    document = wording.document
    live = _live(document["commitments"])
    currencies = {part["amount"]["currency"] for part in live}
    currency = currencies.pop() if len(currencies) == 1 else None
    total = money.total(Decimal(part["amount"]["amount"]) for part in live) if currency else None
    announced = document["totals"]["announced"]
    difference = document["difference"]
    text = money.computed_text(total) if total is not None else None
    summed = wording.amount({"amount": text, "currency": currency}) if text and currency else None
    return Arithmetic(
        totals=(*_totals(wording), *_converted_total(wording, live)),
        shares=tuple(_shares(wording, live, total)),
        sum=summed,
        announced=wording.amount(announced) if announced else None,
        difference=wording.amount(difference) if difference else None,
        equation=_equation(wording, live, summed),
        verdict=_verdict(wording, live, difference),
        adds_up=Decimal(difference["amount"]) == 0 if difference else None,
    )


def _live(commitments: list[Part]) -> list[Part]:
    """The commitments that nothing has replaced and whose amount is known."""
    return [part for part in standing(commitments) if part["amount"]]


def _totals(wording: Wording) -> Iterator[Fact]:
    group = shape("fund")["totals"]
    for fact in wording.facts(inner(group), wording.document["totals"], "totals/"):
        if fact.is_known:
            yield fact


def _converted_total(wording: Wording, live: list[Part]) -> Iterator[Fact]:
    """What commitments in several currencies come to in the first in which all are known, with the rates."""
    amounts = [part["amount"] for part in live]
    if len({amount["currency"] for amount in amounts}) < 2:
        return
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
        yield Fact("converted", _("Sum of the commitments at the rates shown"), (value,))
        return


def _in_currency(amount: Mapping[str, Any], currency: str) -> Mapping[str, Any] | None:
    """The amount itself where it is in that currency, else what it was converted to; None if it was not."""
    if amount["currency"] == currency:
        return amount
    return next((one for one in amount["converted"] if one["currency"] == currency), None)


def _shares(wording: Wording, live: list[Part], total: Decimal | None) -> Iterator[Share]:
    listed = shape("fund")["commitments"]
    stage = inner(listed)["stage"]
    drawn = bool(total) and all(Decimal(part["amount"]["amount"]) > 0 for part in live)
    start = Decimal(0)
    for part in live:
        width = Decimal(part["amount"]["amount"]) * 100 / total if drawn and total else Decimal(0)
        name = wording.part_name(listed, {**part, "date": None})
        yield Share(
            name,
            wording.value(stage, part["stage"], ""),
            wording.amount(part["amount"]).noted(
                wording.footnotes.at(f"commitments/{part['id']}/amount", within=True)
            ),
            f"commitments-{part['id']}",
            f"{start:.3f}",
            f"{width:.3f}",
        )
        start += width


def _equation(wording: Wording, live: list[Part], summed: Value | None) -> str:
    if summed is None:
        return ""
    amounts = [wording.amount(part["amount"]).text for part in live]
    return f"{' + '.join(amounts)} = {summed.text}"


def _verdict(wording: Wording, live: list[Part], difference: Mapping[str, str] | None) -> str:
    if not live:
        return _("No commitments are recorded, so there is nothing to add up.")
    if difference is None:
        return _(
            "It cannot be said whether the figures add up: an announcement is missing, "
            "or they are in more than one currency."
        )
    amount = Decimal(difference["amount"])
    if amount == 0:
        return _("The commitments add up to the amount announced.")
    shown = wording.amount(
        {"amount": money.amount_text(amount.copy_abs()), "currency": difference["currency"]}
    ).text
    if amount > 0:
        return _("The commitments fall short of the amount announced by %(amount)s.") % {
            "amount": shown
        }
    return _("The commitments exceed the amount announced by %(amount)s.") % {"amount": shown}
