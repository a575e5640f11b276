"""Whether a document is what its kind's schema says; the last look before it is entered.

It reads the few words of JSON Schema that our schemas use, and besides checks the formats, which
other validators pass over: that a date is in the calendar, an amount canonical, an address safe.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from cooperation.rules.addresses import web_address
from cooperation.rules.dates import parse
from cooperation.rules.money import amount_text, parse_amount

from .schemas import DEFINITIONS, Schema, json_schema

MOST = 20
TYPES: dict[str, type] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "object": dict,
    "array": list,
    "null": type(None),
}
# Each returns the canonical form, or raises ValueError with a sentence.
FORMATS: dict[str, Callable[[str], str]] = {
    "edtf": lambda text: parse(text).text,
    "decimal": lambda text: amount_text(parse_amount(text)),
    "web-address": web_address,
}


def problems(kind: str, document: Mapping[str, Any]) -> list[str]:
    """A sentence for each thing that is wrong, up to 20; empty where the document conforms."""
    found = _faults(_schema(kind), dict(document), "", _schema(kind)["$defs"])
    return list(islice(found, MOST))


@cache
def _schema(kind: str) -> Schema:
    """The schema of stored documents: the edition's header is not yet among them."""
    schema = json_schema(kind)
    del schema["properties"]["edition"]
    return schema


def _faults(schema: Schema, value: Any, path: str, named: Mapping[str, Schema]) -> Iterator[str]:
    if "$ref" in schema:
        schema = named[schema["$ref"].removeprefix(DEFINITIONS)]
    if "anyOf" in schema:
        # Ours are always something or null.
        yield from _faults(schema["anyOf"][0], value, path, named) if value is not None else ()
        return
    where = path or "the document"
    if not _is_of_type(schema.get("type"), value):
        yield f"{where} must be {_words(schema['type'])}, not {type(value).__name__}."
    elif isinstance(value, dict):
        yield from _in_object(schema, value, path, named)
    elif isinstance(value, list):
        yield from _in_list(schema, value, path, named)
    else:
        yield from _in_value(schema, value, where)


def _in_object(schema: Schema, value: dict[str, Any], path: str, named: Any) -> Iterator[str]:
    properties = schema["properties"]
    for name in schema["required"]:
        if name not in value:
            yield f"{_below(path, name)} is missing."
    for name, inside in value.items():
        if name in properties:
            yield from _faults(properties[name], inside, _below(path, name), named)
        else:
            yield f"{_below(path, str(name)[:80])} is not in the schema."


def _in_list(schema: Schema, value: list[Any], path: str, named: Any) -> Iterator[str]:
    seen = set()
    for index, inside in enumerate(value):
        name = str(inside.get("id", index) if isinstance(inside, dict) else index)[:80]
        if name in seen:
            yield f"{path} has two parts with the id {name}."
        seen.add(name)
        yield from _faults(schema["items"], inside, _below(path, name), named)


def _in_value(schema: Schema, value: Any, where: str) -> Iterator[str]:
    if "const" in schema and value != schema["const"]:
        yield f"{where} must be “{schema['const']}”."
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} must be one of {', '.join(map(str, schema['enum'][:20]))}."
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{where} must be {schema['minimum']} or more."
    if "maxLength" in schema and len(value) > schema["maxLength"]:
        yield f"{where} must not be longer than {schema['maxLength']} characters."
    elif "pattern" in schema and not re.fullmatch(schema["pattern"], value):
        yield f"{where} is not written as the schema says ({schema['pattern']})."
    elif schema.get("format") in FORMATS:
        yield from _in_format(FORMATS[schema["format"]], value, where)


def _in_format(canonical: Callable[[str], str], value: str, where: str) -> Iterator[str]:
    try:
        if canonical(value) != value:
            yield f"{where} must be written {canonical(value)}."
    except ValueError as fault:
        yield f"{where}: {fault}"


def _is_of_type(asked: str | list[str] | None, value: Any) -> bool:
    if asked is None:
        return True
    # To Python True is a number; to JSON it is not.
    names = [asked] if isinstance(asked, str) else asked
    return any(
        isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))
        for name in names
    )


def _words(asked: str | list[str]) -> str:
    return asked if isinstance(asked, str) else " or ".join(asked)


def _below(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name
