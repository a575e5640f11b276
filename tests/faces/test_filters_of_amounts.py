"""Lists narrowed by amount and by the time of the last change, on every face alike."""

import re
from datetime import UTC, datetime, timedelta

import jsonschema_rs
import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as some

from cooperation.catalogue import KINDS
from cooperation.faces.api.parameters import filters
from cooperation.faces.filters import filterset
from cooperation.gazette import reading
from tests.worlds import publish, sample, sized_fund

from .reading import get, keys
from .test_api_refusals import fault

MOST = "9" * 22 + "." + "9" * 8
ONE_CURRENCY = "Amounts are compared within one currency; choose exactly one currency beside it."
CASES = {
    "currency=KRW&amount_min=40000000000": ["forty-billion", "much"],
    "currency=KRW&amount_min=40000000000.00000001": ["much"],
    "currency=KRW&amount_max=40000000000": ["forty-billion", "nothing"],
    "currency=KRW&amount_min=1&amount_max=40000000000": ["forty-billion"],
    "currency=KRW&amount_min=0&amount_max=0": ["nothing"],
    "currency=KRW&amount_max=-1": [],
    "currency=KRW&amount_min=2&amount_max=1": [],
    "currency=KRW&currency=KRW&amount_min=" + MOST: ["much"],
    "currency=CNY&amount_min=37100000.5": ["yuan"],
    "currency=USD&amount_min=0": [],
    "currency=KRW&amount_min=1&status=agreed": [],
    "currency=KRW&amount_min=&amount_max=": ["forty-billion", "much", "nothing"],
}


def funds():
    publish(
        sized_fund("nothing", "0"),
        sized_fund("forty-billion", "40000000000"),
        sized_fund("much", MOST),
        sized_fund("yuan", "37100000.5", "CNY"),
        sample("fund", "of-no-known-amount"),
    )


def asked(query, kind="fund"):
    return filterset(kind)(QueryDict(query))


@pytest.mark.django_db
@pytest.mark.parametrize("query", CASES)
def test_funds_are_found_by_their_amount_in_one_currency(client, query):
    funds()
    assert sorted(asked(query).qs.values_list("key", flat=True)) == CASES[query]
    if "amount_min=&" not in query:
        assert sorted(keys(get(client, f"funds/?{query}"))) == CASES[query]


@pytest.mark.django_db
@pytest.mark.parametrize("beside", ["", "currency=KRW&currency=CNY&", "status=agreed&"])
@pytest.mark.parametrize("name", ["amount_min", "amount_max"])
def test_an_amount_without_one_currency_is_refused_and_the_mend_is_named(client, name, beside):
    funds()
    for path in ("funds/", "facets/funds/", "exports/funds.ndjson", "exports/funds.csv"):
        assert fault(client, f"{path}?{beside}{name}=5") == {
            "parameter": name,
            "value": "5",
            "detail": f"{name}: {ONE_CURRENCY}",
            "allowed": None,
        }
    assert client.get(f"/funds/feed.atom?{beside}{name}=5").status_code == 400


@pytest.mark.django_db
def test_both_ends_are_named_where_the_currency_is_wrong_too(client):
    answer = get(client, "funds/?currency=KRR&amount_min=1&amount_max=2", status=400)
    named = [one["parameter"] for one in answer["errors"]]
    assert named == ["currency", "amount_min", "amount_max"]


@pytest.mark.once
def test_every_kind_with_an_amount_and_no_other_is_narrowed_by_it():
    for kind in KINDS.values():
        names = filterset(kind.name).base_filters.keys()
        assert ({"amount_min", "amount_max"} <= names) == bool(kind.amount), kind.name
        assert "updated_after" in names
        assert not kind.amount or "currency" in kind.facets


@pytest.mark.django_db
def test_values_are_counted_under_the_amount_and_a_currency_by_its_own_amounts():
    funds()
    publish(sized_fund("korean", "7", countries=["KR"]))
    narrowed = asked("currency=KRW&amount_min=7&amount_max=40000000000")
    head = reading.head()
    assert {one.value: one.count for one in narrowed.counts("country", head)} == {"KR": 1}
    assert {one.value: one.count for one in narrowed.counts("currency", head)} == {
        "KRW": 2,
        "CNY": 1,
    }
    assert narrowed.leaving_out("currency") is None
    assert asked("currency=KRW&amount_min=7&status=agreed").leaving_out("currency").count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_entered_since_then_is_found_of_every_kind(client, kind, time_machine, settings):
    settings.PORTAL_TIME_ZONE = "Asia/Seoul"
    midnight = datetime(2026, 3, 1, 15, tzinfo=UTC)
    for key, moment in (("before", -1), ("at-midnight", 0), ("after", 1)):
        time_machine.move_to(midnight + timedelta(seconds=moment), tick=False)
        publish(sample(kind, key))
    found = {
        "2026-03-02": ["after", "at-midnight"],
        "2026-03-01T15:00:00Z": ["after", "at-midnight"],
        "2026-03-02T00:00:01%2B09:00": ["after"],
        "2026-03-02T00:00:01 09:00": ["after"],
        "2026-03-01T15:00:01.000001Z": [],
        "2026-03-03": [],
        "1000-01-01": ["after", "at-midnight", "before"],
    }
    for text, expected in found.items():
        address = f"{KINDS[kind].plural}/?updated_after={text}"
        assert sorted(keys(get(client, address))) == expected, text


def accepts(name, text):
    """Whether the filters of funds take the text."""
    query = QueryDict(mutable=True)
    query[name] = text
    query["currency"] = "KRW"
    return filterset("fund")(query).is_valid()


def allows(name, text):
    """Whether the description of the interface says that they do."""
    (parameter,) = (one for one in filters("fund") if one.name == name)
    return jsonschema_rs.validator_for(parameter.schema, validate_formats=True).is_valid(text)


DIGITS = some.text("0123456789", min_size=1, max_size=4)
OFFSETS = some.integers(-23 * 60 - 59, 23 * 60 + 59).map(
    lambda minutes: f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
)
TEXTS = some.one_of(
    some.dates().map(str),
    some.builds("{}-{}".format, DIGITS, DIGITS),
    some.builds("{}-{}-{}".format, DIGITS, DIGITS, DIGITS),
    some.builds("{:04}-{:02}-{:02}".format, *map(some.integers, (990, 0, 0), (9999, 13, 32))),
    some.builds("{}{}".format, some.datetimes().map(datetime.isoformat), OFFSETS | some.just("Z")),
    some.builds("{}.{}".format, some.text("0123456789-", max_size=32), DIGITS),
    some.text("0123456789-.:TZ+٣\n ", min_size=1, max_size=12),
)


@pytest.mark.once
@pytest.mark.parametrize("name", ["date_after", "date_before", "amount_min", "amount_max"])
def test_the_description_allows_what_is_taken_and_nothing_else(name):
    @given(TEXTS)
    def agree(text):
        assert allows(name, text) == accepts(name, text)

    agree()


@pytest.mark.once
@given(TEXTS)
def test_every_instant_that_the_description_allows_is_taken(text):
    assert accepts("updated_after", text) or not allows("updated_after", text)


@pytest.mark.once
def test_the_description_allows_what_readers_write():
    for text in ("2015-01-28", "2026-01-31T09:00:00Z", "2026-01-31T09:00:00.123+09:00"):
        assert allows("updated_after", text)
    for text in ("2015", "2015-01", "2015-01-28"):
        assert allows("date_after", text)
    assert not any(allows("date_after", text) for text in ("2015-02-30", "0999", "2015-13", ""))
    assert not any(allows("updated_after", text) for text in ("2015", "2026-01-31T09:00:00", ""))


@pytest.mark.once
def test_a_schema_without_the_calendar_is_noticed():
    """The control."""
    loose = re.compile(r"^[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$")
    assert any(bool(loose.search(text)) != accepts("date_after", text) for text in ("2015-02-30",))
