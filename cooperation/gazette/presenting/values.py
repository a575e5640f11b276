"""The small things a page is made of: values, the tags beside them, and labelled facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple


class Tag(NamedTuple):
    """A short word beside a value that says how it is to be taken."""

    name: str
    text: str


@dataclass(frozen=True)
class Value:
    """One value as a page shows it: its words, and what stands behind them."""

    form: str
    """How it is drawn: text, code, reference, date, money, address, part or group."""
    text: str
    language: str | None = None
    """The language of the words where it is not the page's; empty where nobody knows it."""
    url: str | None = None
    machine: str | None = None
    """The value as programs write it."""
    exact: str | None = None
    """An amount in full, where the words abbreviate it."""
    details: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    facts: tuple[Fact, ...] = ()
    footnotes: tuple[int, ...] = ()

    def noted(self, numbers: tuple[int, ...]) -> Value:
        """The same value with those footnotes."""
        return replace(self, footnotes=numbers)


@dataclass(frozen=True)
class Fact:
    """A label and the values under it; without any it is not known, or nothing is recorded."""

    name: str
    label: str
    values: tuple[Value, ...]
    footnotes: tuple[int, ...] = ()
    many: bool = False
    """Whether the label may stand over several values or none; otherwise none means unknown."""

    @property
    def is_known(self) -> bool:
        """Whether anything is recorded under the label."""
        return bool(self.values)
