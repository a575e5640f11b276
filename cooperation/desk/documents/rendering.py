"""Rendering records as documents, as the shapes say; references stay bare, the gazette labels them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from cooperation.catalogue import KINDS
from cooperation.desk.conversion import Need, Rates, full_day
from cooperation.desk.models import Record
from cooperation.gazette.shapes import (
    CITATION,
    TITLE,
    link_lists,
    part_lists,
    schema_name,
    shape,
)
from cooperation.gazette.shapes.types import (
    Code,
    Flag,
    Group,
    Member,
    Money,
    Number,
    Parts,
    Quantity,
    Reference,
    Texts,
    inner,
)
from cooperation.rules import money

from .derived import Derivation

Document = dict[str, Any]
COLUMNS = {"from": "valid_from", "until": "valid_until"}


def document(record: Record) -> Document:
    """The document of one record as it stands at the desk."""
    return documents([record])[0]


def documents(records: Iterable[Record]) -> list[Document]:
    """The documents of the records, in their order; so many queries a kind, however many records."""
    asked = list(records)
    for record in asked:
        # A part may have changed since somebody read the list.
        getattr(record, "_prefetched_objects_cache", {}).clear()
    return rendered(asked)


def rendered(records: Sequence[Record]) -> list[Document]:
    """The documents of records with the parts and citations that they hold in memory, as those of the past do."""
    of_kind: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        of_kind[record.kind].append(record)
    for kind, alike in of_kind.items():
        prefetch_related_objects(alike, *_related(kind, alike))
    rates = Rates(need for record in records for need in _needs(record))
    return [Rendering(record, rates).document() for record in records]


def column(name: str) -> str:
    """The desk's name for a member of a document."""
    return COLUMNS.get(name, name)


class Rendering:
    """The rendering of one record."""

    def __init__(self, record: Record, rates: Rates):
        self.record = record
        self.rates = rates
        self.editorial: list[str] = []

    def document(self) -> Document:
        kind = self.record.kind
        found = {
            "schema": schema_name(kind),
            "kind": kind,
            "key": self.record.key,
            "url": f"/{KINDS[kind].plural}/{self.record.key}/",
            **self.members({"title": TITLE}, self.record, ""),
            **self.members(shape(kind).members, self.record, ""),
            "citations": [
                self.members(CITATION, row, "citations/") for row in self.record.citations.all()
            ],
        }
        return {**found, "editorial": sorted(self.editorial)}

    def members(self, members: Mapping[str, Member], row: Any, above: str) -> Document:
        """The members of a record, part or citation; the derived ones from the others."""
        found = {n: self.value(m, n, row, above + n) for n, m in members.items() if not m.derived}
        for name, member in members.items():
            if member.derived:
                derive = derivations(self.record.kind).get(_dotted(above, name))
                found[name] = derive(row, found) if derive else nothing(member)
        return found

    def value(self, member: Member, name: str, row: Any, path: str) -> Any:
        """What the document says under one member."""
        if isinstance(member, Parts):
            return [self.part(member, part, path) for part in getattr(row, name).all()]
        if isinstance(member, Texts):
            return self.texts(name, row, path)
        if isinstance(member, Money):
            return self.money(row)
        value = getattr(row, column(name))
        if isinstance(member, Reference):
            return linked(value) if member.many else bare(value) if value else None
        if isinstance(member, Quantity):
            return None if value is None else money.amount_text(value)
        if isinstance(member, Flag | Number | Group):
            return value
        if isinstance(member, Code) and member.many:
            return sorted(value)
        return value if member.many else value or None

    def part(self, member: Parts, part: Any, path: str) -> Document:
        """A part with its id."""
        return {"id": part.part_id, **self.members(member.members, part, f"{path}/{part.part_id}/")}

    def texts(self, name: str, row: Any, path: str) -> dict[str, str | None]:
        """A language map; remembers which of its texts are the editors' own."""
        texts: dict[str, str | None] = getattr(row, name)
        ours = getattr(row, f"{name}_editorial")
        self.editorial += [f"{path}/{language}" for language in ours if texts.get(language)]
        return texts

    def money(self, row: Any) -> Document | None:
        """An amount with what it comes to in other currencies on its day."""
        if row.amount is None:
            return None
        converted = self.rates.converted(
            row.amount, row.currency, full_day(getattr(row, "date", None))
        )
        return {
            "amount": money.amount_text(row.amount),
            "currency": row.currency,
            "converted": converted,
        }


def bare(record: Record) -> Document:
    """A reference without label: what a record is called is said by what is published of it."""
    return {"kind": record.kind, "key": record.key, "url": None, "title": None}


def linked(links: Any) -> list[Document]:
    """The records that a list names, by kind and key: their order says nothing."""
    named = [bare(link.target) for link in links.all()]
    return sorted(named, key=lambda one: (one["kind"], one["key"]))


def nothing(member: Member) -> Any:
    """What a document says of a member of which nothing is known."""
    if isinstance(member, Parts) or member.many:
        return []
    if isinstance(member, Group) and not member.optional:
        return {name: nothing(inside) for name, inside in member.members.items()}
    return None


@cache
def derivations(kind: str) -> Mapping[str, Derivation]:
    """How the derived members of a kind's documents are computed, by dotted path."""
    module = f"{__package__}.{KINDS[kind].plural}"
    return import_module(module).DERIVED if find_spec(module) else {}


def _dotted(above: str, name: str) -> str:
    """The path in the shape: `identifiers/lei/` and `url` are `identifiers.url`."""
    return f"{above.partition('/')[0]}.{name}" if above else name


def _related(kind: str, alike: Sequence[Record]) -> Iterator[Any]:
    """What a kind's documents need besides the rows themselves; of a record referred to, only its key."""
    for name, member in [
        *shape(kind).members.items(),
        ("citations", Parts("", "", members=CITATION)),
    ]:
        if member.derived:
            continue
        if isinstance(member, Parts) or name in link_lists(kind):
            yield name
        for path in _references(kind, alike[0], name, member):
            yield Prefetch(path, queryset=_keys_only(alike[0], path))


def _references(kind: str, record: Any, name: str, member: Member) -> Iterator[str]:
    """Where under a member other records are named."""
    if name in link_lists(kind):
        links = record._meta.get_field(name).related_model
        yield from (f"{name}__{column}" for column in links.columns())
    elif isinstance(member, Reference):
        yield name
    for inside, one in inner(member).items():
        if isinstance(one, Reference):
            yield f"{name}__{inside}"


def _keys_only(record: Record, path: str) -> Any:
    model: Any = type(record)
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model
    return model._base_manager.only("key")


def _needs(record: Record) -> Iterator[Need]:
    """The currency and day of each dated amount of a prefetched record."""
    for name, listed in part_lists(record.kind).items():
        if any(isinstance(member, Money) for member in listed.members.values()):
            for part in getattr(record, name).all():
                day = full_day(getattr(part, "date", None))
                if part.amount is not None and day:
                    yield Need(part.currency, day)
