"""One set of filters per kind: what each lets through, and how it refuses."""

import pytest
from django.http import QueryDict

from cooperation.faces.filters import facet_label, filterset
from tests.examples import organizations
from tests.worlds import publish, reference, sample

pytestmark = pytest.mark.django_db

# Written by hand from the design's table.
PARAMETERS = {
    "organization": [
        "country",
        "date_after",
        "date_before",
        "q",
        "sort",
        "source",
        "type",
        "updated_after",
    ],
    "source": [
        "date_after",
        "date_before",
        "language",
        "organization",
        "q",
        "sort",
        "source",
        "type",
        "updated_after",
    ],
    "initiative": [
        "agreement",
        "country",
        "date_after",
        "date_before",
        "organization",
        "platform",
        "q",
        "sector",
        "sort",
        "source",
        "status",
        "updated_after",
    ],
    "fund": [
        "amount_max",
        "amount_min",
        "country",
        "currency",
        "date_after",
        "date_before",
        "organization",
        "q",
        "sort",
        "source",
        "status",
        "updated_after",
    ],
}


def filters(kind, query):
    return filterset(kind)(QueryDict(query))


def keys(kind, query):
    return sorted(filters(kind, query).qs.values_list("key", flat=True))


def announced(key, date, currency="KRW"):
    amount = {"amount": "1", "currency": currency, "converted": []}
    part = {"id": "a", "amount": amount, "date": date, "reported_as": [], "replaces": None}
    return sample("fund", key, announcements=[part])


@pytest.mark.parametrize(("kind", "names"), PARAMETERS.items())
def test_each_kind_has_the_filters_of_the_contract(kind, names):
    assert sorted(filterset(kind).base_filters) == names


def test_repeated_values_mean_any_of_them():
    publish(*(sample("organization", code.lower(), country=code) for code in ("KR", "CN", "JP")))
    assert keys("organization", "country=KR&country=CN") == ["cn", "kr"]


def test_different_filters_must_all_hold():
    publish(
        sample("organization", "a", country="KR", type="firm"),
        sample("organization", "b", country="KR", type="ministry"),
        sample("organization", "c", country="CN", type="firm"),
    )
    assert keys("organization", "country=KR&type=firm") == ["a"]


def test_a_reference_is_found_by_its_key_and_an_unknown_key_finds_nothing():
    publish(
        *organizations(),
        sample("fund", "f", manager=reference("organization", "government-of-korea")),
    )
    assert keys("fund", "organization=government-of-korea") == ["f"]
    assert keys("fund", "organization=nobody") == []


def test_money_is_found_by_its_currency():
    publish(announced("won", "2015"), announced("yuan", "2015", "CNY"))
    assert keys("fund", "currency=CNY") == ["yuan"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("date_after=2015", ["day", "month", "year"]),
        ("date_after=2015-01-28", ["day", "month", "year"]),
        ("date_after=2015-01-29", ["month", "year"]),
        ("date_after=2015-02", ["year"]),
        ("date_after=2016", []),
        ("date_before=2015", ["day", "month", "old", "year"]),
        ("date_before=2014-12-31", ["old"]),
        ("date_before=2015-01-27", ["month", "old", "year"]),
        ("date_after=2014&date_before=2015-01-01", ["month", "old", "year"]),
    ],
)
def test_partial_dates_match_by_overlap_and_the_unknown_never(query, found):
    publish(
        announced("day", "2015-01-28"),
        announced("month", "2015-01"),
        announced("year", "2015"),
        announced("old", "2014-10"),
        sample("fund", "unknown"),
    )
    assert keys("fund", query) == found


def test_words_are_looked_for_in_every_language():
    publish(*organizations())
    assert keys("organization", "q=대한민국") == ["government-of-korea"]
    assert keys("organization", "q=中国 government") == ["government-of-china"]


def test_a_facet_is_counted_without_itself_but_under_all_others():
    publish(
        sample("organization", "a", country="KR", type="firm"),
        sample("organization", "b", country="CN", type="firm"),
        sample("organization", "c", country="CN", type="agency"),
    )
    asked = filters("organization", "country=KR&type=firm")
    assert sorted(asked.leaving_out("country").values_list("key", flat=True)) == ["a", "b"]
    assert filters("organization", "country=KR&sort=title").leaving_out("country") is None


@pytest.mark.parametrize(
    ("query", "name", "sentence"),
    [
        ("status=done", "status", "“done” is not allowed here; choose from proposed, under_discus"),
        ("country=kr", "country", "“kr” is not allowed here; choose from AD, AE, AF"),
        ("organization=Alibaba", "organization", "“Alibaba” is not a key: small letters"),
        ("sort=size", "sort", "“size” is not an order; choose from updated, -updated, date"),
        ("date_after=28.1.2015", "date_after", "“28.1.2015” is not a date as it is written here"),
        ("date_before=2015-02-30", "date_before", "“2015-02-30” is not in the calendar"),
        ("date_before=2015/..", "date_before", "“2015/..” is not a date"),
        ("q=" + "a" * 201, "q", "Ensure this value has at most 200 characters"),
        ("&".join(f"source=s{n}" for n in range(51)), "source", "At most 50 values"),
        ("organization=" + "a" * 81, "organization", "is not a key"),
        ("date_after=%202015", "date_after", "“ 2015” is not a date"),
        ("date_after=2015&date_after=2016", "date_after", "Give it once; it takes one value."),
        ("q=a&q=b", "q", "Give it once"),
        ("amount_min=1,000", "amount_min", "Write an amount in digits without separators"),
        ("amount_max=%2B5", "amount_max", "Write an amount in digits without separators"),
        ("amount_min=" + "9" * 31, "amount_min", "A figure has at most 30 digits."),
        ("amount_max=0.123456789", "amount_max", "A figure has at most 8 decimals."),
        (
            "updated_after=2015",
            "updated_after",
            "“2015” is neither a date (2015-01-28) nor an inst",
        ),
        ("updated_after=2015-01-28T09:00", "updated_after", "lacks its offset from UTC"),
        ("updated_after=2015-02-30", "updated_after", "is not in the calendar"),
    ],
)
def test_what_is_wrong_is_named_and_leaves_the_other_filters_at_work(query, name, sentence):
    asked = filters("fund", f"{query}&currency=KRW")
    assert list(asked.errors) == [name]
    assert sentence in str(asked.errors[name][0])
    assert list(asked.chosen) == ["currency"]


def test_a_percent_sign_in_a_wrong_date_is_shown_as_it_was_given():
    assert "“100%s”" in str(filters("fund", "date_after=100%25s").errors["date_after"][0])


def test_nothing_asked_is_nothing_filtered_and_newest_first():
    asked = filters("fund", "status=&q=&sort=&date_after=")
    assert (asked.chosen, asked.sort) == ({}, "-updated")


def test_facets_are_called_by_what_they_hold():
    assert str(facet_label("fund", "organization")) == "Organization"
    assert str(facet_label("fund", "currency")) == "Currency"
    assert str(facet_label("initiative", "source")) == "Source"
