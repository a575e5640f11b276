"""Gives the objects inside a schema names of their own, as generators of clients make a class of each."""

from __future__ import annotations

from typing import Any

from cooperation.rules.words import singular

Schema = dict[str, Any]


def class_name(name: str) -> str:
    """The name of a kind or member as that of a class."""
    return "".join(word.title() for word in name.split("_"))


def hoisted(name: str, schema: Schema, at: str) -> dict[str, Schema]:
    """That schema and each object in it by its name, what stands in a fund's status as `FundStatus`.

    They refer to each other below `at`. None is closed, so that members can be added.
    """
    found: dict[str, Schema] = {}
    found[name] = _opened(name, schema, at, found)
    return found


def _opened(name: str, schema: Schema, at: str, found: dict[str, Schema]) -> Schema:
    """The schema without the ban of other members, the objects in it put under `found`."""
    opened = {what: said for what, said in schema.items() if what != "additionalProperties"}
    if "properties" in opened:
        opened["properties"] = {
            member: _referring(name + _name_of_one(member, inside), inside, at, found)
            for member, inside in schema["properties"].items()
        }
    return opened


def _name_of_one(member: str, schema: Schema) -> str:
    """What one value of that member is called: `Party` in `parties`."""
    before, _underscore, last = member.rpartition("_")
    one = singular(last) if "items" in schema else last
    return class_name(f"{before}_{one}")


def _referring(name: str, schema: Schema, at: str, found: dict[str, Schema]) -> Schema:
    """What stands in the member's place: a reference to its object, or the schema as it was."""
    if "properties" in schema:
        # Some generators take a title for a name.
        said: Schema = {what: schema[what] for what in ("title", "description") if what in schema}
        rest = {what: one for what, one in schema.items() if what not in said}
        found[name] = _opened(name, rest, at, found)
        return {"$ref": f"{at}{name}", **said}
    if "items" in schema:
        return {**schema, "items": _referring(name, schema["items"], at, found)}
    if "anyOf" in schema:
        return {**schema, "anyOf": [_referring(name, one, at, found) for one in schema["anyOf"]]}
    return schema
