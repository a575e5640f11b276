"""From the members of a written record to the columns of the desk, by the shapes alone.

Nothing here asks the database. Each value is held against the member that it is for; whatever does
not fit becomes a fault. What a value must keep beyond that (a real day, a right check digit) is the
models' to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cooperation.desk.documents.rendering import column as desk_name
from cooperation.desk.models.parts import MOST_ROWS
from cooperation.gazette.shapes.types import (
    Address,
    Code,
    Date,
    Flag,
    Group,
    Member,
    Money,
    Number,
    PartName,
    Quantity,
    Reference,
    Text,
    Texts,
)
from cooperation.rules.languages import LANGUAGES, column
from cooperation.rules.money import CURRENCIES

from .faults import Faults, choice

MAX_LIST = MOST_ROWS
MAX_VALUES = 1_000
Named = tuple[str, str]
"""A record as another one names it: its kind and key."""


@dataclass
class Row:
    """What a record, part or citation is to hold, and where each of its columns was written."""

    record: str
    path: str
    raw: Any
    faults: Faults
    id: str = ""
    columns: dict[str, Any] = field(default_factory=dict)
    references: dict[str, Named] = field(default_factory=dict)
    origins: dict[str, tuple[str, Any]] = field(default_factory=dict)
    unsound: set[str] = field(default_factory=set)
    """The columns at which a fault has been found already."""
    held: Any = None
    """What was filled with it; `differs` tells whether that changed it."""
    differs: bool = False

    def filled(self, held: Any, differs: bool) -> None:
        """Note what was filled with the row, and whether that changed it."""
        self.held, self.differs = held, differs

    def at(self, name: str) -> str:
        """The path of one of its members."""
        return f"{self.path}/{name}" if self.path else name

    def complain(self, name: str, value: Any, mend: str, *columns: str) -> None:
        """Note a fault at one of its members."""
        self.faults.add(self.record, self.at(name) if name else self.path, value, mend)
        self.unsound.update(columns)

    def refer(self, column_name: str, target: Named, raw: Any, name: str = "") -> None:
        """Name another record, remembering the member that it was written as."""
        self.references[column_name] = target
        self.origins[column_name] = (self.at(name) if name else self.path, raw)

    def put(self, name: str, column_name: str, value: Any, raw: Any) -> None:
        """Set a column, remembering the member that it was written as."""
        self.columns[column_name] = value
        self.origins[column_name] = (self.at(name), raw)

    def take(self, members: Mapping[str, Member], ours: tuple[str, ...] = ()) -> None:
        """Take over every member that was written; `ours` are read elsewhere."""
        open_to = tuple(name for name, member in members.items() if not member.derived)
        for name, raw in self.raw.items():
            if name in ours:
                continue
            member = members.get(name) if isinstance(name, str) else None
            if member is None:
                self.complain(
                    str(name)[:40],
                    raw,
                    f"There is no such member; {choice(name, (*ours, *open_to))}",
                )
            elif member.derived:
                self.complain(name, raw, "The desk computes this; leave it out.")
            elif type(member) in TAKERS and not (isinstance(member, Reference) and member.many):
                TAKERS[type(member)](self, name, member, raw)


def _texts(row: Row, name: str, member: Member, raw: Any) -> None:
    columns = [f"{name}_{column(language)}" for language in LANGUAGES]
    if raw is None:
        raw = dict.fromkeys(LANGUAGES)
    if not isinstance(raw, dict):
        row.complain(name, raw, "Give the text by language: en, ko, zh-Hans.", *columns)
        return
    for language, text in raw.items():
        place = f"{name}/{str(language)[:40]}"
        if language not in LANGUAGES:
            row.complain(
                place,
                text,
                f"This is not one of the portal's languages; {choice(language, LANGUAGES)}",
            )
        else:
            _plain(row, place, f"{name}_{column(language)}", text)


def _text(row: Row, name: str, member: Member, raw: Any) -> None:
    if member.many:
        _list(row, name, raw, "Give a list of texts.")
    else:
        _plain(row, name, desk_name(name), raw)


def _plain(row: Row, name: str, column_name: str, raw: Any) -> None:
    if raw is None or isinstance(raw, str):
        row.put(name, column_name, raw or "", raw)
    else:
        row.complain(name, raw, "This must be a text; put it in quotation marks.", column_name)


def _code(row: Row, name: str, member: Member, raw: Any) -> None:
    assert isinstance(member, Code)
    codes = member.vocabulary.codes
    if not member.many and (raw is None or raw in codes):
        row.put(name, name, raw or "", raw)
    elif not member.many:
        row.complain(name, raw, f"This is not a code of this list; {choice(raw, codes)}", name)
    elif _list(row, name, raw, "Give a list of codes."):
        for code in [code for code in raw or () if code not in codes]:
            row.complain(
                name, code, f"This is not a code of this list; {choice(code, codes)}", name
            )


def _list(row: Row, name: str, raw: Any, mend: str) -> bool:
    if raw is not None and not isinstance(raw, list):
        row.complain(name, raw, mend, name)
    elif raw and len(raw) > MAX_VALUES:
        row.complain(name, raw, f"A list has at most {MAX_VALUES:,} entries.", name)
    else:
        row.put(name, name, list(raw or ()), raw)
    return name not in row.unsound


def _reference(row: Row, name: str, member: Member, raw: Any) -> None:
    assert isinstance(member, Reference)
    target = named(member, raw)
    if raw is None:
        row.put(name, name, None, raw)
    elif target:
        row.refer(name, target, raw, name)
    else:
        row.complain(name, raw, how_to_name(member), name)


def named(member: Reference, raw: Any) -> Named | None:
    """The record that is written as a key, or where several kinds are open as `initiative/its-key`."""
    if not isinstance(raw, str):
        return None
    if len(member.kinds) == 1:
        return member.kinds[0], raw
    kind, _slash, key = raw.partition("/")
    return (kind, key) if kind in member.kinds and key else None


def how_to_name(member: Reference) -> str:
    """How a record is named under that member."""
    if len(member.kinds) == 1:
        return f"Name the {member.kinds[0]} by its key."
    return "Name the record by kind and key, such as initiative/its-key."


def _money(row: Row, name: str, member: Member, raw: Any) -> None:
    if raw is None:
        row.put(name, name, None, raw)
        row.put(f"{name}/currency", "currency", "", raw)
        return
    if not isinstance(raw, dict) or raw.keys() != {"amount", "currency"}:
        row.complain(name, raw, "Give amount and currency, and nothing else.", name, "currency")
        return
    _quantity(row, f"{name}/amount", member, raw["amount"], column_name=name)
    if isinstance(raw["currency"], str) and raw["currency"] in CURRENCIES:
        row.put(f"{name}/currency", "currency", raw["currency"], raw["currency"])
    else:
        mend = "This is not an ISO 4217 code; use one such as KRW, CNY or USD."
        row.complain(f"{name}/currency", raw["currency"], mend, "currency")


def _quantity(row: Row, name: str, member: Member, raw: Any, column_name: str = "") -> None:
    column_name = column_name or name
    if raw is None or isinstance(raw, str):
        row.put(name, column_name, raw or None, raw)
    else:
        row.complain(
            name,
            raw,
            "Write the amount as digits in quotation marks, so that it stays exact: “40000000000”.",
            column_name,
        )


def _number(row: Row, name: str, member: Member, raw: Any) -> None:
    if isinstance(raw, str) and len(raw) < 10 and raw.isascii() and raw.isdigit():
        raw = int(raw)
    if raw is None or (isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < 2**31):
        row.put(name, name, raw, raw)
    else:
        row.complain(name, raw, "Give a whole number from 0, without quotation marks.", name)


def _flag(row: Row, name: str, member: Member, raw: Any) -> None:
    if raw is None or isinstance(raw, bool):
        row.put(name, name, bool(raw), raw)
    else:
        row.complain(name, raw, "Give true or false, without quotation marks.", name)


def _group(row: Row, name: str, member: Member, raw: Any) -> None:
    assert isinstance(member, Group)
    wanted = ", ".join(member.members)
    if not _list(row, name, raw, f"Give a list of entries with {wanted}."):
        return
    for entry in raw or ():
        if not isinstance(entry, dict) or entry.keys() != member.members.keys():
            row.complain(name, entry, f"Each entry has {wanted}, and nothing else.", name)
        elif not all(isinstance(value, str) for value in entry.values()):
            row.complain(name, entry, f"Write {wanted} as texts, in quotation marks.", name)


TAKERS: dict[type[Member], Callable[..., None]] = {
    Address: _text,
    Code: _code,
    Date: _text,
    Flag: _flag,
    Group: _group,
    Money: _money,
    Number: _number,
    PartName: _text,
    Quantity: _quantity,
    Reference: _reference,
    Text: _text,
    Texts: _texts,
}
