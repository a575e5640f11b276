"""What every page asks of its reader's request: the language, and how to answer in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language

from cooperation.faces.answers import conditional
from cooperation.rules.languages import from_django

MOST = 200
page_view = conditional("html")
daily_page_view = conditional("html", daily=True)
"""For pages on which ages stand."""


@dataclass(frozen=True)
class Way:
    """A way to another page: what it is called, and how much is there where that was counted."""

    label: str
    url: str
    count: int | None = None


def reader_language() -> str:
    """The language that the path has chosen, by our own code."""
    return from_django(get_language() or "en")


def drawn(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The template as an answer; drawn at once, while the snapshot is held."""
    return render(request, template, context, status=status)


def whole_number(query: QueryDict, name: str, *, most: int) -> int | None:
    """The whole number from 1 to `most` that was given; None where none was. Raises ValueError."""
    text = query.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18 or not 1 <= int(text) <= most:
        raise ValueError(name)
    return int(text)


def query_with(query: QueryDict, **changed: str | None) -> str:
    """The query with those values in place of what stood under their names; None takes them out."""
    pairs = [(name, value) for name, values in query.lists() for value in values if value]
    kept = [(name, value) for name, value in pairs if name not in changed]
    added = [(name, value) for name, value in changed.items() if value is not None]
    return urlencode([*kept, *added])


def query_without(query: QueryDict, name: str, value: str, *others: str) -> str:
    """The query without one of its values and all of those others, from the first page on."""
    gone = ("cursor", *others)
    return urlencode(
        [
            (key, one)
            for key, values in query.lists()
            for one in values
            if one and key not in gone and (key, one) != (name, value)
        ]
    )
