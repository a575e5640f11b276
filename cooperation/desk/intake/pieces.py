"""What a cell of a table holds: its value or values, and what spreadsheets leave behind in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from cooperation.gazette.shapes.types import Code, Date, Flag, Member, Number, Quantity
from cooperation.gazette.shapes.vocabularies import Vocabulary
from cooperation.rules import money
from cooperation.rules.cells import BETWEEN, meant

from .amounts import Unit, amount
from .codes import called, code, flag
from .days import day
from .faults import shown
from .sheets import Row

FAULTS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)  # fmt: skip

_ENDS = re.compile(r"\s*[;；\n]\s*")
_COMMAS = re.compile(r"\s*[,，、/]\s*")
_SHORTENED = re.compile(r"#{3,}")


def cell(row: Row, index: int) -> str:
    """The text of a cell; rows end with their last one that says anything."""
    return row.cells[index] if index < len(row.cells) else ""


def refuse_remains(text: str) -> None:
    """ValueError, with the mend, for what no person has written: faults, formulas, numbers too long to show."""
    if text in FAULTS or _SHORTENED.fullmatch(text):
        raise ValueError(
            _("%(text)s is what a spreadsheet shows in place of a value; write the value.")
            % {"text": shown(text)}
        )
    if text.startswith(("=", "＝")):
        raise ValueError(
            _(
                "This is a formula; write what it comes to, or an apostrophe before the sign where it is meant as text."
            )
        )


def of_list(text: str, *, many: bool) -> list[str]:
    """The values of a cell: where there may be several, they stand between semicolons or on lines of their own."""
    if not many:
        return [meant(text)] if text else []
    parts = meant(text).split(BETWEEN) if BETWEEN in text else _ENDS.split(meant(text))
    return [part.strip() for part in parts if part.strip()]


def codes_of(text: str, vocabulary: Vocabulary, *, many: bool) -> list[str]:
    """The codes of a cell; several may have commas between, unless a comma belongs to what a code is called."""
    found: dict[str, None] = {}
    for part in of_list(text, many=many):
        try:
            found[code(part, vocabulary)] = None
        except ValueError:
            pieces = [one for one in _COMMAS.split(part) if one]
            if not many or len(pieces) < 2:
                raise
            found.update(dict.fromkeys(code(one, vocabulary) for one in pieces))
    return list(found)


def value(member: Member, text: str, unit: Unit | None) -> Any:
    """The value of a text that is not empty, for a member of any type but codes and references.

    ValueError, with the mend, where it is none.
    """
    return READ[type(member)](member, text, unit) if type(member) in READ else text


def told(member: Member, found: Any) -> str:
    """A value as people check it: codes with what they are called."""
    if isinstance(found, list):
        return BETWEEN.join(told(member, one) for one in found)
    if isinstance(found, bool):
        return "true" if found else "false"
    return called(member.vocabulary, found) if isinstance(member, Code) else str(found)


def _day(member: Date, text: str, unit: Unit | None) -> str:
    return day(text, interval=member.interval)


def _flag(member: Member, text: str, unit: Unit | None) -> bool:
    return flag(text)


def _quantity(member: Member, text: str, unit: Unit | None) -> str:
    found = amount(text, Unit(unit.scale) if unit else None)
    if found.currency:
        raise ValueError(_("This is a number without a currency; write the digits alone."))
    return money.amount_text(found.number)


def _number(member: Member, text: str, unit: Unit | None) -> int:
    digits = text.replace(",", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise ValueError(
            _("%(text)s is no whole number; write digits only.") % {"text": shown(text)}
        )
    return int(digits)


READ: dict[type[Member], Callable[[Any, str, Unit | None], Any]] = {
    Date: _day,
    Flag: _flag,
    Number: _number,
    Quantity: _quantity,
}
