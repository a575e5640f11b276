"""A record at a glance: by whom it was promised, how sure that is, and how fresh."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cooperation.catalogue import KINDS
from cooperation.gazette.occasions import STATUS, dated
from cooperation.gazette.shapes import shape
from cooperation.gazette.shapes.types import Parts, inner
from cooperation.rules import dates
from cooperation.rules.parts import standing

from .moments import age_of
from .values import Fact, Value
from .wording import Wording

MOST_NAMED = 6
NOTHING_FOUND = "nothing_found"


@dataclass(frozen=True)
class Glance:
    """What a reader wants to know first of a record that goes on."""

    whom: tuple[Fact, ...]
    """How much was announced, and who is in it, as what and with how much."""
    certainty: str
    """How many passages of how many sources say so, and how many of them in so many words."""
    confirmed_age: str
    """How long ago the status was last confirmed; empty where it never was, or the day is not known."""
    sought: Value | None
    """The day on which somebody looked last and found nothing, if that was after the status was confirmed."""
    overdue: int
    """How many milestones and targets have passed their day and are still waited for."""


def glance(wording: Wording, today: date | None) -> Glance:
    """The glance at the wording's document on that day; without a day, it says nothing of ages."""
    status: Mapping[str, str | None] = wording.document.get("status") or {}
    return Glance(
        whom=(*_announced(wording), *_whom(wording)),
        certainty=_certainty(wording),
        confirmed_age=_age(wording, status.get("confirmed"), today),
        sought=_sought(wording, status.get("confirmed")),
        overdue=sum(
            one.is_open and one.name != STATUS and one.date.last < today
            for one in dated(wording.document)
        )
        if today
        else 0,
    )


def _announced(wording: Wording) -> Iterator[Fact]:
    totals = wording.document.get("totals")
    if totals and totals["announced"]:
        label = inner(shape(wording.document["kind"])["totals"])["announced"].label
        shown = Value("part", wording.amount(totals["announced"]).text, url="#figures")
        yield Fact("announced", str(label), (shown,), many=True)


def _whom(wording: Wording) -> Iterator[Fact]:
    """Those whom the line of a list names too, here with what they are in it."""
    kind = wording.document["kind"]
    for name in KINDS[kind].line:
        member = shape(kind).members.get(name)
        if not isinstance(member, Parts):
            continue
        parts = standing(wording.document[name])
        values = tuple(
            Value(
                "part",
                _told(wording, member, part),
                wording.part_language(member, part),
                f"#{name}-{part['id']}",
            )
            for part in parts[:MOST_NAMED]
        )
        if len(parts) > MOST_NAMED:
            more = _("%(n)s more") % {"n": len(parts) - MOST_NAMED}
            values += (Value("part", more, url=f"#{name}"),)
        if values:
            yield Fact(name, str(member.label), values, many=True)


def _told(wording: Wording, listed: Parts, part: Mapping[str, Any]) -> str:
    """Who it is and as what, and how much where it is money."""
    told = wording.part_told(listed, part)
    amount = part.get("amount")
    return f"{told} – {wording.amount(amount).text}" if amount else told


def _certainty(wording: Wording) -> str:
    passages = [passage.citation for _number, passage in wording.footnotes.numbered()]
    if not passages:
        return ""
    sources = len({citation["source"]["key"] for citation in passages})
    inferred = sum(bool(citation["inferred"]) for citation in passages)
    said = [
        ngettext("%(n)s passage", "%(n)s passages", len(passages)) % {"n": len(passages)},
        ngettext("from %(n)s source", "from %(n)s sources", sources) % {"n": sources},
        _("%(n)s stated") % {"n": len(passages) - inferred},
        _("%(n)s inferred") % {"n": inferred},
    ]
    return " · ".join(said)


def _sought(wording: Wording, confirmed: str | None) -> Value | None:
    reports = wording.document.get("status_reports") or ()
    if not reports or reports[-1]["finding"] != NOTHING_FOUND or reports[-1]["date"] == confirmed:
        return None
    date = inner(shape(wording.document["kind"])["status_reports"])["date"]
    return wording.value(date, reports[-1]["date"], "")


def _age(wording: Wording, text: str | None, today: date | None) -> str:
    return age_of(dates.parse(text), today, wording.language) if text and today else ""
