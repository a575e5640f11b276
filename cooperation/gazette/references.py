"""References inside documents: finding them, and filling in what is published under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

MEMBERS = {"kind", "key", "url", "title"}
Target = tuple[str, str]


class Label(NamedTuple):
    """What a reference shows: where it leads and what the record there is called."""

    kind: str
    key: str
    url: str | None
    title: Mapping[str, str | None] | None

    def reference(self) -> dict[str, Any]:
        """The reference as documents hold it."""
        title = dict(self.title) if self.title else None
        return {"kind": self.kind, "key": self.key, "url": self.url, "title": title}


def label_of(document: Mapping[str, Any]) -> Label:
    """The label under which other documents name this one."""
    return Label(document["kind"], document["key"], document["url"], document["title"])


def is_reference(value: object) -> bool:
    """Whether the value is a reference."""
    return isinstance(value, dict) and value.keys() == MEMBERS


def references(value: Any, path: str = "") -> Iterator[tuple[str, Target]]:
    """Every reference in a document, as (path, (kind, key)); list items carry their id or index."""
    if is_reference(value):
        yield path, (value["kind"], value["key"])
    elif isinstance(value, dict):
        for name, inside in value.items():
            yield from references(inside, f"{path}/{name}" if path else name)
    elif isinstance(value, list):
        for index, inside in enumerate(value):
            name = inside.get("id", index) if isinstance(inside, dict) else index
            yield from references(inside, f"{path}/{name}")


def labels_in(value: Any) -> dict[Target, Label]:
    """What a document calls each record that it names."""
    if is_reference(value):
        return {(value["kind"], value["key"]): Label(**value)}
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {target: label for one in inside for target, label in labels_in(one).items()}


def relabelled(value: Any, labels: Mapping[Target, Label]) -> Any:
    """The same value with each reference whose target is in `labels` showing that label.

    A list of records in which one has become another names each once, by kind and key.
    """
    if is_reference(value):
        label = labels.get((value["kind"], value["key"]))
        return label.reference() if label else value
    if isinstance(value, dict):
        return {name: relabelled(inside, labels) for name, inside in value.items()}
    if isinstance(value, list):
        after = [relabelled(inside, labels) for inside in value]
        return after if _targets(after) == _targets(value) else _in_order(after)
    return value


def _targets(listed: list[Any]) -> list[Target]:
    """What a list of references names."""
    return [(one["kind"], one["key"]) for one in listed if is_reference(one)]


def _in_order(listed: list[Any]) -> list[Any]:
    named = dict(zip(_targets(listed), listed, strict=True))
    return [named[target] for target in sorted(named)]
