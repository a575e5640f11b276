"""The words in which a shape says what a document holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from .vocabularies import Vocabulary

Label = str | Promise
Document = dict[str, Any]


@dataclass(frozen=True)
class Member:
    """One named value of a document: its label for readers and its sentence for editors."""

    label: Label
    sentence: Label
    many: bool = field(default=False, kw_only=True)
    derived: bool = field(default=False, kw_only=True)
    """True where the desk computes the value from others instead of keeping it."""


@dataclass(frozen=True)
class Texts(Member):
    """A text in the portal's languages: a language map; with `long` a passage, not a name."""

    long: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Text(Member):
    """A text in one language or none, as it stands in the source."""

    long: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Code(Member):
    """A code of a vocabulary."""

    vocabulary: Vocabulary = field(kw_only=True)


@dataclass(frozen=True)
class Reference(Member):
    """Another record, of one of the named kinds."""

    kinds: tuple[str, ...] = field(kw_only=True)
    optional: bool = field(default=False, kw_only=True)
    """True where there may be none, rather than one that is not known."""


@dataclass(frozen=True)
class Date(Member):
    """A day, month or year; with `interval` also a span of them."""

    interval: bool = field(default=False, kw_only=True)
    ends: bool = field(default=False, kw_only=True)
    """True where it is an end, of which there may be none yet."""


class Money(Member):
    """An exact amount in a currency, with what it comes to in the portal's currencies."""


class Sum(Member):
    """A computed amount in one currency; null where it cannot be said."""


class Quantity(Member):
    """An exact decimal number without a currency."""


class Address(Member):
    """A web address."""


class Number(Member):
    """A whole number."""


class Flag(Member):
    """Yes or no."""


class PartName(Member):
    """The id of another part of the same list, in the same record."""


@dataclass(frozen=True)
class Group(Member):
    """Values that belong together and have no id of their own; with `optional` null as a whole."""

    members: Mapping[str, Member] = field(kw_only=True)
    optional: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Parts(Member):
    """A list of parts; each has an id that is permanent within its record."""

    members: Mapping[str, Member] = field(kw_only=True)


@dataclass(frozen=True)
class Shape:
    """What the documents of one kind hold, beside what every document holds."""

    members: Mapping[str, Member]
    version: int = 1
    upgrades: Mapping[int, Callable[[Document], Document]] = field(default_factory=dict)
    """For each older version, the function that leads its documents to the next one."""

    def __getitem__(self, name: str) -> Member:
        return self.members[name]


def inner(member: Member) -> Mapping[str, Member]:
    """The members inside a group or list of parts; empty for any other member."""
    return member.members if isinstance(member, Group | Parts) else {}


def walk(members: Mapping[str, Member], above: str = "") -> Iterator[tuple[str, Member]]:
    """Every member with its dotted path (`commitments.amount`), outer before inner."""
    for name, member in members.items():
        yield above + name, member
        yield from walk(inner(member), f"{above}{name}.")
