"""The rows of a list on both sides of a conflict: those that were added, taken out, and changed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from cooperation.desk.models import Record

from .chronicles import in_brief
from .disagreements import MINE, THEIRS, Cell, Chosen, Comparing, Difference, Fields, Sent
from .links import TARGET, LinkFormSet
from .parts import PartFormSet
from .sides import KEPT_APART, Line, Opened, Sheet, stored_rows
from .widgets import LONGEST_NUMBER

GIVEN = {"part_id", "position"}
"""What a row is given when it is saved without."""


@dataclass
class Typed:
    """One row as it was typed."""

    prefix: str
    name: str
    number: int | None
    goes: bool
    values: dict[str, Any]


def typed_rows(formset: Any, sheet: Sheet, data: Any, files: Any) -> list[Typed]:
    """The rows that were sent; those that nobody has touched since they were added are none."""
    found = []
    for place, form in enumerate(formset.forms):
        number = str(data.get(f"{form.prefix}-id", ""))
        values = sheet.typed(data, files, f"{form.prefix}-")
        ticked = forms.CheckboxInput().value_from_datadict(data, files, f"{form.prefix}-DELETE")
        is_old = number.isdecimal() and len(number) <= LONGEST_NUMBER
        row = Typed(
            form.prefix,
            f"{formset.prefix}-{number if is_old else f'new-{place}'}",
            int(number) if is_old else None,
            bool(ticked),
            values,
        )
        if is_old or (not row.goes and sheet.is_touched(sheet.initial, values)):
            found.append(row)
    return found


class Listed(Comparing):
    """One list of a record."""

    def __init__(
        self,
        formset: PartFormSet,
        data: Any,
        files: Any,
        stored: Record,
        before: Opened | None,
    ):
        self.data, self.record = data, stored
        self.prefix = str(formset.prefix)
        self.part: Any = formset.model
        # The id of a row that is stored stays once the record is published.
        fixed = {"part_id"} if stored.edition_number is not None else set()
        empty = formset.empty_form
        self.new, self.sheet = Sheet(empty), Sheet(empty, KEPT_APART | fixed)
        self.theirs = stored_rows(self.part, stored)
        self.was = before.rows(self.part) if before else None
        self.typed = typed_rows(formset, self.new, data, files)
        self.differences = list(self.found())

    @abstractmethod
    def found(self) -> Iterator[Difference]:
        """What differs, in the order of the rows."""

    def called(self, row: Any) -> str:
        """What a row of the list is called; None stands for a new one, or for any."""
        name = str(self.part._meta.verbose_name)
        name = name[:1].upper() + name[1:]
        if row is None:
            return name
        said = getattr(row, "part_id", "") or getattr(row, "path", "") or in_brief(row)
        return f"{name} “{said}”" if said else name

    def rows_sent(self, rows: list[Sent], going: set[int], stored_count: int) -> Sent:
        """The rows as they are sent: those that are stored come first."""
        sent: Sent = {
            f"{self.prefix}-TOTAL_FORMS": [str(len(rows))],
            f"{self.prefix}-INITIAL_FORMS": [str(stored_count)],
        }
        for place, row in enumerate(rows):
            sent |= {f"{self.prefix}-{place}-{name}": values for name, values in row.items()}
            sent[f"{self.prefix}-{place}-record"] = [str(self.record.pk)]
            if place in going:
                sent[f"{self.prefix}-{place}-DELETE"] = ["on"]
        return sent


class PartRows(Listed):
    """A list of parts, or the citations: rows that are known by their number, each with fields of its own."""

    def found(self) -> Iterator[Difference]:
        """What differs: within rows that both have, and rows that only one has."""
        typed = {row.number: row for row in self.typed if row.number is not None}
        same = self._both_added()
        for number, row in self.theirs.items():
            if number not in same.values():
                yield from self._stored(number, row, typed.get(number))
        for one in self.typed:
            if one.number not in self.theirs and one.name not in same:
                yield from self._gone_or_new(one)

    def merged(self, chosen: Chosen) -> Sent:
        """The rows as they are sent then."""
        rows: list[Sent] = []
        going = set()
        typed = {row.number: row for row in self.typed}
        for place, (number, row) in enumerate(self.theirs.items()):
            name = f"{self.prefix}-{number}"
            if self.taken(chosen, name) == MINE:
                going.add(place)
            values = self.sheet.stored(row)
            sent = {one: self.sheet.sent(one, value) for one, value in values.items()}
            for one in values:
                if self.taken(chosen, f"{name}-{one}") == MINE:
                    sent[one] = self.data.getlist(f"{typed[number].prefix}-{one}")
            rows.append({"id": [str(number)], **sent})
        new = [row for row in self.typed if row.number not in self.theirs]
        rows += [self._anew(row) for row in new if self.taken(chosen, row.name) == MINE]
        return self.rows_sent(rows, going, len(self.theirs))

    def ids(self) -> tuple[set[str], set[str], set[str]]:
        """The ids of the parts as they were, on my side, and on theirs; where nobody knows what was, none went."""
        theirs = {number: row.part_id for number, row in self.theirs.items()}
        was = theirs if self.was is None else {n: row.part_id for n, row in self.was.items()}
        mine: dict[Any, str] = {**was}
        added = set()
        for row in self.typed:
            if row.goes:
                mine.pop(row.number, None)
            elif row.number is None or "part_id" in self.sheet.fields:
                mine.pop(row.number, None)
                added.add(str(row.values["part_id"] or ""))
        return set(was.values()), {*mine.values(), *added}, set(theirs.values())

    def _stored(self, number: int, row: Any, typed: Typed | None) -> Iterator[Difference]:
        was = (self.was or {}).get(number)
        theirs, name = self.sheet.stored(row), f"{self.prefix}-{number}"
        opened = None if was is None else self.sheet.stored(was)
        if typed is None:
            # What the form did not show was added since; where nobody knows what it showed, it stays.
            if self.was is not None and was is None:
                yield self._whole(name, row, (None, None, row), THEIRS)
        elif typed.goes:
            side = MINE if opened == theirs else ""
            yield self._whole(name, row, (was, None, row), side)
        else:
            fields = Fields(self.sheet, opened, typed.values, theirs)
            yield from fields.found(f"{name}-", self.called(row), opened, theirs)

    def _gone_or_new(self, typed: Typed) -> Iterator[Difference]:
        was = (self.was or {}).get(typed.number) if typed.number is not None else None
        if typed.goes:
            return
        side = MINE if typed.number is None else ""
        if was is not None and not self.sheet.is_touched(self.sheet.stored(was), typed.values):
            side = THEIRS
        yield self._whole(typed.name, was, (was, typed, None), side)

    def _whole(self, name: str, row: Any, sides: tuple[Any, Any, Any], side: str) -> Difference:
        was, mine, theirs = (self._lines(one) for one in sides)
        return Difference(name, self.called(row), "", was, mine, theirs, side)

    def _lines(self, row: Any) -> Cell:
        if row is None:
            return None
        return self.new.lines(row.values if isinstance(row, Typed) else self.new.stored(row))

    def _anew(self, typed: Typed) -> Sent:
        """A row that is not stored; one that was taken out comes back under its own number."""
        sent = {name: self.data.getlist(f"{typed.prefix}-{name}") for name in self.new.fields}
        is_known = typed.number is not None and (self.was is None or typed.number in self.was)
        return {"id": [str(typed.number)], **sent} if is_known else sent

    def _both_added(self) -> dict[str, int]:
        """The rows that I added and that somebody else has added just so: the name of mine, the number of theirs."""
        shown = {row.number for row in self.typed} | set(self.was or ())
        added = {number: row for number, row in self.theirs.items() if number not in shown}
        found: dict[str, int] = {}
        for typed in self.typed:
            alike = (n for n in added if n not in found.values())
            same = next((n for n in alike if self._says(added[n], typed)), None)
            if typed.number is None and same is not None:
                found[typed.name] = same
        return found

    def _says(self, row: Any, typed: Typed) -> bool:
        """Whether a row that is stored says what was typed; an id and a place are given to a row without."""
        stored = self.new.stored(row)
        return not any(
            self.new.differs(name, stored[name], typed.values[name])
            for name in self.new.fields
            if typed.values[name] or name not in GIVEN
        )


class LinkRows(Listed):
    """A list that names records: what counts is which are named, whatever the rows."""

    def found(self) -> Iterator[Difference]:
        """The records that one side names and the other does not."""
        mine, theirs = self._mine(), self._named(self.theirs)
        was = None if self.was is None else self._named(self.was)
        for target in {**theirs, **mine}:
            if (target in mine) == (target in theirs):
                continue
            by_me = was is not None and (target in mine) != (target in was)
            side = "" if was is None else MINE if by_me else THEIRS
            name = theirs.get(target) or mine[target]
            opened, typed, stored = (
                self._cell(target in (one or {}), target) for one in (was, mine, theirs)
            )
            yield Difference(name, self.called(None), "", opened, typed, stored, side)

    def merged(self, chosen: Chosen) -> Sent:
        """The rows as they are sent then."""
        rows: list[Sent] = []
        going = set()
        theirs = self._named(self.theirs)
        for place, (number, (target, name)) in enumerate(
            zip(self.theirs, theirs.items(), strict=True)
        ):
            rows.append({"id": [str(number)], TARGET: [target]})
            if self.taken(chosen, name) == MINE:
                going.add(place)
        new = {target: name for target, name in self._mine().items() if target not in theirs}
        rows += [{TARGET: [one]} for one, name in new.items() if self.taken(chosen, name) == MINE]
        return self.rows_sent(rows, going, len(self.theirs))

    def _mine(self) -> dict[str, str]:
        """What is named by the form, each with the name of its row."""
        shown = {row.number for row in self.typed}
        unseen = self.theirs if self.was is None else self.was
        found = self._named({n: row for n, row in unseen.items() if n not in shown})
        for row in self.typed:
            target = str(row.values[TARGET] or "")
            if target and not row.goes:
                found.setdefault(target, f"{row.name}-mine")
        return found

    def _named(self, rows: Mapping[int, Any]) -> dict[str, str]:
        """The records that rows name, each with the name of its row."""
        return {self._target(row): f"{self.prefix}-{number}" for number, row in rows.items()}

    def _target(self, row: Any) -> str:
        numbers = ((column, getattr(row, f"{column}_id")) for column in self.part.columns())
        return next((f"{column}-{number}" for column, number in numbers if number), "")

    def _cell(self, is_named: bool, target: str) -> Cell:
        return [Line("", self.new.fields[TARGET], target)] if is_named else None


def rows_of(formset: Any, data: Any, files: Any, stored: Record, before: Opened | None) -> Listed:
    """The rows of one list, compared as its sort demands."""
    sort = LinkRows if isinstance(formset, LinkFormSet) else PartRows
    return sort(formset, data, files, stored, before)
