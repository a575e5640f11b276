"""Where what somebody typed and what others saved meanwhile differ, and the form in which both are put together."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cooperation.desk.models import Record

from .sides import Line, Opened, Sheet

MINE, THEIRS = "mine", "theirs"
Sent = dict[str, list[str]]
Chosen = Mapping[str, str]
Cell = list[Line] | None
"""What one side says of something; None where a row is not there."""


@dataclass
class Difference:
    """Something that is typed otherwise than it is stored now, to be chosen from."""

    name: str
    group: str
    label: str
    was: Cell
    mine: Cell
    theirs: Cell
    side: str
    """Whose stands unless somebody chooses otherwise: that of whom alone changed it; empty where both did."""
    note: str = ""
    """Why nobody but the editor can say whose stands, where that is not plain."""

    @property
    def seal(self) -> str:
        """A short word for what is stored now: a choice made before it changed is made anew."""
        said = None if self.theirs is None else [(one.label, one.value) for one in self.theirs]
        return sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:12]


class Comparing(ABC):
    """The typed form beside what is stored: its differences, and what is sent once they are settled."""

    differences: list[Difference]

    @abstractmethod
    def merged(self, chosen: Chosen) -> Sent:
        """What is sent once everything is chosen."""

    def taken(self, chosen: Chosen, name: str) -> str:
        """Whose stands: theirs where nothing differs."""
        return chosen.get(name, THEIRS)


@dataclass
class Fields:
    """The fields of a record or of one row on each side; `was` is None where nobody knows it."""

    sheet: Sheet
    was: Mapping[str, Any] | None
    mine: Mapping[str, Any]
    theirs: Mapping[str, Any]

    def found(self, before: str, group: str, was: Any, theirs: Any) -> Iterator[Difference]:
        """What differs; told by what the columns held, which a form does not always show."""
        for name, field in self.sheet.fields.items():
            if not self.sheet.differs(name, self.theirs.get(name), self.mine[name]):
                continue
            by_me = self.was is None or self.sheet.differs(
                name, self.was.get(name), self.mine[name]
            )
            by_them = was is None or was[name] != theirs[name]
            typed = self.mine[name] if by_me else was[name]
            yield Difference(
                f"{before}{name}",
                group,
                str(field.label),
                None if was is None else self._cell(name, was[name]),
                self._cell(name, typed),
                self._cell(name, theirs[name]),
                "" if by_me == by_them else MINE if by_me else THEIRS,
            )

    def _cell(self, name: str, value: Any) -> Cell:
        return [Line("", self.sheet.fields[name], value)]


class Own(Comparing):
    """What the record itself says."""

    def __init__(self, form: Any, data: Any, files: Any, stored: Record, before: Opened | None):
        theirs = type(form)(instance=stored)
        was = type(form)(instance=before.record) if before else None
        self.data, self.sheet = data, Sheet(theirs)
        self.theirs = self.sheet.initial
        typed = self.sheet.typed(data, files)
        differing = Fields(self.sheet, Sheet(was).initial if was else None, typed, self.theirs)
        shown = self.sheet.stored(stored)
        opened = before and self.sheet.stored(before.record)
        self.differences = list(differing.found("", "", opened, shown))

    def merged(self, chosen: Chosen) -> Sent:
        """The fields as they are sent then."""
        return {
            name: self.data.getlist(name)
            if self.taken(chosen, name) == MINE
            else self.sheet.sent(name, value)
            for name, value in self.theirs.items()
        }
