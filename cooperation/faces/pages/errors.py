"""Answers where something is wrong, in the language of the path. They read no database."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS, Kind

from .bare import bare_page

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be understood, or holds more than the portal takes."""
    sentence = ""
    if isinstance(exception, TOO_MUCH):
        sentence = _(
            "More was sent at once than the portal takes. Nothing was saved: go back, where what you "
            "typed still stands, and send it in smaller portions."
        )
    return render(request, "400.html", {"sentence": sentence}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: whoever asks may not."""
    return render(request, "403.html", status=403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that is not ours, or was open for too long."""
    sentence = _(
        "The form was open for too long, or did not come from here. Nothing was saved: go back, load "
        "the page anew and send it again."
    )
    return render(request, "403.html", {"sentence": sentence}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing is there, or nothing that anybody may know of."""
    kind = _kind_in(request.path)
    list_url = reverse(f"pages:{kind.name}-list") if kind else None
    return render(request, "404.html", {"kind": kind, "list_url": list_url}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours."""
    return HttpResponse(bare_page(500), status=500)


def _kind_in(path: str) -> Kind | None:
    """The kind whose records stand below that path, where the path begins with one."""
    steps = path.split("/")
    return next((kind for kind in KINDS.values() if kind.plural in steps[1:3]), None)
