"""The editions of a record: all of them by their headers, or one for good with what it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from cooperation.gazette import reading, schemas
from cooperation.gazette.differences import differences
from cooperation.gazette.models import Edition
from cooperation.gazette.upgrades import upgraded

from . import linking, parameters
from .components import component_name, holding
from .endpoints import Endpoint, component, page_schema
from .envelopes import answered, envelope, header_text, stored, text_of
from .parameters import Parameter
from .problems import Problem
from .records import absent, bad_cursor


class Editions(Endpoint):
    """The headers of a record's editions, newest first.

    They stay when the record is withdrawn or merged.
    """

    operation = "listEditionsOf"
    refusals = ("404",)

    @property
    def parameters(self) -> Sequence[Parameter]:
        """What page is wanted."""
        return [parameters.EDITION_CURSOR, parameters.PAGE_SIZE]

    @property
    def answer(self) -> schemas.Schema:
        """A page of headers."""
        return page_schema(component("Edition"))

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Three queries: the head, the page, the count."""
        asked = self.asked(request)
        size = asked["page_size"]
        newer, number = edition_cursor(asked["cursor"])
        bounds = {"after" if newer else "before": number} if number else {}
        found = reading.headers_of(self.kind, key, size + 1, **bounds)
        count = reading.count_of(self.kind, key)
        if not count:
            raise absent(self.kind, key)
        more = len(found) > size
        found = found[-size:] if newer else found[:size]
        older_follow, newer_precede = (True, more) if newer else (more, bool(number))
        return envelope(
            request,
            map(header_text, found),
            count=count,
            after=f"older-{found[-1].number}" if found and older_follow else None,
            before=f"newer-{found[0].number}" if found and newer_precede else None,
        )


class OneEdition(Endpoint):
    """One edition of a record for good: its header, its document where it has one, and what that changed.

    `document` is null where the edition ended the record, or where its text was removed from the
    register by order of a court or for somebody's privacy: `redacted_by` is then the number of the
    entry that says why.
    """

    operation = "getEditionOf"
    refusals = ("404",)

    @property
    def answer(self) -> schemas.Schema:
        """The header, the document, and what differs from the document before it."""
        document = component(f"{component_name(self.kind)}Document")
        value = holding({"path": {"type": "string"}, "before": {}, "after": {}})
        changes = {
            "anyOf": [{"type": "array", "items": value}, {"type": "null"}],
            "description": "What differs from the document before it; null where there are not two texts.",
        }
        return holding(
            {
                "edition": component("Edition"),
                "document": {"anyOf": [document, {"type": "null"}]},
                "redacted_by": {"type": ["integer", "null"], "minimum": 1},
                "changes": changes,
            }
        )

    def get(self, request: HttpRequest, key: str, number: int) -> HttpResponse:
        """Three queries: the head, the edition, the document before it or the entry that removed its own."""
        self.asked(request)
        found = reading.placed(self.kind, key, number) if number <= parameters.BIGGEST else None
        if found is None:
            detail = f"There is no edition {str(number)[:20]} of {self.kind}/{key}."
            raise Problem(404, "no-record", detail)
        edition = found.edition
        redaction = reading.redaction_of(edition)
        members = (
            *members_of(edition),
            ("redacted_by", text_of(redaction.number if redaction else None)),
            ("changes", text_of(changed_by(edition))),
        )
        answer = answered(stored(members))
        answer.headers["Link"] = linking.of_edition(request, found)
        return answer


def changed_by(edition: Edition) -> list[dict[str, Any]] | None:
    """Each value that differs from the record's document before it, both in the newest schema.

    None where there are not two texts to compare: at the first, at an end, and once one of the two
    was removed. One query where the edition has a document.
    """
    after = edition.content
    before = reading.document_before(edition.kind, edition.key, edition.number) if after else None
    if after is None or before is None or before.content is None:
        return None
    found = differences(upgraded(before.content), upgraded(after))
    return [difference._asdict() for difference in found]


def members_of(edition: Edition) -> Iterator[tuple[str, str]]:
    """An edition's header and document as JSON texts; null where it has none, or none any more."""
    yield "edition", header_text(edition)
    yield "document", edition.document or "null"


def with_document(edition: Edition) -> str:
    """An edition's header and document as one JSON text."""
    return stored(members_of(edition))


def edition_cursor(cursor: str | None) -> tuple[bool, int | None]:
    """Whether newer editions are wanted, and than which. Raises Refused."""
    if not cursor:
        return False, None
    direction, _hyphen, text = cursor.partition("-")
    digits = text.isascii() and text.isdigit() and len(text) <= 18
    if direction not in ("older", "newer") or not digits:
        raise bad_cursor(cursor, "The cursor is not one that this list gave out.")
    return direction == "newer", int(text)
