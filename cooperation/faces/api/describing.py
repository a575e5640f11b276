"""The interface's own description (OpenAPI 3.1), made from what each endpoint declares."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import uritemplate
from django.conf import settings
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from cooperation.catalogue import KINDS
from cooperation.faces.answers import LICENCES

from .components import PARAMETERS, SCHEMAS, Schema, answered, component_name, components, headers
from .envelopes import text_of
from .examples import ORIGIN, Example, address, example
from .parameters import BIGGEST, Parameter, filters

PATH: dict[str, tuple[str, Schema]] = {
    "key": ("The record's permanent name.", {"$ref": f"{SCHEMAS}Key"}),
    "number": (
        "The edition's number.",
        {"type": "integer", "minimum": 1, "maximum": BIGGEST},
    ),
}
TAGS = {
    "Search": "Words, looked for in the records of every kind.",
    "Register": "Everything that was ever entered, in order: for mirrors and for those who verify.",
    "About": "What the interface says of itself: where everything is, its codes, and this description.",
}
SUMMARY = (
    "Who promised what to whom, how much money, on which source's word, and what has become of it."
)
ABOUT = """\
Everything that the portal has published, as JSON. It is for reading: no key, no cookie, from any origin.

- **GET** everywhere; **HEAD** gives the same headers without a body, and **OPTIONS** says so. Every other method is answered 405.
- Documents are canonical JSON (RFC 8785), exactly as their edition holds them, with one member added: `edition`, its header. \
Members are never left out; unknown is `null`. Dates are EDTF strings, amounts exact decimal strings.
- A filter that is given several times means any of its values. What is unknown or wrong is refused with 400, and named.
- What stands after the question mark may be 4,000 bytes long, a filter may have 50 values, and `q` 200 characters and 32 words.
- Every answer that is found has an `ETag`. Send it back as `If-None-Match`: while nothing public has changed, the answer is 304.

What `v1` promises for ten years, and how notice is given of what will go, stands in the \
[guide for developers](/api/v1/guide/api.md#what-v1-promises).
"""


class Description(AutoSchema):
    """What the description says of one endpoint: nothing is guessed, all of it is declared there."""

    def get_operation(self, path: str, *_rest: Any) -> Schema:
        """The operation as OpenAPI writes it."""
        endpoint: Any = self.view
        names = sorted(uritemplate.variables(path))
        name = endpoint.operation + component_name(endpoint.kind)
        summary, _blank, more = inspect.cleandoc(type(endpoint).__doc__ or "").partition("\n\n")
        shown = example(name)
        asked = shown.request if shown else {}
        return {
            "operationId": name,
            "summary": summary,
            "description": more,
            **({"deprecated": True} if endpoint.notice else {}),
            "tags": [str(KINDS[endpoint.kind].label_plural) if endpoint.kind else endpoint.tag],
            "parameters": [
                *(_path_parameter(one, asked) for one in names),
                *_query_parameters(endpoint, asked),
                {"$ref": f"{PARAMETERS}IfNoneMatch"},
            ],
            "responses": {
                "200": _found(endpoint, _shown(path, shown) if shown else {}),
                **answered(endpoint.refusals),
            },
        }


def _path_parameter(name: str, asked: Mapping[str, Any]) -> Schema:
    sentence, schema = PATH[name]
    found = {"in": "path", "name": name, "required": True, "description": sentence}
    return {**found, "schema": schema, **_asked(name, asked)}


def _query_parameters(endpoint: Any, asked: Mapping[str, Any]) -> Iterator[Schema]:
    """What may stand in the query; the kind's filters, which several operations take, by reference."""
    shared = filters(endpoint.kind) if endpoint.kind else ()
    for parameter in endpoint.parameters:
        if parameter in shared:
            yield {"$ref": f"{PARAMETERS}{component_name(endpoint.kind)}.{parameter.name}"}
        else:
            yield _query_parameter(parameter, asked)


def _query_parameter(parameter: Parameter, asked: Mapping[str, Any]) -> Schema:
    found = {
        "in": "query",
        "name": parameter.name,
        "description": str(parameter.sentence),
        "schema": parameter.schema,
        **_asked(parameter.name, asked),
    }
    if parameter.schema.get("type") == "array":
        found |= {"style": "form", "explode": parameter.many}
    return found


def _filters() -> Iterator[tuple[str, Schema]]:
    """The filters of every kind, each with the value that the example of its list asks for."""
    for kind in KINDS:
        shown = example(f"list{component_name(kind)}")
        for parameter in filters(kind):
            found = _query_parameter(parameter, shown.request if shown else {})
            yield f"{component_name(kind)}.{parameter.name}", found


def _asked(name: str, asked: Mapping[str, Any]) -> Schema:
    return {"example": asked[name]} if name in asked else {}


def _found(endpoint: Any, shown: Schema) -> Schema:
    return {
        "description": inspect.getdoc(type(endpoint).answer),
        "headers": headers(endpoint.headers_found),
        "content": {endpoint.renderer_classes[0].media_type: {"schema": endpoint.answer, **shown}},
    }


def _shown(path: str, shown: Example) -> Schema:
    """The answer of an example, or in words where it is to be had: generators fetch what `externalValue` names."""
    if shown.answer is not None:
        return {"example": shown.answer}
    place = f"Not shown here; it is answered at {address(path, shown.request)}"
    return {"examples": {"whole": {"summary": "The whole answer", "description": place}}}


class Describing(SchemaGenerator):
    """Adds to the description what stands above the operations, and all to which they refer."""

    def get_schema(
        self, request: Any = None, public: bool = True
    ) -> Schema:  # as the framework has it
        """The whole description."""
        described: Schema = super().get_schema(request, public)
        return {
            "openapi": described["openapi"],
            "info": {**described["info"], **_info()},
            "servers": [{"url": "/", "description": "The portal that gave this description."}],
            "externalDocs": {
                "url": f"{ORIGIN}/api/v1/guide/api.md",
                "description": "The guide: the interface in ten minutes, with code to copy.",
            },
            "tags": [{"name": name, "description": said} for name, said in _tags()],
            "paths": described["paths"],
            "components": components(dict(_filters())),
        }


def _info() -> Schema:
    contact = settings.PORTAL_CONTACT
    reached = {"email" if "@" in contact else "url": contact} if contact else {}
    url = settings.PORTAL_LICENCE_URL
    return {
        "summary": SUMMARY,
        "description": ABOUT,
        "contact": {"name": settings.PORTAL_OFFICE, **reached},
        "license": {"name": LICENCES.get(url, "Licence").replace("-", " "), "url": url},
    }


def _tags() -> Iterator[tuple[str, str]]:
    for kind in KINDS.values():
        yield str(kind.label_plural), str(kind.sentence)
    yield from TAGS.items()


def description(origin: str) -> str:
    """The description of the portal at that address as JSON text; the same for every reader."""
    return _described(
        settings.PORTAL_OFFICE, settings.PORTAL_CONTACT, settings.PORTAL_LICENCE_URL
    ).replace(ORIGIN, origin)


@lru_cache(maxsize=2)
def _described(*_shown: str) -> str:
    with override("en"):
        return text_of(Describing().get_schema(public=True))
