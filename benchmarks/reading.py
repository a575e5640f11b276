"""What reading costs as the register grows: `make proof-reading`, or with RECORDS=1000000.

Publishes made-up initiatives into a database of its own, and times every way of reading at a tenth
of them and at all of them. Each figure is the median of 30 runs, in milliseconds and as a multiple
of the baseline, which is one row by primary key in the same run.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.cache import cache  # noqa: E402 -- Django has to be set up first
from django.core.management import call_command  # noqa: E402 -- Django has to be set up first
from django.db import connection, connections  # noqa: E402  # settings come first

from cooperation.gazette import listing, reading, searching  # noqa: E402  # settings come first
from cooperation.gazette.models import Current  # noqa: E402  # settings come first
from tests.worlds import publish, reference, sample, texts  # noqa: E402  # settings come first

RUNS = 30
ACT = 2_000
NAMES = [
    "farm",
    "export",
    "link",
    "shop",
    "film",
    "drama",
    "port",
    "road",
    "bank",
    "chip",
    "ship",
    "rail",
    "solar",
    "steel",
    "cable",
    "tea",
]
KOREAN = [
    "농산물",
    "수출",
    "연결",
    "문화",
    "투자",
    "물류",
    "항만",
    "철도",
    "은행",
    "반도체",
    "선박",
    "태양광",
    "강철",
    "전선",
]


def fill(up_to: int) -> None:
    """Publish initiatives until there are that many."""
    chance = random.Random(up_to)  # noqa: S311 -- made-up records, not secrets
    done = Current.objects.filter(kind="initiative").count()
    while done < up_to:
        count = min(ACT, up_to - done)
        publish(*(initiative(done + n, chance) for n in range(count)), limit=None)
        done += count
        print(f"\r  {done:,} of {up_to:,} published", end="", file=sys.stderr)
    print(file=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def initiative(number: int, chance: random.Random) -> dict[str, Any]:
    """A made-up initiative; one in ten thousand has a rare sector, half a common one."""
    sector = "health" if number % 10_000 == 7 else chance.choice(["trade", "culture", "transport"])
    words = chance.choices(NAMES, k=4)
    return sample(
        "initiative",
        f"initiative-{number}",
        title=texts(" ".join(words) + f" {number}", " ".join(chance.choices(KOREAN, k=3))),
        summary=texts(" ".join(chance.choices(NAMES, k=20))),
        sectors=[sector],
        countries=[chance.choice(["KR", "CN", "US"])],
        status={
            "value": chance.choice(["proposed", "active"]),
            "since": f"20{chance.randint(10, 26)}",
            "confirmed": None,
        },
        participants=[
            {
                "id": "a",
                "organization": reference("organization", f"firm-{chance.randint(0, 9)}"),
                "role": "proposer",
                "from": None,
                "until": None,
            }
        ],
    )


def ways() -> dict[str, Callable[[], Any]]:
    """Every way of reading that a face has, by name."""
    head, rows = reading.head(), listing.currents("initiative")
    rare = listing.with_facet(rows, "initiative", "sector", ["health"])
    common = listing.with_facet(rows, "initiative", "sector", ["trade"])
    both = listing.with_facet(common, "initiative", "country", ["KR"])
    middle = rows.order_by("sort_title_en")[rows.count() // 2]
    place = bytes(middle.sort_title_en), middle.number
    title_cursor = listing._cursor("sort_title_en", *place, backwards=False)  # noqa: SLF001 -- a place deep in the list
    middle_row = Current.objects.filter(kind="initiative").order_by("pk")[rows.count() // 2]

    def page(queryset: Any, sort: str = "-updated", cursor: str | None = None) -> Callable[[], Any]:
        return lambda: [row.response() for row in listing.page(queryset, sort, cursor, 50).rows]

    def counted(among: Any = None) -> Callable[[], Any]:
        def afresh() -> Any:
            cache.clear()
            return listing.facet_counts("initiative", "sector", head, among)

        return afresh

    return {
        "head (a 304)": reading.head,
        "one record": lambda: reading.current("initiative", middle_row.key),
        "first page": page(rows),
        "page in mid-table by title": page(rows, "title", title_cursor),
        "page of a common facet": page(common),
        "page of two facets": page(both),
        "page of a rare facet": page(rare),
        "page of a Korean word": page(listing.matching(rows, listing.places("물류", "initiative"))),
        "page of two words": page(
            listing.matching(rows, listing.places("farm shop", "initiative"))
        ),
        "search across kinds": lambda: searching.search("drama", None, 50),
        "count to the cap": lambda: listing.count(rows),
        "facet counts of all": counted(),
        "facet counts of a common facet": counted(common),
        "facet counts asked again": lambda: listing.facet_counts("initiative", "sector", head),
        "changes, 200": lambda: reading.changes(middle_row.number, 200),
        "what refers to a record, 50": page(listing.referring_to("organization", "firm-3")),
    }


def median_ms(way: Callable[[], Any]) -> float:
    """The median time of a call in milliseconds."""
    way()
    times = []
    for _run in range(RUNS):
        begun = time.perf_counter()
        way()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def measure() -> dict[str, tuple[float, float]]:
    """For each way: milliseconds, and the multiple of the baseline."""
    number = (
        Current.objects.filter(kind="initiative").order_by("pk").values_list("pk", flat=True)[7]
    )
    baseline = median_ms(lambda: Current.objects.using("public").get(pk=number))
    found = {"one row by primary key (baseline)": (baseline, 1.0)}
    for name, way in ways().items():
        took = median_ms(way)
        found[name] = (took, took / baseline)
    return found


def main(records: int) -> None:
    """Fill, measure, fill further, measure again, print."""
    call_command("migrate", verbosity=0)
    publish(*(sample("organization", f"firm-{n}") for n in range(10)))
    fill(records // 10)
    small = measure()
    fill(records)
    large = measure()
    print(
        f"\nReading on {connections['public'].vendor}: {records // 10:,} records, then {records:,}\n"
    )
    print(f"{'':<36}{'ms':>9}{'× base':>9}{'ms':>12}{'× base':>9}{'growth':>9}")
    for name, (ms, ratio) in small.items():
        later_ms, later_ratio = large[name]
        print(
            f"{name:<36}{ms:>9.2f}{ratio:>9.1f}{later_ms:>12.2f}{later_ratio:>9.1f}{later_ms / ms:>8.1f}×"
        )


if __name__ == "__main__":
    main(int(os.environ.get("RECORDS", "20000")))
