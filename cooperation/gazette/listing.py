"""Lists of current documents: filtering, counting to a cap, and paging by keyset.

Filters read the gazette's own tables only, so no filter can tell anything about a draft.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from cooperation.catalogue import KINDS
from cooperation.rules.canonical import digest
from cooperation.rules.languages import column
from cooperation.rules.money import sort_key
from cooperation.rules.words import query_words

from .matching import Places, holding
from .models import Current, Edition, Facet, Head, Reference
from .reading import PUBLIC
from .references import Target

COUNT_CAP = 10_000
FACET_CAP = 200
Sizes = tuple[Decimal | None, Decimal | None]
"""The least and the most amount; None where there is no such end."""


class BadCursor(ValueError):
    """The cursor was not made by this list in this order."""


class Page(NamedTuple):
    """Some rows of a list, and the cursors that lead on and back; None where there is no more."""

    rows: list[Current]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class FacetCount:
    """A facet's value and how many documents of the list have it."""

    value: str
    count: int


def currents(kind: str | None = None) -> QuerySet[Current]:
    """All current documents, of one kind or of all."""
    rows = Current.objects.using(PUBLIC)
    return rows.filter(kind=kind) if kind else rows.all()


def with_facet(
    queryset: QuerySet[Current], kind: str, name: str, values: Iterable[str]
) -> QuerySet[Current]:
    """Those that have any of the values under that facet."""
    found = Facet.objects.filter(kind=kind, name=name, value__in=list(values))
    return queryset.filter(pk__in=found.values("current_id"))


def places(q: str, kind: str | None = None) -> list[Places]:
    """The sets of documents in each of which one must be that holds every word of `q`; none for no word.

    No query, and one where many words are asked for.
    """
    return list(holding(query_words(q), kind))


def matching(queryset: QuerySet[Current], sets: Sequence[Places]) -> QuerySet[Current]:
    """Those that are in each of the sets, as `places` gives them; none where there is no set."""
    if not sets:
        return queryset.none()
    for one in sets:
        queryset = queryset.filter(pk__in=one)
    return queryset


def dated(
    queryset: QuerySet[Current], after: date | None, before: date | None
) -> QuerySet[Current]:
    """Those whose own date, as far as it is known, overlaps the days from `after` to `before`."""
    if after:
        queryset = queryset.filter(date_last__gte=after)
    if before:
        queryset = queryset.filter(date_first__lte=before)
    return queryset


def sized(
    queryset: QuerySet[Current],
    currency: str,
    *,
    least: Decimal | None = None,
    most: Decimal | None = None,
) -> QuerySet[Current]:
    """Those whose own amount is in that currency and lies between the two, exact to the last digit."""
    return queryset.filter(_within((least, most)), amount_currency=currency)


def changed_since(queryset: QuerySet[Current], moment: datetime) -> QuerySet[Current]:
    """Those whose edition in force was entered at that instant or later."""
    # Editions are numbered in the order of time, so one number tells all of them apart.
    before = Edition.objects.filter(published_at__lt=moment).order_by("-published_at", "-number")
    return queryset.filter(pk__gt=Coalesce(before.values("number")[:1], Value(0)))


def count(queryset: QuerySet[Current], *, exact: bool = False) -> int | None:
    """How many there are; None beyond 10,000 unless `exact`. One query."""
    if exact:
        return queryset.count()
    counted = queryset.order_by()[: COUNT_CAP + 1].count()
    return counted if counted <= COUNT_CAP else None


def page(
    queryset: QuerySet[Current], sort: str, cursor: str | None, size: int, language: str = "en"
) -> Page:
    """One page of the list by keyset; stable while editions are being published. One query.

    `sort` is `updated`, `date` or `title`, with `-` for descending. Raises BadCursor.
    """
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    key = {"updated": "pk", "date": "sort_date", "title": f"sort_title_{column(language)}"}[name]
    order = f"-{key}" if descending else key
    backwards, place = _read_cursor(cursor, order) if cursor else (False, None)
    down = descending != backwards
    if place:
        queryset = queryset.filter(_beyond(key, place, down=down))
    ways = ["-pk" if down else "pk"] if key == "pk" else [f"-{key}", "-pk"] if down else [key, "pk"]
    rows = list(queryset.order_by(*ways)[: size + 1])
    if place and not rows:
        # Nothing lies beyond the place; the way back begins with the row that stands at it.
        value, number = place
        back = _cursor(order, value, number - 1 if down else number + 1, backwards=not backwards)
        return Page([], back, None) if backwards else Page([], None, back)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_next, has_previous = (bool(cursor), more) if backwards else (more, bool(cursor))
    return Page(
        rows,
        _cursor(order, *_place(rows[-1], key), backwards=False) if has_next else None,
        _cursor(order, *_place(rows[0], key), backwards=True) if has_previous else None,
    )


def facet_counts(
    kind: str,
    name: str,
    head: Head,
    among: QuerySet[Current] | None = None,
    *,
    sizes: Sizes | None = None,
) -> list[FacetCount]:
    """How many documents of the kind, or of those `among` them, have each value of that facet.

    With `sizes` the values are currencies, and count what has its own amount in them between the
    two. Most first; at most 200. One query, and none where the same was counted under this head before.
    """
    facets = Facet.objects.using(PUBLIC).filter(kind=kind, name=name)
    if among is not None:
        facets = facets.filter(current__in=among.order_by().using(None).values("pk"))
    if sizes:
        facets = facets.filter(_within(sizes, "current__"), value=F("current__amount_currency"))
    counted = facets.values("value").annotate(n=Count("current_id")).order_by("-n", "value")
    rows: list[Any] = kept(head, counted[:FACET_CAP].values_list("value", "n"), list)
    return [FacetCount(value, count) for value, count in rows]


def counts_by_kind(name: str, value: str, head: Head) -> dict[str, int]:
    """How many documents of each kind have that value under their facet of that name.

    One query, and none where the same was counted under this head before.
    """
    facets = Facet.objects.using(PUBLIC).filter(kind__in=list(KINDS), name=name, value=value)
    counted = facets.values("kind").annotate(n=Count("current_id")).order_by("kind")
    return kept(head, counted.values_list("kind", "n"), dict)


def referring_to(kind: str, key: str) -> QuerySet[Current]:
    """The current documents of any kind, the record's own aside, that name that record."""
    found = Reference.objects.filter(to_kind=kind, to_key=key)
    rows = Current.objects.using(PUBLIC).filter(pk__in=found.values("current_id"))
    return rows.exclude(kind=kind, key=key)


def titles(kind: str, keys: Sequence[str]) -> dict[str, dict[str, str | None]]:
    """The titles, as language maps, of those records of the kind that are public. One query."""
    if kind not in KINDS:
        return {}
    return {key: title for (_kind, key), title in titles_of((kind, key) for key in keys).items()}


def titles_of(targets: Iterable[Target]) -> dict[Target, dict[str, str | None]]:
    """The titles of those of the records, of any kinds, that are public. One query, none for none."""
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in targets:
        keys[kind].add(key)
    if not keys:
        return {}
    about = reduce(or_, (Q(kind=kind, key__in=sorted(keys[kind])) for kind in sorted(keys)))
    rows = currents().filter(about)
    return {(row.kind, row.key): row.content["title"] for row in rows}


def kept(head: Head, rows: QuerySet[Any, Any], made: Callable[[QuerySet[Any, Any]], Any]) -> Any:
    """What is made of the rows, kept by the head: it changes when and only when that does, so it is never stale.

    Nothing is asked of the database where it was made under this head before, or finds nothing.
    """
    try:
        asked = repr(
            (
                settings.PORTAL_RELEASE,
                head.chain,
                head.indexings,
                made.__name__,
                *_told(rows),
            )
        )
    except EmptyResultSet:
        return made(rows.none())
    return cache.get_or_set(f"rows:{digest(asked)}", lambda: made(rows), timeout=None)


def _told(rows: QuerySet[Any, Any]) -> tuple[str, list[Any]]:
    """The question that is put to the database, with every value in full."""
    sql, values = rows.query.sql_with_params()
    # What drivers wrap bytes in shows where they lie, or their beginning alone.
    return sql, [getattr(value, "obj", value) for value in values]


def _within(sizes: Sizes, record: str = "") -> Q:
    ends = zip(("gte", "lte"), sizes, strict=True)
    return Q(
        **{f"{record}sort_amount__{end}": sort_key(size) for end, size in ends if size is not None}
    )


def _beyond(key: str, place: Sequence[Any], *, down: bool) -> Q:
    value, number = place
    if key == "pk":
        return Q(pk__lt=number) if down else Q(pk__gt=number)
    if down:
        return Q(**{f"{key}__lte": value}) & (Q(**{f"{key}__lt": value}) | Q(pk__lt=number))
    return Q(**{f"{key}__gte": value}) & (Q(**{f"{key}__gt": value}) | Q(pk__gt=number))


def _place(row: Current, key: str) -> tuple[bytes, int]:
    """Where a row stands in the order of that key."""
    return (b"" if key == "pk" else bytes(getattr(row, key))), row.number


def _cursor(order: str, value: bytes, number: int, *, backwards: bool) -> str:
    text = json.dumps([order, int(backwards), value.hex(), number], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(cursor: str, order: str) -> tuple[bool, tuple[bytes, int]]:
    try:
        made_for, backwards, value, number = json.loads(
            base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        )
        if (
            made_for != order
            or backwards not in (0, 1)
            or type(number) is not int
            or not 0 <= number < 2**63
        ):
            raise BadCursor
        return bool(backwards), (bytes.fromhex(value), number)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise BadCursor("The cursor is not one that this list gave out for this order.") from None
