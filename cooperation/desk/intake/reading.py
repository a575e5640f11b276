"""Reading the files in which records are written down: a small, safe part of YAML.

A plain word is a text, whatever it looks like: `2015-01-28`, `NO` and `40000000000` lose nothing.
Only `true`, `false` and `null` (or nothing) mean something else. Anchors, aliases and tags, by
which a short file swells or runs code, are refused, and so is a member written twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from .faults import Faults, shown

MAX_BYTES = 1_000_000
MAX_VALUES = 50_000
MAX_DEPTH = 12
SEED = Path(__file__).with_name("seed.yaml")

# The parser written in C, where the library was built with it: ten times as fast.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class Unreadable(ValueError):
    """The file is not written as intake files are; the message names the line and the mend."""


def read(path: Path) -> list[Any]:
    """The records that a file lists. Faults, with one fault, where it cannot be read."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    try:
        return records(data)
    except Unreadable as refusal:
        faults = Faults()
        faults.add(path.name, "", f"{len(data):,} bytes", str(refusal))
        raise faults from None


def records(data: bytes) -> list[Any]:
    """The records that the bytes of a file list; Unreadable where they do not."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"The file is larger than {MAX_BYTES:,} bytes; split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise Unreadable(f"Line {line} is not UTF-8; save the file in that encoding.") from None
    try:
        value = _Builder().built(yaml.parse(text, Loader=LOADER))
    except yaml.YAMLError as fault:
        raise Unreadable(_sentence(fault)) from None
    if not isinstance(value, list):
        raise Unreadable("The file must be a list of records, each beginning with “- kind:”.")
    return value


class _Builder:
    """Puts values together from the parser's events, without recursion."""

    def __init__(self) -> None:
        self.open: list[Any] = []
        self.names: list[str | None] = []
        self.count = 0
        self.documents = 0
        self.whole: Any = None

    def built(self, events: Iterable[Any]) -> Any:
        for event in events:
            self._refuse(event)
            if isinstance(event, yaml.MappingStartEvent):
                self._begin({}, event)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._begin([], event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.open.pop()
                self.names.pop()
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
        return self.whole

    def _refuse(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(
                f"Line {line} has an anchor or alias (& or *); write the value out, or put the text in quotation marks."
            )
        if getattr(event, "tag", None):
            raise Unreadable(
                f"Line {line} has a tag (!); leave it out, or put the text in quotation marks."
            )
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise Unreadable(
                    f"Line {line} begins a second document (---); a file holds one list."
                )

    def _begin(self, value: Any, event: Any) -> None:
        self._place(value, event)
        self.open.append(value)
        self.names.append(None)
        if len(self.open) > MAX_DEPTH:
            raise Unreadable(
                f"Line {event.start_mark.line + 1} is nested more than {MAX_DEPTH} levels deep."
            )

    def _scalar(self, event: Any) -> None:
        inside = self.open[-1] if self.open else None
        if isinstance(inside, dict) and self.names[-1] is None:
            if event.value in inside:
                raise Unreadable(
                    f"Line {event.start_mark.line + 1} gives {shown(event.value)} a second time; keep one of the two."
                )
            self.names[-1] = event.value
            return
        plain = not event.style
        self._place(WORDS.get(event.value, event.value) if plain else event.value, event)

    def _place(self, value: Any, event: Any) -> None:
        self.count += 1
        if self.count > MAX_VALUES:
            raise Unreadable(f"The file has more than {MAX_VALUES:,} values; split it.")
        if not self.open:
            self.whole = value
        elif isinstance(self.open[-1], list):
            self.open[-1].append(value)
        elif self.names[-1] is None:
            raise Unreadable(
                f"Line {event.start_mark.line + 1} has a list or group where a name must stand."
            )
        else:
            self.open[-1][self.names[-1]] = value
            self.names[-1] = None


def _sentence(fault: yaml.YAMLError) -> str:
    mark = getattr(fault, "problem_mark", None)
    problem = getattr(fault, "problem", None) or "a character that no text may hold"
    place = f"Line {mark.line + 1}, column {mark.column + 1}" if mark else "The file"
    return f"{place} cannot be read as YAML: {problem}."
