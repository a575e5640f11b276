"""How each type of value is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cooperation.gazette.shapes.types import (
    Address,
    Code,
    Date,
    Flag,
    Member,
    Money,
    Number,
    PartName,
    Quantity,
    Reference,
    Sum,
)
from cooperation.rules import dates, money

from .links import outside
from .values import Value

if TYPE_CHECKING:
    from .wording import Wording


def _code(wording: Wording, member: Code, value: str, path: str) -> Value:
    return Value("code", member.vocabulary.label(value, wording.language), machine=value)


def _date(wording: Wording, member: Member, value: str, path: str) -> Value:
    machine = None if "/" in value else value
    return Value("date", dates.format_date(value, wording.language), machine=machine)


def _reference(wording: Wording, member: Member, value: Mapping[str, Any], path: str) -> Value:
    return wording.reference(value)


def _money(wording: Wording, member: Member, value: Mapping[str, Any], path: str) -> Value:
    return wording.amount(value, converted=True)


def _sum(wording: Wording, member: Member, value: Mapping[str, Any], path: str) -> Value:
    return wording.amount(value)


def _quantity(wording: Wording, member: Member, value: str, path: str) -> Value:
    return Value("number", f"{money.parse_amount(value):,f}", machine=value)


def _number(wording: Wording, member: Member, value: int, path: str) -> Value:
    return Value("number", f"{value:,}", machine=str(value))


def _flag(wording: Wording, member: Member, value: bool, path: str) -> Value:
    return Value("text", _("Yes") if value else _("No"))


def _address(wording: Wording, member: Member, value: str, path: str) -> Value:
    return Value("address", value, "", outside(value))


def _part_name(wording: Wording, member: Member, value: str, path: str) -> Value:
    parts = path.partition("/")[0]
    label = wording.part_label(parts, value)
    return Value("part", label, url=f"#{parts}-{value}") if label else Value("part", value)


FORMS: dict[type[Member], Callable[[Wording, Any, Any, str], Value]] = {
    Code: _code,
    Date: _date,
    Reference: _reference,
    Money: _money,
    Sum: _sum,
    Quantity: _quantity,
    Number: _number,
    Flag: _flag,
    Address: _address,
    PartName: _part_name,
}
