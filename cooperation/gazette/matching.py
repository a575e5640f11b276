"""The places where words occur, put together into the documents that hold them all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connections
from django.db.models import Count, QuerySet
from django.db.models.expressions import RawSQL

from cooperation.rules.words import QueryWord

from .models import Word
from .reading import PUBLIC

FEW_WORDS = 6
Places = QuerySet[Word, Any] | RawSQL


def holding(asked: Sequence[QueryWord], kind: str | None = None) -> Iterator[Places]:
    """Sets of documents, in each of which one must be that holds all the words; for use inside other queries.

    One for each word. Of many words those that are whole are counted here and now, in one query, so
    that each place is read once: looked up one after the other, by each query in which the sets
    stand, they would cost their number times all documents.
    """
    whole = [] if len(asked) <= FEW_WORDS else [word.text for word in asked if not word.is_prefix]
    for word in asked:
        if word.text not in whole or word.is_prefix:
            found = words_like(word.text, is_prefix=word.is_prefix)
            yield (found.filter(kind=kind) if kind else found).values("current_id")
    if whole:
        found = Word.objects.using(PUBLIC).filter(word__in=whole)
        counted = (found.filter(kind=kind) if kind else found).values("current_id")
        held = counted.annotate(n=Count("word")).filter(n=len(whole))
        yield numbered([*held.values_list("current_id", flat=True)])


def words_like(text: str, *, is_prefix: bool) -> QuerySet[Word]:
    """The places where the word, or any that begins with it, occurs; for use inside other queries."""
    rows = Word.objects.all()
    if is_prefix:
        return rows.filter(word__gte=text, word__lt=text + "\U0010ffff")
    return rows.filter(word=text)


def numbered(numbers: Sequence[int]) -> RawSQL:
    """Those numbers as a set for use inside other queries; a list of parameters would be too long for a database."""
    if connections[PUBLIC].vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(numbers)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(numbers)])
