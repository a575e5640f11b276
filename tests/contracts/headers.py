"""What every answer must carry, as sentences about an answer that does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}
LICENCE = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'


def policy_faults(headers: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the policies of an answer."""
    content = headers.get("content-security-policy", "")
    if not content.startswith("default-src 'none';"):
        yield "its content policy does not begin with nothing"
    if "unsafe" in content or "*" in content or "http" in content:
        yield "its content policy is not strict"
    for name, value in EVERYWHERE.items():
        if headers.get(name) != value:
            yield f"{name} is {headers.get(name)}, not {value}"
    if "camera=()" not in headers.get("permissions-policy", ""):
        yield "it lets pages use the camera"


def public_faults(headers: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a public answer of 200 that depends on the gazette."""
    yield from policy_faults(headers)
    if not headers.get("cache-control", "").startswith("public, "):
        yield "a cache may not keep it"
    if not re.fullmatch(r'W/"[\w-]+"', headers.get("etag", "")):
        yield "it has no weak validator"
    if headers.get("link") != LICENCE:
        yield "it does not name its licence"
    if headers.get("cross-origin-resource-policy") != "cross-origin":
        yield "other sites may not show it"
    if headers.get("access-control-allow-origin") != "*":
        yield "programs on other sites may not read it"
    if headers.get("vary", "Accept-Encoding").lower() != "accept-encoding":
        yield f"it varies by {headers['vary']}"
    if "set-cookie" in headers:
        yield "it sets a cookie"


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
