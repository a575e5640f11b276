"""Documents as rows of tables: the columns of a kind follow from its shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from cooperation.catalogue import KINDS
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
Row = Sequence[Cell]

# The first column of each list's table: the key of the record that the list is of.
OWNER = "record_key"
CITATIONS = "citations"


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
    trail: tuple[Member, ...] = ()
    """The members of the shape that it is of, outer before inner; none where every kind has it."""
    aspect: str = ""
    """What it says of the last of them, where that has several columns: a language, or `currency`."""

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
    return {**parts, CITATIONS: _columns(shapes.CITATION, language)}


class Sheets:
    """The tables of one kind: that of its records, and one of each list in them."""

    def __init__(self, kind: str, language: str, absolute: Callable[[str], str]) -> None:
        self.plural = KINDS[kind].plural
        self.records = of_records(kind, language, absolute)
        self.lists = of_lists(kind, language)

    @property
    def names(self) -> dict[str, list[str]]:
        """The names of the columns of each table, under its own name: the records' is the plural."""
        inside = {
            name: [OWNER, *(one.name for one in columns)] for name, columns in self.lists.items()
        }
        return {self.plural: [one.name for one in self.records], **inside}

    def rows(self, document: Document) -> Iterator[tuple[str, Row]]:
        """The rows that the document is, each with the name of the table in which it stands."""
        yield self.plural, [column.cell(document) for column in self.records]
        for name, columns in self.lists.items():
            for part in document[name]:
                yield name, [document["key"], *(column.cell(part) for column in columns)]


def written(cell: Cell) -> str:
    """The cell as plain text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _columns(members: Mapping[str, Member], language: str) -> list[Column]:
    return [
        replace(column, many=column.many or member.many)
        for name, member in members.items()
        for column in _of(member, name, language)
    ]


def _of(member: Member, name: str, language: str) -> Iterator[Column]:
    """The columns of one member, found from what holds it; their names begin with its own."""
    of_it = partial(Column, trail=(member,))
    match member:
        case Parts():
            yield of_it(f"{name}_count", (name,), len)
        case Group():
            for column in _columns(member.members, language):
                yield replace(
                    column,
                    name=f"{name}_{column.name}",
                    path=(name, *column.path),
                    trail=(member, *column.trail),
                )
        case Texts():
            for one in LANGUAGES:
                yield of_it(f"{name}_{one}", (name, one), aspect=one)
        case Reference():
            key = _key if len(member.kinds) == 1 else _full_key
            yield of_it(f"{name}_key", (name,), key, aspect="key")
            yield of_it(f"{name}_title", (name,), _title_in(language), aspect="title")
        case Money() | Sum():
            yield of_it(name, (name, "amount"), Decimal)
            yield of_it(f"{name}_currency", (name, "currency"), aspect="currency")
        case _:
            yield of_it(name, (name,), _READ.get(type(member), as_it_is))


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
