"""What refers to a record: the newest of each kind, how all of them stand, and the ways to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse

from cooperation.catalogue import COMMON_FACETS, KINDS
from cooperation.gazette import listing
from cooperation.gazette.models import Current, Head
from cooperation.gazette.presenting import Backlinks, Value, Wording, backlinks
from cooperation.gazette.presenting.timeline import TOLD
from cooperation.gazette.references import Label
from cooperation.gazette.shapes.vocabularies import STATUSES
from cooperation.gazette.upgrades import upgraded

from .reader import Way, reader_language

SHOWN = 20
COMPANY_SHOWN = 10
# With whom a record goes: the kind of the records that it shares with others, and which of these.
COMPANY = {"organization": ("initiative", "organization"), "person": ("statement", "organization")}


@dataclass(frozen=True)
class Bar:
    """How many records of a list have one status; the width is their part of all, in percent."""

    label: str
    url: str
    count: int
    width: str


class Tally(NamedTuple):
    """How the records of one kind that name a record stand, all of them counted."""

    way: Way
    bars: tuple[Bar, ...]
    unknown: int
    """Of how many no status is known."""


class Linking(NamedTuple):
    """The records of one kind that name a record: the newest, and the ways to the rest of them."""

    groups: tuple[Backlinks, ...]
    ways: tuple[Way, ...]
    documents: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Companion:
    """Another record, and how many records it shares with this one; a way to them where there is one."""

    title: Value
    count: int
    url: str | None


@dataclass(frozen=True)
class Relations:
    """Everything that a record's page says of the records that name it."""

    kind: str
    tallies: tuple[Tally, ...]
    promised: tuple[Linking, ...]
    """The records that are tallied."""
    others: tuple[Linking, ...]
    company: tuple[Companion, ...]
    citing: tuple[Way, ...]
    """For what any record may name: the lists of those that do."""
    telling: tuple[Mapping[str, Any], ...]
    """The documents that tell of something that happened to the record."""


def relations(kind: str, key: str, head: Head) -> Relations:
    """What refers to the record. One query, one a kind, one a tally and up to two for its company."""
    counts = listing.counts_by_kind(kind, key, head)
    linked = {name: _linking(kind, key, name, counts.get(name, 0)) for name in KINDS}
    found = {name: linking for name, linking in linked.items() if linking.groups}
    # That a source is cited makes no promise of it.
    is_citable = kind in COMMON_FACETS
    tallied = (
        [] if is_citable else [n for n in found if n in counts and "status" in KINDS[n].facets]
    )
    return Relations(
        kind=kind,
        tallies=tuple(_tally(kind, key, name, counts[name], head) for name in tallied),
        promised=tuple(found[name] for name in tallied),
        others=tuple(linking for name, linking in found.items() if name not in tallied),
        company=_company(kind, key, head),
        citing=tuple(_list(kind, key, name, counts[name]) for name in KINDS if name in counts)
        if is_citable
        else (),
        telling=() if is_citable else tuple(_telling(found)),
    )


def _telling(found: Mapping[str, Linking]) -> Iterator[Mapping[str, Any]]:
    for name in TOLD:
        yield from found[name].documents if name in found else ()


def _linking(kind: str, key: str, other: str, count: int) -> Linking:
    referring = listing.referring_to(kind, key).filter(kind=other).order_by("-pk")
    rows: list[Current] = list(referring[: SHOWN + 1])
    groups = backlinks(rows[:SHOWN], (kind, key), reader_language())
    ways = _ways(kind, key, other, count, groups) if len(rows) > SHOWN else ()
    return Linking(tuple(groups), ways, tuple(upgraded(row.content) for row in rows[:SHOWN]))


def _ways(kind: str, key: str, other: str, count: int, groups: list[Backlinks]) -> tuple[Way, ...]:
    """To the list under the facet that holds them; to the interface where there may be some that it does not."""
    listed = {path.partition(".")[0] for path in KINDS[other].all_facets.get(kind, ())}
    named = {
        relation.member
        for group in groups
        for one in group.records
        for relation in one.relations[:1]
    }
    ways = [_list(kind, key, other, count)] if count else []
    if not named <= listed:
        everything = f"/api/v1/{KINDS[kind].plural}/{key}/references/"
        ways.append(Way(str(KINDS[other].label_plural), everything, None))
    return tuple(ways)


def _list(kind: str, key: str, other: str, count: int) -> Way:
    url = f"{reverse(f'pages:{other}-list')}?{kind}={key}"
    return Way(str(KINDS[other].label_plural), url, count)


def _tally(kind: str, key: str, other: str, total: int, head: Head) -> Tally:
    among = listing.with_facet(listing.currents(other), other, kind, [key])
    counted = {one.value: one.count for one in listing.facet_counts(other, "status", head, among)}
    way = _list(kind, key, other, total)
    bars = tuple(
        Bar(
            STATUSES.label(code, reader_language()),
            f"{way.url}&status={code}",
            counted[code],
            f"{counted[code] * 100 / total:.2f}",
        )
        for code in STATUSES.codes
        if code in counted
    )
    return Tally(way, bars, total - sum(counted.values()))


def _company(kind: str, key: str, head: Head) -> tuple[Companion, ...]:
    """Those with whom the record shares most. Two queries, none for kinds that go alone."""
    if kind not in COMPANY:
        return ()
    other, facet = COMPANY[kind]
    among = listing.with_facet(listing.currents(other), other, kind, [key])
    counted = listing.facet_counts(other, facet, head, among)
    shared = [one for one in counted if (facet, one.value) != (kind, key)][:COMPANY_SHOWN]
    titles = listing.titles(facet, [one.value for one in shared])
    # A list under two values of one facet holds what has either, so it cannot be led to.
    base = None if facet == kind else f"{reverse(f'pages:{other}-list')}?{kind}={key}&{facet}="
    return tuple(
        Companion(_named(facet, one.value, titles), one.count, base and base + one.value)
        for one in shared
    )


def _named(kind: str, key: str, titles: Mapping[str, Mapping[str, str | None]]) -> Value:
    """The record by its title with a link; by its key alone where it is not public."""
    url = f"/{KINDS[kind].plural}/{key}/" if key in titles else None
    return Wording({}, reader_language()).reference(
        Label(kind, key, url, titles.get(key, {})).reference()
    )
