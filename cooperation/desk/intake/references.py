"""Records that a table names by key, title or name: looked up together, a few queries a kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Wanted = tuple[tuple[str, ...], str]
"""The kinds that may stand there, and what is written."""


@dataclass
class Names:
    """The records that have been looked up: for each writing, the (kind, key) that it may mean."""

    found: dict[Wanted, list[tuple[str, str]]] = field(default_factory=dict)


def look_up(wanted: Iterable[Wanted], also: Mapping[tuple[str, str], Iterable[str]] = {}) -> Names:
    """Look up what is named; `also` are records of the file itself, (kind, key) with their titles."""
    return Names()
