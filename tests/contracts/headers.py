"""What every answer must carry, as sentences about an answer that does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie

from django.conf import settings
from django.http.response import HttpResponseBase

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}
# Pages are asked for again each time; the interface may be a minute old while a cache asks.
KEPT = {
    "public, max-age=0, must-revalidate",
    "public, max-age=1, stale-while-revalidate=59",
}
LICENCE = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'


def policy_faults(headers: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the policies of an answer."""
    content = headers.get("content-security-policy", "")
    if not content.startswith("default-src 'none';"):
        yield "its content policy does not begin with nothing"
    # Of the pages for programs one draws pictures that it holds itself.
    if re.search(r"unsafe|\*|http|blob:|(?<!img-src 'self' )data:", content):
        yield "its content policy is not strict"
    for name, value in EVERYWHERE.items():
        if headers.get(name) != value:
            yield f"{name} is {headers.get(name)}, not {value}"
    if "camera=()" not in headers.get("permissions-policy", ""):
        yield "it lets pages use the camera"


def shared_faults(headers: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with any public answer, a refusal or a redirect included."""
    yield from policy_faults(headers)
    if headers.get("cache-control") not in {*KEPT, "no-store"}:
        yield "it does not say whether a cache may keep it"
    if headers.get("cross-origin-resource-policy") != "cross-origin":
        yield "other sites may not show it"
    if headers.get("access-control-allow-origin") != "*":
        yield "programs on other sites may not read it"
    if headers.get("vary", "Accept-Encoding").lower() != "accept-encoding":
        yield f"it varies by {headers['vary']}"
    if "set-cookie" in headers:
        yield "it sets a cookie"


def public_faults(headers: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a public answer of 200 that depends on the gazette."""
    yield from shared_faults(headers)
    if headers.get("cache-control") not in KEPT:
        yield "a cache may not keep it"
    if not re.fullmatch(r'W/"[\w-]+"', headers.get("etag", "")):
        yield "it has no weak validator"
    if LICENCE not in headers.get("link", "").split(", "):
        yield "it does not name its licence"


def desk_faults(headers: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with an answer of the desk."""
    yield from policy_faults(headers)
    if headers.get("cache-control") != "no-store":
        yield "a cache may keep it"
    if headers.get("cross-origin-resource-policy") != "same-origin":
        yield "other sites may show it"
    if "access-control-allow-origin" in headers:
        yield "programs on other sites may read it"
    if "link" in headers:
        yield "it names a licence"


# What a browser is told of each cookie of ours, in production and on one machine.
OURS = {"session", "csrf"}
HTTPS_ALONE = "max-age=31536000; includeSubDomains; preload"


def cookie_faults(response: HttpResponseBase, *, local: bool) -> Iterator[str]:
    """What is wrong with the cookies that an answer sets."""
    for name, cookie in response.cookies.items():
        if name.removeprefix("__Host-") not in OURS:
            yield f"{name} is no cookie of ours"
        if name.startswith("__Host-") == local:
            yield f"{name} has the name of the other mode"
        # One that is taken away again holds nothing to be read.
        if cookie.value and not cookie["httponly"]:
            yield f"scripts may read {name}"
        if cookie["samesite"] not in {"Lax", "Strict"}:
            yield f"other sites may send {name}"
        if cookie["path"] != "/" or cookie["domain"]:
            yield f"{name} is not bound to this host alone"
        if not cookie["secure"] and not local:
            yield f"{name} goes over an open line"


def headers_of(response: HttpResponseBase) -> dict[str, str]:
    """The headers under small letters, the cookies that are set among them."""
    found = {name.lower(): value for name, value in response.headers.items()}
    cookies = SimpleCookie(response.cookies).output(header="", sep=";")
    return found | ({"set-cookie": cookies} if response.cookies else {})


def faults(response: HttpResponseBase, address: str) -> list[str]:
    """All that is wrong with an answer from that address, in the mode that is set: it came over https in production."""
    headers = headers_of(response)
    if f"{address}/".startswith("/admin/"):
        found = [*desk_faults(headers), *cookie_faults(response, local=settings.LOCAL)]
    else:
        found = list(shared_faults(headers))
    if headers.get("strict-transport-security") != (None if settings.LOCAL else HTTPS_ALONE):
        found.append("it says something else of https than the mode demands")
    return found
