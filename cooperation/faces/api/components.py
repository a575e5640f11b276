"""What the description says once and refers to: schemas, headers, and the answers that operations share."""

from __future__ import annotations

from typing import Any

from cooperation.catalogue import KINDS
from cooperation.gazette import schemas
from cooperation.rules.languages import LANGUAGES

from .hoisting import class_name, hoisted
from .problems import MEDIA_TYPE as PROBLEM
from .problems import SORTS, type_of

Schema = dict[str, Any]

SCHEMAS = "#/components/schemas/"
PARAMETERS = "#/components/parameters/"
TEXT: Schema = {"type": "string"}
# What each header tells; all of them stand on every answer of which ANSWERS names them.
HEADERS: dict[str, tuple[str, Schema]] = {
    "ETag": (
        "Tells whether anything has changed: send it back as `If-None-Match`.",
        {**TEXT, "pattern": '^W/"[0-9]+-[0-9a-f]{24}"$'},
    ),
    "Cache-Control": ("How long the answer may be kept without asking again.", TEXT),
    "Vary": ("Answers differ by encoding alone.", {**TEXT, "enum": ["Accept-Encoding"]}),
    "Last-Modified": ("When the newest edition was entered; once there is one.", TEXT),
    "Link": ("The licence; of a record also its editions, its page and its schema.", TEXT),
    "Access-Control-Allow-Origin": ("Pages of every origin may read.", {**TEXT, "enum": ["*"]}),
    "Content-Disposition": ("The name under which to keep the file.", TEXT),
    "Location": ("The same address of the successor.", {**TEXT, "format": "uri-reference"}),
    "Retry-After": ("After how many seconds to ask again.", {"type": "integer", "minimum": 1}),
}
KEPT = ("Cache-Control", "Vary", "Access-Control-Allow-Origin")
FOUND = ("ETag", "Last-Modified", "Link", *KEPT)
UNSURE = ("Last-Modified",)
"""What stands there only once anything is published."""
UNKEPT = ("Cache-Control", "Access-Control-Allow-Origin")
# The name, the sentence and the headers of each status that is not the answer itself.
ANSWERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "301": (
        "Merged",
        "The record was merged into another: the same address of that one.",
        ("Location", *KEPT),
    ),
    "304": (
        "Unchanged",
        "The answer that you have is the newest.",
        ("ETag", "Last-Modified", *KEPT),
    ),
    "400": (
        "Refused",
        "Something is unknown, wrong, or too much to ask at once; `errors` names each parameter, and what is allowed.",
        UNKEPT,
    ),
    "404": ("Absent", "There is nothing under that name, or was not at that time.", KEPT),
    "410": (
        "Gone",
        "The record was withdrawn, or the text in force then was removed by order; `reason` says why.",
        ("Link", *KEPT),
    ),
    "412": ("Unmet", "The answer is not what `If-Match` demands.", UNKEPT),
    "500": ("Failed", "Something went wrong here.", UNKEPT),
    "503": ("Unavailable", "The register cannot be read at the moment.", ("Retry-After", *UNKEPT)),
}
EVERYWHERE = ("304", "400", "412", "500", "503")


def component_name(kind: str) -> str:
    """The name under which the schema of that kind's documents stands."""
    return class_name(kind)


def answered(codes: tuple[str, ...]) -> Schema:
    """References to the answers with these statuses, and to those that every operation may give."""
    named = sorted({*codes, *EVERYWHERE})
    return {code: {"$ref": f"#/components/responses/{ANSWERS[code][0]}"} for code in named}


def headers(names: tuple[str, ...]) -> Schema:
    """References to headers by their names."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def components(filters: Schema) -> Schema:
    """Everything to which operations refer; `filters` are the parameters that narrow lists, by name."""
    return {
        "schemas": _schemas(),
        "headers": {
            name: {"description": sentence, "required": name not in UNSURE, "schema": schema}
            for name, (sentence, schema) in HEADERS.items()
        },
        "responses": {
            name: {
                "description": sentence,
                "headers": headers(named),
                **({} if code < "400" else _problem_content()),
            }
            for code, (name, sentence, named) in ANSWERS.items()
        },
        "parameters": {"IfNoneMatch": _if_none_match(), **filters},
    }


def holding(properties: dict[str, Schema]) -> Schema:
    """The schema of an object that has all these members; others may be added in time."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _schemas() -> Schema:
    shared = {**schemas.definitions(SCHEMAS), "Problem": _problem(), "Head": _head()}
    found: Schema = {"Labels": _labels()}
    for name, schema in shared.items():
        found |= hoisted(name, schema, SCHEMAS)
    for kind in KINDS:
        found |= _documents(kind)
    return found


def _documents(kind: str) -> Schema:
    """The schemas of that kind's documents: as `fields` leaves them, whole, and as entered, without the header."""
    name = component_name(kind)
    described = schemas.document(kind, SCHEMAS, with_edition=True)
    # A title would be taken for the name.
    del described["title"]
    # Documents of older schemas, and of those to come, are read under the same description.
    described["properties"]["schema"] = {"type": "string", "pattern": f"^{kind}/[1-9][0-9]*$"}
    found = hoisted(name, described, SCHEMAS)
    whole = found[name]
    members = whole["properties"]
    entered = {member: one for member, one in members.items() if member != "edition"}
    some = f"{whole['description']} Such members as were asked for."
    return {
        **found,
        f"{name}Members": {**whole, "required": [], "description": some},
        f"{name}Member": {"type": "string", "enum": list(members)},
        name: {"allOf": [{"$ref": f"{SCHEMAS}{name}Members"}], "required": list(members)},
        f"{name}Document": {**whole, "properties": entered, "required": list(entered)},
    }


def _if_none_match() -> Schema:
    return {
        "in": "header",
        "name": "If-None-Match",
        "description": "The `ETag` of the answer that you have: while it is the newest, the answer is 304.",
        "schema": TEXT,
    }


def _problem_content() -> Schema:
    return {"content": {PROBLEM: {"schema": {"$ref": f"{SCHEMAS}Problem"}}}}


def _head() -> Schema:
    properties: dict[str, Schema] = {
        "number": {"type": "integer", "minimum": 0},
        "published_at": {"type": ["string", "null"], "format": "date-time"},
        "chain": {"type": ["string", "null"], "pattern": schemas.HASH},
    }
    return {
        **holding(properties),
        "description": "Number, time and chain of the newest edition.",
    }


def _labels() -> Schema:
    return {
        **holding(dict.fromkeys(LANGUAGES, TEXT)),
        "description": "What people call a code, in each language.",
    }


def _problem() -> Schema:
    fault = holding(
        {
            "parameter": TEXT,
            "value": {"type": ["string", "null"]},
            "detail": TEXT,
            "allowed": {
                "description": "What may stand there; null where that is no list.",
                "type": ["array", "null"],
                "items": TEXT,
            },
        }
    )
    known = ", ".join(f"`{one}`" for one in ("about:blank", *map(type_of, SORTS)))
    sorts = f"The sort of the problem. Others may be added; known today: {known}."
    properties = {
        "type": {**TEXT, "description": sorts},
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
        "instance": TEXT,
        "errors": {"type": "array", "items": fault, "minItems": 1},
        "reason": {"type": ["string", "null"]},
        "redacted_by": {"type": ["integer", "null"], "minimum": 1},
        "edition": {"$ref": f"{SCHEMAS}Edition"},
        "begins": {"type": ["string", "null"], "format": "date-time"},
    }
    return {
        "description": "What is wrong, and what would be right (RFC 9457).",
        "type": "object",
        "properties": properties,
        "required": ["type", "title", "status", "detail"],
    }
