"""Published records in any number, with everything in them that a shape allows."""

from __future__ import annotations

from typing import Any

from cooperation.catalogue import KINDS
from cooperation.gazette.shapes import CITATION, shape
from cooperation.gazette.shapes.types import (
    Address,
    Code,
    Date,
    Flag,
    Group,
    Member,
    Money,
    Number,
    Parts,
    Quantity,
    Reference,
    Text,
    Texts,
)
from tests.worlds import Document, publish, reference, sample, texts

FIRST = "first"


def value(member: Member, rows: int, above: str = "") -> Any:
    """Something for the member to hold, with that many rows in each list of parts."""
    if isinstance(member, Parts):
        return [{"id": f"part-{n}", **values(member.members, rows)} for n in range(1, rows + 1)]
    if isinstance(member, Group):
        inside = values(member.members, rows)
        return [inside] if member.many else inside
    one = single(member)
    return [one] if member.many and one is not None else [] if member.many else one


def values(members: Any, rows: int) -> dict[str, Any]:
    """Something for each of the members."""
    return {name: value(member, rows) for name, member in members.items()}


def single(member: Member) -> Any:
    """One value of the member's sort; None where nothing can be said."""
    if isinstance(member, Reference):
        return reference(member.kinds[0], FIRST) if member.kinds[0] in KINDS else None
    if isinstance(member, Code):
        return member.vocabulary.codes[0]
    simple: dict[type[Member], Any] = {
        Texts: texts("Words", "낱말", "词"),
        Text: "words",
        Date: "2015-01-28",
        Money: {"amount": "1", "currency": "KRW", "converted": []},
        Quantity: "1",
        Address: "https://portal.example/",
        Number: 1,
        Flag: False,
    }
    return simple.get(type(member))


def document(kind: str, key: str, rows: int = 1) -> Document:
    """A document of the kind with a value under every member and that many rows in every list."""
    citation = {**values(CITATION, rows), "path": "title", "end": 2}
    members = values(shape(kind).members, rows)
    return sample(kind, key, **{**members, "citations": [citation] * rows})


def crowd(count: int) -> None:
    """So many records of each kind, of which the first has so many editions and rows, and is named by all."""
    publish(*(document(kind, FIRST) for kind in KINDS), limit=None)
    for n in range(count - 1):
        publish(*(document(kind, f"{kind}-{n}") for kind in KINDS), limit=None)
        publish(*(document(kind, FIRST, rows=n + 2) for kind in KINDS), limit=None)
