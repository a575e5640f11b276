"""Reads the page of a conflict as a browser does, and chooses on it."""

from __future__ import annotations

from typing import Any

from tests.contracts.boxes import Box, form_of
from tests.desk.admin.filling import PASSED, change_page, filled, signed_in, with_row

CHOICE = "choice:"


def offered(page: Any) -> dict[str, str]:
    """What there is to choose on the page, each with whose stands already; empty where nobody's does."""
    return {name: side_of(*box.values) for name, box in choices(page).items()}


def choices(page: Any) -> dict[str, Box]:
    """The pairs of buttons to choose with."""
    boxes = form_of(page.content.decode()).boxes
    return {box.name.removeprefix(CHOICE): box for box in boxes if box.name.startswith(CHOICE)}


def side_of(value: str = "") -> str:
    """Whose stands by that choice."""
    return value.partition("-")[0]


def chosen(page: Any, **more: Any) -> dict[str, Any]:
    """What the browser sends when it is saved what was chosen; `sides` names whose stands of what."""
    sides = more.pop("sides", {})
    sent: dict[str, Any] = {"_choose": "Save what I chose"}
    for box in form_of(page.content.decode()).boxes:
        side = sides.get(box.name.removeprefix(CHOICE))
        if box.name.startswith(CHOICE) and side:
            [value] = [one for one in box.choices if side_of(one) == side]
            sent[box.name] = value
        elif box.values:
            sent[box.name] = [*sent.get(box.name, []), *box.values]
    return {**sent, **more}


def conflict(
    record: Any, hers: Any, his: Any, *, added: Any = (), also: Any = ()
) -> tuple[Any, Any]:
    """Bert’s browser, and the answer to what he saves after Anna has saved the same record."""
    anna, bert = signed_in("anna"), signed_in("bert")
    sent = filled(anna.get(change_page(record)))
    first, second = {**sent, **hers}, {**sent, **his}
    for name, values in added:
        first = with_row(first, name, **values)
    for name, values in also:
        second = with_row(second, name, **values)
    answer = anna.post(change_page(record), first)
    assert answer.status_code == PASSED, answer.context["errors"]
    return bert, bert.post(change_page(record), second)
