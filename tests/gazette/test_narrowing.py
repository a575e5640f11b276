"""Lists narrowed by amount and by the time of the last change."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, connections

from cooperation.gazette import listing, reading
from cooperation.gazette.models import Edition
from tests.worlds import publish, sample, sized_fund, withdraw

pytestmark = pytest.mark.django_db

MOST = "9" * 22 + "." + "9" * 8
NOON = datetime(2026, 3, 2, 3, tzinfo=UTC)


def found(rows):
    return sorted(rows.values_list("key", flat=True))


def sized(currency="KRW", least=None, most=None):
    ends = {
        name: Decimal(end) for name, end in (("least", least), ("most", most)) if end is not None
    }
    return found(listing.sized(listing.currents("fund"), currency, **ends))


@pytest.mark.parametrize(
    ("least", "most", "keys"),
    [
        ("1", None, ["biggest", "just-over-one", "nine", "one", "ten"]),
        ("1.00000001", None, ["biggest", "just-over-one", "nine", "ten"]),
        ("1.00000001", "9", ["just-over-one", "nine"]),
        (None, "0", ["less-than-nothing", "nothing"]),
        ("-0.5", "-0.5", ["less-than-nothing"]),
        (None, "-0.50000001", []),
        ("10", "9", []),
        (MOST, None, ["biggest"]),
        ("0", "0.00000001", ["nothing"]),
    ],
)
def test_amounts_are_told_apart_to_the_last_digit(least, most, keys):
    publish(
        sized_fund("nothing", "0"),
        sized_fund("less-than-nothing", "-0.5"),
        sized_fund("one", "1"),
        sized_fund("just-over-one", "1.00000001"),
        sized_fund("nine", "9"),
        sized_fund("ten", "10"),
        sized_fund("biggest", MOST),
        sized_fund("in-yuan", "5", "CNY"),
        sample("fund", "of-no-known-amount"),
    )
    assert sized(least=least, most=most) == keys


def test_an_amount_counts_in_the_currency_in_which_it_stands():
    publish(sized_fund("won", "100"), sized_fund("yuan", "100", "CNY"))
    assert sized("CNY", least="1") == ["yuan"]
    assert sized("USD", least="1") == []


def plan(rows):
    """How the database goes about a question, were there many rows."""
    with connections["public"].cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        return rows.order_by().explain()


def test_amounts_are_found_through_their_index():
    publish(sized_fund("won", "100"))
    rows = listing.sized(listing.currents("fund"), "KRW", least=Decimal(50), most=Decimal(150))
    assert "gazette_current_amount" in plan(rows)


def counts(sizes, currency="KRW"):
    least, most = sizes
    among = listing.sized(listing.currents("fund"), currency, least=least, most=most)
    counted = listing.facet_counts("fund", "country", reading.head(), among)
    return {one.value: one.count for one in counted}


def test_what_was_counted_for_one_amount_is_not_shown_for_another():
    publish(*(sized_fund(f"f{n}", str(n), countries=["KR"]) for n in range(1, 9)))
    for least in range(1, 9):
        assert counts((Decimal(least), None)) == {"KR": 9 - least}
    assert counts((Decimal(9), None)) == {}


def test_amounts_alike_but_for_their_last_digits_are_counted_apart():
    publish(sized_fund("small", MOST[:-1] + "8", countries=["KR"]))
    assert counts((Decimal(MOST[:-1] + "8"), None)) == {"KR": 1}
    assert counts((Decimal(MOST), None)) == {}


def test_counts_kept_under_what_a_driver_shows_of_bytes_are_noticed(monkeypatch):
    """The control: what psycopg shows of them is their beginning alone."""
    told = listing._told
    monkeypatch.setattr(listing, "_told", lambda rows: (told(rows)[0], "b'1000 ... (39 bytes)'"))
    publish(sized_fund("small", "1", countries=["KR"]))
    assert counts((Decimal(1), None)) == {"KR": 1}
    assert counts((Decimal(2), None)) == {"KR": 1}


def test_a_currency_counts_what_has_its_own_amount_in_it():
    both = sized_fund("both", "100")
    other = {**both["announcements"][0], "id": "other"}
    other["amount"] = {"amount": "7", "currency": "CNY", "converted": []}
    publish(
        {**both, "announcements": [both["announcements"][0], other]},
        sized_fund("won", "300"),
        sized_fund("yuan", "100", "CNY"),
    )

    def currencies(sizes):
        counted = listing.facet_counts("fund", "currency", reading.head(), sizes=sizes)
        return {one.value: one.count for one in counted}

    assert currencies(None) == {"CNY": 2, "KRW": 2}
    assert currencies((Decimal(7), None)) == {"CNY": 1, "KRW": 2}
    assert currencies((Decimal(7), Decimal(200))) == {"CNY": 1, "KRW": 1}


def changed(moment):
    return found(listing.changed_since(listing.currents("organization"), moment))


def test_what_was_entered_at_that_very_instant_or_later_is_changed_since(time_machine):
    for hour, key in enumerate("abc"):
        time_machine.move_to(NOON + timedelta(hours=hour), tick=False)
        publish(sample("organization", key), sample("organization", f"{key}{key}"))
    time_machine.move_to(NOON + timedelta(hours=3), tick=False)
    publish(sample("organization", "a", country="KR"))
    withdraw("organization", "bb")
    second = timedelta(microseconds=1)
    assert changed(NOON) == ["a", "aa", "b", "c", "cc"]
    assert changed(NOON + second) == ["a", "b", "c", "cc"]
    assert changed(NOON + timedelta(hours=2)) == ["a", "c", "cc"]
    assert changed(NOON + timedelta(hours=2) + second) == ["a"]
    assert changed(NOON + timedelta(hours=3)) == ["a"]
    assert changed(NOON + timedelta(hours=3) + second) == []
    assert changed(NOON - timedelta(days=999)) == ["a", "aa", "b", "c", "cc"]


def test_the_time_of_the_last_change_is_looked_up_once_in_its_index():
    publish(sample("organization", "a"))
    rows = listing.changed_since(listing.currents("organization"), NOON)
    assert "gazette_edition_of_time" in plan(rows)
    assert "JOIN" not in str(rows.query)


def test_editions_are_numbered_in_the_order_of_time(time_machine):
    """What `changed_since` rests on: a clock that goes back enters nothing earlier."""
    for moment in (NOON, NOON - timedelta(hours=1), NOON + timedelta(hours=1)):
        time_machine.move_to(moment, tick=False)
        publish(sample("organization", f"o-{moment:%H}"))
    times = list(Edition.objects.order_by("number").values_list("published_at", flat=True))
    assert times == sorted(times) == [NOON, NOON, NOON + timedelta(hours=1)]
