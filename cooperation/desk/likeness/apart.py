"""Records that somebody has told apart, however alike their names are."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import Q

from cooperation.desk.models import Apart

Pair = tuple[int, int]


def pair_of(one: int, other: int) -> Pair:
    """Two records of a kind by their numbers, the smaller first."""
    return min(one, other), max(one, other)


def told_apart(kind: str, among: Iterable[int] | None = None) -> set[Pair]:
    """The pairs of a kind that are told apart, or those in which one of these records is; one query."""
    rows = Apart.objects.filter(kind=kind).order_by()
    if among is not None:
        some = list(among)
        rows = rows.filter(Q(record__in=some) | Q(other__in=some))
    return set(rows.values_list("record", "other"))


def tell_apart(kind: str, one: int, other: int, *, by: User | None, reason: str) -> bool:
    """Note that two records are different; False where that is noted already."""
    first, second = pair_of(one, other)
    _row, is_new = Apart.objects.get_or_create(
        kind=kind, record=first, other=second, defaults={"by": by, "reason": reason}
    )
    return is_new


def forget(kind: str, one: int, other: int) -> bool:
    """Take the note back; False where there is none."""
    first, second = pair_of(one, other)
    rows = Apart.objects.filter(kind=kind, record=first, other=second)
    return bool(rows.delete()[0])
