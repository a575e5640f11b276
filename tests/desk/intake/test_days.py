"""Dates as people write them: read as exactly as they are known, or refused with the mend."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.desk.intake.days import MONTHS, day
from cooperation.rules import dates
from cooperation.rules.languages import LANGUAGES

pytestmark = pytest.mark.once

READ = {
    "2015.1.28.": "2015-01-28",
    "2015. 1. 28.": "2015-01-28",
    "2015년 1월 28일": "2015-01-28",
    "2015년 1월 28일(수)": "2015-01-28",
    "2015年1月28日": "2015-01-28",
    "2015/1/28": "2015-01-28",
    "20150128": "2015-01-28",
    "28 January 2015": "2015-01-28",
    "January 28th, 2015": "2015-01-28",
    "28-Jan-2015": "2015-01-28",
    "28/01/2015": "2015-01-28",
    "2015-01-28 00:00:00": "2015-01-28",
    "Jan 2015": "2015-01",
    "2015-01": "2015-01",
    "2015/1": "2015-01",
    "2015. 1.": "2015-01",
    "2015.10": "2015-10",
    "2015년": "2015",
    "２０１５": "2015",
}
SPANS = {
    "2015.1.27.~29.": "2015-01-27/2015-01-29",
    "2015.1.27.~2.3.": "2015-01-27/2015-02-03",
    "2015년 1월 27일~29일": "2015-01-27/2015-01-29",
    "2015년 1월부터 3월까지": "2015-01/2015-03",
    "2015年1月27日至29日": "2015-01-27/2015-01-29",
    "27–29 January 2015": "2015-01-27/2015-01-29",
    "27 January – 3 February 2015": "2015-01-27/2015-02-03",
    "January 27–29, 2015": "2015-01-27/2015-01-29",
    "2014 – 2016": "2014/2016",
    "2014.10.부터": "2014-10/..",
    "2015.1.27.~": "2015-01-27/..",
    "28 January 2015": "2015-01-28",
}
REFUSED = {
    "01/02/2015": "may mean 2015-01-02 or 2015-02-01; write the year first",
    "2015.1": "may be October too",
    "15.1.28": "the year has two digits",
    "42032": "is how a spreadsheet counts days",
    "2015-01-28 10:30": "names an hour",
    "2015-02-30": "is not in the calendar",
    "2015.1.27.~29.": "is not read as a date",
    "soon": "is not read as a date",
    "": "is not read as a date",
}


@pytest.mark.parametrize("written", READ)
def test_a_date_is_read_as_exactly_as_it_is_written(written):
    assert day(written) == READ[written]


@pytest.mark.parametrize("written", SPANS)
def test_a_span_is_read_where_there_may_be_one(written):
    assert day(written, interval=True) == SPANS[written]


@pytest.mark.parametrize("written", REFUSED)
def test_what_is_no_date_or_could_be_two_is_refused_with_the_mend(written):
    with pytest.raises(ValueError, match=r"\.$") as refused:
        day(written)
    assert REFUSED[written] in str(refused.value)


known = st.one_of(
    st.integers(1000, 9999).map(str),
    st.dates().filter(lambda one: one.year >= 1000).map(lambda one: one.isoformat()[:7]),
    st.dates().filter(lambda one: one.year >= 1000).map(lambda one: one.isoformat()),
)


@given(known, known, st.booleans(), st.sampled_from(LANGUAGES))
def test_what_the_portal_writes_for_people_reads_back_exactly(one, other, is_open, language):
    first, last = sorted((one, other), key=lambda text: dates.parse_date(text).first)
    for text in (one, f"{one}/..", *([] if is_open else [f"{first}/{last}"])):
        try:
            dates.parse(text)
        except ValueError:
            continue
        assert day(dates.format_date(text, language), interval=True) == text
        assert day(text, interval=True) == text


@given(st.dates().filter(lambda one: one.year >= 1000))
def test_a_day_reads_back_from_every_form_in_use(one):
    year, month, number = one.year, one.month, one.day
    name = MONTHS[month - 1]
    for written in (
        f"{year}.{month}.{number}.", f"{year}. {month:02}. {number:02}", f"{year}/{month}/{number}",
        f"{year}년{month}월{number}일", f"{year}年{month}月{number}日", f"{year}{month:02}{number:02}",
        f"{number} {name.title()} {year}", f"{name[:3].title()}. {number}, {year}",
    ):  # fmt: skip
        assert day(written) == one.isoformat()


@given(
    st.text(st.sampled_from("0123456789.-/~– 년월일年月日부터janfeb,"), max_size=30)
    | st.text(max_size=100)
)
def test_any_text_ends_in_a_date_or_in_a_sentence(text):
    for interval in (False, True):
        found = said(text, interval=interval)
        assert " " in found or dates.parse(found).text == found


def said(text, *, interval):
    """The date that a text gives, or the sentence in which it ends."""
    try:
        return day(text, interval=interval)
    except ValueError as refused:
        return str(refused)
