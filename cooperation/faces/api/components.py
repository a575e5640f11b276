"""What the description says once and refers to: schemas, headers, and the answers that operations share."""

from __future__ import annotations

from typing import Any

from cooperation.catalogue import KINDS
from cooperation.gazette import schemas
from cooperation.rules.languages import LANGUAGES

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
    return "".join(word.title() for word in kind.split("_"))


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


def _schemas() -> Schema:
    found = schemas.definitions(SCHEMAS)
    for kind in KINDS:
        name = component_name(kind)
        whole = schemas.document(kind, SCHEMAS, with_edition=True)
        members = list(whole["properties"])
        found[f"{name}Members"] = {
            **whole,
            "required": [],
            "description": f"{whole['description']} Such members as were asked for.",
        }
        found[f"{name}Member"] = {"type": "string", "enum": members}
        found[name] = _demanding(name, members)
        found[f"{name}Document"] = {
            **_demanding(name, members[:-1]),
            "properties": {"edition": False},
        }
    return {**found, "Problem": _problem(), "Head": _head(), "Labels": _labels()}


def _demanding(name: str, required: list[str]) -> Schema:
    """The schema of whole documents: those members and all of them."""
    return {"allOf": [{"$ref": f"{SCHEMAS}{name}Members"}], "required": required}


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
    properties = {
        "number": {"type": "integer", "minimum": 0},
        "published_at": {"type": ["string", "null"], "format": "date-time"},
        "chain": {"type": ["string", "null"], "pattern": schemas.HASH},
    }
    return {
        "description": "Number, time and chain of the newest edition.",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _labels() -> Schema:
    properties = dict.fromkeys(LANGUAGES, TEXT)
    return {
        "description": "What people call a code, in each language.",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _problem() -> Schema:
    fault = {
        "type": "object",
        "properties": {
            "parameter": TEXT,
            "value": {"type": ["string", "null"]},
            "detail": TEXT,
            "allowed": {
                "description": "What may stand there; null where that is no list.",
                "type": ["array", "null"],
                "items": TEXT,
            },
        },
        "required": ["parameter", "value", "detail", "allowed"],
        "additionalProperties": False,
    }
    properties = {
        "type": {"type": "string", "enum": ["about:blank", *map(type_of, SORTS)]},
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
        "additionalProperties": False,
    }
