"""How every public answer is given: from one snapshot, under a validator that costs one query.

What is public changes when and only when the gazette's head does. So the head, the release and the
address together say whether a reader has the newest answer already, before anything is looked up.
A time of change is told to programs, but nothing is decided by it: two acts can share a second, a long
act shows later than it was stamped, and a new release changes answers without any act.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
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
from django.utils.http import http_date, parse_etags

from cooperation.gazette import reading
from cooperation.gazette.models import Head

View = Callable[..., HttpResponseBase]
Refuse = Callable[[HttpRequest], HttpResponseBase]

ALLOWED = ("GET", "HEAD", "OPTIONS")
# Kept by anybody, and asked for again each time, which costs one query: no cache goes by the clock.
CACHEABLE = "public, max-age=0, must-revalidate"
# Programs may be given what a cache holds while it asks again, for a minute: of two caches in a row
# that hide how old an answer is, each adds as much, and what was withdrawn must be gone within two.
# The one second is for nginx, which keeps nothing that may be kept for none.
CACHEABLE_FOR_PROGRAMS = "public, max-age=1, stale-while-revalidate=59"
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
# What SPDX and the Open Definition call those that are known.
LICENCES = {
    "https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0-1.0",
}
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
            if isinstance(response, StreamingHttpResponse):
                body: Any = response.streaming_content
                response.streaming_content = _in_one_snapshot(body)
            return response

        # Nothing is changed here, so there is nothing to forge.
        answer.csrf_exempt = True  # type: ignore[attr-defined]  # as csrf_exempt does
        return answer

    return decorate


def is_for_programs(request: HttpRequest) -> bool:
    """Whether the address is one of the interface."""
    return request.path_info.startswith("/api/")


def kept_as(request: HttpRequest, status: int) -> str:
    """What caches are told of a public answer of that status."""
    if status >= 500:
        return "no-store"
    return CACHEABLE_FOR_PROGRAMS if is_for_programs(request) else CACHEABLE


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
    # The middleware would compare them with the time of change, which does not say enough.
    for condition in ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"):
        request.META.pop(condition, None)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _marked(request, HttpResponseNotModified(), head, etag)
    setattr(request, HEAD, head)
    response = view(request, *args, **kwargs)
    # A template reads while it is drawn, so it is drawn before the snapshot ends.
    if hasattr(response, "render"):
        response = response.render()
    return _marked(request, response, head, etag)


def _marked(
    request: HttpRequest, response: HttpResponseBase, head: Head, etag: str
) -> HttpResponseBase:
    """With the headers that tell caches and readers what they may do with it."""
    response.headers["Cache-Control"] = kept_as(request, response.status_code)
    if response.status_code >= 500:
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        if head.at and is_for_programs(request):
            entered = min(head.at, datetime.now(UTC))
            response.headers["Last-Modified"] = http_date(entered.timestamp())
    # A cache would put the links of a 304 in the place of those that it holds.
    if response.status_code == 200 or "Link" in response.headers:
        own = [response.headers["Link"]] if "Link" in response.headers else []
        licence = f'<{settings.PORTAL_LICENCE_URL}>; rel="license"'
        response.headers["Link"] = ", ".join([*own, licence])
    return response


def _options() -> HttpResponse:
    response = HttpResponse(status=204, headers={"Allow": ", ".join(ALLOWED)})
    del response.headers["Content-Type"]
    response.headers["Access-Control-Allow-Methods"] = ", ".join(ALLOWED)
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _in_one_snapshot(body: Iterable[bytes]) -> Iterator[bytes]:
    """The body, read from one snapshot that begins with its first byte.

    It may be newer than its validator says, never older; and a body that nobody reads holds nothing.
    """
    with reading.snapshot():
        yield from body
