"""The check for doubles: another record with nearly the same name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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

NEARLY = 90
SHORT = 4
COLUMNS = [f"title_{column(language)}" for language in LANGUAGES]


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Warnings: another record of the kind, published or not, with nearly the same name."""
    for subject in subjects:
        other = _double(subject)
        if other:
            sentence = _(
                "%(other)s has nearly the same name; make sure that they are two, or keep only one."
            )
            yield subject.warning("similar-name", "title", sentence % {"other": other.name})


def _double(subject: Subject) -> Record | None:
    """The first other record, by key, one of whose names is nearly one of the subject's."""
    mine = {_plain(name) for name in _names(subject.document)} - {""}
    found = [pk for pk, name in _candidates(subject) if _nearly(_plain(name), mine)]
    return type(subject.record)._base_manager.filter(pk__in=found).order_by("key").first()


def _names(document: Mapping[str, Any]) -> list[str]:
    return [
        *filter(None, document["title"].values()),
        *(name["text"] for name in document.get("names", ())),
    ]


def _candidates(subject: Subject) -> Iterator[tuple[int, str]]:
    """Names of other records that begin or end like one of the subject's: few enough to compare."""
    model: Any = type(subject.record)._meta.concrete_model
    names = _names(subject.document)
    if not names:
        return
    others = model._base_manager.exclude(pk=subject.record.pk)
    for name in COLUMNS:
        yield from others.filter(_alike(name, names)).values_list("pk", name)
    if "names" in part_lists(subject.record.kind):
        rows = model.names.rel.related_model._base_manager.exclude(record=subject.record.pk)
        yield from rows.filter(_alike("text", names)).values_list("record", "text")


def _alike(name: str, names: Sequence[str]) -> Q:
    """Rows whose text begins or ends like one of the names: two characters in Korean and Chinese, else four."""
    ends = {
        (text[:length], text[-length:]) for text in names for length in [4 if text.isascii() else 2]
    }
    return reduce(
        or_,
        (
            Q(**{f"{name}__istartswith": a}) | Q(**{f"{name}__iendswith": z})
            for a, z in sorted(ends)
        ),
    )


def _nearly(name: str, mine: set[str]) -> bool:
    if name in mine:
        return True
    if len(name) < SHORT:
        return False
    return process.extractOne(name, mine, scorer=fuzz.ratio, score_cutoff=NEARLY) is not None


def _plain(name: str) -> str:
    return re.sub(r"\W+", "", fold(name))
