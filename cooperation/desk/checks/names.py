"""The check for doubles: another record with nearly the same name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cooperation.desk.likeness.apart import pair_of, told_apart
from cooperation.desk.likeness.index import names_of
from cooperation.desk.models import Record

from .findings import Finding, Subject


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Warnings: another record of the kind, published or not, with nearly the same name.

    A handful of queries a kind, however many records. Silent of those that are told apart.
    """
    of_kind: dict[str, list[Subject]] = defaultdict(list)
    for subject in subjects:
        of_kind[subject.record.kind].append(subject)
    for kind, alike in of_kind.items():
        yield from _doubles(kind, alike)


def _doubles(kind: str, subjects: Sequence[Subject]) -> Iterator[Finding]:
    found = _found(kind, subjects)
    model: Any = type(subjects[0].record)._meta.concrete_model
    rows = model._base_manager.exclude(state=Record.State.MERGED).in_bulk(
        set().union(*found.values())
    )
    for subject in subjects:
        others = [rows[pk] for pk in found[subject.record.pk] if pk in rows]
        if others:
            other: Record = min(others, key=lambda record: record.key)
            sentence = _(
                "%(other)s has nearly the same name; make sure that they are two, or keep only one."
            )
            yield subject.warning("similar-name", "title", sentence % {"other": other.name})


def _found(kind: str, subjects: Sequence[Subject]) -> dict[int, set[int]]:
    """The records that are like each of these and not told apart from it, by their numbers."""
    apart = told_apart(kind, among={subject.record.pk for subject in subjects})
    found: dict[int, set[int]] = {}
    with names_of(kind) as names:
        names.catch_up()
        for subject in subjects:
            mine = subject.record.pk
            likes = {like.pk for like in names.like(_names(subject.document), but=mine)}
            found[mine] = {pk for pk in likes if pair_of(mine, pk) not in apart}
    return found


def _names(document: Mapping[str, Any]) -> list[str]:
    return [
        *filter(None, document["title"].values()),
        *(name["text"] for name in document.get("names", ())),
    ]
