"""The kept copy of a source, for whoever asks, where its rights let anybody have it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from cooperation.faces.answers import conditional
from cooperation.gazette import copies, reading
from cooperation.gazette.shapes.sources import ENDINGS
from cooperation.gazette.upgrades import upgraded

from .records import gone


@conditional("copy", is_ours=False)
def copy(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The bytes, to be saved and not shown; 410 when withdrawn, 301 when merged, else 404."""
    # Of what was kept before, only the hash is in the register.
    if "as_of" in request.GET:
        raise Http404
    standing = reading.standing(kind, key)
    if standing.state == "merged":
        successor = reverse(f"pages:{kind}-copy", args=[standing.successor])
        return HttpResponsePermanentRedirect(successor)
    if standing.edition:
        return gone(request, standing.edition)
    document = upgraded(standing.current.content) if standing.current else {}
    content = copies.content(document) if document else None
    if content is None or document["kept"]["media_type"] not in ENDINGS:
        raise Http404
    answer = copies.attached(content, key, document["kept"]["media_type"])
    if document["language"]:
        answer.headers["Content-Language"] = document["language"]
    return answer
