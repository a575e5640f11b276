"""What a document says under the columns of a table: as cells state it, and whether a written value is the same."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cooperation.gazette.shapes.types import Code, Group, Member, Money, Reference, Texts

BETWEEN = "; "
Said = Mapping[str, Any]
"""A document, or a part or citation in one."""


def stated(member: Member, value: Any, steps: tuple[str, ...] = ()) -> str:
    """A member's value as a cell states it; `steps` lead to one language, or to one side of an amount."""
    if isinstance(value, list):
        return BETWEEN.join(stated(member, one, steps) for one in value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(member, Reference):
        return str(value["key"] if len(member.kinds) == 1 else f"{value['kind']}/{value['key']}")
    return stated(member, value[steps[0]], steps[1:]) if steps else str(value)


def told(member: Member, value: Any, steps: tuple[str, ...] = ()) -> str:
    """A member's value as people check it: amounts grouped by thousands, with their currency."""
    if isinstance(member, Money) and steps == ("amount",) and value:
        return f"{Decimal(value['amount']):,f} {value['currency']}".strip()
    return stated(member, value, steps)


def is_same(member: Member, written: Any, value: Any) -> bool:
    """Whether a written value is what the document says already; what is not written counts as the same."""
    if isinstance(member, Texts):
        texts = value or {}
        return written is not None and all(
            (text or None) == (texts.get(language) or None) for language, text in written.items()
        )
    if isinstance(member, Money):
        return bool(written == (_plain_amount(value) if value else None))
    if isinstance(member, Reference):
        return _named(member, written) == _keys(member, value)
    if isinstance(member, Code) and member.many:
        return sorted(written or ()) == sorted(value or ())
    if isinstance(member, Group) or member.many:
        return list(written or ()) == list(value or ())
    return bool(written == value or (_is_nothing(written) and _is_nothing(value)))


def _is_nothing(value: Any) -> bool:
    """Whether it says nothing; of a flag that is no, and zero says something."""
    return value is None or value is False or value == ""


def _plain_amount(value: Said) -> dict[str, Any]:
    return {"amount": value["amount"], "currency": value["currency"]}


def _named(member: Member, written: Any) -> Any:
    return sorted(written or ()) if member.many else written or None


def _keys(member: Member, value: Any) -> Any:
    if member.many:
        return sorted(stated(member, one) for one in value or ())
    return stated(member, value) or None
