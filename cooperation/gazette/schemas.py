"""JSON Schema (2020-12) of each kind's documents, made from its shape.

Shared definitions stand under names of their own; `at` says where the reader will find them, so
that a schema alone and the interface's description can both hold them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import override

from cooperation.catalogue import KINDS
from cooperation.rules.keys import KEY_MAX_LENGTH, KEY_PATTERN
from cooperation.rules.languages import LANGUAGES

from . import shapes
from .models import Edition
from .shapes import types
from .shapes.types import Member

Schema = dict[str, Any]

DEFINITIONS = "#/$defs/"
DAY = r"[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
HASH = r"^sha256:[0-9a-f]{64}$"
NULL: Schema = {"type": "null"}


def json_schema(kind: str) -> Schema:
    """The schema of that kind's documents, whole; `edition` may stand in them, as it does in responses."""
    with override("en"):
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"/api/v1/schemas/{kind}.json",
            **document(kind, DEFINITIONS, with_edition=True),
            "$defs": definitions(DEFINITIONS, kind),
        }


def document(
    kind: str, at: str, *, with_edition: bool, required: tuple[str, ...] | None = None
) -> Schema:
    """The schema of that kind's documents, its definitions being found at `at`.

    Every member of the document is required unless `required` names others.
    """
    properties: Schema = {
        "schema": {"type": "string", "const": shapes.schema_name(kind)},
        "kind": {"type": "string", "const": kind},
        "key": {"$ref": f"{at}Key"},
        "url": {"type": "string", "pattern": f"^/{KINDS[kind].plural}/{KEY_PATTERN}/$"},
        "title": _schema(shapes.TITLE, at),
        "citations": {"type": "array", "items": {"$ref": f"{at}Citation"}},
        "editorial": {"type": "array", "items": {"type": "string"}},
        **{name: _schema(member, at) for name, member in shapes.shape(kind).members.items()},
    }
    properties["citations"]["description"] = "The passages of sources on which the document stands."
    properties["editorial"]["description"] = "Paths of the texts that are the editors' own wording."
    demanded = list(properties) if required is None else list(required)
    if with_edition:
        properties["edition"] = {"$ref": f"{at}Edition"}
    return {
        "title": str(KINDS[kind].label),
        "description": str(KINDS[kind].sentence),
        "type": "object",
        "properties": properties,
        "required": demanded,
        "additionalProperties": False,
    }


def definitions(at: str, kind: str | None = None) -> dict[str, Schema]:
    """What the schemas of that kind, or of all, refer to: by name."""
    kinds = [kind] if kind else list(KINDS)
    members = [m for k in kinds for _path, m in types.walk(shapes.shape(k).members)]
    codes = {m.vocabulary.name: m.vocabulary for m in members if isinstance(m, types.Code)}
    codes["currency"] = shapes.vocabularies()["currency"]
    return {
        "Key": {"type": "string", "pattern": f"^{KEY_PATTERN}$", "maxLength": KEY_MAX_LENGTH},
        "Texts": _object({language: _nullable({"type": "string"}) for language in LANGUAGES}),
        "Date": {"type": "string", "format": "edtf", "pattern": f"^{DAY}$"},
        "Interval": {"type": "string", "format": "edtf", "pattern": rf"^{DAY}(/({DAY}|\.\.))?$"},
        "Quantity": {
            "type": "string",
            "format": "decimal",
            "pattern": r"^(0|-?[1-9][0-9]*|-?(0|[1-9][0-9]*)\.[0-9]*[1-9])$",
            "maxLength": 32,
        },
        "Address": {"type": "string", "format": "web-address", "pattern": "^https?://.+$"},
        "Sum": _object(
            {"amount": {"$ref": f"{at}Quantity"}, "currency": {"$ref": f"{at}currency"}}
        ),
        "Money": _money(at),
        "Reference": _reference(at, None),
        "Citation": _object({name: _schema(m, at) for name, m in shapes.CITATION.items()}),
        "Edition": edition(at),
        **{
            name: {"type": "string", "enum": list(vocabulary.codes)}
            for name, vocabulary in sorted(codes.items())
        },
    }


def edition(at: str) -> Schema:
    """The schema of an edition's header."""
    kinds = sorted(KINDS)
    return _object(
        {
            "number": {"type": "integer", "minimum": 1},
            "action": {"type": "string", "enum": Edition.Action.values},
            "kind": {"type": "string", "enum": kinds},
            "key": {"$ref": f"{at}Key"},
            "published_at": {"type": "string", "format": "date-time"},
            "hash": _nullable({"type": "string", "pattern": HASH}),
            "reason": {"type": "string"},
            "office": {"type": "string"},
            "successor": _nullable({"$ref": f"{at}Key"}),
            "previous": _nullable({"type": "string", "pattern": HASH}),
            "chain": {"type": "string", "pattern": HASH},
        }
    )


def _schema(member: Member, at: str) -> Schema:
    """The schema of one member, with its label and sentence."""
    described = {"title": str(member.label), "description": str(member.sentence)}
    if isinstance(member, types.Parts):
        part = {"id": {"$ref": f"{at}Key"}, **_members(member, at)}
        return {"type": "array", "items": _object(part), **described}
    single = _SINGLE[type(member)](member, at)
    if member.many:
        return {"type": "array", "items": single, **described}
    return {**(single if _is_always_there(member) else _nullable(single)), **described}


def _is_always_there(member: Member) -> bool:
    """Whether the member never is null, though what is inside it may be."""
    if isinstance(member, types.Group):
        return not member.optional
    return isinstance(member, types.Texts | types.Flag)


def _members(member: Member, at: str) -> dict[str, Schema]:
    return {name: _schema(inside, at) for name, inside in types.inner(member).items()}


def _reference(at: str, kinds: tuple[str, ...] | None) -> Schema:
    named: Schema = {"type": "string", "enum": list(kinds)} if kinds else {"type": "string"}
    return _object(
        {
            "kind": named,
            "key": {"$ref": f"{at}Key"},
            "url": {"type": ["string", "null"]},
            "title": _nullable({"$ref": f"{at}Texts"}),
        }
    )


def _money(at: str) -> Schema:
    amount, currency = {"$ref": f"{at}Quantity"}, {"$ref": f"{at}currency"}
    converted: Schema = {
        "amount": amount,
        "currency": currency,
        "rate": {
            "type": "string",
            "pattern": r"^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$",
            "maxLength": 60,
        },
        "rate_date": {"$ref": f"{at}Date"},
        "source": {"type": ["string", "null"]},
    }
    listed = {"type": "array", "items": _object(converted)}
    return _object({"amount": amount, "currency": currency, "converted": listed})


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, NULL]}


def _named(name: str) -> Callable[[Any, str], Schema]:
    return lambda _member, at: {"$ref": f"{at}{name}"}


_SINGLE: dict[type[Member], Callable[[Any, str], Schema]] = {
    types.Texts: _named("Texts"),
    types.Text: lambda _member, _at: {"type": "string"},
    types.Code: lambda member, at: {"$ref": f"{at}{member.vocabulary.name}"},
    types.Reference: lambda member, at: _reference(at, member.kinds),
    types.Date: lambda member, at: {"$ref": f"{at}{'Interval' if member.interval else 'Date'}"},
    types.Money: _named("Money"),
    types.Sum: _named("Sum"),
    types.Quantity: _named("Quantity"),
    types.Address: _named("Address"),
    types.Number: lambda _member, _at: {"type": "integer", "minimum": 0},
    types.Flag: lambda _member, _at: {"type": "boolean"},
    types.PartName: _named("Key"),
    types.Group: lambda member, at: _object(_members(member, at)),
}
