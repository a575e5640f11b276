"""Dates of any precision: which texts are dates, which days they mean, and how people read them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cooperation.rules.dates import Interval, PartialDate, format_date, parse, parse_date

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2015", date(2015, 1, 1), date(2015, 12, 31), "year"),
        ("2014-10", date(2014, 10, 1), date(2014, 10, 31), "month"),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), "month"),
        ("2015-01-28", date(2015, 1, 28), date(2015, 1, 28), "day"),
        ("2016-02-29", date(2016, 2, 29), date(2016, 2, 29), "day"),
        ("2015-01-27/2015-01-29", date(2015, 1, 27), date(2015, 1, 29), "interval"),
        ("2014/2015-06", date(2014, 1, 1), date(2015, 6, 30), "interval"),
        ("2014-10/..", date(2014, 10, 1), date.max, "interval"),
        ("1000", date(1000, 1, 1), date(1000, 12, 31), "year"),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31), "month"),
    ],
)
def test_date_means_the_days_from_first_to_last(
    text: str, first: date, last: date, precision: str
) -> None:
    parsed = parse(text)
    assert (parsed.first, parsed.last, parsed.precision, parsed.text) == (
        first,
        last,
        precision,
        text,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0999",
        "10000",
        "15",
        "2015-1",
        "2015-1-28",
        "2015/01/28",
        "28.01.2015",
        "2015-13",
        "2015-00",
        "2015-02-29",
        "2015-01-00",
        "2015-04-31",
        "2015?",
        "2015~",
        "201X",
        "2015-21/",
        "../2015",
        "/2015",
        "2015/",
        "2015/2016/2017",
        " 2015",
        "2015\n",
        "２０１５",
        "2015-01-28T09:00",
        "-2015",
        "2015" * 50_000,
    ],
)
def test_other_notations_and_impossible_days_are_refused_with_the_right_form(text: str) -> None:
    with pytest.raises(ValueError, match="2015, 2014-10"):
        parse(text)


@pytest.mark.parametrize("text", ["2015-01-29/2015-01-27", "2015/2014", "2015-06/2015-05-31"])
def test_interval_that_ends_before_it_begins_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        parse(text)


def test_single_date_is_asked_for_where_an_interval_makes_no_sense() -> None:
    assert parse_date("2014-10") == PartialDate(2014, 10)
    with pytest.raises(ValueError, match="write 2015, 2014-10 or 2015-01-28"):
        parse_date("2014-10/..")


@pytest.mark.parametrize(
    ("text", "english", "korean", "chinese"),
    [
        ("2015-01-28", "28 January 2015", "2015년 1월 28일", "2015年1月28日"),
        ("2014-10", "October 2014", "2014년 10월", "2014年10月"),
        ("2015", "2015", "2015년", "2015年"),
        ("2014-10/..", "since October 2014", "2014년 10월부터", "2014年10月起"),
        (
            "2015-01-27/2015-01-29",
            "27 January 2015 – 29 January 2015",
            "2015년 1월 27일 – 2015년 1월 29일",
            "2015年1月27日 – 2015年1月29日",
        ),
    ],
)
def test_date_reads_naturally_in_each_language(
    text: str, english: str, korean: str, chinese: str
) -> None:
    assert format_date(text, "en") == english
    assert format_date(text, "ko") == korean
    assert format_date(text, "zh-Hans") == chinese


_days = some.dates(min_value=date(1000, 1, 1))
_partial = some.builds(
    lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]),
    _days,
    some.integers(1, 3),
)
_intervals = some.builds(Interval, _partial, some.none() | _partial).filter(
    lambda span: span.first <= span.last
)


@given(_partial | _intervals)
def test_written_date_reads_back_as_the_same_date(moment: PartialDate | Interval) -> None:
    assert parse(moment.text) == moment
    assert moment.first <= moment.last


@given(some.text(max_size=30) | some.from_regex(r"[0-9]{4}(-[0-9]{2}){0,2}", fullmatch=True))
def test_text_is_a_canonical_date_or_refused_with_a_sentence(text: str) -> None:
    try:
        written = parse(text).text
    except ValueError as error:
        written = str(error)
    assert written == text or written.endswith(".")
