"""Columns as the fields of a Table Schema (datapackage.org, version 2): what each is called, means and may hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from cooperation.catalogue import KINDS
from cooperation.gazette import schemas
from cooperation.gazette.shapes import types, vocabularies
from cooperation.gazette.shapes.types import Member
from cooperation.gazette.shapes.vocabularies import LANGUAGES
from cooperation.rules.cells import BETWEEN
from cooperation.rules.keys import KEY_MAX_LENGTH, KEY_PATTERN

from . import tables
from .tables import Column

Descriptor = dict[str, Any]

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
TEXT: Descriptor = {"type": "string"}
COUNT: Descriptor = {"type": "integer", "constraints": {"required": True, "minimum": 0}}
A_WORD = "[^;]+"


def of_records(kind: str, columns: Sequence[Column]) -> Descriptor:
    """The schema of the table of that kind's records, in the language that is active."""
    named = {"kind": {"type": "string", "constraints": {"required": True, "enum": [kind]}}}
    return _schema([{**field(column), **named.get(column.name, {})} for column in columns], ["key"])


def of_list(plural: str, name: str, columns: Sequence[Column]) -> Descriptor:
    """The schema of the table of a list in the records whose table is the plural, in the active language."""
    owner = {"name": tables.OWNER, "title": "Record", **_key(), "description": _OWNER}
    named = [owner, *map(field, columns)]
    led = {"fields": [tables.OWNER], "reference": {"resource": plural, "fields": ["key"]}}
    keys = [] if name == tables.CITATIONS else [tables.OWNER, "id"]
    return {**_schema(named, keys), "foreignKeys": [led]}


def of_documents(kind: str) -> Descriptor:
    """The schema of that kind's documents as rows; what the members hold, their JSON Schema says."""
    members = schemas.document(kind, "", with_edition=True)["properties"]
    edition = members.pop("edition")
    named = [*sorted(members.items()), ("edition", edition)]
    fields = [
        {"name": name, **{word: one[word] for word in ("title", "description") if word in one}}
        for name, one in named
    ]
    return _schema([{**one, "type": "any"} for one in fields], ["key"])


def of_texts(names: Sequence[str], key: Sequence[str]) -> Descriptor:
    """The schema of a table that holds texts alone."""
    return _schema([{"name": name, **TEXT} for name in names], key)


def field(column: Column) -> Descriptor:
    """The field that the column is, in the language that is active."""
    if not column.trail:
        return {"name": column.name, **_everywhere()[column.name]}
    member = column.trail[-1]
    title = ": ".join(str(one.label) for one in column.trail)
    said = {
        "name": column.name,
        "title": f"{title} ({_aspect(column, member)})" if column.aspect else title,
        "description": str(member.sentence),
    }
    held = _held(member, column.aspect)
    if not column.many:
        return {**said, **held}
    return {**said, **_several(held.get("constraints", {}))}


def _schema(fields: Sequence[Descriptor], key: Sequence[str]) -> Descriptor:
    keyed = {"primaryKey": list(key)} if key else {}
    return {"$schema": PROFILE, "fields": list(fields), "missingValues": [""], **keyed}


def _aspect(column: Column, member: Member) -> str:
    if isinstance(member, types.Texts):
        return LANGUAGES.label(column.aspect, "en")
    return column.aspect


def _held(member: Member, aspect: str) -> Descriptor:
    """What the column may hold of one such member."""
    if aspect == "currency":
        return _one_of(vocabularies()["currency"].codes)
    if isinstance(member, types.Reference):
        return _reference(member) if aspect == "key" else TEXT
    return _HELD[type(member)](member)


def _reference(member: types.Reference) -> Descriptor:
    if len(member.kinds) == 1:
        return {"type": "string", "constraints": _KEY}
    return _like(f"({'|'.join(sorted(member.kinds))})/{KEY_PATTERN}")


def _one_of(codes: Sequence[str]) -> Descriptor:
    return {"type": "string", "constraints": {"enum": list(codes)}}


def _like(pattern: str) -> Descriptor:
    # Table Schema has the patterns of XML Schema, which are always of the whole.
    return {"type": "string", "constraints": {"pattern": pattern}}


def _several(of_each: Descriptor) -> Descriptor:
    """Any number of them in one cell. There are lists in version 2, which few programs know: these are texts."""
    if not {"enum", "pattern"} & of_each.keys():
        # It may itself hold what stands between several, so that nobody can tell how many there are.
        return TEXT
    one = of_each.get("pattern", A_WORD)
    return _like(f"({one})?({BETWEEN}({one})?)*")


def _defined(name: str) -> Descriptor:
    """A text as the JSON Schema of documents defines it under that name."""
    return _like(_patterns()[name])


@cache
def _patterns() -> dict[str, str]:
    defined = schemas.definitions("", next(iter(KINDS)))
    return {
        name: one["pattern"].removeprefix("^").removesuffix("$")
        for name, one in defined.items()
        if "pattern" in one
    }


_KEY = {"pattern": KEY_PATTERN, "maxLength": KEY_MAX_LENGTH}
_HELD: dict[type[Member], Callable[[Any], Descriptor]] = {
    types.Parts: lambda _member: COUNT,
    types.Texts: lambda _member: TEXT,
    types.Text: lambda _member: TEXT,
    types.Code: lambda member: _one_of(member.vocabulary.codes),
    types.Date: lambda member: _defined("Interval" if member.interval else "Date"),
    types.Money: lambda _member: {"type": "number"},
    types.Sum: lambda _member: {"type": "number"},
    types.Quantity: lambda _member: {"type": "number"},
    types.Address: lambda _member: _defined("Address"),
    types.Number: lambda _member: {"type": "integer", "constraints": {"minimum": 0}},
    types.Flag: lambda _member: {"type": "boolean"},
    types.PartName: lambda _member: {"type": "string", "constraints": _KEY},
}
_OWNER = "The key of the record that the row belongs to."


def _key() -> Descriptor:
    return {"type": "string", "constraints": {"required": True, **_KEY}}


@cache
def _everywhere() -> dict[str, Descriptor]:
    """The columns that every kind's tables have."""
    return {
        "kind": _said("Kind", "What sort of record it is."),
        "key": _said("Key", "The record's permanent name.", **_key()),
        "url": _said("Address", "The record's page.", **_needed("string", format="uri")),
        "citations_count": _said("Citations", "How many passages of sources it cites.", **COUNT),
        "editorial": _said(
            "Editorial",
            "Paths of the texts that are the editors' own wording.",
            **_several({"pattern": A_WORD}),
        ),
        "edition_number": _said(
            "Edition", "The number of the edition in force.", **_needed("integer")
        ),
        "published_at": _said("Published", "When it was entered.", **_needed("datetime")),
        "id": _said("Id", "The part's permanent name within its record.", **_key()),
    }


def _said(title: str, description: str, **held: Any) -> Descriptor:
    return {"title": title, "description": description, **held}


def _needed(kind: str, **more: Any) -> Descriptor:
    return {"type": kind, **more, "constraints": {"required": True}}
