"""Paging through a list while the register goes on."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from cooperation.catalogue import SORTS
from cooperation.gazette import listing
from cooperation.gazette.models import Current
from tests.worlds import merge, publish, reference, sample, texts, withdraw

pytestmark = pytest.mark.django_db

KIND = "organization"
ORDERS = [sign + name for name in SORTS for sign in ("", "-")]
# Few, so that many records share one.
TITLES = ("Board", "board", "Chamber", "Council", "Ministry")
DAYS = (None, "1999", "2015-01", "2015-01-28")
# So long it goes on; a walk in the order of changes would never end otherwise.
DISTURBED = 12

Pager = Callable[..., listing.Page]
Shown = list[tuple[str, int]]


class Register:
    """An office that publishes, renames, withdraws and merges without a plan."""

    def __init__(self, choose: random.Random) -> None:
        self.choose = choose
        self.made = 0
        for _ in range(14):
            self.publish_new()

    def act(self) -> None:
        """Up to three acts of any sort."""
        acts = [self.publish_new, self.publish_again, self.publish_again, self.withdraw, self.merge]
        for _ in range(self.choose.randrange(4)):
            self.choose.choice(acts)()

    def publish_new(self) -> None:
        self.made += 1
        self.publish(f"o{self.made}")

    def publish_again(self) -> None:
        """With another title or date; what names it is entered again with it."""
        self.publish(self.any())

    def withdraw(self) -> None:
        withdraw(KIND, self.any())

    def merge(self) -> None:
        one, other = self.any(), self.any()
        if one != other:
            merge(KIND, one, other)

    def publish(self, key: str) -> None:
        above = self.any(key) if self.made > 4 and self.choose.random() < 0.3 else key
        publish(
            sample(
                KIND,
                key,
                title=texts(self.choose.choice(TITLES)),
                founded=self.choose.choice(DAYS),
                part_of=reference(KIND, above) if above != key else None,
            )
        )

    def any(self, default: str = "") -> str:
        keys = sorted(listing.currents(KIND).values_list("key", flat=True))
        return self.choose.choice(keys) if keys else default


def numbers() -> set[int]:
    """The editions in force."""
    return set(Current.objects.filter(kind=KIND).values_list("pk", flat=True))


def forth(pager: Pager, order: str, size: int, between: Callable[[], None]) -> Iterator[Shown]:
    """Every page from the first to the last, and what happens between two of them."""
    cursor = None
    while True:
        page = pager(listing.currents(KIND), order, cursor, size)
        yield [(row.key, row.number) for row in page.rows]
        if page.next is None:
            return
        cursor = page.next
        between()


def back(pager: Pager, order: str, size: int, between: Callable[[], None]) -> Iterator[Shown]:
    """Every page from the last to the first; the last is gone to while nothing happens."""
    page = pager(listing.currents(KIND), order, None, size)
    while page.next:
        page = pager(listing.currents(KIND), order, page.next, size)
    yield [(row.key, row.number) for row in page.rows]
    while page.previous:
        between()
        page = pager(listing.currents(KIND), order, page.previous, size)
        yield [(row.key, row.number) for row in page.rows]


def faults(walk: Callable[..., Iterator[Shown]], order: str, seed: int, pager: Pager) -> list[str]:
    """What is wrong with all that a reader saw of the list on one walk, of which nothing is left."""
    with transaction.atomic():
        found = _faults(walk, pager, order, random.Random(f"{order} {seed}"))
        transaction.set_rollback(True)
    return found


def _faults(
    walk: Callable[..., Iterator[Shown]], pager: Pager, order: str, choose: random.Random
) -> list[str]:
    register = Register(choose)
    at_first, acted = numbers(), 0

    def between() -> None:
        nonlocal acted
        acted += 1
        if acted <= DISTURBED:
            register.act()

    shown = [row for page in walk(pager, order, choose.randint(1, 4), between) for row in page]
    times = Counter(number for _key, number in shown)
    unchanged = at_first & numbers()
    return [
        *(f"№ {number} is left out" for number in unchanged if not times[number]),
        *(f"№ {number} is shown {n} times" for number, n in times.items() if n > 1),
    ]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("walk", [forth, back])
def test_what_stays_unchanged_is_shown_once_and_what_changes_once_each_time(walk, order):
    for seed in range(3):
        assert faults(walk, order, seed, listing.page) == [], seed


def by_offset(queryset, sort, cursor, size) -> listing.Page:
    """Pages as they are often cut: so many rows from the beginning."""
    name, sign = sort.removeprefix("-"), "-" if sort.startswith("-") else ""
    key = {"updated": "pk", "date": "sort_date", "title": "sort_title_en"}[name]
    start = int(cursor or 0)
    rows = list(queryset.order_by(f"{sign}{key}", f"{sign}pk")[start : start + size + 1])
    following = str(start + size) if len(rows) > size else None
    return listing.Page(rows[:size], following, str(max(start - size, 0)) if start else None)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("walk", [forth, back])
def test_pages_that_are_counted_off_are_noticed(walk, order):
    """The control."""
    assert any(faults(walk, order, seed, by_offset) for seed in range(3))


def keys(page: listing.Page) -> list[str]:
    return [row.key for row in page.rows]


@pytest.mark.parametrize(
    ("order", "first", "rest"),
    [
        # What changes takes its place before the beginning, whether it was shown before or not.
        ("-updated", ["e", "d"], ["c", "a"]),
        # What changes takes its place at the end, so that nothing is missed.
        ("updated", ["a", "b"], ["c", "d", "e", "b", "f"]),
    ],
)
def test_what_changes_while_one_pages_by_change_goes_where_the_new_is(order, first, rest):
    publish(*(sample(KIND, key) for key in "abcde"))
    page = listing.page(listing.currents(KIND), order, None, 2)
    assert keys(page) == first
    publish(sample(KIND, "b", country="KR"))
    publish(sample(KIND, "f"))
    assert keys(listing.page(listing.currents(KIND), order, page.next, 9)) == rest
