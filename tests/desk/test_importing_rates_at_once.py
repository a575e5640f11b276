"""Imports of exchange rates that meet: on PostgreSQL, for SQLite lets only one begin."""

import threading

import pytest
from django.db import connections

from cooperation.desk.intake import rate_entry
from cooperation.desk.intake.rates import read
from cooperation.desk.models import ExchangeRate
from tests.desk.records import editor

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

AT_ONCE = 4
DAYS = range(1, 29)


def table(value, order=1):
    """The rates of a month, the first day first or last."""
    rows = [f"2015-01-{day:02},USD,KRW,{value},Bank\n" for day in DAYS][::order]
    return read("date,base,quote,rate,source\n" + "".join(rows))


def imported_at_once(tables):
    """What each import raised, all having been shown what they would do before any began."""
    by, shown = editor(), [rate_entry.plan(one).seal for one in tables]
    raised, together = [], threading.Barrier(len(tables))

    def run(one, seal):
        try:
            together.wait(60)
            rate_entry.enter(one, by=by, reason="At once.", seal=seal)
        except Exception as fault:  # noqa: BLE001 # handed to the test
            raised.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(tables, shown, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def test_of_imports_of_the_same_rates_one_is_entered_and_the_others_are_shown_again():
    for rounds, value in enumerate(("1080", "1081", "1082"), 1):
        tables = [table(value, order) for order in (1, -1)] * (AT_ONCE // 2)
        raised = imported_at_once(tables)
        assert [type(fault) for fault in raised] == [rate_entry.Overtaken] * (AT_ONCE - 1)
        assert {str(row.rate) for row in ExchangeRate.objects.all()} == {value}
        assert ExchangeRate.history.count() == rounds * len(DAYS)
