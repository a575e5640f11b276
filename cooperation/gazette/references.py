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

    A list of records in which one has become another names each once, by kind and key; citations
    of that one concern the other, and those that then say the same twice are dropped.
    """
    if is_reference(value):
        label = labels.get((value["kind"], value["key"]))
        return label.reference() if label else value
    if isinstance(value, dict):
        within = {name: relabelled(inside, labels) for name, inside in value.items()}
        return _following(value, within, labels) if "citations" in value else within
    if isinstance(value, list):
        after = [relabelled(inside, labels) for inside in value]
        return after if _targets(after) == _targets(value) else _in_order(after)
    return value


def _following(
    before: dict[str, Any], after: dict[str, Any], labels: Mapping[Target, Label]
) -> dict[str, Any]:
    """The document with its citations following what its lists name now."""
    turned = {
        f"{name}/{key}": f"{name}/{labels[kind, key].key}"
        for name, listed in before.items()
        if isinstance(listed, list)
        for kind, key in _targets(listed)
        if (kind, key) in labels and labels[kind, key].key != key
    }
    # As at the desk: first of what their source has become, then of what they concern.
    sourced = _each_once(before["citations"], after["citations"])
    led = [{**one, "path": _led(one["path"], turned)} for one in sourced]
    return {**after, "citations": _each_once(sourced, led)}


def _led(path: str | None, turned: Mapping[str, str]) -> str | None:
    """Where a path leads once the items of lists that it may begin with are called otherwise."""
    for start, led in turned.items():
        if path == start or (path or "").startswith(f"{start}/"):
            return led + (path or "")[len(start) :]
    return path


def _each_once(before: list[Any], after: list[Any]) -> list[Any]:
    """The citations after a change, without those that it made say the same as another."""
    pairs = [(_said(then), _said(now)) for then, now in zip(before, after, strict=True)]
    said = [now for then, now in pairs if then == now]
    found = []
    for citation, (then, now) in zip(after, pairs, strict=True):
        if then != now:
            if now in said:
                continue
            said.append(now)
        found.append(citation)
    return found


def _said(citation: dict[str, Any]) -> dict[str, Any]:
    """What a citation says, whatever its source is called."""
    return {**citation, "source": _targets([citation["source"]])}


def _targets(listed: list[Any]) -> list[Target]:
    """What a list of references names."""
    return [(one["kind"], one["key"]) for one in listed if is_reference(one)]


def _in_order(listed: list[Any]) -> list[Any]:
    named = dict(zip(_targets(listed), listed, strict=True))
    return [named[target] for target in sorted(named)]
