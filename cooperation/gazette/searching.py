"""Search across all kinds: documents that hold every word asked for, title hits first.

The longest word asked for leads: its rows come in the order of the list, so the first page is
found without sorting; the other words are looked up for each.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from cooperation.rules.words import QueryWord, query_words

from .indexing import texts
from .listing import BadCursor, Page, currents
from .matching import holding, words_like
from .models import Word
from .reading import PUBLIC
from .shapes import CITATION, TITLE, shape


def search(q: str, cursor: str | None, size: int) -> Page:
    """One page of what is found, newest first within title hits and within the others.

    Two queries. The cursor leads forwards only. Raises BadCursor.
    """
    asked = query_words(q)
    if not asked:
        return Page([], None, None)
    places = _places(asked)
    if cursor:
        weight, number = _read(cursor)
        places = places.filter(Q(weight__lt=weight) | Q(weight=weight, current_id__lt=number))
    found = list(
        places.order_by("-weight", "-current_id").values_list("weight", "current_id")[: size + 1]
    )
    more, found = len(found) > size, found[:size]
    rows = currents().in_bulk([number for _weight, number in found])
    return Page(
        [rows[number] for _weight, number in found if number in rows],
        _cursor(*found[-1]) if more else None,
        None,
    )


def found_count(q: str, cap: int) -> int | None:
    """How many documents are found; None beyond the cap. One query."""
    asked = query_words(q)
    if not asked:
        return 0
    counted = _places(asked).order_by()[: cap + 1].count()
    return counted if counted <= cap else None


def found_by_kind(q: str, cap: int) -> dict[str, int] | None:
    """How many documents of each kind are found; None where there are more than the cap. One query."""
    asked = query_words(q)
    if not asked:
        return {}
    places = _places(asked).using(None).order_by().values("current_id")[: cap + 1]
    found = currents().filter(pk__in=places).order_by().values("kind")
    counts = dict(found.annotate(n=Count("pk")).values_list("kind", "n"))
    return counts if sum(counts.values()) <= cap else None


def passages(document: Mapping[str, Any]) -> Iterator[str]:
    """Every text in which a word may have been found: titles first, quotations last."""
    yield from texts({"title": TITLE}, document)
    yield from texts(shape(document["kind"]).members, document)
    for citation in document["citations"]:
        yield from texts(CITATION, citation)


def _places(asked: list[QueryWord]) -> QuerySet[Word, Any]:
    leading, *others = sorted(asked, key=lambda word: (word.is_prefix, -len(word.text)))
    places = words_like(leading.text, is_prefix=leading.is_prefix).using(PUBLIC)
    if leading.is_prefix:
        # Several words of one document may begin with the character: the heaviest counts.
        best = places.order_by().values("current_id").annotate(weight=Max("weight"))
        return best.values("current_id", "weight") if not others else _narrowed(best, others)
    return _narrowed(places, others)


def _narrowed(places: QuerySet[Word, Any], others: list[QueryWord]) -> QuerySet[Word, Any]:
    for found in holding(others):
        places = places.filter(current__in=found)
    return places


def _cursor(weight: int, number: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([weight, number]).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[int, int]:
    try:
        weight, number = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if (
            type(weight) is not int
            or type(number) is not int
            or not 0 <= number < 2**63
            or weight not in (0, 1, 2)
        ):
            raise BadCursor
        return weight, number
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise BadCursor("The cursor is not one that this search gave out.") from None
