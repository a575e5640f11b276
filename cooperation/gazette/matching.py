"""The places where words occur, put together into the documents that hold them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, QuerySet

from cooperation.rules.words import QueryWord

from .models import Word

FEW_WORDS = 6


def holding(asked: Sequence[QueryWord], kind: str | None = None) -> Iterator[QuerySet[Word, Any]]:
    """Sets of documents, in each of which one must be that holds all the words; for use inside other queries.

    One for each word. Of many words those that are whole are counted in one set, so that each place
    is read once; looked up one after the other, they would cost their number times all documents.
    """
    whole = [] if len(asked) <= FEW_WORDS else [word.text for word in asked if not word.is_prefix]
    for word in asked:
        if word.text not in whole or word.is_prefix:
            found = words_like(word.text, is_prefix=word.is_prefix)
            yield (found.filter(kind=kind) if kind else found).values("current_id")
    if whole:
        found = Word.objects.filter(word__in=whole)
        counted = (found.filter(kind=kind) if kind else found).values("current_id")
        yield counted.annotate(n=Count("word")).filter(n=len(whole)).values("current_id")


def words_like(text: str, *, is_prefix: bool) -> QuerySet[Word]:
    """The places where the word, or any that begins with it, occurs; for use inside other queries."""
    rows = Word.objects.all()
    if is_prefix:
        return rows.filter(word__gte=text, word__lt=text + "\U0010ffff")
    return rows.filter(word=text)
