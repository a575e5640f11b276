"""What does not add up in a fund, or cannot be added, in plain sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cooperation.gazette.shapes.vocabularies import CURRENCIES
from cooperation.rules.parts import Part, standing

from . import sums
from .changes import label_at
from .givers import elders_of, giver_name
from .wording import COMMAS, Wording


def doubts(wording: Wording) -> list[str]:
    """A sentence for each thing that does not fit, or that keeps the figures from being added."""
    found = (_announcements, _unknown, _currencies, _only_proposed, _overpaid, _allocated)
    return [sentence for look in found for sentence in look(wording)]


def _announcements(wording: Wording) -> Iterator[str]:
    said = standing(wording.document["announcements"])
    if len(said) > 1:
        amounts = [sums.in_words(wording, [part["amount"]]) for part in said]
        yield _("Several announcements stand side by side (%(amounts)s); the newest counts.") % {
            "amounts": COMMAS[wording.language].join(amounts)
        }
    elif not said and standing(wording.document["commitments"]):
        yield _("No announcement is recorded against which the contributions could be held.")


def _unknown(wording: Wording) -> Iterator[str]:
    document = wording.document
    listed = {
        "announcements": standing(document["announcements"]),
        "commitments": standing(document["commitments"]),
        "allocations": document["allocations"],
    }
    names = [
        label_at(wording, f"{name}/{part['id']}")
        for name, parts in listed.items()
        for part in parts
        if not part["amount"]
    ]
    if names:
        yield _("The amount is not known and is left out of every sum: %(names)s.") % {
            "names": "; ".join(names)
        }


def _currencies(wording: Wording) -> Iterator[str]:
    document = wording.document
    parts = [*standing(document["announcements"]), *standing(document["commitments"])]
    codes = sums.by_currency(part["amount"] for part in (*parts, *document["allocations"]))
    if len(codes) > 1:
        names = (CURRENCIES.label(code, wording.language) for code in codes)
        yield _(
            "The figures are in several currencies (%(currencies)s); each is added up by itself."
        ) % {"currencies": COMMAS[wording.language].join(names)}


def _only_proposed(wording: Wording) -> Iterator[str]:
    live = standing(wording.document["commitments"])
    proposed = [part for part in live if part["stage"] == "proposed"]
    if proposed and len(proposed) == len(live):
        yield _("All of it is only proposed: nothing is recorded as pledged, committed or paid.")
    elif proposed:
        yield _("Still only proposed: %(amounts)s.") % {
            "amounts": sums.in_words(wording, (part["amount"] for part in proposed))
        }


def _overpaid(wording: Wording) -> Iterator[str]:
    """Where more was paid than the commitment that became the payment was for.

    Nothing is said where that was replaced by several, each of which may have paid a part.
    """
    parts = wording.document["commitments"]
    heirs = Counter(part["replaces"] for part in parts)
    for part in standing(parts):
        elders = elders_of(part, parts) if part["stage"] == "paid" else []
        bound = next((one for one in elders if one["stage"] != "paid"), None)
        if (
            bound is None
            or bound["stage"] != "committed"
            or any(heirs[e["id"]] > 1 for e in elders)
        ):
            continue
        paid, promised = part["amount"], bound["amount"]
        if sums.is_more(paid, promised):
            yield _("%(giver)s: %(paid)s is paid, more than the %(bound)s committed.") % {
                "giver": giver_name(wording, part),
                "paid": wording.amount(paid).text,
                "bound": wording.amount(promised).text,
            }


def _allocated(wording: Wording) -> Iterator[str]:
    document = wording.document
    payments = [p for p in standing(document["commitments"]) if p["stage"] == "paid"]
    paid, said = _sum(payments), document["totals"]["announced"]
    announced = {said["currency"]: Decimal(said["amount"])} if said else {}
    for code, amount in sums.by_currency(p["amount"] for p in document["allocations"]).items():
        words = {"allocated": _words(wording, amount, code)}
        if amount > 0 and not payments:
            yield _("%(allocated)s is allocated, but no payment is recorded.") % words
        elif amount > paid.get(code, amount):
            yield _("%(allocated)s is allocated, more than the %(paid)s paid.") % {
                **words,
                "paid": _words(wording, paid[code], code),
            }
        if amount > announced.get(code, amount):
            yield _("%(allocated)s is allocated, more than the %(announced)s announced.") % {
                **words,
                "announced": _words(wording, announced[code], code),
            }


def _sum(parts: Sequence[Part]) -> dict[str, Decimal]:
    """The sums by currency, or nothing where an amount among them is not known."""
    amounts: list[Any] = [part["amount"] for part in parts]
    return sums.by_currency(amounts) if all(amounts) else {}


def _words(wording: Wording, figure: Decimal, code: str) -> str:
    value = sums.as_value(wording, figure, code)
    return value.text if value else _("an unknown amount")
