"""How every public answer is given: from one snapshot, under a validator that costs one query.

What is public changes when and only when the gazette's head does. So the head, the release and the
address together say whether a reader has the newest answer already, before anything is looked up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from cooperation.gazette import reading
from cooperation.gazette.models import Head

View = Callable[..., HttpResponseBase]
Refuse = Callable[[HttpRequest], HttpResponseBase]

ALLOWED = ("GET", "HEAD", "OPTIONS")
# Kept by anybody, and asked for again each time, which costs one query: no cache goes by the clock.
CACHEABLE = "public, max-age=0, must-revalidate"
# Settings that show in answers: a change of one is a change of what is answered.
SHOWN = (
    "RELEASE",
    "URL",
    "MAIN_LANGUAGE",
    "CURRENCIES",
    "OFFICE",
    "CONTACT",
    "FOUR_EYES",
    "TIME_ZONE",
    "LICENCE_URL",
)
HEAD = "gazette_head"


def refused(request: HttpRequest) -> HttpResponseBase:
    """405: the public side only reads."""
    return HttpResponseNotAllowed(ALLOWED)


def conditional(
    representation: str, *, daily: bool = False, is_ours: bool = True, refuse: Refuse = refused
) -> Callable[[View], View]:
    """Make of a view one that reads one snapshot, and answers 304 from the head alone.

    `representation` tells apart what one address could answer (`html`, `json`, `atom`); `daily` is
    for answers in which ages stand; what is not ours names no licence. Other methods than GET, HEAD and OPTIONS get what `refuse` says.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "OPTIONS":
                return _options()
            if request.method not in ALLOWED:
                return refuse(request)
            with reading.snapshot():
                response = _answer(view, request, args, kwargs, representation, daily=daily)
            if not is_ours:
                # The portal's licence is not that of what others wrote.
                response.headers.pop("Link", None)
            if request.method == "HEAD":
                return _without_body(response)
            if isinstance(response, StreamingHttpResponse):
                body: Any = response.streaming_content
                response.streaming_content = _in_one_snapshot(body)
            return response

        # Nothing is changed here, so there is nothing to forge.
        answer.csrf_exempt = True  # type: ignore[attr-defined]  # as csrf_exempt does
        return answer

    return decorate


def head_of(request: Any) -> Head:
    """The head under which the request is being answered; no query."""
    head: Head = getattr(request, HEAD)
    return head


def absolute(request: HttpRequest, path: str) -> str:
    """The full address of a path on the public side."""
    return (
        f"{settings.PORTAL_URL}{path}" if settings.PORTAL_URL else request.build_absolute_uri(path)
    )


def today() -> date:
    """The day that it is where the portal is at home."""
    return datetime.now(ZoneInfo(settings.PORTAL_TIME_ZONE)).date()


def validator(head: Head, address: str, representation: str, *, daily: bool = False) -> str:
    """The weak ETag of what an address answers under that head."""
    day = today().isoformat() if daily else ""
    shown = [str(getattr(settings, f"PORTAL_{name}")) for name in SHOWN]
    # Indexing anew mends what was forged, so what was answered before it is no longer valid.
    state = [head.chain, str(head.indexings)]
    covered = "\n".join([*state, address, representation, day, *shown])
    return f'W/"{head.number}-{hashlib.sha256(covered.encode()).hexdigest()[:24]}"'


def _answer(
    view: View, request: HttpRequest, args: Any, kwargs: Any, representation: str, *, daily: bool
) -> HttpResponseBase:
    head = reading.head()
    etag = validator(head, request.build_absolute_uri(), representation, daily=daily)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _marked(HttpResponseNotModified(), etag)
    setattr(request, HEAD, head)
    response = view(request, *args, **kwargs)
    # A template reads while it is drawn, so it is drawn before the snapshot ends.
    if hasattr(response, "render"):
        response = response.render()
    return _marked(response, etag)


def _marked(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """With the headers that tell caches and readers what they may do with it."""
    if response.status_code >= 500:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = CACHEABLE
    patch_vary_headers(response, ["Accept-Encoding"])
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        response.headers["Link"] = f'<{settings.PORTAL_LICENCE_URL}>; rel="license"'
    return response


def _options() -> HttpResponse:
    response = HttpResponse(status=204, headers={"Allow": ", ".join(ALLOWED)})
    del response.headers["Content-Type"]
    response.headers["Access-Control-Allow-Methods"] = ", ".join(ALLOWED)
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _without_body(response: HttpResponseBase) -> HttpResponse:
    """The same headers over nothing; servers leave that to us."""
    bare = HttpResponse(status=response.status_code)
    del bare.headers["Content-Type"]
    if isinstance(response, HttpResponse):
        bare.headers["Content-Length"] = str(len(response.content))
    else:
        # Nobody knows how long a stream will be; the outermost middleware takes away what others say.
        bare.has_unknown_length = True  # type: ignore[attr-defined] # a mark for the middleware
    for name, value in response.headers.items():
        bare.headers[name] = value
    return bare


def _in_one_snapshot(body: Iterable[bytes]) -> Iterator[bytes]:
    """The body, read from one snapshot that begins with its first byte.

    It may be newer than its validator says, never older; and a body that nobody reads holds nothing.
    """
    with reading.snapshot():
        yield from body
