"""What holds for every answer: policies, readable addresses, and the language that the path chooses."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.security import SecurityMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cooperation.faces.answers import is_for_programs, kept_as
from cooperation.faces.api.problems import as_problem, problem
from cooperation.faces.pages.bare import bare_page

Answer = Callable[[HttpRequest], HttpResponseBase]

# What programs on other sites may read of an answer, beside what every browser shows them.
EXPOSED = (
    "Allow, Content-Disposition, Deprecation, ETag, Last-Modified, Link, Location, Retry-After, "
    "Sunset"
)
# What is packed already: workbooks and archives.
PACKED = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip",
)
# What supervisors ask, whose answers are the same whatever host they name.
PROBED = {"/livez", "/readyz"}
# What the dearest public request needs and more; the desk names a hundred records in one address.
QUERY_BYTES = 4_000
# How much longer the address of another page may be, which the portal gave out: by the cursor, and commas as `%2C`.
PAGED_BYTES = 1_000
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def at_the_desk(request: HttpRequest) -> bool:
    """Whether the address lies behind the sign-in."""
    return f"{request.path_info}/".startswith(settings.DESK)


class Policies:
    """Puts on every answer what a browser may do with it, and keeps the desk out of every cache."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        # Refusals, redirects and static files are answered before the middleware that would put theirs.
        self.security: Any = SecurityMiddleware(answer)
        self.content_policy = "; ".join(
            f"{directive} {' '.join(sources)}" for directive, sources in settings.SECURE_CSP.items()
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            say_what_is_answered(response)
        if response.status_code >= 400 and is_for_programs(request):
            response = as_problem(request, response)
        if request.method == "HEAD":
            take_body_away(response)
        if response.status_code in {204, 304}:
            # It would be the length of a body that is not sent, and caches would believe it.
            response.headers.pop("Content-Length", None)
        self.security.process_response(request, response)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("Content-Security-Policy", self.content_policy)
        response.headers["Permissions-Policy"] = PERMISSIONS
        if at_the_desk(request):
            response.headers["Cache-Control"] = "no-store"
            response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        else:
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            response.headers.setdefault("Cache-Control", kept_as(request, response.status_code))
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = EXPOSED
        return response


class Packing(GZipMiddleware):
    """Packs answers for readers who can unpack them, but nothing twice."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        """The answer as it is, or packed under the same validator."""
        if response.headers.get("Content-Type") in PACKED:
            return response
        return super().process_response(request, response)


class StrangersInPublic:
    """Takes the cookies off every public request: none can then be read, renewed or varied by."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not at_the_desk(request):
            request.META.pop("HTTP_COOKIE", None)
            request.COOKIES = {}
        return self.answer(request)


class ReadableAddresses:
    """Refuses in a sentence an address that nothing here could answer: a foreign host, no text, or too much."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info in PROBED:
            # A probe that knows an address alone names a host that is none of ours.
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].strip(".*") or "localhost"
        try:
            request.get_host()
            readable = b"\0" not in _path(request) + _query(request)
            _path(request).decode()
            _query(request).decode()
        except DisallowedHost:
            return refusal(request, 400, _("The portal does not answer to this host name."))
        except UnicodeDecodeError:
            readable = False
        if not readable:
            return refusal(
                request, 400, _("The address must be UTF-8 text without NUL characters.")
            )
        if is_too_long(request.META.get("QUERY_STRING", "")) and not at_the_desk(request):
            return refusal(
                request,
                400,
                _(
                    "What stands after the question mark of an address may be 4,000 bytes long; ask for less at once."
                ),
            )
        return self.answer(request)


def is_too_long(query: str) -> bool:
    """Whether more is asked at once than a public address takes."""
    return len(query) > QUERY_BYTES + (PAGED_BYTES if "cursor=" in query else 0)


def _path(request: HttpRequest) -> bytes:
    """The path's bytes; Django writes those that are no text as %XX."""
    return unquote_to_bytes(request.path_info)


def _query(request: HttpRequest) -> bytes:
    """The query's bytes, unquoted."""
    return unquote_to_bytes(str(request.META.get("QUERY_STRING", "")).encode("latin-1", "replace"))


def refusal(request: HttpRequest, status: int, sentence: str | Promise) -> HttpResponse:
    """That status with a sentence, in the form that the face speaks and the language of the path."""
    with translation.override(language_of_path(request.path_info)):
        return _refusal(request, status, str(sentence))


def _refusal(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    if is_for_programs(request):
        return problem(request, status, sentence)
    # Pages end in a slash; whatever else is asked for is read by a program.
    if request.path_info.endswith("/"):
        return HttpResponse(bare_page(status, sentence), status=status)
    return HttpResponse(f"{sentence}\n", "text/plain; charset=utf-8", status)


def language_of_path(path: str) -> str:
    """The language named by the first part of the path, else the main one of the pages."""
    first = path.split("/", 2)[1] if "/" in path else ""
    prefixes = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    return first if first in prefixes else settings.LANGUAGE_CODE


def say_what_is_answered(response: HttpResponseNotAllowed) -> None:
    """Puts a sentence into a 405, which Django and the faces leave empty."""
    sentence = (
        f"This address cannot be asked in this way; it answers to {response.headers['Allow']}.\n"
    )
    response.content = sentence
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Content-Length"] = str(len(sentence))


def take_body_away(response: HttpResponseBase) -> None:
    """Leaves the headers over nothing, as HEAD is answered; no server does so for us."""
    if isinstance(response, StreamingHttpResponse):
        # What was never begun holds nothing, and ends when the answer is closed.
        response.streaming_content = ()
    elif isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""


class LanguageOfPath:
    """Lets the first part of a public path choose the language, and at the desk the browser."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        desk = at_the_desk(request)
        language = (
            translation.get_language_from_request(request)
            if desk
            else language_of_path(request.path_info)
        )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.answer(request)
            if desk:
                patch_vary_headers(response, ["Accept-Language"])
            # What is to be saved says itself what language it is in, if any; documents hold them all.
            if "Content-Disposition" not in response.headers and not is_for_programs(request):
                response.headers.setdefault("Content-Language", language)
        return response
