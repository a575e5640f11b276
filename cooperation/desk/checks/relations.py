"""Checks of relations: no circles, no record about itself, nobody twice in one list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cooperation.desk.models import Record
from cooperation.gazette.references import is_reference
from cooperation.gazette.shapes import link_lists

from .findings import Finding, Subject

# In these lists a row is about one record or country, and each of them stands there once.
ABOUT = {
    ("engagement", "attendees"): ("person",),
    ("agreement", "parties"): ("organization", "country"),
}
DEEPEST = 50


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Errors: a record that is part of itself through others, is about itself, or names somebody twice."""
    for subject in subjects:
        yield from _circle(subject)
        yield from _itself(subject)
        yield from _twice(subject)


def _circle(subject: Subject) -> Iterator[Finding]:
    """Whether the larger ones lead back to the record; a query for each of them."""
    record: Any = subject.record
    above, step = getattr(record, "part_of", None), 0
    while above is not None and step < DEEPEST:
        if above.pk == record.pk:
            sentence = _("it is part of itself, through %(other)s; correct one of the two.")
            other: Record = record.part_of
            yield subject.error("part-of-itself", "part_of", sentence % {"other": other.name})
            return
        # The row that came with the record holds its key alone.
        above = type(record)._base_manager.get(pk=above.pk).part_of
        step += 1


def _itself(subject: Subject) -> Iterator[Finding]:
    own = (subject.record.kind, subject.record.key)
    for name in link_lists(subject.record.kind):
        if any((one["kind"], one["key"]) == own for one in subject.document[name]):
            yield subject.error(
                "about-itself", name, _("it names itself; take that out of the list.")
            )


def _twice(subject: Subject) -> Iterator[Finding]:
    for (kind, name), members in ABOUT.items():
        if kind != subject.record.kind:
            continue
        often = Counter(_about(part, members) for part in subject.document[name])
        for part in subject.document[name]:
            if often[_about(part, members)] > 1:
                sentence = _("another row of this list names the same; keep one of the two.")
                yield subject.error("named-twice", f"{name}/{part['id']}", sentence)


def _about(part: Mapping[str, Any], members: Sequence[str]) -> str:
    values = (part[member] for member in members if part[member])
    return " ".join(one["key"] if is_reference(one) else str(one) for one in values)
