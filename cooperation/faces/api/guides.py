"""The guide for developers and what it leads to, with the address of this portal in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.renderers import BaseRenderer

from cooperation.faces.answers import absolute
from cooperation.gazette import schemas

from .endpoints import Endpoint

EXAMPLE = "http://127.0.0.1:8000"


class PlainText(BaseRenderer):
    """Text to be read as it stands."""

    media_type = "text/plain"
    format = "txt"

    def render(self, data: Any, *_rest: Any, **_context: Any) -> bytes:
        """The bytes as they are."""
        return bytes(data)


class Guide(Endpoint):
    """The guide for developers: the interface in ten minutes, and what is promised of it.

    Markdown, with code to copy for curl, Python and JavaScript that asks this portal.
    """

    operation = "getGuide"
    tag = "About"
    renderer_classes = [PlainText]
    file = "api.md"

    @property
    def answer(self) -> schemas.Schema:
        """Text."""
        return {"type": "string"}

    def get(self, request: HttpRequest) -> HttpResponse:
        """One query: the head."""
        self.asked(request)
        text = _text(self.file).replace(EXAMPLE, absolute(request, "/").rstrip("/"))
        return HttpResponse(text, content_type="text/plain; charset=utf-8")


class Names(Guide):
    """Every name that this version promises, one a line.

    Addresses, parameters with their types, members, codes and headers, in order; a line that stands here stays.
    """

    operation = "getNames"
    file = "api-v1.txt"


class Verifier(Guide):
    """A program (Python) that verifies the whole register with nothing of the portal's.

    It needs no library; run it with the address of the portal, and with the head that you kept.
    """

    operation = "getVerifier"
    file = "verify.py"


class Mirror(Guide):
    """A program (Python) that keeps a copy of every record up to date with nothing of the portal's.

    It needs no library; run it with the address of the portal and a directory, as often as you like.
    """

    operation = "getMirror"
    file = "mirror.py"


# What the guide leads to lies beside it, so that its links hold here too.
GUIDES = (Guide, Names, Mirror, Verifier)


@cache
def _text(name: str) -> str:
    return Path(settings.PORTAL_DOCS, name).read_text()
