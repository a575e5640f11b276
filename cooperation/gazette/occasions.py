"""What a document says is due, takes place or has been silent, and which money it promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cooperation.catalogue import KINDS
from cooperation.rules import dates
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
    """Whether it is still waited for: neither done nor given up."""

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
    """An amount in a document, and under which name it counts."""

    name: str
    part: str
    """The id of the part that it stands in; empty for what was announced."""
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
        for part in standing(document[name]):
            if part[member]:
                is_open = is_going_on and not part.get("done")
                yield Dated(name, part["id"], dates.parse(part[member]), is_open)


def figures(document: Mapping[str, Any]) -> Iterator[Money]:
    """What was announced, and each amount that is committed now or allocated; none without money."""
    if "totals" not in document:
        return
    announced = document["totals"]["announced"]
    if announced:
        yield Money("announced", "", announced["currency"], announced["amount"])
    for part in standing(document["commitments"]):
        if part["stage"] and part["amount"]:
            amount = part["amount"]
            yield Money(part["stage"], part["id"], amount["currency"], amount["amount"])
    for part in document["allocations"]:
        if part["amount"]:
            amount = part["amount"]
            yield Money("allocated", part["id"], amount["currency"], amount["amount"])
