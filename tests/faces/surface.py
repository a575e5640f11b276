"""Every name that `v1` promises, one a line, as docs/api-v1.txt keeps them.

`PORTAL_LOCAL=on .venv/bin/python -m tests.faces.surface` writes the file anew. A line that goes away
breaks what somebody elsewhere relies on; a new one is a promise for ten years.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Schema = dict[str, Any]

FILE = Path(__file__).resolve().parent.parent.parent / "docs" / "api-v1.txt"
COMMAND = "PORTAL_LOCAL=on .venv/bin/python -m tests.faces.surface"
# Said once under the name without the ending: they differ in which members may be left out.
VARIANTS = ("Members", "Document")
NULL = {"type": "null"}
# What may be one of more than these may be of any kind.
MOST = 3


def lines(description: Schema, vocabularies: Schema) -> list[str]:
    """The names in a description (OpenAPI) and in the lists of codes, sorted."""
    whole = {
        name: _together(one, description)
        for name, one in description["components"]["schemas"].items()
        if not name.endswith(VARIANTS)
    }
    terms = ((name, term) for name, one in vocabularies.items() for term in one["terms"])
    found = {f"code {name}: {term['code']}" for name, term in terms}
    found |= set(_addresses(description, whole))
    for name, schema in whole.items():
        if name not in vocabularies:
            found |= set(_members("member", name, schema, whole))
    return sorted(found)


def _addresses(description: Schema, components: Schema) -> Iterator[str]:
    """What may be asked of each address, what it answers, and which headers every answer has."""
    headers = []
    for path, operations in description["paths"].items():
        for one in operations["get"]["parameters"]:
            yield from _parameter(path, _found(one, description), components)
        answer = operations["get"]["responses"]["200"]
        headers.append(set(answer["headers"]))
        for form, content in answer["content"].items():
            yield f"address {path} {form}"
            if form == "application/json":
                yield from _members(f"answer {path}", "", content["schema"], components)
    yield from (f"header {name}" for name in set.intersection(*headers))


def _parameter(path: str, parameter: Schema, components: Schema) -> Iterator[str]:
    """The parameter's name and type, and the words that it takes, if it takes some only."""
    name, schema = parameter["name"], parameter["schema"]
    # Headers may be sent to every address alike.
    where = "" if parameter["in"] == "header" else f" {path}"
    yield f"{parameter['in']}{where} {name}: {_type(schema, components)}"
    yield from (f"value {name}: {value}" for value in schema.get("enum", ()))


def _together(schema: Schema, description: Schema) -> Schema:
    """The schema with what it takes over from others."""
    others = [_found(one, description) for one in schema.get("allOf", ())]
    required = [name for one in [*others, schema] for name in one.get("required", ())]
    merged = {name: said for one in [*others, schema] for name, said in one.items()}
    return {**merged, "required": required}


def _found(one: Schema, description: Schema) -> Schema:
    """What stands there, or what it refers to."""
    for name in one.get("$ref", "").split("/")[1:]:
        one = description = description[name]
    return one


def _members(what: str, name: str, schema: Schema, components: Schema) -> Iterator[str]:
    """A line for the thing itself, and one for each member and value in it."""
    yield f"{what} {name}".rstrip() + f": {_type(schema, components)}"
    for one in _alternatives(schema):
        yield from _inside(what, name, one, components)


def _inside(what: str, name: str, schema: Schema, components: Schema) -> Iterator[str]:
    """A line for each member and value in what is a list, an object or a word."""
    if schema.get("type") == "array":
        for one in _alternatives(schema["items"]):
            yield from _inside(what, f"{name}[]", one, components)
    place = f"{what} {name}" if name.startswith(".") else name
    yield from (f"value {place}: {value}" for value in schema.get("enum", ()))
    if _is_reference(schema, components):
        return
    for member, one in schema.get("properties", {}).items():
        optional = "" if member in schema.get("required", ()) else "?"
        yield from _members(what, f"{name}.{member}{optional}", one, components)
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _members(what, f"{name}.*", schema["additionalProperties"], components)


def _alternatives(schema: Schema) -> list[Schema]:
    return [one for one in schema.get("anyOf", [schema]) if one != NULL]


def _is_reference(schema: Schema, components: Schema) -> bool:
    """Whether it is one to a record, which is said under its own name."""
    members = set(schema.get("properties", ()))
    return (
        members == set(components["Reference"]["properties"])
        and schema is not components["Reference"]
    )


def _type(schema: Schema, components: Schema) -> str:
    """What kind of value it is, in a few words."""
    if "$ref" in schema:
        return _without_variant(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        kinds = [_type(one, components) for one in schema["anyOf"]]
        if len(kinds) > MOST:
            # Kinds may be added.
            kinds = ["any document", *(["null"] if NULL in schema["anyOf"] else [])]
        return " | ".join(dict.fromkeys(kinds))
    if _is_reference(schema, components):
        return "Reference"
    kind = schema.get("type", "any")
    if kind == "array":
        return f"{_type(schema['items'], components)}[]"
    if isinstance(kind, list):
        return " | ".join(kind)
    return " ".join(filter(None, [kind, schema.get("format")]))


def _without_variant(name: str) -> str:
    for ending in VARIANTS:
        name = name.removesuffix(ending)
    return name


def difference(kept: Iterable[str], now: Iterable[str]) -> str:
    """What is wrong, with the way to mend it; empty where the two are the same."""
    kept, now = set(kept), set(now)
    gone, new = sorted(kept - now), sorted(now - kept)
    said = []
    if gone:
        said += [
            "These are promised to whoever reads `v1`, and are true no more. Bring them back:",
            *gone,
        ]
    if new:
        said += [f"These are new. To promise them, commit docs/api-v1.txt after `{COMMAND}`:", *new]
    return "\n".join(said)


def described() -> list[str]:
    """The lines as the server describes itself now; no database is asked."""
    from django.test import RequestFactory

    from cooperation.faces.api.about import OpenAPI, Vocabularies

    asked = RequestFactory().get("/", headers={"host": "localhost"})
    answers = [endpoint().get(asked).content for endpoint in (OpenAPI, Vocabularies)]
    return lines(*map(json.loads, answers))


def main() -> None:
    """Write the file."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    FILE.write_text("".join(f"{line}\n" for line in described()))
    print(f"{FILE.relative_to(Path.cwd())}: {len(FILE.read_text().splitlines())} lines")


if __name__ == "__main__":
    main()
