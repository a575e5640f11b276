"""What is due, silent or takes place, and what was promised and paid, over everything that is public."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from cooperation.gazette import agenda, reading
from cooperation.gazette.indexing import reindex
from cooperation.gazette.models import Figure, Occasion
from tests.examples import commitment, won
from tests.worlds import publish, sample, texts, withdraw

pytestmark = pytest.mark.django_db

DAY = date(2016, 6, 1)
AGREED = {"value": "agreed", "since": "2015-01-28", "confirmed": "2015-03"}


def milestone(name, due, done=None):
    return {"id": name, "title": texts(name), "due": due, "done": done}


def target(name, due, replaces=None):
    return {
        "id": name, "title": texts(name), "measure": None, "amount": None, "unit": None,
        "due": due, "replaces": replaces,
    }  # fmt: skip


def initiative(key, *, status=AGREED, **members):
    return sample("initiative", key, status=status, **members)


def told(rows):
    return [(row.current.key, row.name, row.part) for row in rows]


def test_what_was_due_and_is_not_done_is_overdue_the_longest_first():
    publish(
        initiative(
            "link",
            milestones=[milestone("open", "2015-12"), milestone("done", "2015-06", "2015-07")],
        ),
        initiative("farms", milestones=[milestone("first", "2015-02"), milestone("next", "2017")]),
    )
    assert told(agenda.overdue(DAY, 9)) == [
        ("farms", "milestones", "first"),
        ("link", "milestones", "open"),
    ]
    assert told(agenda.overdue(DAY, 1)) == [("farms", "milestones", "first")]


def test_a_date_known_to_the_month_is_overdue_when_the_month_is_over():
    publish(initiative("link", milestones=[milestone("open", "2016-05")]))
    assert agenda.overdue(date(2016, 5, 31), 9) == []
    assert told(agenda.overdue(date(2016, 6, 1), 9)) == [("link", "milestones", "open")]


def test_a_target_that_was_replaced_is_not_waited_for():
    publish(
        initiative(
            "link", targets=[target("old", "2015"), target("new", "2015-06", replaces="old")]
        )
    )
    assert told(agenda.overdue(DAY, 9)) == [("link", "targets", "new")]


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_of_what_has_ended_nothing_is_waited_for(status):
    ended = {**AGREED, "value": status}
    publish(initiative("link", status=ended, milestones=[milestone("open", "2015-12")]))
    assert agenda.overdue(DAY, 9) == agenda.silent(9) == []


def test_the_status_that_nobody_confirmed_for_longest_comes_first():
    publish(
        initiative("link"),
        initiative("farms", status={**AGREED, "confirmed": "2014"}),
        initiative("films", status={**AGREED, "confirmed": None}),
        initiative("ships", status={"value": None, "since": None, "confirmed": None}),
    )
    assert [key for key, _name, _part in told(agenda.silent(9))] == ["farms", "films", "link"]


def test_the_calendar_finds_what_overlaps_and_leaves_confirmations_out():
    publish(
        initiative("link", milestones=[milestone("open", "2015-02-10")]),
        sample("engagement", "visit", dates="2015-01-27/2015-02-01"),
        sample("engagement", "some-day", dates="2015"),
        sample("engagement", "later", dates="2015-03-01"),
    )
    february = agenda.between(date(2015, 2, 1), date(2015, 2, 28), 9)
    assert told(february) == [
        ("some-day", "dates", ""),
        ("visit", "dates", ""),
        ("link", "milestones", "open"),
    ]
    assert agenda.next_after(date(2015, 2, 28)) == date(2015, 3, 1)
    assert agenda.last_before(date(2015, 2, 1)) == date(2015, 1, 27)
    assert agenda.next_after(date(2015, 3, 1)) is None


def fund(key, *commitments):
    return sample(
        "fund",
        key,
        commitments=list(commitments),
        totals={
            **dict.fromkeys(("proposed", "pledged", "committed", "paid", "allocated")),
            "announced": {"amount": "200", "currency": "KRW"},
        },
    )


def test_money_is_added_up_exactly_within_each_currency():
    dollars = {"amount": "0.1", "currency": "USD", "converted": []}
    publish(
        fund(
            "first",
            commitment("a", None, "100000000000000000000000000001", stage="paid"),
            commitment("b", None, "2", stage="pledged"),
            {**commitment("c", None, "1"), "amount": dollars},
        ),
        fund("second", commitment("a", None, "1", stage="paid")),
    )
    assert agenda.sums(reading.head()) == {
        "KRW": {
            "announced": Decimal(400),
            "paid": Decimal("100000000000000000000000000002"),
            "pledged": Decimal(2),
        },
        "USD": {"proposed": Decimal("0.1")},
    }


def test_a_commitment_that_was_replaced_counts_no_more():
    publish(
        fund(
            "first",
            commitment("a", None, "5", stage="pledged"),
            {**commitment("b", None, "5", stage="paid"), "replaces": "a"},
        )
    )
    assert agenda.sums(reading.head())["KRW"] == {"announced": Decimal(200), "paid": Decimal(5)}


def test_what_is_withdrawn_is_waited_for_no_more_and_reindexing_finds_the_same():
    publish(initiative("link", milestones=[milestone("open", "2015")]), fund("first"))
    publish(initiative("gone", milestones=[milestone("open", "2015")]))
    withdraw("initiative", "gone")
    before = [*Occasion.objects.values_list("current", "name", "part", "first", "last", "is_open")]
    assert {number for number, *_rest in before} == {1}
    reindex()
    after = [*Occasion.objects.values_list("current", "name", "part", "first", "last", "is_open")]
    assert after == before
    assert Figure.objects.count() == 1


def test_a_release_that_knows_nothing_of_these_tables_may_still_withdraw():
    """It deletes what is current without them; nothing of that is counted or shown then."""
    publish(initiative("link", milestones=[milestone("open", "2015")]), fund("first"))
    with connection.cursor() as cursor:
        for table in ("facet", "reference", "word", "current"):
            cursor.execute(f"DELETE FROM gazette_{table}")
    assert Occasion.objects.exists()
    assert Figure.objects.exists()
    assert agenda.overdue(DAY, 9) == agenda.silent(9) == []
    assert agenda.last_before(DAY) is None
    assert agenda.sums(reading.head()) == {}
    reindex()
    assert (Occasion.objects.count(), Figure.objects.count()) == (2, 1)


def test_the_longest_amounts_are_added_up_too():
    longest = "9" * 30
    publish(
        fund(
            "first",
            commitment("a", None, longest, stage="pledged"),
            commitment("b", None, longest, stage="pledged"),
        )
    )
    assert agenda.sums(reading.head())["KRW"]["pledged"] == Decimal(
        "1999999999999999999999999999998"
    )


def test_what_was_public_before_these_tables_were_is_found_in_them():
    from importlib import import_module

    from django.apps import apps

    publish(initiative("link", milestones=[milestone("open", "2015")]), fund("first"))
    wanted = [*Occasion.objects.values_list("current", "name", "first")]
    Occasion.objects.all().delete()
    Figure.objects.all().delete()
    name = "cooperation.gazette.migrations.0006_occasions_of_what_is_public"
    import_module(name).fill(apps, None)
    assert [*Occasion.objects.values_list("current", "name", "first")] == wanted
    assert won("200")["amount"] == Figure.objects.get().amount


def test_what_was_public_before_amounts_were_looked_up_is_found_by_them():
    from importlib import import_module

    from django.apps import apps

    from cooperation.gazette.models import Current

    publish(fund("first"), initiative("link"))
    rows = Current.objects.order_by("pk").values_list("kind", "amount_currency", "sort_amount")
    wanted = [*rows]
    assert {(kind, currency) for kind, currency, _amount in wanted} >= {("fund", "KRW")}
    Current.objects.update(amount_currency=None, sort_amount=None)
    import_module("cooperation.gazette.migrations.0007_finding").fill(apps, None)
    assert [*rows.all()] == wanted
