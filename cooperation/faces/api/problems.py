"""Problem documents (RFC 9457): every refusal of the interface says what is wrong and what is right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import APIException

MEDIA_TYPE = "application/problem+json"
SHOWN = 80
# The sorts of problems, by which programs tell them apart: a name that was given out stays what it is.
SORTS = {
    "wrong-parameter": "A parameter is unknown or wrong; `errors` says which, and what is allowed.",
    "unreadable": "The request is longer than is taken, is no text, or names a host that is not the portal's.",
    "no-address": "There is nothing at this address, whatever is published.",
    "no-record": "No record was ever public under that name, or the record has no edition of that number.",
    "not-yet": "By the time that `as_of` names, no record had been published under that name.",
    "before-register": "The time that `as_of` names lies before the register began; `begins` says when that was.",
    "method": "The interface only reads; `Allow` says with which methods.",
    "withdrawn": "The record was withdrawn; `reason` says why, and `edition` is the entry that withdrew it.",
    "redacted": "The text of the edition asked for was removed from the register; `edition` is its header, `reason` says why, and `redacted_by` is the number of the entry that removed it.",
    "condition": "What `If-Match` names is not what is answered here; a weak ETag never matches it.",
    "fault": "Something went wrong in the portal; it has been noted.",
    "unavailable": "The register cannot be read at the moment; `Retry-After` says when to ask again.",
}
SORT_OF_STATUS = {
    400: "unreadable",
    404: "no-address",
    405: "method",
    412: "condition",
    500: "fault",
    503: "unavailable",
}
KEPT_HEADERS = ("Allow", "Cache-Control", "Retry-After", "Vary")


class Fault(NamedTuple):
    """One parameter that is wrong, and what would be right."""

    parameter: str
    value: str | None
    detail: str
    allowed: tuple[str, ...] | None = None
    """What may stand there; None where that is no list."""

    def member(self) -> dict[str, Any]:
        """The fault as problem documents hold it."""
        shown = self.value[:SHOWN] if self.value is not None else None
        return {
            "parameter": self.parameter[:SHOWN],
            "value": shown,
            "detail": self.detail,
            "allowed": None if self.allowed is None else list(self.allowed),
        }


class Problem(Exception):
    """An answer that is not what was asked for."""

    def __init__(
        self, status: int, sort: str, detail: str, *, link: str | None = None, **members: Any
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.sort = sort
        self.detail = detail
        self.members = members
        self.headers = {"Link": link} if link else {}


class Refused(Problem):
    """400: the faults are named one by one."""

    def __init__(self, faults: list[Fault]) -> None:
        detail = " ".join(fault.detail for fault in faults[:5])
        super().__init__(
            400, "wrong-parameter", detail, errors=[fault.member() for fault in faults]
        )


def type_of(sort: str) -> str:
    """By what a problem of that sort is known; like every `url` it is the same on every host."""
    return f"/api/v1/#{sort}"


def problem(
    request: HttpRequest,
    status: int,
    detail: str,
    members: Mapping[str, Any] | None = None,
    *,
    sort: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The problem document itself; without a sort, it is that of its status."""
    sort = sort or SORT_OF_STATUS.get(status)
    found = {
        "type": type_of(sort) if sort else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.get_full_path()[:2000],
        **(members or {}),
    }
    body = json.dumps(found, ensure_ascii=False).encode()
    told = {"Content-Length": str(len(body)), **(headers or {})}
    return HttpResponse(body, content_type=MEDIA_TYPE, status=status, headers=told)


def as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The refusal or fault that somebody else has answered, as a problem document; ours as it is."""
    if response.headers.get("Content-Type") == MEDIA_TYPE:
        return response
    status = response.status_code
    sort = SORT_OF_STATUS.get(status)
    detail = SORTS[sort] if sort else f"{HTTPStatus(status).phrase}."
    kept = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    return problem(request, status, detail, headers=kept)


def method_refused(request: HttpRequest) -> HttpResponse:
    """405: the interface only reads."""
    detail = f"{str(request.method)[:20]} is not possible here: this interface is for reading, with GET or HEAD."
    return problem(request, 405, detail, headers={"Allow": "GET, HEAD, OPTIONS"})


def answer_to(fault: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """The problem document for what was refused in an endpoint; None for a fault, which goes on its way.

    Whoever is outside tells an unreachable database (503) from a fault of ours (500), and notes that.
    """
    request: HttpRequest = context["request"]._request  # noqa: SLF001  # the framework wraps it
    if isinstance(fault, Problem):
        told = (fault.status, fault.detail, fault.members)
        return problem(request, *told, sort=fault.sort, headers=fault.headers)
    if isinstance(fault, Http404):
        return problem(request, 404, SORTS["no-address"])
    if isinstance(fault, SuspiciousOperation):
        return problem(request, 400, "The request is not one that a reader sends.")
    if isinstance(fault, APIException):
        return problem(request, fault.status_code, str(fault.detail))
    return None
