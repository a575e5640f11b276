"""Rows of a table that is imported: what stands in each, what becomes of it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import pgettext_lazy

from .columns import SheetPlan
from .headings import Heading
from .sheets import Row
from .values import heading_at


class Outcome(models.TextChoices):
    """What becomes of one row of the table."""

    NEW = "new", pgettext_lazy("row", "New")
    CHANGED = "changed", pgettext_lazy("row", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("row", "Unchanged")
    REMOVED = "removed", pgettext_lazy("row", "Removed")
    ERROR = "error", pgettext_lazy("row", "Error")


class Cell(NamedTuple):
    """One value of a row: its column, as it is written, as it will be stored, as it is on record where that differs."""

    column: str
    written: str
    stored: str
    before: str | None = None


class Problem(NamedTuple):
    """What is wrong with a row: in which column, what stands there, and how to mend it."""

    column: str
    value: str
    mend: str


@dataclass
class Line:
    """One row of a sheet, or a row on record that the table leaves out of a list that it gives."""

    sheet: str
    number: int | None
    part: str
    """The list that it is an entry of; empty where it is a record."""

    key: str = ""
    outcome: Outcome = Outcome.UNCHANGED
    cells: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    row: Row | None = field(default=None, repr=False)
    plan: SheetPlan | None = field(default=None, repr=False)
    headings: tuple[Heading, ...] = field(default=(), repr=False)
    group: dict[str, Any] = field(default_factory=dict, repr=False)
    """What it says, as `entering` takes it."""

    proposed: str = ""
    """Its id in its list, where the table gives none."""

    shown: dict[int, str] = field(default_factory=dict, repr=False)
    """What its cells were read as, by the index of the column."""

    def text(self, heading: Heading) -> str:
        """What is written in that column."""
        cells = self.row.cells if self.row else []
        return cells[heading.index].strip() if heading.index < len(cells) else ""

    def under(self, *names: str) -> str:
        """What is written in the column that leads to that member; empty where there is none."""
        found = (one for one in self.headings if one.column and one.column.path == names)
        return next((self.text(one) for one in found if not _is_computed(one)), "")

    def heading_of(self, path: str) -> Heading | None:
        """The column in which a member stands, by its path in the row: `amount/currency`, `title/en`."""
        return heading_at(path, self.headings)

    def complain(self, heading: Heading | None, value: str, mend: str) -> None:
        """Note what is wrong with it."""
        self.outcome = Outcome.ERROR
        self.problems.append(Problem(heading.text if heading else "", value, mend))

    def written(self) -> Iterator[tuple[Heading, str]]:
        """Its columns that can be entered, with what is written there."""
        for one in self.headings:
            if one.column and not _is_computed(one):
                yield one, self.text(one)

    def said(self) -> dict[str, Any]:
        """All that a page shows of it, and by which it is compared when the import is confirmed."""
        return {
            "sheet": self.sheet,
            "number": self.number,
            "part": self.part,
            "key": self.key,
            "outcome": self.outcome.value,
            "cells": [list(cell) for cell in self.cells],
            "problems": [list(problem) for problem in self.problems],
        }


def _is_computed(heading: Heading) -> bool:
    return heading.column is None or heading.column.computed
