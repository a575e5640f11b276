"""Answers where something is wrong, in the language of the path. They read no database."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

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
    return render(request, "404.html", status=404)
