"""The records: their lists, each one as it stands or stood, and what refers to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from cooperation.catalogue import KINDS
from cooperation.gazette import listing, reading, schemas
from cooperation.gazette.models import Current, Edition, stamp

from . import linking, parameters
from .components import component_name
from .endpoints import Endpoint, component, named_members, page_schema
from .envelopes import answered, chosen, envelope, led_to
from .parameters import Parameter
from .problems import Fault, Problem, Refused


class Records(Endpoint):
    """Published records, filtered, in pages.

    Filters are those of the portal's pages, and combine freely. `next` and `previous` are full
    addresses to follow; pages stay in step while editions are being published.
    """

    operation = "list"
    is_narrowed = True

    @property
    def parameters(self) -> Sequence[Parameter]:
        """The kind's filters, and what pages and members are wanted."""
        return [
            *parameters.filters(self.kind),
            parameters.CURSOR,
            parameters.PAGE_SIZE,
            parameters.COUNT,
            *parameters.members(self.kind, named_members(self.kind)),
        ]

    @property
    def answer(self) -> schemas.Schema:
        """A page of documents, or of such members of them as were asked for."""
        return page_schema(component(f"{component_name(self.kind)}Members"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """Three queries: the head, the page, the count."""
        asked = self.asked(request)
        filters = self.filters(request)
        page = paged(filters.qs, filters.sort, asked)
        return envelope(
            request,
            (chosen(row.response(), asked["fields"], asked["omit"]) for row in page.rows),
            count=listing.count(filters.qs, exact=asked["count"]),
            after=page.next,
            before=page.previous,
        )


class Record(Endpoint):
    """One record as it stands, or as it stood at a time in the past.

    With `as_of` the edition that was in force then is given, of withdrawn and later merged records too.
    """

    operation = "get"
    refusals = ("301", "404", "410")

    @property
    def parameters(self) -> Sequence[Parameter]:
        """The time, and what members are wanted."""
        return [parameters.AS_OF, *parameters.members(self.kind, named_members(self.kind))]

    @property
    def answer(self) -> schemas.Schema:
        """The document, or such members of it as were asked for."""
        return component(f"{component_name(self.kind)}Members")

    def get(self, request: HttpRequest, key: str) -> HttpResponseBase:
        """Two queries: the head and the document; one more where its text was removed."""
        asked = self.asked(request)
        if asked["as_of"] is None:
            found: Current | Edition | HttpResponse = standing(request, self.kind, key)
        else:
            found = stood(request, self.kind, key, asked["as_of"])
        if isinstance(found, HttpResponse):
            return found
        answer = answered(chosen(found.response(), asked["fields"], asked["omit"]))
        answer.headers["Link"] = linking.of_record(request, found)
        return answer


class References(Endpoint):
    """The published records that name this one.

    Records of every kind, those changed last first; the record itself is not among them.
    """

    operation = "listReferencesTo"
    refusals = ("301", "404", "410")

    @property
    def parameters(self) -> Sequence[Parameter]:
        """What page is wanted."""
        return [parameters.CURSOR, parameters.PAGE_SIZE, parameters.COUNT]

    @property
    def answer(self) -> schemas.Schema:
        """A page of documents of any kind."""
        return page_schema({"anyOf": [component(component_name(kind)) for kind in KINDS]})

    def get(self, request: HttpRequest, key: str) -> HttpResponseBase:
        """Four queries: the head, the record, the page, the count."""
        asked = self.asked(request)
        found = standing(request, self.kind, key)
        if isinstance(found, HttpResponse):
            return found
        rows = listing.referring_to(self.kind, key)
        page = paged(rows, "-updated", asked)
        return envelope(
            request,
            (row.response() for row in page.rows),
            count=listing.count(rows, exact=asked["count"]),
            after=page.next,
            before=page.previous,
        )


def paged(rows: Any, sort: str, asked: dict[str, Any]) -> listing.Page:
    """The page asked for. Raises Refused where the cursor is not of this list."""
    language = settings.PORTAL_MAIN_LANGUAGE
    try:
        return listing.page(rows, sort, asked["cursor"], asked["page_size"], language)
    except listing.BadCursor as fault:
        raise bad_cursor(asked["cursor"], str(fault)) from None


def bad_cursor(cursor: str, detail: str) -> Refused:
    """The refusal of a cursor that this list did not give out."""
    return Refused([Fault("cursor", cursor, f"cursor: {detail} Begin again without it.")])


def standing(request: HttpRequest, kind: str, key: str) -> Current | HttpResponse:
    """The current row, or the redirect to its successor. Raises Problem 404 or 410."""
    found = reading.standing(kind, key)
    if found.current:
        return found.current
    if found.state == "absent" or found.edition is None:
        raise absent(kind, key)
    if found.successor:
        return moved(request, kind, key, found.successor)
    raise withdrawn(request, found.edition)


def stood(request: HttpRequest, kind: str, key: str, at: datetime) -> Edition | HttpResponse:
    """The edition in force at that time, or the redirect to its successor. Raises Problem."""
    found = reading.in_force(kind, key, at)
    if found is None:
        problem = not_there(kind, key, at)
    elif found.action == Edition.Action.MERGED and found.successor:
        return moved(request, kind, key, found.successor)
    elif found.action == Edition.Action.WITHDRAWN:
        problem = withdrawn(request, found)
    elif found.document is None:
        problem = redacted(request, found)
    else:
        return found
    problem.detail = meant(request.GET["as_of"], at) + problem.detail
    raise problem


def meant(as_of: str, at: datetime) -> str:
    """What a date was taken to mean, as a sentence before others; nothing of an instant."""
    if not reading.is_date(as_of):
        return ""
    return f"The date {as_of} means its end in {settings.PORTAL_TIME_ZONE}, {stamp(at)}. "


def absent(kind: str, key: str) -> Problem:
    """404: nothing of that name was ever published, whatever the desk may hold."""
    return Problem(404, "no-record", f"There is no {kind} “{key}”.")


def not_there(kind: str, key: str, at: datetime) -> Problem:
    """404: the record, or the register itself, began later. One query."""
    begins = reading.begins_at()
    if begins is None:
        return Problem(404, "before-register", "The register is empty.", begins=None)
    if at < begins:
        detail = f"The register begins at {stamp(begins)}."
        return Problem(404, "before-register", detail, begins=stamp(begins))
    return Problem(404, "not-yet", f"At {stamp(at)} there was no {kind} “{key}”.")


def withdrawn(request: HttpRequest, edition: Edition) -> Problem:
    """410 with the public reason."""
    detail = f"Withdrawn at {stamp(edition.published_at)}: {edition.reason}"
    link = linking.of_gone(request, edition)
    told = {"reason": edition.reason, "edition": edition.header()}
    return Problem(410, "withdrawn", detail, link=link, **told)


def redacted(request: HttpRequest, edition: Edition) -> Problem:
    """410 with the public reason of the entry that removed the text. One query."""
    entry = reading.redaction_of(edition)
    detail = f"The text of edition {edition.number} was removed from the register"
    detail += f" by edition {entry.number}, which says why: “{entry.reason}”." if entry else "."
    told = {
        "reason": entry.reason if entry else None,
        "redacted_by": entry.number if entry else None,
        "edition": edition.header(),
    }
    return Problem(410, "redacted", detail, link=linking.of_gone(request, edition), **told)


def moved(request: HttpRequest, kind: str, key: str, successor: str) -> HttpResponse:
    """301: the same address of the record into which this one was merged."""
    # With the plural before it: a key may be any word of the address.
    plural = KINDS[kind].plural
    before, after = f"/{plural}/{key}/", f"/{plural}/{successor}/"
    return led_to(request.get_full_path().replace(before, after, 1))
