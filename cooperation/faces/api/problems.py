"""Problem documents (RFC 9457): every refusal of the interface says what is wrong and what is right."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework.exceptions import APIException

log = logging.getLogger("django.request")

MEDIA_TYPE = "application/problem+json"
SHOWN = 80


class Fault(NamedTuple):
    """One parameter that is wrong, and what would be right."""

    parameter: str
    value: str | None
    detail: str
    allowed: tuple[str, ...] = ()

    def member(self) -> dict[str, Any]:
        """The fault as problem documents hold it."""
        shown = self.value[:SHOWN] if self.value is not None else None
        return {
            "parameter": self.parameter[:SHOWN],
            "value": shown,
            "detail": self.detail,
            "allowed": list(self.allowed),
        }


class Problem(Exception):
    """An answer that is not what was asked for."""

    def __init__(self, status: int, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.members = members


class Refused(Problem):
    """400: the faults are named one by one."""

    def __init__(self, faults: list[Fault]) -> None:
        detail = " ".join(fault.detail for fault in faults[:5])
        super().__init__(400, detail, errors=[fault.member() for fault in faults])


def problem(
    request: HttpRequest,
    status: int,
    detail: str,
    members: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The problem document itself."""
    found = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.get_full_path()[:2000],
        **(members or {}),
    }
    body = json.dumps(found, ensure_ascii=False)
    return HttpResponse(body, content_type=MEDIA_TYPE, status=status, headers=dict(headers or {}))


def method_refused(request: HttpRequest) -> HttpResponse:
    """405: the interface only reads."""
    detail = f"{str(request.method)[:20]} is not possible here: this interface is for reading, with GET or HEAD."
    return problem(request, 405, detail, headers={"Allow": "GET, HEAD, OPTIONS"})


def answer_to(fault: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """The problem document for whatever went wrong in an endpoint."""
    request: HttpRequest = context["request"]._request  # noqa: SLF001  # the framework wraps it
    if isinstance(fault, Problem):
        return problem(request, fault.status, fault.detail, fault.members)
    if isinstance(fault, Http404):
        return problem(request, 404, "There is nothing at this address.")
    if isinstance(fault, SuspiciousOperation):
        return problem(request, 400, "The request is not one that a reader sends.")
    if isinstance(fault, APIException):
        return problem(request, fault.status_code, str(fault.detail))
    got_request_exception.send(sender=None, request=request)
    log.error("Internal Server Error: %s", request.path, exc_info=fault, extra={"status_code": 500})
    return problem(request, 500, "Something went wrong here; it has been noted. Please try again.")
