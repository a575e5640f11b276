"""What the interface says of itself: its root, vocabularies, schemas and description."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from drf_spectacular.views import SpectacularSwaggerSplitView

from cooperation.catalogue import KINDS
from cooperation.faces.answers import absolute, head_of
from cooperation.gazette import reading, schemas
from cooperation.gazette.shapes import vocabularies
from cooperation.rules.languages import LANGUAGES

from .components import holding
from .describing import description
from .endpoints import Endpoint, OneForm, component
from .envelopes import answered, led_to, text_of
from .finding import labels
from .problems import SORTS, Problem

ONE_OF_ALL = (
    "vocabularies",
    "search",
    "changes",
    "gazette",
    "package",
    "openapi",
    "docs",
    "guide",
    "names",
    "mirror",
    "verifier",
)
FORMS = ("ndjson", "csv", "xlsx", "zip")


class Root(Endpoint):
    """Where everything is, how far the register has come, under which licence, and what problems mean.

    `head` names the newest edition: whoever has seen it has everything. In `time_zone` a date begins and ends.
    """

    operation = "getRoot"
    tag = "About"

    @property
    def answer(self) -> schemas.Schema:
        """The head, the licence, the addresses, and a sentence about each sort of problem."""
        address: schemas.Schema = {"type": "string", "format": "uri"}
        text: schemas.Schema = {"type": "string"}
        by_name: schemas.Schema = {"type": "object", "additionalProperties": address}
        links: dict[str, schemas.Schema] = {
            **dict.fromkeys(ONE_OF_ALL, address),
            **dict.fromkeys(_OF_KINDS, by_name),
            "exports": {
                "type": "object",
                "additionalProperties": holding(dict.fromkeys(FORMS, address)),
            },
        }
        found: dict[str, schemas.Schema] = {
            "head": component("Head"),
            "licence": address,
            "office": text,
            "time_zone": text,
        }
        problems = holding(
            {sort: {"type": "string", "description": said} for sort, said in SORTS.items()}
        )
        return holding({**found, "links": holding(links), "problems": problems})

    def get(self, request: HttpRequest) -> HttpResponse:
        """One query: the head."""
        self.asked(request)
        found = {
            "head": reading.place(head_of(request)),
            "licence": settings.PORTAL_LICENCE_URL,
            "office": settings.PORTAL_OFFICE,
            "time_zone": settings.PORTAL_TIME_ZONE,
            "links": {
                **{name: _address(request, name) for name in ONE_OF_ALL},
                **{
                    name: {
                        kind.plural: _address(request, f"{kind.name}-{door}")
                        for kind in KINDS.values()
                    }
                    for name, door in _OF_KINDS.items()
                },
                "exports": {
                    kind.plural: {form: _address(request, f"{kind.name}-{form}") for form in FORMS}
                    for kind in KINDS.values()
                },
            },
            # Where the `type` of a problem document leads: `/api/v1/#withdrawn`.
            "problems": SORTS,
        }
        return answered(text_of(found))


def _address(request: HttpRequest, name: str) -> str:
    return absolute(request, reverse(f"api:{name}"))


_OF_KINDS = {"lists": "list", "facets": "facets", "schemas": "schema"}


class Vocabularies(Endpoint):
    """Every list of codes: what each is called in each language, and what it means.

    Documents and filters have the codes alone.
    """

    operation = "getVocabularies"
    tag = "About"

    @property
    def answer(self) -> schemas.Schema:
        """A list of terms under the name of each vocabulary."""
        term = {
            "code": {"type": "string"},
            "title": component("Labels"),
            "description": component("Labels"),
        }
        terms = holding(
            {
                "standard": {"type": ["string", "null"]},
                "terms": {"type": "array", "items": holding(term)},
            }
        )
        return {"type": "object", "additionalProperties": terms}

    def get(self, request: HttpRequest) -> HttpResponse:
        """One query: the head."""
        self.asked(request)
        return answered(_vocabularies())


@cache
def _vocabularies() -> str:
    found: dict[str, Any] = {}
    for name, vocabulary in vocabularies().items():
        terms = [
            {
                "code": code,
                "title": labels(vocabulary, code),
                "description": {
                    language: vocabulary.sentence(code, language) for language in LANGUAGES
                },
            }
            for code in vocabulary.codes
        ]
        found[name] = {"standard": vocabulary.standard or None, "terms": terms}
    return text_of(found)


class KindSchema(Endpoint):
    """The JSON Schema of a kind's documents.

    JSON Schema 2020-12; every document of the kind conforms to it, with its `edition` or without.
    """

    operation = "getSchemaOf"

    @property
    def answer(self) -> schemas.Schema:
        """The schema."""
        names = [
            "$schema",
            "$id",
            "title",
            "description",
            "type",
            "properties",
            "required",
            "$defs",
        ]
        return {"type": "object", "required": names}

    def get(self, request: HttpRequest) -> HttpResponse:
        """One query: the head."""
        self.asked(request)
        return answered(_schema(self.kind))


@cache
def _schema(kind: str) -> str:
    return text_of(schemas.json_schema(kind))


class OpenAPI(Endpoint):
    """This description.

    OpenAPI 3.1; `docs/` shows it as a page on which to try it.
    """

    operation = "getDescription"
    tag = "About"

    @property
    def answer(self) -> schemas.Schema:
        """The description."""
        return {"type": "object", "required": ["openapi", "info", "servers", "paths", "components"]}

    def get(self, request: HttpRequest) -> HttpResponse:
        """One query: the head."""
        self.asked(request)
        return answered(description(absolute(request, "/").removesuffix("/")))


class Docs(SpectacularSwaggerSplitView):
    """The description as a page to read and try."""

    authentication_classes = ()
    permission_classes = ()
    content_negotiation_class = OneForm
    schema = None
    url_name = "api:openapi"
    template_name = "api/docs.html"
    # The library's own would hold a token for forms, and with it a cookie.
    template_name_js = "api/docs.js"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One query: the head. Its pictures stand inside its stylesheet, as data."""
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        directives = {**settings.SECURE_CSP, "img-src": ["'self'", "data:"]}
        response.headers["Content-Security-Policy"] = "; ".join(
            f"{name} {' '.join(sources)}" for name, sources in directives.items()
        )
        return response


class Nothing(Endpoint):
    """Every other address: 404, or the way to the same address with its last slash."""

    schema: Any = None

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """No query but the head."""
        if not request.path_info.endswith("/") and _leads_somewhere(f"{request.path_info}/"):
            query = request.META.get("QUERY_STRING", "")
            return led_to(f"{request.path}/" + (f"?{query}" if query else ""))
        detail = "There is nothing at this address; /api/v1/ says what there is."
        raise Problem(404, "no-address", detail)


def _leads_somewhere(path: str) -> bool:
    try:
        view: Any = resolve(path).func
        return getattr(view, "cls", None) is not Nothing
    except Resolver404:
        return False
