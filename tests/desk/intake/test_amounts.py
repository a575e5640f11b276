"""Amounts as people write them: read exactly, or refused with the mend."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.desk.intake.amounts import Amount, Unit, amount, unit
from cooperation.rules import money
from cooperation.rules.languages import LANGUAGES

pytestmark = pytest.mark.once

READ = [
    ("2,000억원", "200000000000", "KRW"),
    ("2천억 원", "200000000000", "KRW"),
    ("1조 2,000억", "1200000000000", ""),
    ("12억 3,456만 7,890원", "1234567890", "KRW"),
    ("3천5백만원", "35000000", "KRW"),
    ("₩40,000,000,000", "40000000000", "KRW"),
    ("１，０００원", "1000", "KRW"),
    ("100만 달러", "1000000", "USD"),
    ("미화 5백만불", "5000000", "USD"),
    ("US$37.1 million", "37100000", "USD"),
    ("5 million US dollars", "5000000", "USD"),
    ("KRW 2 trillion", "2000000000000", "KRW"),
    ("RMB 1.2亿元", "120000000", "CNY"),
    ("1万亿元", "1000000000000", "CNY"),
    ("2000亿韩元", "200000000000", "KRW"),
    ("40 000 000", "40000000", ""),
    ("1,085", "1085", ""),
    ("1.085", "1.085", ""),
    ("(1,000)", "-1000", ""),
    ("△1,000원", "-1000", "KRW"),
    ("▲ 5억", "-500000000", ""),
]


@pytest.mark.parametrize(("written", "number", "currency"), READ)
def test_an_amount_is_read_as_it_is_meant(written, number, currency):
    assert amount(written) == Amount(Decimal(number), currency)


@pytest.mark.parametrize(
    ("heading", "scale", "currency"),
    [
        ("백만원", 10**6, "KRW"),
        ("천달러", 10**3, "USD"),
        ("단위: 억원", 10**8, "KRW"),
        ("万元", 10**4, "CNY"),
        ("KRW million", 10**6, "KRW"),
        ("millions of US dollars", 10**6, "USD"),
        ("USD", 1, "USD"),
        ("million", 10**6, ""),
    ],
)
def test_the_unit_of_a_column_is_read(heading, scale, currency):
    assert unit(heading) == Unit(Decimal(scale), currency)


@pytest.mark.parametrize("heading", ["", "%", "명", "tonnes", "$ million", "2015", "x" * 300])
def test_what_is_no_unit_of_money_is_none(heading):
    assert unit(heading) is None


def test_a_number_counts_in_the_unit_of_its_column():
    assert amount("40,000", unit("백만원")) == Amount(Decimal(40_000_000_000), "KRW")
    assert amount("$5.5", unit("천달러")) == Amount(Decimal(5_500), "USD")


UNCLEAR = "cannot be read as one exact amount"
REFUSED = [
    ("약 2,000억원", UNCLEAR),
    ("2~3억", UNCLEAR),
    ("5억 6억", UNCLEAR),
    ("1억 20000만", UNCLEAR),
    ("1.5조 2000억", UNCLEAR),
    ("억원", UNCLEAR),
    ("미정", UNCLEAR),
    ("1e5", UNCLEAR),
    ("35%", UNCLEAR),
    ("1.234,56", "the commas do not group by thousands"),
    ("2,0000", "the commas do not group by thousands"),
    ("$5", "“$” may mean USD, HKD"),
    ("¥100", "“¥” may mean CNY, JPY"),
    ("USD 5 CNY", "several currencies (CNY, USD)"),
    ("9" * 31, "at most 30 digits"),
    ("0.123456789", "at most 8 decimals"),
]


@pytest.mark.parametrize(("written", "sentence"), REFUSED)
def test_what_may_mean_two_things_is_refused_with_the_mend(written, sentence):
    with pytest.raises(ValueError, match=r"\.$") as refused:
        amount(written)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("2억", "names a unit, and so does this value"),
        ("CNY 5", "This says CNY where KRW is meant"),
    ],
)
def test_a_value_does_not_contradict_the_heading_of_its_column(written, sentence):
    with pytest.raises(ValueError, match=sentence):
        amount(written, unit("백만원"))


amounts = st.decimals(
    min_value=-(10**20), max_value=10**20, places=4, allow_nan=False, allow_infinity=False
)


@given(
    amounts, st.sampled_from(["KRW", "CNY", "USD", "EUR", "JPY", "XDR"]), st.sampled_from(LANGUAGES)
)
def test_what_the_portal_writes_for_people_reads_back_exactly(number, currency, language):
    written = money.format_amount(number, currency, language)
    assert amount(written) == Amount(number, currency)


@given(amounts)
def test_grouped_and_plain_digits_read_back_exactly(number):
    assert amount(f"{number:,f}").number == amount(f"{number:f}").number == number


@given(
    st.text(st.sampled_from("0123456789,.억조만천백원元万亿$₩ ()-△kmb"), max_size=30)
    | st.text(max_size=120)
)
def test_any_text_ends_in_an_amount_or_in_a_sentence(text):
    for counted in (None, Unit(Decimal(10**6), "KRW")):
        assert said(text, counted)[-1] in "0123456789."
    unit(text)


def said(text, counted):
    """The amount that a text gives, or the sentence in which it ends."""
    try:
        return money.amount_text(amount(text, counted).number)
    except ValueError as refused:
        return str(refused)
