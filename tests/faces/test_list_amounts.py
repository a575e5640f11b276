"""What a list's page shows of amounts and of the time of the last change."""

import pytest

from tests.faces.looking import links, page, rows, said
from tests.worlds import publish, sample, sized_fund

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def funds():
    publish(
        sized_fund("small", "40000000000"),
        sized_fund("big", "200000000000"),
        sized_fund("yuan", "1151400000", "CNY"),
    )


def test_an_amount_at_work_shows_as_people_write_it_and_goes_alone(client):
    html = page(client, "/funds/?currency=KRW&amount_min=100000000000&amount_max=200000000000")
    assert rows(html) == ["Big"]
    assert "Amount from: ₩100 billion × remove" in said(html)
    assert "Amount to: ₩200 billion × remove" in said(html)
    assert "?currency=KRW&amount_max=200000000000" in links(html)
    assert 'name="amount_min" value="100000000000"' in html


@pytest.mark.parametrize(
    ("path", "text"), [("/ko/funds/", "1,000억 원"), ("/zh-hans/funds/", "1000亿韩元")]
)
def test_it_is_written_in_the_language_of_the_page(client, path, text):
    assert text in said(page(client, f"{path}?currency=KRW&amount_min=100000000000"))


def test_a_currency_that_is_taken_away_takes_its_amounts_with_it(client):
    html = page(client, "/funds/?currency=KRW&amount_min=100000000000&q=big")
    assert "?q=big" in links(html)
    empty = page(client, "/funds/?currency=KRW&amount_min=300000000000&q=yuan")
    assert rows(empty) == []
    assert "Without “Currency: South Korean Won” 1 record" in said(empty)
    assert "?q=yuan" in links(empty)
    assert "Without “Amount from: ₩300 billion”" not in said(empty)


@pytest.mark.parametrize(
    ("query", "field", "text"),
    [
        ("amount_min=5", "Amount from", "Amounts are compared within one currency; choose ex"),
        ("amount_max=5&currency=KRW&currency=CNY", "Amount to", "Amounts are compared within"),
        ("amount_min=5%20000&currency=KRW", "Amount from", "Write an amount in digits without"),
        ("amount_min=1&amount_min=2&currency=KRW", "Amount from", "Give it once"),
        ("updated_after=yesterday", "Changed on or after", "“yesterday” is neither a date (2015"),
        ("date_after=2015-02-30", "Not before", "“2015-02-30” is not in the calendar; write a"),
    ],
)
def test_what_cannot_be_compared_is_left_out_and_the_mend_is_named(client, query, field, text):
    html = page(client, f"/funds/?{query}")
    expected = (
        ["Big", "Small"] if "KRW" in query and "CNY" not in query else ["Yuan", "Big", "Small"]
    )
    assert rows(html) == expected
    assert f"<strong>{field}</strong>: {text}" in html
    assert f"{field}: " not in said(html).partition("remove")[2]
    # What leads on from here holds only what was understood.
    asked = query.partition("&currency")[2]
    onward = "/api/v1/funds/" + (f"?currency{asked}" if asked else "")
    assert onward in links(html)


def test_one_currency_that_is_taken_away_of_two_sets_the_amount_to_work(client):
    html = page(client, "/funds/?currency=KRW&currency=CNY&amount_min=100000000000")
    assert "?currency=KRW&amount_min=100000000000" in links(html)
    assert rows(page(client, "/funds/?currency=KRW&amount_min=100000000000")) == ["Big"]


def test_what_was_wrong_stays_in_its_field_to_be_mended(client):
    html = page(client, "/funds/?amount_min=200,000&currency=KRW")
    assert 'name="amount_min" value="200,000"' in html


def test_a_list_without_amounts_has_no_fields_for_them(client):
    publish(sample("organization", "one"))
    html = page(client, "/organizations/?amount_min=5")
    assert "amount_min" not in html.partition("<main")[2]
    assert rows(html) == ["One"]


def test_the_time_of_the_last_change_shows_and_stays_when_the_form_is_sent(client):
    html = page(client, "/funds/?updated_after=2015-01-28&sort=title")
    assert "Changed on or after: 2015-01-28 × remove" in said(html)
    assert "?sort=title" in links(html)
    assert '<input type="hidden" name="updated_after" value="2015-01-28">' in html
    empty = page(client, "/funds/?updated_after=2999-01-01")
    assert "Without “Changed on or after: 2999-01-01” 3 records" in said(empty)
    assert 'name="updated_after"' not in page(client, "/funds/?updated_after=x")


def test_counts_of_currencies_tell_what_there_is_of_that_amount(client):
    html = said(page(client, "/funds/?currency=KRW&amount_min=100000000000"))
    assert "South Korean Won 1" in html
    assert "Chinese Yuan" not in html
    html = said(page(client, "/funds/?currency=KRW&amount_max=100000000000"))
    assert "Chinese Yuan 1 South Korean Won 1" in html
