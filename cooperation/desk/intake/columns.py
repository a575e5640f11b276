"""The columns of tables to import: which a kind has, what belongs in each, and what member it leads to.

They are those of the tables to take away, by the same names, so that these come back as they went.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.models.parts import PART_ID
from cooperation.desk.models.records import KEY
from cooperation.desk.texts import LANGUAGE_COLUMNS
from cooperation.gazette.shapes import CITATION, TITLE, part_lists, shape
from cooperation.gazette.shapes.types import (
    Group,
    Label,
    Member,
    Money,
    Number,
    Parts,
    Reference,
    Sum,
    Text,
    Texts,
)

KIND = Text(_("Kind"), _("The kind of the records in the table."))
RECORD = Text(_("Key of the record"), _("The key of the record that the row belongs to."))
EDITORIAL = Text(
    _("Our own words"),
    _(
        "Which texts are the editors' own words: paths such as title/ko, with a semicolon and a blank between."
    ),
    many=True,
)
COMPUTED = {
    "url": Text(_("Address"), _("Where the public finds it."), derived=True),
    "citations_count": Number(_("Citations"), _("How many there are."), derived=True),
    "edition_number": Number(_("Edition"), _("The number of its edition."), derived=True),
    "published_at": Text(
        _("Edition published"), _("When its edition was published."), derived=True
    ),
}


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its name, what people call it, and the member to which its cells lead."""

    name: str
    """As in the tables to take away: `purpose_ko`, `manager_key`, `amount_currency`."""

    path: tuple[str, ...]
    """Where its value stands in the written record or part: `("purpose", "ko")`, `("amount", "currency")`."""

    member: Member
    label: Label
    sentence: Label
    language: str = ""
    """Of which of the portal's languages the text is."""

    many: bool = False
    """Whether a cell holds several values, joined by `; `."""

    grouped: bool = False
    """Whether its values are those of one member in the entries of a list of groups."""

    computed: bool = False
    """Whether the desk computes it: it is read past, and never entered."""


@dataclass(frozen=True)
class SheetPlan:
    """A sheet that a workbook of a kind may have: of the records, of a list of parts, of the citations."""

    kind: str
    name: str
    """What the sheet is called in the tables to take away: `funds`, `commitments`, `citations`."""

    part: str
    """The member whose entries its rows are: `commitments`, `citations`; empty for the records."""

    label: Label
    sentence: Label
    columns: tuple[Column, ...] = field(repr=False)

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def enterable(self) -> tuple[Column, ...]:
        """The columns whose values can be entered."""
        return tuple(column for column in self.columns if not column.computed)


@cache
def sheets_of(kind: str) -> tuple[SheetPlan, ...]:
    """The sheets of a kind's tables: that of the records, one of each list of parts, the citations."""
    main, known = shape(kind), KINDS[kind]
    records = (
        _own("kind", KIND),
        _own("key", KEY),
        _own("url", COMPUTED["url"]),
        *columns_of({"title": TITLE, **main.members}),
        _own("citations_count", COMPUTED["citations_count"]),
        _own("editorial", EDITORIAL),
        _own("edition_number", COMPUTED["edition_number"]),
        _own("published_at", COMPUTED["published_at"]),
    )
    record = _own("record_key", RECORD)
    parts = (
        SheetPlan(
            kind,
            name,
            name,
            listed.label,
            listed.sentence,
            (record, _own("id", PART_ID), *columns_of(listed.members)),
        )
        for name, listed in part_lists(kind).items()
    )
    return (
        SheetPlan(kind, known.plural, "", known.label_plural, known.sentence, records),
        *parts,
        SheetPlan(
            kind,
            "citations",
            "citations",
            _("Citations"),
            _("Which passage of which source proves what the record says."),
            (record, *columns_of(CITATION)),
        ),
    )


def columns_of(members: Mapping[str, Member]) -> tuple[Column, ...]:
    """The columns of the members of a record, part or citation, in the order of the shape."""
    return tuple(
        column for name, member in members.items() for column in _of(name, (name,), member)
    )


def _own(name: str, member: Member) -> Column:
    return _plain(name, (name,), member)


def _plain(name: str, path: tuple[str, ...], member: Member) -> Column:
    return Column(
        name,
        path,
        member,
        member.label,
        member.sentence,
        many=member.many,
        computed=member.derived,
    )


def _of(name: str, path: tuple[str, ...], member: Member) -> Iterator[Column]:
    """The columns of one member; their names begin with `name`."""
    column = _plain(name, path, member)
    match member:
        case Parts():
            called = _called(member, _("number"))
            yield replace(column, name=f"{name}_count", label=called, computed=True)
        case Group():
            for inner, inside in member.members.items():
                for one in _of(f"{name}_{inner}", (*path, inner), inside):
                    yield _in_group(member, one)
        case Texts():
            yield from _texts(column)
        case Reference():
            yield replace(column, name=f"{name}_key")
            called = _called(member, _("title"))
            yield replace(column, name=f"{name}_title", label=called, computed=True)
        case Money() | Sum():
            yield replace(column, path=(*path, "amount"))
            yield _currency(column, path)
        case _:
            yield column


def _texts(column: Column) -> Iterator[Column]:
    for language, name in LANGUAGE_COLUMNS.choices:
        yield replace(
            column,
            name=f"{column.name}_{language}",
            path=(*column.path, language),
            label=format_lazy("{} ({})", column.label, name),
            language=language,
        )


def _currency(amount: Column, path: tuple[str, ...]) -> Column:
    return replace(
        amount,
        name=f"{amount.name}_currency",
        path=(*path, "currency"),
        label=_called(amount.member, _("currency")),
        sentence=_("The currency of the amount, by its ISO 4217 code: KRW, CNY, USD."),
    )


def _in_group(group: Group, column: Column) -> Column:
    return replace(
        column,
        label=_called(group, column.label),
        many=group.many or column.many,
        grouped=group.many,
        computed=group.derived or column.computed,
    )


def _called(member: Member, what: Label) -> Label:
    return format_lazy("{}: {}", member.label, what)
