"""What happened to a record, and what is to happen, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from cooperation.catalogue import KINDS
from cooperation.gazette.indexing import own_date
from cooperation.gazette.occasions import dated as dated_things
from cooperation.gazette.references import label_of
from cooperation.gazette.shapes import part_lists, shape
from cooperation.gazette.shapes.types import Date, Member, Text, inner
from cooperation.rules import dates
from cooperation.rules.languages import django_code
from cooperation.rules.parts import standing

from .moments import age, age_of
from .values import Tag, Value
from .wording import Wording

TOLD = ("engagement", "statement")
"""Kinds of records that tell of something that happened, and so belong into the time of what they name."""
DUE = "due"
FEWEST = 2
WHEN = Date("", "")


@dataclass(frozen=True)
class Step:
    """One thing that happened, or is to happen, on a day known more or less exactly."""

    when: Value
    label: str
    what: Value
    dated: dates.PartialDate | dates.Interval
    order: tuple[date, date]
    note: Value | None = None
    is_due: bool = False
    is_open: bool = False
    """Whether it is still waited for."""
    is_to_come: bool = False
    is_overdue: bool = False
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
    waiting = {(one.name, one.part) for one in dated_things(wording.document) if one.is_open}
    for name, listed in part_lists(wording.document["kind"]).items():
        members = inner(listed)
        dated = {name: one for name, one in members.items() if isinstance(one, Date)}
        stand = {part["id"] for part in standing(wording.document[name])}
        for part in wording.document[name]:
            what = Value(
                "text",
                wording.part_in_full(listed, part),
                wording.part_language(listed, part),
                url=f"#{name}-{part['id']}",
                tags=() if part["id"] in stand else (Tag("replaced", _("replaced")),),
            )
            for when, member in dated.items():
                if part[when]:
                    which = f" · {member.label}" if len(dated) > 1 else ""
                    step = _step(wording, part[when], f"{listed.label}{which}", what)
                    step = replace(step, note=_note(wording, members, part))
                    yield _due(step, is_open=(name, part["id"]) in waiting) if when == DUE else step


def _due(step: Step, *, is_open: bool) -> Step:
    """The step as something that may be done until the last day that its date can mean."""
    return replace(step, order=(step.order[1], step.order[1]), is_due=True, is_open=is_open)


def _note(wording: Wording, members: Mapping[str, Member], part: Mapping[str, Any]) -> Value | None:
    for name, member in members.items():
        if isinstance(member, Text) and member.long and part[name]:
            return wording.value(member, part[name], "")
    return None


def _of_records(wording: Wording, related: Iterable[Mapping[str, Any]]) -> Iterator[Step]:
    documents = list(related)
    held = {one["key"]: own_date(one) for one in documents if one["kind"] == "engagement"}
    for document in documents:
        own = own_date(document)
        # What was said at an engagement, on a day that nobody gives, was said when that was held.
        when = own or held.get((document.get("engagement") or {}).get("key"))
        if when:
            titled = wording.reference(label_of(document).reference())
            step = _step(wording, when.text, str(KINDS[document["kind"]].label), titled)
            note = Value("text", _("By the date of the engagement at which it was made"))
            yield step if own else replace(step, note=note)


def _step(wording: Wording, text: str, label: str, what: Value) -> Step:
    when = dates.parse(text)
    shown = wording.value(WHEN, text, "")
    return Step(shown or Value("date", text), label, what, when, (when.first, when.last))


def _seen_from(step: Step, today: date | None, language: str) -> Step:
    """The step as it looks on that day."""
    if today is None:
        return step
    first, last = step.order
    told = age(last, today, language) if step.is_due else age_of(step.dated, today, language)
    return replace(
        step, is_to_come=first > today, is_overdue=step.is_open and last < today, age=told
    )
