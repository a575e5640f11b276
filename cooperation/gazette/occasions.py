"""What a document says is due, takes place or has been silent, and which money it promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from cooperation.catalogue import KINDS
from cooperation.rules import dates, money
from cooperation.rules.parts import standing

STATUS = "status"
ENDED = ("completed", "cancelled")
"""Statuses after which nothing is waited for."""


class Dated(NamedTuple):
    """One dated thing that a document tells of."""

    name: str
    """The member that holds it: `milestones`, `dates`; `status` for when it was last confirmed."""
    part: str
    """The id of the part; empty where it is the record's own."""
    date: dates.PartialDate | dates.Interval
    is_open: bool
    """Whether it is still waited for: neither done, replaced nor given up."""

    def fields(self) -> dict[str, Any]:
        """What the table of occasions keeps of it."""
        return {
            "name": self.name,
            "part": self.part,
            "first": self.date.first,
            "last": self.date.last,
            "is_open": self.is_open,
        }


class Money(NamedTuple):
    """What a document says of money under one name, in one currency."""

    name: str
    currency: str
    amount: str


def dated(document: Mapping[str, Any]) -> Iterator[Dated]:
    """When its status was last confirmed, and what the catalogue says stands in the calendar."""
    status = document.get(STATUS)
    is_going_on = not status or status["value"] not in ENDED
    confirmed = status and (status["confirmed"] or status["since"])
    if confirmed:
        yield Dated(STATUS, "", dates.parse(confirmed), is_going_on)
    for path in KINDS[document["kind"]].calendar:
        name, _dot, member = path.partition(".")
        if not member:
            if document[name]:
                yield Dated(name, "", dates.parse(document[name]), is_open=False)
            continue
        stand = {part["id"] for part in standing(document[name])}
        for part in document[name]:
            if part[member]:
                is_open = is_going_on and part["id"] in stand and not part.get("done")
                yield Dated(name, part["id"], dates.parse(part[member]), is_open)


def figures(document: Mapping[str, Any]) -> Iterator[Money]:
    """What was announced, and what is committed now at each stage; none for documents without money."""
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for name, amount in _amounts(document) if "totals" in document else ():
        if name and amount:
            sums[name, amount["currency"]].append(Decimal(amount["amount"]))
    for (name, currency), amounts in sums.items():
        text = money.computed_text(money.total(amounts))
        if text is not None:
            yield Money(name, currency, text)


def _amounts(document: Mapping[str, Any]) -> Iterator[tuple[str | None, Mapping[str, str] | None]]:
    yield "announced", document["totals"]["announced"]
    yield from ((part["stage"], part["amount"]) for part in standing(document["commitments"]))
    yield from (("allocated", part["amount"]) for part in document["allocations"])
