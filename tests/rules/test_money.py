"""Amounts stay exact, and read naturally in each language."""

import re
from decimal import Decimal
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as some

from cooperation.rules.money import (
    AMOUNT_MAX_LENGTH,
    AMOUNT_PATTERN,
    CURRENCIES,
    amount_text,
    convert,
    difference,
    format_amount,
    is_currency,
    minor_units,
    parse_amount,
    sort_key,
    total,
)

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("40000000000", "40000000000"),
        ("37100000.50", "37100000.5"),
        ("0037", "37"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("-12.5", "-12.5"),
        (200, "200"),
        (Decimal("4E+10"), "40000000000"),
        (Decimal("1.10"), "1.1"),
        ("0.00000001", "0.00000001"),
        ("1.0000000000", "1"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("1234567890123456789012.12345678", "1234567890123456789012.12345678"),
    ],
)
def test_amount_has_one_canonical_text(written: str | int | Decimal, canonical: str) -> None:
    assert amount_text(parse_amount(written)) == canonical


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (1.5, "never a float"),
        (True, "never a float"),
        (None, "never a float"),
        ("1,000", "without separators"),
        ("1e5", "without separators"),
        ("", "without separators"),
        (" 5", "without separators"),
        ("+5", "without separators"),
        (".5", "without separators"),
        ("5.", "without separators"),
        ("٣", "without separators"),
        ("NaN", "without separators"),
        ("5\n", "without separators"),
        ("1" * 100_000, "without separators"),
        (Decimal("NaN"), "finite"),
        (Decimal("-Infinity"), "finite"),
        (Decimal("1E+999999"), "30 digits"),
        ("1234567890123456789012345678901", "30 digits"),
        ("12345678901234567890123.12345678", "30 digits"),
        ("0.000000001", "8 decimals"),
        (Decimal("1E-999999"), "8 decimals"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(written: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_amount(written)


@given(some.decimals(min_value=-(10**22), max_value=10**22, places=8))
def test_canonical_text_reads_back_as_the_same_amount(amount: Decimal) -> None:
    text = amount_text(amount)
    assert parse_amount(text) == amount
    assert amount_text(parse_amount(text)) == text


def test_currencies_are_iso_4217_codes_in_use() -> None:
    assert all(is_currency(code) for code in ("KRW", "CNY", "USD", "EUR", "JPY", "VND", "XDR"))
    assert not any(is_currency(code) for code in ("DEM", "krw", "XXX", "BTC", "", "₩"))
    assert all(code in Locale("en").currencies for code in CURRENCIES)


@pytest.mark.parametrize(
    ("code", "units"), [("KRW", 0), ("JPY", 0), ("USD", 2), ("CNY", 2), ("KWD", 3)]
)
def test_minor_units_are_those_of_the_currency(code: str, units: int) -> None:
    assert minor_units(code) == units


@pytest.mark.parametrize(
    ("amount", "rate", "currency", "converted"),
    [
        ("40000000000", "0.00092750", "USD", "37100000"),
        ("1", "0.125", "USD", "0.12"),
        ("1", "0.135", "USD", "0.14"),
        ("1", "1078.5", "KRW", "1078"),
        ("1", "1079.5", "KRW", "1080"),
        ("1", "-0.125", "USD", "-0.12"),
        ("123456789012345678901234567890", "1.00000001", "KRW", "123456790246913569024691356902"),
    ],
)
def test_conversion_rounds_half_to_even_at_minor_units(
    amount: str, rate: str, currency: str, converted: str
) -> None:
    assert convert(Decimal(amount), Decimal(rate), currency) == Decimal(converted)


def test_sums_and_differences_keep_all_thirty_digits() -> None:
    large = Decimal("123456789012345678901234567890")
    assert total([large, Decimal(1)]) == Decimal("123456789012345678901234567891")
    assert difference(large, Decimal("0.5")) == Decimal("123456789012345678901234567889.5")
    assert difference(Decimal(1), Decimal(3)) == Decimal(-2)
    assert total([]) == 0


@pytest.mark.parametrize(
    ("amount", "currency", "english", "korean", "chinese"),
    [
        ("200000000000", "KRW", "₩200 billion", "2,000억 원", "2000亿韩元"),
        ("40000000000", "KRW", "₩40 billion", "400억 원", "400亿韩元"),
        ("37100000", "USD", "US$37.1 million", "3,710만 달러", "3710万美元"),
        ("123456789", "KRW", "₩123,456,789", "123,456,789원", "123,456,789韩元"),
        ("1200000000000", "JPY", "JP¥1.2 trillion", "1.2조 엔", "1.2万亿日元"),
        ("12340000", "CNY", "CN¥12.34 million", "1,234만 위안", "1234万元"),
        ("123400000", "CNY", "CN¥123.4 million", "1억 2,340만 위안", "1.234亿元"),
        ("5000000", "GBP", "GBP 5 million", "GBP 500만", "GBP 500万"),
        ("1000000", "EUR", "€1 million", "100만 유로", "100万欧元"),
        ("999999", "EUR", "€999,999", "999,999유로", "999,999欧元"),
        ("1500.5", "EUR", "€1,500.50", "1,500.50유로", "1,500.50欧元"),
        ("37100000.5", "USD", "US$37,100,000.50", "37,100,000.50달러", "37,100,000.50美元"),
        ("0.125", "USD", "US$0.125", "0.125달러", "0.125美元"),
        ("0", "KRW", "₩0", "0원", "0韩元"),
        ("-40000000000", "KRW", "-₩40 billion", "-400억 원", "-400亿韩元"),
        ("10000", "KRW", "₩10,000", "10,000원", "10,000韩元"),
        ("0.5", "KRW", "₩0.5", "0.5원", "0.5韩元"),
        ("200000000001", "KRW", "₩200,000,000,001", "200,000,000,001원", "200,000,000,001韩元"),
        ("12345000000", "KRW", "₩12,345 million", "123.45억 원", "123.45亿韩元"),
        ("1151400000", "CNY", "CN¥1,151.4 million", "11억 5,140만 위안", "11.514亿元"),
        ("1234500000000", "KRW", "₩1,234.5 billion", "1조 2,345억 원", "1.2345万亿韩元"),
        ("-85426500000", "KRW", "-₩85,426.5 million", "-854억 2,650만 원", "-854.265亿韩元"),
        ("10000000000000000", "KRW", "₩10,000 trillion", "10,000조 원", "10000万亿韩元"),
        ("9800", "JPY", "JP¥9,800", "9,800엔", "9,800日元"),
        ("100000000", "JPY", "JP¥100 million", "1억 엔", "1亿日元"),
        ("-1500.5", "USD", "-US$1,500.50", "-1,500.50달러", "-1,500.50美元"),
        ("0.00000001", "USD", "US$0.00000001", "0.00000001달러", "0.00000001美元"),
        ("2500000", "EUR", "€2.5 million", "250만 유로", "250万欧元"),
        ("-0.05", "EUR", "-€0.05", "-0.05유로", "-0.05欧元"),
        ("6.2", "CNY", "CN¥6.20", "6.20위안", "6.20元"),
        ("100000000000", "CNY", "CN¥100 billion", "1,000억 위안", "1000亿元"),
        ("1.5", "KWD", "KWD 1.500", "KWD 1.500", "KWD 1.500"),
        (
            "123456789012345678901234567890",
            "KRW",
            "₩123,456,789,012,345,678,901,234,567,890",
            "123,456,789,012,345,678,901,234,567,890원",
            "123,456,789,012,345,678,901,234,567,890韩元",
        ),
    ],
)
def test_amount_reads_naturally_and_is_never_rounded(
    amount: str, currency: str, english: str, korean: str, chinese: str
) -> None:
    assert format_amount(amount, currency, "en") == english
    assert format_amount(amount, currency, "ko") == korean
    assert format_amount(Decimal(amount), currency, "zh-Hans") == chinese


UNITS = {
    " trillion": 12, " billion": 9, " million": 6,
    "조": 12, "억": 8, "만": 4, "万亿": 12, "亿": 8, "万": 4,
}  # fmt: skip


@given(
    some.one_of(
        some.decimals(min_value=-(10**20), max_value=10**20, places=8),
        some.builds(
            lambda figure, power: Decimal(figure).scaleb(power),
            some.integers(-99_999, 99_999),
            some.integers(-2, 15),
        ),
    ),
    some.sampled_from(["KRW", "CNY", "USD", "EUR", "JPY", "GBP", "KWD"]),
    some.sampled_from(["en", "ko", "zh-Hans"]),
)
def test_amount_in_words_means_exactly_the_amount(
    amount: Decimal, currency: str, language: str
) -> None:
    words = format_amount(amount, currency, language)
    found = re.findall(r"([0-9][0-9,]*(?:\.[0-9]+)?)( (?:tr|b|m)illion|万亿|[조억만亿万])?", words)
    assert found
    # In Korean two figures may stand side by side, each with its unit.
    terms = (
        Decimal(figure.replace(",", "")).scaleb(UNITS[unit] if unit else 0)
        for figure, unit in found
    )
    meant = total(terms)
    assert (-meant if words.startswith("-") else meant) == amount


@given(some.lists(some.decimals("-1e21", "1e21", places=8), min_size=2))
def test_amounts_sort_by_their_keys_as_by_their_size(amounts):
    assert sorted(amounts, key=sort_key) == sorted(amounts)
    assert {len(sort_key(amount)) for amount in amounts} == {39}


def test_the_longest_amounts_keep_their_last_digit():
    nines = "9" * 29
    rising = [f"-{nines}9", f"-{nines}8", "0", f"{nines}8", f"{nines}9"]
    keys = [sort_key(Decimal(amount)) for amount in rising]
    assert keys == sorted(set(keys))


DIGITS = some.text("0123456789", max_size=34)


def is_taken(text):
    try:
        parse_amount(text)
    except ValueError:
        return False
    return True


@given(
    some.one_of(
        some.builds("{}{}.{}{}".format, some.sampled_from(["", "-"]), DIGITS, DIGITS, DIGITS),
        some.builds("{}{}".format, some.sampled_from(["", "-", "+", " "]), DIGITS),
        some.builds("{}.{}{}".format, DIGITS, DIGITS, some.integers(0, 40).map("0".__mul__)),
        some.from_regex(rf"\A{AMOUNT_PATTERN}\Z"),
        some.text("0123456789.-+eE٣, \n", max_size=12),
    )
)
def test_pattern_of_amounts_allows_what_is_taken_and_nothing_else(text):
    is_allowed = len(text) <= AMOUNT_MAX_LENGTH and re.fullmatch(AMOUNT_PATTERN, text)
    assert is_taken(text) == bool(is_allowed)


@pytest.mark.parametrize("digits", range(20, 33))
@pytest.mark.parametrize("decimals", range(10))
def test_pattern_of_amounts_draws_the_line_where_reading_does(digits, decimals):
    text = "9" * digits + ("." + "9" * decimals if decimals else "")
    assert is_taken(text) == bool(re.fullmatch(AMOUNT_PATTERN, text))
    assert is_taken(text) == (digits + decimals <= 30 and decimals <= 8)
