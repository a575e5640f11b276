"""What came since an edition is read where it stands in an index, however large the register and whatever the kinds."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection

from cooperation.catalogue import KINDS
from cooperation.gazette import reading
from cooperation.gazette.models import Edition
from tests.worlds import merge, publish, sample, withdraw

pytestmark = pytest.mark.django_db

ENTRIES = 4_000
PAGE = 201


@pytest.fixture
def register():
    """Organizations were entered first, then statements; a fund now and then, never an agreement."""

    def kind(number):
        if number % 1000 == 0:
            return "fund"
        return "organization" if number < ENTRIES / 2 else "statement"

    at = datetime(2026, 1, 1, tzinfo=UTC)
    Edition.objects.bulk_create(
        Edition(
            number=number, action="published", kind=kind(number), key=f"r-{number}", published_at=at,
            hash="", reason="", office="", chain="", document="x" * 1500,
        )
        for number in range(1, ENTRIES + 1)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def walks(entries, kinds):
    """The steps of the plan that go through entries in search of those that are wanted."""
    if connection.vendor == "postgresql":
        (told,) = json.loads(entries.explain(analyze=True, format="json"))
        return [step for step in steps(told["Plan"]) if is_walk(step)]
    lines = entries.explain().splitlines()
    return [line for line in lines if " SCAN gazette" in line or (kinds and "(number>?)" in line)]


def steps(plan):
    yield plan
    for inside in plan.get("Plans", ()):
        yield from steps(inside)


def is_walk(step):
    is_of_table = step.get("Relation Name") == "gazette_edition"
    return is_of_table and (step["Node Type"] == "Seq Scan" or step.get("Rows Removed by Filter"))


ASKED = [
    (0, []),
    (ENTRIES - 300, []),
    (ENTRIES, []),
    (0, ["organization"]),
    (ENTRIES // 2, ["organization"]),
    (0, ["fund"]),
    (ENTRIES, ["fund"]),
    (ENTRIES // 2, ["fund", "organization"]),
    (0, ["agreement", "fund"]),
    (100, sorted(KINDS)),
]


@pytest.mark.usefixtures("register")
def test_what_came_since_is_found_in_an_index_and_not_by_going_through_the_register():
    for after, kinds in ASKED:
        assert not walks(reading._since(after, PAGE, kinds), kinds), (after, kinds)


@pytest.mark.usefixtures("register")
def test_of_some_kinds_it_would_be_sought_through_the_register_if_they_were_merely_named():
    """The control."""
    kinds = ["agreement", "fund", "organization"]
    named = Edition.objects.filter(number__gt=ENTRIES // 2, kind__in=kinds)
    assert walks(named[:PAGE], kinds)


def test_of_some_kinds_come_the_next_of_all_of_them_in_order(django_assert_num_queries):
    publish(*(sample("organization", key) for key in "abcd"))
    publish(*(sample("fund", key) for key in "abc"), sample("platform", "a"))
    withdraw("organization", "b")
    merge("fund", "b", "a")
    publish(sample("source", "a"))
    assert [e.kind[:2] for e in reading.changes(0, 99)] == [
        *["or"] * 4,
        *["fu"] * 3,
        "pl",
        "or",
        "fu",
        "so",
    ]
    for read in (reading.changes, reading.headers):
        for after, size, kinds, numbers in (
            (0, 99, ["organization"], [1, 2, 3, 4, 9]),
            (2, 2, ["organization"], [3, 4]),
            (0, 99, ["fund", "organization", "fund"], [1, 2, 3, 4, 5, 6, 7, 9, 10]),
            (3, 4, ["organization", "fund"], [4, 5, 6, 7]),
            (0, 99, ["platform", "source"], [8, 11]),
            (8, 1, ["platform", "source"], [11]),
            (11, 99, ["platform", "source"], []),
            (0, 99, ["person"], []),
            (0, 5, sorted(KINDS), [1, 2, 3, 4, 5]),
        ):  # fmt: skip
            with django_assert_num_queries(1):
                assert [e.number for e in read(after, size, kinds)] == numbers
