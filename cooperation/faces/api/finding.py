"""Search across kinds, and how many records a list has under each value of its facets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cooperation.catalogue import KINDS
from cooperation.faces.answers import head_of
from cooperation.faces.filters import RecordFilters, facet_vocabulary
from cooperation.gazette import listing, schemas, searching
from cooperation.gazette.models import Current, Head
from cooperation.gazette.shapes.vocabularies import Vocabulary
from cooperation.rules.languages import LANGUAGES, pick
from cooperation.rules.words import highlight

from . import parameters
from .components import holding
from .endpoints import KIND_NAMES, Endpoint, component, page_schema
from .envelopes import answered, envelope, text_of
from .parameters import Parameter
from .records import bad_cursor


class Search(Endpoint):
    """Records of every kind in which all the words occur, those with them in the title first.

    Words are looked for in keys, titles, names, texts and quotations, in every language. `highlight` is
    plain text in pieces, of which those that match are marked. Without words nothing is found.
    """

    operation = "search"
    tag = "Search"

    @property
    def parameters(self) -> Sequence[Parameter]:
        """The words, and what page is wanted."""
        return [parameters.Q, parameters.CURSOR, parameters.PAGE_SIZE]

    @property
    def answer(self) -> schemas.Schema:
        """A page of findings."""
        fragment = holding({"text": {"type": "string"}, "match": {"type": "boolean"}})
        finding = {
            "kind": {"type": "string", "enum": KIND_NAMES},
            "key": component("Key"),
            "url": {"type": "string"},
            "title": component("Texts"),
            "highlight": {"type": "array", "items": fragment},
        }
        return page_schema(holding(finding))

    def get(self, request: HttpRequest) -> HttpResponse:
        """Four queries: the head, the places, their documents, the count."""
        asked = self.asked(request)
        q, cursor = asked["q"], asked["cursor"]
        try:
            page = searching.search(q, cursor, asked["page_size"])
        except listing.BadCursor as fault:
            raise bad_cursor(cursor, str(fault)) from None
        return envelope(
            request,
            (text_of(finding(row, q)) for row in page.rows),
            count=searching.found_count(q, listing.COUNT_CAP),
            after=page.next,
            before=page.previous,
        )


class Facets(Endpoint):
    """How many records of a filtered list have each value of each facet.

    Each facet is counted under all the other filters, so that its values can be widened.
    """

    operation = "countFacetsOf"
    is_narrowed = True

    @property
    def parameters(self) -> Sequence[Parameter]:
        """The kind's filters."""
        return parameters.filters(self.kind)

    @property
    def answer(self) -> schemas.Schema:
        """A list of values under the name of each facet."""
        value: dict[str, schemas.Schema] = {
            "value": {"type": "string"},
            "title": {"anyOf": [component("Labels"), component("Texts")]},
            "count": {"type": "integer", "minimum": 0},
        }
        values = {"type": "array", "items": holding(value)}
        return holding(dict.fromkeys(KINDS[self.kind].all_facets, values))

    def get(self, request: HttpRequest) -> HttpResponse:
        """One query for the head, one for each facet, one more for each that refers to records."""
        self.asked(request)
        filters = self.filters(request)
        head = head_of(request)
        counted = {facet: counts(filters, facet, head) for facet in KINDS[self.kind].all_facets}
        return answered(text_of(counted))


def counts(filters: RecordFilters, facet: str, head: Head) -> list[dict[str, Any]]:
    """The values of one facet with their titles and counts, most frequent first."""
    found = filters.counts(facet, head)
    vocabulary = facet_vocabulary(filters.kind, facet)
    keys = [counted.value for counted in found]
    if vocabulary:
        titles = {code: labels(vocabulary, code) for code in keys}
    else:
        titles = listing.titles(facet, keys)
    unknown = dict.fromkeys(LANGUAGES)
    return [
        {"value": one.value, "title": titles.get(one.value, unknown), "count": one.count}
        for one in found
    ]


def labels(vocabulary: Vocabulary, code: str) -> dict[str, str | None]:
    """What people call a code, in each language."""
    return {language: vocabulary.label(code, language) for language in LANGUAGES}


def finding(row: Current, q: str) -> dict[str, Any]:
    """What a search says of one record; its highlight is plain text in pieces."""
    document = row.content
    main = pick(document["title"], settings.PORTAL_MAIN_LANGUAGE).text
    passages = (highlight(text, q) for text in searching.passages(document))
    best = next((pieces for pieces in passages if any(hit for _text, hit in pieces)), None)
    return {
        "kind": row.kind,
        "key": row.key,
        "url": document["url"],
        "title": document["title"],
        "highlight": [{"text": text, "match": hit} for text, hit in best or highlight(main, q)],
    }
