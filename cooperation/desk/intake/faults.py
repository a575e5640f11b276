"""What is wrong with records that were to be entered: each fault names its place and the mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

SHOWN_LENGTH = 60
LARGE = 10**20
MAX_FAULTS = 1_000


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: in which record, at which path, with which value, and how to mend it."""

    record: str
    path: str
    value: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.record}, {self.path}" if self.path else self.record
        return f"{place}: {self.mend} (given: {self.value})"


class Faults(Exception):
    """Everything that is wrong with the records; nothing of them was stored."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.faults)

    def __len__(self) -> int:
        return len(self.faults)

    def __bool__(self) -> bool:
        return bool(self.faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))

    def add(self, record: str, path: str, value: Any, mend: str) -> None:
        """Note one more fault, its value shortened; raise at once when there are a thousand."""
        self.faults.append(Fault(record, path, shown(value), mend))
        if len(self.faults) >= MAX_FAULTS:
            raise self

    def refuse_if_any(self) -> None:
        """Raise, where a fault has been noted."""
        if self.faults:
            raise self


def shown(value: Any) -> str:
    """A value as a fault shows it: short, printable, and never gone through to its depths."""
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    if isinstance(value, str):
        short = value if len(value) <= SHOWN_LENGTH else f"{value[:SHOWN_LENGTH]}…"
        return (
            "“"
            + "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in short)
            + "”"
        )
    if isinstance(value, dict):
        return f"a group of {len(value)}"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, int | float) and -LARGE < value < LARGE:
        return repr(value)
    return "a number" if isinstance(value, int | float) else f"a {type(value).__name__}"


def choice(wrong: Any, right: tuple[str, ...]) -> str:
    """The sentence that names what may stand instead of a wrong word."""
    near = get_close_matches(wrong[:SHOWN_LENGTH], right, n=1) if isinstance(wrong, str) else []
    if near:
        return f"did you mean {near[0]}?"
    if len(right) <= 30:
        return f"use one of {', '.join(right)}."
    return f"use a code such as {right[0]} or {right[-1]}."
