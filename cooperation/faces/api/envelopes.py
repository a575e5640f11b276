"""Answers put together from stored texts: what is in the gazette is passed on, not made anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from cooperation.faces.answers import absolute
from cooperation.gazette.models import Edition
from cooperation.rules.canonical import canonical_text

MEDIA_TYPE = "application/json"


def text_of(value: Any) -> str:
    """A value as JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def answered(text: str) -> HttpResponse:
    """200 with that JSON text."""
    return HttpResponse(text, content_type=MEDIA_TYPE)


def led_to(address: str) -> HttpResponse:
    """301 to that address, without a body."""
    answer = HttpResponsePermanentRedirect(address)
    del answer.headers["Content-Type"]
    return answer


def stored(name_texts: Iterable[tuple[str, str]]) -> str:
    """A JSON object whose members are JSON texts already."""
    return "{" + ",".join(f'"{name}":{text}' for name, text in name_texts) + "}"


def listed(texts: Iterable[str]) -> str:
    """A JSON array of what are JSON texts already."""
    return "[" + ",".join(texts) + "]"


def envelope(
    request: HttpRequest,
    results: Iterable[str],
    *,
    count: int | None,
    after: str | None = None,
    before: str | None = None,
) -> HttpResponse:
    """One page of a list; `after` and `before` are the cursors of its neighbours."""
    return answered(
        stored(
            (
                ("count", text_of(count)),
                ("next", text_of(leading(request, cursor=after))),
                ("previous", text_of(leading(request, cursor=before))),
                ("results", listed(results)),
            )
        )
    )


def leading(request: HttpRequest, **changed: str | None) -> str | None:
    """The address of the same request with parameters changed; None where one of them is None."""
    query = request.GET.copy()
    for name, value in changed.items():
        if value is None:
            return None
        query[name] = value
    return absolute(request, f"{request.path}?{query.urlencode()}")


def chosen(text: str, fields: Sequence[str] | None, omitted: Sequence[str]) -> str:
    """A document's text with those members only; untouched where all are wanted."""
    if fields is None and not omitted:
        return text
    document = json.loads(text)
    return text_of(
        {
            name: value
            for name, value in document.items()
            if (fields is None or name in fields) and name not in omitted
        }
    )


def header_text(edition: Edition) -> str:
    """An edition's header as canonical JSON text."""
    return canonical_text(edition.header())
