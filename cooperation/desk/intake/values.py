"""Reading rows of tables as what `entering.enter` takes: every cell gives its value, or a fault with the mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from cooperation.gazette.shapes.types import (
    Code,
    Money,
    Reference,
)
from cooperation.gazette.shapes.vocabularies import CURRENCIES
from cooperation.rules import money
from cooperation.rules.cells import BETWEEN, meant

from . import codes, pieces
from .amounts import Unit, amount
from .columns import Column, SheetPlan
from .headings import Heading
from .references import Names, Wanted
from .sheets import Row


class CellFault(NamedTuple):
    """What is wrong with a cell: in which column of the file, what stands there, and how to mend it."""

    heading: Heading
    value: str
    mend: str


@dataclass
class Written:
    """What a row says: a group of members as `entering.enter` takes them, and its faults.

    A cell that is empty gives None; what no column leads to is not there.
    """

    number: int
    """The row as the file counts."""

    group: dict[str, Any] = field(default_factory=dict)
    record_key: str = ""
    """The key of the record, or of that which a row of parts or citations belongs to."""

    shown: dict[int, str] = field(default_factory=dict)
    """What will be stored, as text, by the index of the column."""

    faults: list[CellFault] = field(default_factory=list)


def written(plan: SheetPlan, row: Row, headings: Sequence[Heading], names: Names) -> Written:
    """What a row says under its headings; those without a column, or with a computed one, are read past."""
    return _Reading(plan, row, names).read([one for one in headings if _is_entered(one)])


def named(rows: Iterable[Row], headings: Sequence[Heading]) -> set[Wanted]:
    """The records that the rows name, each with the kinds that may stand there, to be looked up at once."""
    referring = [
        (one, one.column.member)
        for one in headings
        if one.column and _is_entered(one) and isinstance(one.column.member, Reference)
    ]
    return {
        (member.kinds, text)
        for row in rows
        for one, member in referring
        for text in pieces.of_list(pieces.cell(row, one.index), many=member.many)
    }


def heading_at(path: str, headings: Sequence[Heading]) -> Heading | None:
    """The heading of the column that leads to a path within the record or part: `amount/currency`, `title/ko`."""
    leading = [one for one in headings if one.column and _is_entered(one)]
    for one in leading:
        if one.column and "/".join(one.column.path) == path:
            return one
    first = path.partition("/")[0]
    return next((one for one in leading if one.column and one.column.path[0] == first), None)


def _is_entered(heading: Heading) -> bool:
    return heading.column is not None and not heading.column.computed


class _Reading:
    """The reading of one row."""

    def __init__(self, plan: SheetPlan, row: Row, names: Names) -> None:
        self.plan, self.row, self.names = plan, row, names
        self.found = Written(row.number)
        self.groups: dict[str, list[Heading]] = {}

    def read(self, headings: Sequence[Heading]) -> Written:
        """All that the row says."""
        currencies = self._currencies(headings)
        for heading in headings:
            column = _column(heading)
            if column.grouped:
                self.groups.setdefault(column.path[0], []).append(heading)
            elif isinstance(column.member, Money):
                self._money(heading, currencies)
            else:
                self._plain(heading)
        for name, columns in self.groups.items():
            self._group(name, columns)
        return self.found

    def _refuse(self, heading: Heading, mend: str) -> None:
        self.found.faults.append(CellFault(heading, pieces.cell(self.row, heading.index), mend))

    def _put(self, heading: Heading, value: Any, stored: str) -> None:
        place, path = self.found.group, _column(heading).path
        for step in path[:-1]:
            place = place.setdefault(step, {})
        place[path[-1]] = value
        self.found.shown[heading.index] = stored

    def _plain(self, heading: Heading) -> None:
        """One cell that is the value, or the values, of one member."""
        column, text = _column(heading), pieces.cell(self.row, heading.index)
        try:
            pieces.refuse_remains(text)
            text = meant(text)
            if column.name == "kind":
                self._kind(heading, text)
            elif column.name == "record_key":
                self._key(heading, text)
            elif not text:
                self._put(heading, None, "")
            else:
                value = self._value(column, text, heading.unit)
                self._put(heading, value, pieces.told(column.member, value))
                if column.name == "key" and not self.plan.part:
                    self.found.record_key = str(value)
        except ValueError as fault:
            self._refuse(heading, str(fault))

    def _kind(self, heading: Heading, text: str) -> None:
        if text and text.casefold() != self.plan.kind:
            raise ValueError(
                _(
                    "This table is of the kind %(kind)s; take the other rows to a table of their own."
                )
                % {"kind": self.plan.kind}
            )
        self.found.shown[heading.index] = self.plan.kind

    def _key(self, heading: Heading, text: str) -> None:
        if not text:
            raise ValueError(_("Write the key of the record that the row belongs to."))
        self.found.record_key = self.found.shown[heading.index] = text

    def _value(self, column: Column, text: str, unit: Unit | None) -> Any:
        """The value of a cell that is not empty."""
        member = column.member
        if isinstance(member, Reference):
            keys = [self._reference(member, one) for one in pieces.of_list(text, many=member.many)]
            return keys if member.many else keys[0]
        if isinstance(member, Code):
            found = pieces.codes_of(text, member.vocabulary, many=column.many)
            return found if column.many else found[0]
        if column.many:
            return pieces.of_list(text, many=True)
        return pieces.value(member, text, unit)

    def _reference(self, member: Reference, text: str) -> str:
        kind, key = self.names.find(member.kinds, text)
        return key if len(member.kinds) == 1 else f"{kind}/{key}"

    def _currencies(self, headings: Sequence[Heading]) -> dict[str, str]:
        """The currencies that stand in columns of their own, by the name of the amount."""
        found = {}
        for heading in headings:
            column, text = _column(heading), pieces.cell(self.row, heading.index)
            if isinstance(column.member, Money) and column.path[-1] == "currency" and text:
                try:
                    found[column.path[0]] = codes.code(text, CURRENCIES)
                    self.found.shown[heading.index] = found[column.path[0]]
                except ValueError as fault:
                    self._refuse(heading, str(fault))
                    found[column.path[0]] = ""
        return found

    def _money(self, heading: Heading, currencies: dict[str, str]) -> None:
        """An amount with the currency that its cell, its heading or a column of its own names."""
        column, text = _column(heading), pieces.cell(self.row, heading.index)
        if column.path[-1] == "currency":
            self.found.group.setdefault(column.path[0], None)
            return
        unit = heading.unit or Unit()
        beside = currencies.get(column.path[0])
        try:
            pieces.refuse_remains(text)
            if not text:
                self.found.group[column.path[0]] = None
                return
            if beside and unit.currency not in ("", beside):
                raise ValueError(
                    _("The heading says %(one)s and the column beside it %(other)s; correct one.")
                    % {"one": unit.currency, "other": beside}
                )
            found = amount(text, Unit(unit.scale, beside or unit.currency))
            if not found.currency and beside is None:
                raise ValueError(
                    _(
                        "Say in which currency: in the cell, in the heading, or in a column of its own."
                    )
                )
        except ValueError as fault:
            self._refuse(heading, str(fault))
            return
        digits = money.amount_text(found.number)
        self.found.group[column.path[0]] = {"amount": digits, "currency": found.currency}
        self.found.shown[heading.index] = f"{found.number:,f} {found.currency}".strip()

    def _group(self, name: str, headings: Sequence[Heading]) -> None:
        """A list of groups, of which each column holds one member of all, in their order."""
        values: dict[str, list[Any]] = {}
        for heading in headings:
            column, text = _column(heading), pieces.cell(self.row, heading.index)
            try:
                pieces.refuse_remains(text)
                listed = [one.strip() for one in meant(text).split(BETWEEN)] if text else []
                values[column.path[-1]] = [
                    self._inside(column, one, heading.unit) for one in listed
                ]
                self.found.shown[heading.index] = BETWEEN.join(map(str, values[column.path[-1]]))
            except ValueError as fault:
                self._refuse(heading, str(fault))
                return
        if len({len(one) for one in values.values()}) > 1:
            self._refuse(
                headings[0],
                _("The columns %(columns)s list differing numbers of values; write one for each.")
                % {"columns": ", ".join(one.text for one in headings)},
            )
            return
        told = [dict(zip(values, one, strict=True)) for one in zip(*values.values(), strict=True)]
        self.found.group[name] = told

    def _inside(self, column: Column, text: str, unit: Unit | None) -> Any:
        if isinstance(column.member, Code):
            return codes.code(text, column.member.vocabulary)
        return pieces.value(column.member, text, unit)


def _column(heading: Heading) -> Column:
    assert heading.column is not None
    return heading.column
