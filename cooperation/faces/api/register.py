"""The register: everything that came since a number, with documents for mirrors, without for verifiers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from cooperation.catalogue import KINDS
from cooperation.faces.answers import head_of
from cooperation.gazette import reading, schemas
from cooperation.gazette.models import Edition

from . import parameters
from .components import component_name, holding
from .editions import with_document
from .endpoints import Endpoint, component
from .envelopes import answered, header_text, leading, listed, stored, text_of
from .parameters import Parameter


class Changes(Endpoint):
    """All that came since an edition, in order, documents included: enough to keep a mirror.

    Editions are numbered without gaps. `published` and `refreshed` ones carry the document; `withdrawn`
    and `merged` ones end the record. `next` is null when there is no more.
    """

    operation = "listChanges"

    @property
    def parameters(self) -> Sequence[Parameter]:
        """The number of the last edition known, of which kinds, and how many are wanted."""
        return [parameters.AFTER, parameters.KIND, parameters.PAGE_SIZE]

    @property
    def answer(self) -> schemas.Schema:
        """The head, and a page of editions with their documents."""
        documents = [component(f"{component_name(kind)}Document") for kind in KINDS]
        entry = {
            "edition": component("Edition"),
            "document": {"anyOf": [*documents, {"type": "null"}]},
        }
        return register_schema(holding(entry))

    def get(self, request: HttpRequest) -> HttpResponse:
        """Two queries: the head and the editions."""
        return since(request, self.asked(request), reading.changes, with_document)


class Gazette(Endpoint):
    """The headers of all editions, in order: enough to verify the chain.

    `chain` is the SHA-256 of the header without it, written as RFC 8785 says; `previous` is the chain before it.
    """

    operation = "listHeaders"

    @property
    def parameters(self) -> Sequence[Parameter]:
        """The number of the last edition known, of which kinds, and how many are wanted."""
        return [parameters.AFTER, parameters.KIND, parameters.PAGE_SIZE]

    @property
    def answer(self) -> schemas.Schema:
        """The head, and a page of headers."""
        return register_schema(component("Edition"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """Two queries: the head and the headers."""
        return since(request, self.asked(request), reading.headers, header_text)


def since(
    request: HttpRequest,
    asked: dict[str, Any],
    read: Callable[[int, int, Sequence[str]], Sequence[Edition]],
    text: Callable[[Edition], str],
) -> HttpResponse:
    """A page of the register; `next` is null when nothing came after it."""
    size = asked["page_size"]
    editions = read(asked["after"], size + 1, asked["kind"])
    follow = str(editions[size - 1].number) if len(editions) > size else None
    return answered(
        stored(
            (
                ("head", text_of(reading.place(head_of(request)))),
                ("next", text_of(leading(request, after=follow))),
                ("results", listed(map(text, editions[:size]))),
            )
        )
    )


def register_schema(results: schemas.Schema) -> schemas.Schema:
    """The JSON Schema of a page of the register."""
    address = {"type": ["string", "null"], "format": "uri"}
    found = {"head": component("Head"), "next": address}
    return holding({**found, "results": {"type": "array", "items": results}})
