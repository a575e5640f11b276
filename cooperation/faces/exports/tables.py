"""Documents as rows of tables: the columns of a kind follow from its shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cooperation.gazette import shapes
from cooperation.gazette.shapes.types import (
    Date,
    Document,
    Group,
    Member,
    Money,
    Parts,
    Quantity,
    Reference,
    Sum,
    Texts,
)
from cooperation.rules.cells import BETWEEN
from cooperation.rules.dates import parse
from cooperation.rules.languages import LANGUAGES, pick

Cell = str | int | Decimal | date | None
Read = Callable[[Any], Cell]


def as_it_is(value: Any) -> Any:
    """The value itself."""
    return value


@dataclass(frozen=True)
class Column:
    """One named value of a row: the path to it, and what the cell says of what is found there."""

    name: str
    path: tuple[str, ...]
    read: Read = as_it_is
    many: bool = False
    """True where a list is on the way: the cell is then a text of all values in their order."""

    def cell(self, holder: Mapping[str, Any]) -> Cell:
        """What the document or part says there; None where it is unknown."""
        found = list(_values(holder, self.path, into_lists=self.many))
        cells = [None if value is None else self.read(value) for value in found]
        return BETWEEN.join(map(written, cells)) or None if self.many else cells[0]


def of_records(kind: str, language: str, absolute: Callable[[str], str]) -> list[Column]:
    """The columns of the table of that kind's records; references are called as that language does."""
    members = {"title": shapes.TITLE, **shapes.shape(kind).members}
    return [
        Column("kind", ("kind",)),
        Column("key", ("key",)),
        Column("url", ("url",), absolute),
        *_columns(members, language),
        Column("citations_count", ("citations",), len),
        Column("editorial", ("editorial",), many=True),
        Column("edition_number", ("edition", "number")),
        Column("published_at", ("edition", "published_at")),
    ]


def of_lists(kind: str, language: str) -> dict[str, list[Column]]:
    """The columns of each list inside that kind's records: the parts, and the citations."""
    parts = {
        name: [Column("id", ("id",)), *_columns(member.members, language)]
        for name, member in shapes.part_lists(kind).items()
    }
    return {**parts, "citations": _columns(shapes.CITATION, language)}


def written(cell: Cell) -> str:
    """The cell as plain text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _columns(members: Mapping[str, Member], language: str) -> list[Column]:
    return [
        column
        for name, member in members.items()
        for column in _of(member, name, (name,), language, many=member.many)
    ]


def _of(
    member: Member, name: str, path: tuple[str, ...], language: str, *, many: bool
) -> Iterator[Column]:
    """The columns of one member; their names begin with `name`."""
    match member:
        case Parts():
            yield Column(f"{name}_count", path, len)
        case Group():
            for inner, inside in member.members.items():
                is_many = many or inside.many
                yield from _of(inside, f"{name}_{inner}", (*path, inner), language, many=is_many)
        case Texts():
            for one in LANGUAGES:
                yield Column(f"{name}_{one}", (*path, one), many=many)
        case Reference():
            yield Column(f"{name}_key", path, _key if len(member.kinds) == 1 else _full_key, many)
            yield Column(f"{name}_title", path, _title_in(language), many)
        case Money() | Sum():
            yield Column(name, (*path, "amount"), Decimal, many)
            yield Column(f"{name}_currency", (*path, "currency"), many=many)
        case _:
            yield Column(name, path, _READ.get(type(member), as_it_is), many)


def _values(value: Any, path: tuple[str, ...], *, into_lists: bool) -> Iterator[Any]:
    if into_lists and isinstance(value, list):
        for one in value:
            yield from _values(one, path, into_lists=True)
    elif path and value is not None:
        yield from _values(value[path[0]], path[1:], into_lists=into_lists)
    else:
        yield value


def _key(reference: Document) -> str:
    return str(reference["key"])


def _full_key(reference: Document) -> str:
    return f"{reference['kind']}/{reference['key']}"


def _title_in(language: str) -> Read:
    return lambda reference: pick(reference["title"], language, language).text or None


def _day(text: str) -> date | str:
    """A day where it is known to the day, else the text."""
    known = parse(text)
    return known.first if known.precision == "day" else text


_READ: dict[type[Member], Read] = {Date: _day, Quantity: Decimal}
