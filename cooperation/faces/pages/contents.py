"""What a long page of a record holds, section by section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from cooperation.gazette.presenting import Page

from .relations import Relations

# A page of fewer sections is seen through without a list of them.
LEAST = 4


class Section(NamedTuple):
    """A section of the page: the id of its heading, and what that says."""

    anchor: str
    label: str


def contents(page: Page, relations: Relations | None = None) -> tuple[Section, ...]:
    """The sections in the order in which they are read; none where they are few. No queries."""
    found = tuple(Section(anchor, label) for anchor, label in _sections(page, relations))
    return found if len(found) >= LEAST else ()


def _sections(page: Page, relations: Relations | None) -> Iterator[tuple[str, str]]:
    if page.has_facts:
        yield "facts", _("In brief")
    if page.arithmetic:
        yield "figures", _("How the figures add up")
    if page.timeline:
        yield "timeline", _("Timeline")
    yield from ((table.name, table.label) for table in page.tables if table.rows)
    if page.conflicts:
        yield "conflicts", _("Where sources differ")
    if relations:
        yield from _related(relations)
    if page.edition:
        yield "edition", _("Edition")
    yield "sources", _("Sources and quotations")
    if page.edition:
        yield "cite", _("Cite this record")


def _related(relations: Relations) -> Iterator[tuple[str, str]]:
    if relations.promised:
        yield "promises", _("Promises and what became of them")
    if relations.company:
        yield "company", _("Spoke for") if relations.kind == "person" else _("Partners")
    if relations.others or not relations.promised:
        yield "links", _("Cited by") if relations.citing else _("Referred to by")
