"""The check for doubles: another record with nearly the same name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from cooperation.desk.models import Record
from cooperation.gazette.shapes import part_lists
from cooperation.rules.languages import LANGUAGES, column
from cooperation.rules.words import fold

from .findings import Finding, Subject

NEARLY, EQUAL = 90, 100
SHORT = 4
FEW = 20
"""Up to so many names the database is asked for those that are alike; for more it is asked for all."""
COLUMNS = [f"title_{column(language)}" for language in LANGUAGES]


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Warnings: another record of the kind, published or not, with nearly the same name.

    A handful of queries a kind, however many records.
    """
    of_kind: dict[str, list[Subject]] = defaultdict(list)
    for subject in subjects:
        of_kind[subject.record.kind].append(subject)
    for alike in of_kind.values():
        yield from _doubles(alike)


def _doubles(subjects: Sequence[Subject]) -> Iterator[Finding]:
    known = _Known(_others(subjects))
    found = {subject.record.pk: known.like(subject) for subject in subjects}
    model: Any = type(subjects[0].record)._meta.concrete_model
    rows = model._base_manager.in_bulk(set().union(*found.values()))
    for subject in subjects:
        others = [rows[pk] for pk in found[subject.record.pk]]
        if others:
            other: Record = min(others, key=lambda record: record.key)
            sentence = _(
                "%(other)s has nearly the same name; make sure that they are two, or keep only one."
            )
            yield subject.warning("similar-name", "title", sentence % {"other": other.name})


class _Known:
    """Names of records, found by how they begin and end."""

    def __init__(self, names: Iterable[tuple[int, str]]):
        self.records: dict[tuple[bool, str], list[int]] = defaultdict(list)
        self.names: dict[tuple[bool, str], list[str]] = defaultdict(list)
        for pk, name in names:
            plain, folded = _plain(name), name.casefold()
            for place in {*_ends(folded, 2), *_ends(folded, 4)}:
                self.records[place].append(pk)
                self.names[place].append(plain)

    def like(self, subject: Subject) -> set[int]:
        """The other records one of whose names is nearly one of the subject's."""
        found: set[int] = set()
        for name in _names(subject.document):
            mine = _plain(name)
            nearly = NEARLY if len(mine) >= SHORT else EQUAL
            for place in _ends(name.casefold(), _length(name)) if mine else ():
                near = process.extract_iter(
                    mine, self.names[place], scorer=fuzz.ratio, score_cutoff=nearly
                )
                found |= {self.records[place][index] for _name, _score, index in near}
        return found - {subject.record.pk}


def _names(document: Mapping[str, Any]) -> list[str]:
    return [
        *filter(None, document["title"].values()),
        *(name["text"] for name in document.get("names", ())),
    ]


def _others(subjects: Sequence[Subject]) -> Iterator[tuple[int, str]]:
    """Names of records of the kind, those of the subjects among them, but none that was merged; of few subjects only what is alike."""
    record = subjects[0].record
    model: Any = type(record)._meta.concrete_model
    names = {name for subject in subjects for name in _names(subject.document)}
    if not names:
        return
    for title in COLUMNS:
        alike = model._base_manager.filter(_alike(title, names), successor="")
        yield from alike.values_list("pk", title)
    if "names" in part_lists(record.kind):
        rows = model.names.rel.related_model._base_manager
        alike = rows.filter(_alike("text", names), record__successor="")
        yield from alike.values_list("record", "text")


def _alike(column_name: str, names: set[str]) -> Q:
    """Rows whose text begins or ends like one of the names."""
    if len(names) > FEW:
        return ~Q(**{column_name: ""})
    places = {place for name in names for place in _ends(name, _length(name))}
    ways = {True: "istartswith", False: "iendswith"}
    return reduce(
        or_, (Q(**{f"{column_name}__{ways[first]}": text}) for first, text in sorted(places))
    )


def _ends(name: str, length: int) -> list[tuple[bool, str]]:
    """How a name begins and ends, the beginning marked True."""
    return [(True, name[:length]), (False, name[-length:])]


def _length(name: str) -> int:
    """How much of a beginning or end tells: two characters in Korean and Chinese, else four."""
    return 4 if name.isascii() else 2


def _plain(name: str) -> str:
    return re.sub(r"\W+", "", fold(name))
