"""Conversion: which exchange rate counts, and what an amount comes to."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cooperation.desk.documents import document
from cooperation.desk.models import Announcement, ExchangeRate
from tests.desk.records import fund

pytestmark = pytest.mark.django_db


def rate(day, base, quote, value, source="Bank of Korea"):
    return ExchangeRate.objects.create(date=day, base=base, quote=quote, rate=value, source=source)


def converted(day, currency="USD", amount="37100000"):
    record = fund("a-fund", Announcement(amount=amount, currency=currency, date=day))
    return document(record)["announcements"][0]["amount"]["converted"]


def test_the_last_rate_on_or_before_the_day_counts():
    rate(date(2015, 1, 26), "USD", "KRW", "1070")
    rate(date(2015, 1, 27), "USD", "KRW", "1080.5")
    rate(date(2015, 1, 29), "USD", "KRW", "1090")
    assert converted("2015-01-28") == [
        {
            "amount": "40086550000",
            "currency": "KRW",
            "rate": "1080.5",
            "rate_date": "2015-01-27",
            "source": "Bank of Korea",
        }
    ]


@pytest.mark.parametrize(
    ("day", "count"), [("2015-01-08", 1), ("2015-01-09", 0), ("2014-12-31", 0)]
)
def test_a_rate_counts_for_seven_days(day, count):
    rate(date(2015, 1, 1), "USD", "KRW", "1080")
    assert len(converted(day)) == count


@pytest.mark.parametrize("day", ["", "2015", "2015-01"])
def test_without_a_full_day_nothing_is_converted(day):
    rate(date(2015, 1, 1), "USD", "KRW", "1080")
    assert converted(day) == []


def test_currencies_come_in_the_portals_order_and_without_the_amounts_own(settings):
    settings.PORTAL_CURRENCIES = ["KRW", "CNY", "USD", "EUR"]
    for quote in ("EUR", "CNY", "KRW"):
        rate(date(2015, 1, 28), "USD", quote, "2")
    assert [entry["currency"] for entry in converted("2015-01-28")] == ["KRW", "CNY", "EUR"]


def test_an_amount_is_rounded_half_to_even_to_the_minor_units_of_its_currency():
    rate(date(2015, 1, 28), "KWD", "USD", "3.405")
    rate(date(2015, 1, 28), "KWD", "KRW", "0.5")
    found = {e["currency"]: e["amount"] for e in converted("2015-01-28", "KWD", "1")}
    assert found == {"USD": "3.4", "KRW": "0"}


def test_where_only_the_opposite_rate_is_on_record_its_reciprocal_is_used():
    rate(date(2015, 1, 28), "USD", "KRW", "1080")
    assert converted("2015-01-28", "KRW", "40000000000") == [
        {
            "amount": "37037037.04",
            "currency": "USD",
            "rate": "0.000925925925926",
            "rate_date": "2015-01-28",
            "source": "Bank of Korea",
        }
    ]


def test_of_two_rates_of_a_day_the_direct_one_counts():
    rate(date(2015, 1, 28), "USD", "KRW", "1080")
    rate(date(2015, 1, 28), "KRW", "USD", "0.001", "Another")
    assert [entry["rate"] for entry in converted("2015-01-28", "KRW")] == ["0.001"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"quote": "USD"}, "from one currency to another"),
        ({"rate": "0"}, "greater than zero"),
        ({"rate": "-1"}, "greater than zero"),
        ({"base": "QQQ"}, "not a valid choice"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(values, sentence):
    given = {"date": date(2015, 1, 28), "base": "USD", "quote": "KRW", "rate": "1", "source": "A"}
    with pytest.raises(ValidationError, match=sentence):
        ExchangeRate(**{**given, **values}).full_clean()


def test_there_is_one_rate_a_day_for_each_pair():
    rate(date(2015, 1, 28), "USD", "KRW", "1080")
    second = ExchangeRate(
        date=date(2015, 1, 28), base="USD", quote="KRW", rate="1081", source="Another"
    )
    with pytest.raises(ValidationError, match="on record for that day already"):
        second.full_clean()
