"""What happened to a record, and what is to happen, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import override

from cooperation.catalogue import KINDS
from cooperation.gazette.indexing import own_date
from cooperation.gazette.references import label_of
from cooperation.gazette.shapes import part_lists, shape
from cooperation.gazette.shapes.types import Date, Member, Text, inner
from cooperation.rules import dates
from cooperation.rules.languages import django_code

from .moments import age
from .values import Value
from .wording import Wording

TOLD = ("engagement", "statement")
"""Kinds of records that tell of something that happened, and so belong into the time of what they name."""
FEWEST = 2
WHEN = Date("", "")


@dataclass(frozen=True)
class Step:
    """One thing that happened, or is to happen, on a day known more or less exactly."""

    when: Value
    label: str
    what: Value
    note: Value | None
    order: tuple[date, date]
    is_to_come: bool = False
    age: str = ""


def timeline(
    wording: Wording, related: Iterable[Mapping[str, Any]] = (), today: date | None = None
) -> tuple[Step, ...]:
    """The dated things in the document, and the related records that tell of it, the earliest first.

    `related` are documents of engagements and statements that name the record; `today` lets it tell
    ages. Nothing where there is only one date, which the page tells anyway. No queries.
    """
    with override(django_code(wording.language)):
        steps = [*_of_members(wording), *_of_parts(wording), *_of_records(wording, related)]
    if len(steps) < FEWEST:
        return ()
    placed = (_seen_from(step, today, wording.language) for step in steps)
    return tuple(sorted(placed, key=lambda step: step.order))


def _of_members(wording: Wording) -> Iterator[Step]:
    for name, member in shape(wording.document["kind"]).members.items():
        text = wording.document[name] if isinstance(member, Date) else None
        if text:
            what = Value("text", str(member.label), url=f"#fact-{name}")
            yield _step(wording, text, "", what)


def _of_parts(wording: Wording) -> Iterator[Step]:
    for name, listed in part_lists(wording.document["kind"]).items():
        members = inner(listed)
        dated = {name: one for name, one in members.items() if isinstance(one, Date)}
        for part in wording.document[name]:
            what = Value("text", wording.part_in_full(listed, part), url=f"#{name}-{part['id']}")
            for when, member in dated.items():
                if part[when]:
                    which = f" · {member.label}" if len(dated) > 1 else ""
                    label = f"{listed.label}{which}"
                    yield _step(wording, part[when], label, what, _note(wording, members, part))


def _note(wording: Wording, members: Mapping[str, Member], part: Mapping[str, Any]) -> Value | None:
    for name, member in members.items():
        if isinstance(member, Text) and member.long and part[name]:
            return wording.value(member, part[name], "")
    return None


def _of_records(wording: Wording, related: Iterable[Mapping[str, Any]]) -> Iterator[Step]:
    for document in related:
        when = own_date(document)
        if when:
            titled = wording.reference(label_of(document).reference())
            yield _step(wording, when.text, str(KINDS[document["kind"]].label), titled)


def _step(wording: Wording, text: str, label: str, what: Value, note: Value | None = None) -> Step:
    when = dates.parse(text)
    shown = wording.value(WHEN, text, "")
    return Step(shown or Value("date", text), label, what, note, (when.first, when.last))


def _seen_from(step: Step, today: date | None, language: str) -> Step:
    """The step as it looks on that day."""
    if today is None:
        return step
    first, last = step.order
    near = last if last < today else first if first > today else today
    return replace(step, is_to_come=first > today, age=age(near, today, language))
