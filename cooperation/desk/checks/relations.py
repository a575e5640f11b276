"""Checks of relations: no record about itself, nobody twice in one list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cooperation.gazette.references import is_reference
from cooperation.gazette.shapes import link_lists

from .findings import Finding, Subject

# In these lists a row is about one record or country, and each of them stands there once.
ABOUT = {
    ("engagement", "attendees"): ("person",),
    ("agreement", "parties"): ("organization", "country"),
}


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Warnings: a record that is about itself, or names somebody twice."""
    for subject in subjects:
        yield from _itself(subject)
        yield from _twice(subject)


def _itself(subject: Subject) -> Iterator[Finding]:
    own = (subject.record.kind, subject.record.key)
    for name in link_lists(subject.record.kind):
        if any((one["kind"], one["key"]) == own for one in subject.document[name]):
            yield subject.warning(
                "about-itself", name, _("it names itself; take that out of the list, or confirm.")
            )


def _twice(subject: Subject) -> Iterator[Finding]:
    for (kind, name), members in ABOUT.items():
        if kind != subject.record.kind:
            continue
        often = Counter(_about(part, members) for part in subject.document[name])
        for part in subject.document[name]:
            if often[_about(part, members)] > 1:
                sentence = _(
                    "another row of this list names the same; keep one of the two, or confirm."
                )
                yield subject.warning("named-twice", f"{name}/{part['id']}", sentence)


def _about(part: Mapping[str, Any], members: Sequence[str]) -> str:
    values = (part[member] for member in members if part[member])
    return " ".join(one["key"] if is_reference(one) else str(one) for one in values)
