"""Which fields a form shows, in which order and beside which: read off the shape of the kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from cooperation.desk.documents.rendering import column as column_of
from cooperation.desk.texts import TextsField
from cooperation.gazette.shapes import TITLE, link_lists, part_lists, shape
from cooperation.gazette.shapes.types import Member, Money, Texts
from cooperation.rules.languages import LANGUAGES, column

Row = str | tuple[str, ...]
Fieldset = tuple[Any, dict[str, Any]]
ID_AND_PLACE = ("part_id", "position")


@cache
def texts_columns(model: Any) -> Mapping[str, str]:
    """The language of each column that holds a text in one of the portal's languages."""
    return {
        f"{name}_{column(language)}": language
        for name in dir(model)
        if isinstance(getattr(model, name, None), TextsField)
        for language in LANGUAGES
    }


def record_fieldsets(kind: str, leaving_out: Iterable[str] = ()) -> list[Fieldset]:
    """The fieldsets of a record: its title, each longer text, and what is short between them."""
    fieldsets: list[Fieldset] = [(TITLE.label, {"fields": [*texts_rows("title"), "key"]})]
    short: list[Row] = []
    lists = {*part_lists(kind), *link_lists(kind)}
    for name, member in shape(kind).members.items():
        if member.derived or name in lists or name in leaving_out:
            continue
        if isinstance(member, Texts) and member.long:
            fieldsets.append((member.label, {"fields": texts_rows(name)}))
        else:
            short += rows(name, member)
    # All that there is to say of some kinds stands in lists.
    return [*fieldsets, (_("Particulars"), {"fields": short})] if short else fieldsets


def part_fields(members: Mapping[str, Member]) -> list[Row]:
    """The fields of a part, in the order of the shape; its id and place come last."""
    found = [
        row for name, member in members.items() if not member.derived for row in rows(name, member)
    ]
    return [*_beside(found), ID_AND_PLACE]


def texts_rows(name: str) -> list[Row]:
    """The languages of a text side by side, and under them whose words they are."""
    return [tuple(f"{name}_{column(language)}" for language in LANGUAGES), f"{name}_editorial"]


def rows(name: str, member: Member) -> list[Row]:
    """The columns in which the desk keeps a member."""
    if isinstance(member, Texts):
        return texts_rows(name)
    if isinstance(member, Money):
        return ["amount", "currency"]
    return [column_of(name)]


def derived(kind: str) -> dict[str, Member]:
    """What the desk computes of a record of that kind."""
    return {name: member for name, member in shape(kind).members.items() if member.derived}


def _beside(found: list[Row]) -> Iterator[Row]:
    """Single columns that follow one another stand on one line."""
    line: list[str] = []
    for row in found:
        if isinstance(row, str) and not row.endswith("_editorial"):
            line.append(row)
            continue
        if line:
            yield tuple(line)
            line = []
        yield row
    if line:
        yield tuple(line)
