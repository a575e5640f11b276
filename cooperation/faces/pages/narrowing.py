"""What narrows a list: facets with counts, the filters at work, and the ways out of an empty list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.http import QueryDict

from cooperation.catalogue import KINDS
from cooperation.faces.filters import (
    AMOUNTS,
    BESIDE_AMOUNT,
    RecordFilters,
    facet_label,
    facet_vocabulary,
)
from cooperation.gazette import listing
from cooperation.gazette.models import Head
from cooperation.rules.languages import pick
from cooperation.rules.money import format_amount

from .reader import query_with, query_without

SHOWN_AT_ONCE = 8
OPEN_AT_FIRST = 3
OF_ONE_VALUE = ("q", "date_after", "date_before", *AMOUNTS, "updated_after")


@dataclass(frozen=True)
class Choice:
    """One value of a facet that a reader may tick."""

    value: str
    label: str
    language: str | None
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    """The values of one facet, most frequent first: those shown at once, and the rest."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]
    is_early: bool
    """Whether it stands among the first, which are open from the start."""

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """Those that are ticked."""
        return tuple(choice for choice in (*self.choices, *self.more) if choice.is_chosen)

    @property
    def is_open(self) -> bool:
        """Whether its values are shown at first; what is ticked never hides."""
        return self.is_early or bool(self.chosen)

    @property
    def is_more_open(self) -> bool:
        """Whether the rest is shown too, as something in it is ticked."""
        return any(choice.is_chosen for choice in self.more)


class Chip(NamedTuple):
    """A filter at work, and the address of the list without it."""

    name: str
    label: str
    text: str
    language: str | None
    url: str


class WayOut(NamedTuple):
    """What an empty list would hold without one of its filters; no count beyond the cap."""

    filter: str
    url: str
    found: int | None


def facet_groups(filters: RecordFilters, head: Head, language: str) -> list[FacetGroup]:
    """All facets of the list. Two queries for each, none for counts kept under this head."""
    kind = KINDS[filters.kind]
    # What an amount needs beside it never hides.
    always = (BESIDE_AMOUNT,) if kind.amount else ()
    early = [*list(kind.all_facets)[:OPEN_AT_FIRST], *always]
    return [
        _group(facet, filters, head, language, is_early=facet in early) for facet in kind.all_facets
    ]


def beside_amount(filters: RecordFilters, groups: list[FacetGroup]) -> FacetGroup | None:
    """The currencies in which an amount may be meant; None where the kind has no amount."""
    found = (group for group in groups if group.name == BESIDE_AMOUNT)
    return next(found) if KINDS[filters.kind].amount else None


def chips(
    query: QueryDict, filters: RecordFilters, groups: list[FacetGroup], language: str
) -> Iterator[Chip]:
    """Each filter at work; what means nothing without it goes with it. No queries."""
    for group in groups:
        beside = filters.together_with(group.name)[1:]
        for choice in group.chosen:
            url = f"?{query_without(query, group.name, choice.value, *beside)}"
            yield Chip(group.name, group.label, choice.label, choice.language, url)
    for name in OF_ONE_VALUE:
        if name in filters.chosen:
            text, label = _said(query, filters, name, language), filters.form.fields[name].label
            url = f"?{query_with(query, **{name: None, 'cursor': None})}"
            yield Chip(name, str(label), text, None, url)


def ways_out(query: QueryDict, filters: RecordFilters, at_work: list[Chip]) -> Iterator[WayOut]:
    """Those filters without which there is something. One query for each filter at work."""
    for name, alike in groupby(at_work, key=lambda chip: chip.name):
        told = list(alike)
        others = filters.leaving_out(name)
        count = listing.count(filters.queryset.all() if others is None else others)
        if count != 0:
            text = f"{told[0].label}: {', '.join(chip.text for chip in told)}"
            gone = dict.fromkeys((*filters.together_with(name), "cursor"))
            yield WayOut(text, f"?{query_with(query, **gone)}", count)


def _said(query: QueryDict, filters: RecordFilters, name: str, language: str) -> str:
    """What was asked for under that name, an amount with its currency."""
    if name in AMOUNTS:
        (currency,) = filters.chosen[BESIDE_AMOUNT]
        return format_amount(filters.chosen[name], currency, language)
    return str(next(filter(None, query.getlist(name))))


def _group(
    facet: str, filters: RecordFilters, head: Head, language: str, *, is_early: bool
) -> FacetGroup:
    kind, chosen = filters.kind, filters.chosen.get(facet, [])
    counts = {found.value: found.count for found in filters.counts(facet, head)}
    counts |= {value: 0 for value in chosen if value not in counts}
    labels = _labels(kind, facet, list(counts), language)
    choices = [
        Choice(value, *labels.get(value, (value, None)), count, value in chosen)
        for value, count in counts.items()
    ]
    shown, more = tuple(choices[:SHOWN_AT_ONCE]), tuple(choices[SHOWN_AT_ONCE:])
    return FacetGroup(facet, str(facet_label(kind, facet)), shown, more, is_early)


def _labels(
    kind: str, facet: str, values: list[str], language: str
) -> Mapping[str, tuple[str, str | None]]:
    """What people call each value, with the language of the words where it is not the page's."""
    vocabulary = facet_vocabulary(kind, facet)
    if vocabulary:
        return {value: (vocabulary.label(value, language), None) for value in values}
    found = {}
    for key, title in listing.titles(facet, values).items():
        picked = pick(title, language, settings.PORTAL_MAIN_LANGUAGE)
        found[key] = (picked.text, picked.language if picked.language != language else None)
    return found
