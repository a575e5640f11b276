"""The kept text of a source, a page at a time, as the form beside which it is read asks for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from cooperation.desk.checks.quotations import KeptText
from cooperation.desk.models import Source
from cooperation.rules.passages import Passage, paragraphs
from cooperation.rules.quotations import comparable

from .widgets import LONGEST_NUMBER, long_columns, told_apart

PIECE, PAGE, MOST_PIECES = 5_000, 30_000, 150
MOST_FOUND = 200
MOST_SOURCES = 20


class Piece(NamedTuple):
    """A paragraph, or a stretch of a long one."""

    number: int
    start: int
    end: int


def may_read(request: HttpRequest) -> bool:
    """Whether the user may look at sources."""
    rights = ("desk.view_source", "desk.change_source")
    return any(map(request.user.has_perm, rights))


def answer(admin: Any, request: HttpRequest) -> HttpResponse:
    """A page of the text of a source; where none is named, the sources that keep one."""
    if not (admin.has_view_permission(request) and may_read(request)):
        raise PermissionDenied
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if "source" not in request.GET:
        return JsonResponse({"sources": _matching(request)})
    source = Source._base_manager.filter(pk=_number(request, "source")).first()
    if source is None:
        raise Http404
    return JsonResponse(_read(admin, request, source))


def _number(request: HttpRequest, name: str) -> int:
    sent = request.GET.get(name, "")
    return int(sent) if sent.isdecimal() and len(sent) <= LONGEST_NUMBER else 0


def _matching(request: HttpRequest) -> list[dict[str, Any]]:
    """The sources that keep a text and are called so, newest first."""
    keeping = Source._default_manager.exclude(kept_text="").defer(*long_columns(Source))
    words = request.GET.get("search", "").replace("\0", "")
    found, _doubled = site.get_model_admin(Source).get_search_results(request, keeping, words)
    shown = found.order_by("-pk")[:MOST_SOURCES]
    return [{"source": source.pk, "label": told_apart(source)} for source in shown]


def _read(admin: Any, request: HttpRequest, source: Source) -> dict[str, Any]:
    kept = KeptText(source.kept_text)
    pages = list(_pages(kept.text))
    page = min(max(_number(request, "page"), 1), max(len(pages), 1))
    pieces = pages[page - 1] if pages else []
    return {
        "source": source.pk,
        "label": told_apart(source),
        "lang": source.language,
        "page": page,
        "pages": len(pages),
        "pieces": [
            {"number": one.number, "start": one.start, "text": kept.text[one.start : one.end]}
            for one in pieces
        ],
        "marks": list(_marks(admin, request, source, kept)),
        "hits": list(_hits(kept, request.GET.get("find", ""), pages)),
    }


def _pages(text: str) -> Iterator[list[Piece]]:
    """The text in pages that a browser shows at once."""
    page: list[Piece] = []
    for piece in _pieces(text):
        if page and (len(page) == MOST_PIECES or piece.end - page[0].start > PAGE):
            yield page
            page = []
        page.append(piece)
    if page:
        yield page


def _pieces(text: str) -> Iterator[Piece]:
    for number, start, end in paragraphs(text):
        for begin in range(start, end, PIECE):
            yield Piece(number, begin, min(begin + PIECE, end))


def _marks(
    admin: Any, request: HttpRequest, source: Source, kept: KeptText
) -> Iterator[dict[str, Any]]:
    """The passages of the source that the record quotes already, as it is stored."""
    record = admin.get_queryset(request).filter(pk=_number(request, "record")).first()
    for citation in record.citations.filter(source=source) if record else ():
        passage = _passage(citation, kept)
        if passage:
            yield {"start": passage.start, "end": passage.end, "path": citation.path}


def _passage(citation: Any, kept: KeptText) -> Passage | None:
    """Where the quotation of a citation stands; the numbers that it gives are believed where they are true."""
    if not citation.quote:
        return None
    if citation.start is not None:
        said = kept.text[citation.start : citation.end]
        if comparable(said) == comparable(citation.quote):
            return Passage(citation.start, min(citation.end, len(kept.text)))
    return kept.place(citation.quote)


def _hits(kept: KeptText, words: str, pages: list[list[Piece]]) -> Iterator[dict[str, int]]:
    """Where the words stand, with the page of each place; white space and capitals aside."""
    said = comparable(words).lower()
    whole = kept.traced.text.lower() if said else ""
    if len(whole) != len(kept.traced.text):
        whole = kept.traced.text
    starts = [page[0].start for page in pages]
    for place in islice(_places(said, whole), MOST_FOUND):
        start, end = kept.traced.span(place, place + len(said))
        yield {"start": start, "end": end, "page": bisect_right(starts, start)}


def _places(said: str, whole: str) -> Iterator[int]:
    place = whole.find(said) if said else -1
    while place >= 0:
        yield place
        place = whole.find(said, place + len(said))
