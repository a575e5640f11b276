"""The interface's own description (OpenAPI 3.1), made from what each endpoint declares."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import uritemplate
from django.conf import settings
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from cooperation.catalogue import KINDS
from cooperation.gazette import schemas
from cooperation.rules.languages import LANGUAGES

from .problems import MEDIA_TYPE as PROBLEM
from .problems import SORTS, type_of

Schema = dict[str, Any]

COMPONENTS = "#/components/schemas/"
PATH: dict[str, tuple[str, Schema]] = {
    "key": ("The record's permanent name.", {"$ref": f"{COMPONENTS}Key"}),
    "number": ("The edition's number.", {"type": "integer", "minimum": 1}),
}
REFUSALS = {
    "400": "A parameter is unknown or wrong; `errors` says which, and what is allowed.",
    "404": "There is nothing under that name.",
    "410": "The record was withdrawn; `reason` says why.",
}


class Description(AutoSchema):
    """What the description says of one endpoint: nothing is guessed, all of it is declared there."""

    def get_operation(self, path: str, *_rest: Any) -> Schema:
        """The operation as OpenAPI writes it."""
        endpoint: Any = self.view
        names = sorted(uritemplate.variables(path))
        refusals = ["400", "404"] if names else ["400"]
        if endpoint.is_of_record:
            refusals.append("410")
        marked = {"deprecated": True} if endpoint.notice else {}
        return {
            "operationId": endpoint.operation + component_name(endpoint.kind),
            "summary": (type(endpoint).__doc__ or "").splitlines()[0],
            **marked,
            "tags": [str(KINDS[endpoint.kind].label_plural) if endpoint.kind else endpoint.tag],
            "parameters": [
                *(_path_parameter(name) for name in names),
                *(_query_parameter(parameter) for parameter in endpoint.parameters),
            ],
            "responses": {
                "200": _content(endpoint.renderer_classes[0].media_type, endpoint.answer),
                "304": {"description": "The answer that you have is the newest."},
                **{code: _refusal(REFUSALS[code]) for code in refusals},
            },
        }


def _path_parameter(name: str) -> Schema:
    sentence, schema = PATH[name]
    return {"in": "path", "name": name, "required": True, "description": sentence, "schema": schema}


def _query_parameter(parameter: Any) -> Schema:
    found = {
        "in": "query",
        "name": parameter.name,
        "description": str(parameter.sentence),
        "schema": parameter.schema,
    }
    return {**found, "explode": True, "style": "form"} if parameter.many else found


def _content(media_type: str, schema: Schema) -> Schema:
    return {
        "description": "What was asked for.",
        "headers": {
            "ETag": {"schema": {"type": "string"}, "description": "For If-None-Match."},
            "Last-Modified": {
                "schema": {"type": "string"},
                "description": "When the newest edition was entered; once there is one.",
            },
            "Link": {
                "schema": {"type": "string"},
                "description": "The licence; of a record also its editions, its page and its schema.",
            },
        },
        "content": {media_type: {"schema": schema}},
    }


def _refusal(sentence: str) -> Schema:
    return {
        "description": sentence,
        "content": {PROBLEM: {"schema": {"$ref": f"{COMPONENTS}Problem"}}},
    }


class Describing(SchemaGenerator):
    """Adds to the description the schemas to which the endpoints refer."""

    def get_schema(
        self, request: Any = None, public: bool = True
    ) -> Schema:  # as the framework has it
        """The whole description."""
        described: Schema = super().get_schema(request, public)
        described["info"]["license"] = {"name": "Licence", "url": settings.PORTAL_LICENCE_URL}
        described["components"] = {"schemas": components()}
        return described


@cache
def description() -> str:
    """The description as JSON text; the same for every reader."""
    with override("en"):
        return json.dumps(Describing().get_schema(public=True), ensure_ascii=False)


def components() -> dict[str, Schema]:
    """The schemas to which the endpoints refer, by name."""
    found = schemas.definitions(COMPONENTS)
    for kind in KINDS:
        whole = schemas.document(kind, COMPONENTS, with_edition=True)
        found[component_name(kind)] = {**whole, "required": [*whole["required"], "edition"]}
        found[f"{component_name(kind)}Members"] = {**whole, "required": []}
        found[f"{component_name(kind)}Document"] = schemas.document(
            kind, COMPONENTS, with_edition=False
        )
    return {**found, "Problem": _problem(), "Head": _head(), "Labels": _labels()}


def component_name(kind: str) -> str:
    """The name under which the schema of that kind's documents stands."""
    return "".join(word.title() for word in kind.split("_"))


def _head() -> Schema:
    properties = {
        "number": {"type": "integer", "minimum": 0},
        "published_at": {"type": ["string", "null"], "format": "date-time"},
        "chain": {"type": ["string", "null"]},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _labels() -> Schema:
    properties = {language: {"type": "string"} for language in LANGUAGES}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _problem() -> Schema:
    text = {"type": "string"}
    fault = {
        "type": "object",
        "properties": {
            "parameter": text,
            "value": {"type": ["string", "null"]},
            "detail": text,
            "allowed": {"type": "array", "items": text},
        },
        "required": ["parameter", "value", "detail", "allowed"],
    }
    properties = {
        "type": {"type": "string", "enum": ["about:blank", *map(type_of, SORTS)]},
        "title": text,
        "status": {"type": "integer"},
        "detail": text,
        "instance": text,
        "errors": {"type": "array", "items": fault},
        "reason": {"type": ["string", "null"]},
        "begins": {"type": ["string", "null"], "format": "date-time"},
        "edition": {"$ref": f"{COMPONENTS}Edition"},
    }
    required = ["type", "title", "status", "detail"]
    return {"type": "object", "properties": properties, "required": required}
