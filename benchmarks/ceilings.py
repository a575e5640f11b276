"""The dearest requests that the public side takes: `make proof-ceilings`, or with RECORDS=1000000.

Publishes made-up initiatives into a database of its own, all of which hold the same 32 words and
name the same organization, and asks each address for as much as it allows. Each figure is the
median of five runs from an empty cache, in milliseconds: by the clock, and of this process alone,
without the database; and the multiple of the baseline, which is one row by primary key.
"""

from __future__ import annotations

import logging
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.conf import settings  # noqa: E402 -- Django has to be set up first
from django.core.cache import cache  # noqa: E402  # settings come first
from django.core.management import call_command  # noqa: E402  # settings come first
from django.db import connection, connections  # noqa: E402  # settings come first
from django.test import Client  # noqa: E402  # settings come first

from cooperation.gazette.models import Current  # noqa: E402  # settings come first
from tests.worlds import publish, reference, sample, texts  # noqa: E402  # settings come first

RUNS = 5
ACT = 2_000
WORDS = [f"w{number:02}" for number in range(32)]
STATUSES = ["proposed", "under_discussion", "agreed", "active", "completed", "suspended"]
SECTORS = ["trade", "culture", "transport", "health"]
COUNTRIES = ["KR", "CN", "US", "JP"]
KEYS = [f"firm-{number}" for number in range(50)]


def fill(records: int) -> None:
    """Publish that many initiatives, and one organization fifty times as rarely, again and again."""
    chance = random.Random(records)  # noqa: S311 -- made-up records, not secrets
    publish(*(sample("organization", key) for key in [*KEYS, "everybody", "busy"]))
    for begun in range(0, records, ACT):
        numbers = range(begun, min(begun + ACT, records))
        publish(*(initiative(number, chance) for number in numbers), limit=None)
        print(f"\r  {numbers[-1] + 1:,} of {records:,} published", end="", file=sys.stderr)
    print(file=sys.stderr)
    for number in range(records // 50):
        publish(sample("organization", "busy", title=texts(f"Busy {number}")))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def initiative(number: int, chance: random.Random) -> dict[str, Any]:
    """A made-up initiative that holds every word asked for and is found under every filter."""
    firms = ["everybody", chance.choice(KEYS)]
    return sample(
        "initiative",
        f"initiative-{number}",
        title=texts(f"Farm {chance.randint(0, records_of(number))}", "농산물 수출 물류"),
        summary=texts(" ".join(WORDS)),
        sectors=chance.sample(SECTORS, 2),
        countries=chance.sample(COUNTRIES, 2),
        status={"value": chance.choice(STATUSES), "since": "2015", "confirmed": None},
        participants=[
            {
                "id": firm,
                "organization": reference("organization", firm),
                "role": "proposer",
                "from": None,
                "until": None,
            }
            for firm in firms
        ],
    )


def records_of(number: int) -> int:
    """A bound for the number in a title, so that titles differ and come in no order."""
    return number * 7 + 1_000


def addresses() -> dict[str, str]:
    """What asks most of each sort of address, by a name for it."""
    narrowed = {
        "q": " ".join(WORDS),
        "status": STATUSES,
        "sector": SECTORS,
        "country": COUNTRIES,
        "organization": ["everybody", *KEYS[:49]],
        "date_after": "2010",
        "date_before": "2020",
        "updated_after": "2020-01-01",
    }
    words, whole = {"q": " ".join(WORDS)}, {"page_size": 200, "count": "exact"}
    api, middle = "/api/v1", Current.objects.filter(kind="initiative").order_by("sort_title_en")
    title = bytes(middle[middle.count() // 2].sort_title_en).decode()
    asked = {
        "list, everything": (f"{api}/initiatives/", whole),
        "list, 32 words": (f"{api}/initiatives/", {**words, **whole, "sort": "title"}),
        "list, every filter": (f"{api}/initiatives/", {**narrowed, **whole, "sort": "title"}),
        "list, 50 keys": (f"{api}/initiatives/", {"organization": KEYS, **whole, "sort": "title"}),
        "facets, everything": (f"{api}/facets/initiatives/", {}),
        "facets, every filter": (f"{api}/facets/initiatives/", narrowed),
        "search, 32 words": (f"{api}/search/", {**words, "page_size": 200}),
        "search, one Korean sign": (f"{api}/search/", {"q": "농", "page_size": 200}),
        "search, 16 Korean signs": (
            f"{api}/search/",
            {"q": " ".join("농수물출류산" * 3), "page_size": 200},
        ),
        "search, no such title": (f"{api}/search/", {"q": f"farm {title}", "page_size": 200}),
        "references, all records": (f"{api}/organizations/everybody/references/", whole),
        "one record": (f"{api}/organizations/everybody/", {}),
        "one record as of a day": (f"{api}/organizations/busy/", {"as_of": "2900-01-01"}),
        "editions of one record": (f"{api}/organizations/busy/editions/", {"page_size": 200}),
        "changes": (f"{api}/changes/", {"after": 100, "page_size": 200}),
        "changes of a rare kind": (
            f"{api}/changes/",
            {"kind": ["platform", "person"], "page_size": 200},
        ),
        "headers": (f"{api}/gazette/", {"page_size": 200}),
        "description": (f"{api}/openapi.json", {}),
        "page of a list, every filter": ("/initiatives/", {**narrowed, "page_size": 200}),
        "page of the search": ("/search/", words),
        "page of a record, all refer to it": ("/organizations/everybody/", {}),
        "page of a history": ("/organizations/busy/history/", {}),
        "feed, every filter": ("/initiatives/feed.atom", narrowed),
        "first page": ("/", {}),
    }
    return {name: f"{path}?{urlencode(query, doseq=True)}" for name, (path, query) in asked.items()}


def median_ms(way: Callable[[], Any]) -> tuple[float, float]:
    """The median time of a call in milliseconds: by the clock, and of this process."""
    way()
    clock, processor = [], []
    for _run in range(RUNS):
        cache.clear()
        begun, worked = time.perf_counter(), time.process_time()
        way()
        clock.append((time.perf_counter() - begun) * 1000)
        processor.append((time.process_time() - worked) * 1000)
    return statistics.median(clock), statistics.median(processor)


def asked(client: Client, address: str) -> Callable[[], Any]:
    """A call that asks for the address, and has to be answered."""

    def ask() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)  # a refusal costs nothing

    return ask


def main(records: int) -> None:
    """Fill, ask, print."""
    logging.disable(logging.INFO)
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(records)
    client = Client()
    number = Current.objects.filter(kind="initiative").order_by("pk")[7].pk
    baseline, _worked = median_ms(lambda: Current.objects.using("public").get(pk=number))
    print(f"\nCeilings on {connections['public'].vendor}, {records:,} records")
    print(f"one row by primary key (baseline): {baseline:.2f} ms\n")
    print(f"{'':<38}{'ms':>9}{'processor':>11}{'× base':>9}")
    dearest = ("", 0.0)
    for name, address in addresses().items():
        clock, worked = median_ms(asked(client, address))
        dearest = max(dearest, (name, clock), key=lambda one: one[1])
        print(f"{name:<38}{clock:>9.1f}{worked:>11.1f}{clock / baseline:>9.0f}", flush=True)
    name, clock = dearest
    print(
        f"\nNo request costs more than {clock:.0f} ms, {clock / baseline:.0f} × the baseline: {name}"
    )


if __name__ == "__main__":
    main(int(os.environ.get("RECORDS", "100000")))
