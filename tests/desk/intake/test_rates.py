"""Reading a table of exchange rates: what people write is read exactly, or refused with the mend."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cooperation.desk.intake import tables
from cooperation.desk.intake.numbers import number
from cooperation.desk.intake.rates import COLUMNS, read
from cooperation.desk.intake.reading import Unreadable
from cooperation.rules.money import amount_text

pytestmark = pytest.mark.once

HEAD = "date,base,quote,rate,source\n"
GOOD = {
    "date": "2015-01-28",
    "base": "USD",
    "quote": "KRW",
    "rate": "1085.30",
    "source": "Bank of Korea",
}


def faults(text: str) -> list[tuple[str, str, str]]:
    """Line, column and mend of everything that is wrong."""
    return [(fault.record, fault.path, fault.mend) for fault in read(text).faults]


def row(**values: str) -> str:
    return ",".join({**GOOD, **values}.values()) + "\n"


def test_every_row_gives_a_rate():
    table = read(HEAD + row() + '2015/1/29,krw,CNY,0.00574,"Bank of Korea, Seoul"\n')
    assert table.faults == []
    assert [tuple(row.given.values()) for row in table.rows] == [
        (date(2015, 1, 28), "USD", "KRW", Decimal("1085.30"), "Bank of Korea"),
        (date(2015, 1, 29), "KRW", "CNY", Decimal("0.00574"), "Bank of Korea, Seoul"),
    ]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_columns_are_known_by_name_in_any_order_and_case(sign, end):
    names = ["Source", "RATE", "Quote", "base", "Date"]
    lines = [names, [GOOD[name.lower()] for name in names], [], [""] * 5]
    table = read(end.join(sign.join(line) for line in lines) + end)
    assert (table.faults, table.rows[0].given["rate"]) == ([], Decimal("1085.3"))
    assert len(table.rows) == 1


KOREAN, CHINESE = "한국은행", "中国人民银行"


@pytest.mark.parametrize(
    ("codec", "source", "encoding"),
    [
        ("utf-8", KOREAN, "utf-8"),
        ("utf-8-sig", CHINESE, "utf-8"),
        ("utf-16", KOREAN, "utf-16"),
        ("utf-16-le", CHINESE, "utf-16"),
        ("utf-16-be", "Bank of Korea", "utf-16"),
        ("cp949", KOREAN, "cp949"),
        ("cp949", "서울외국환중개(주)", "cp949"),
        ("cp949", "韓國銀行", "cp949"),
        ("gb18030", CHINESE, "gb18030"),
        ("gb18030", "国家外汇管理局", "gb18030"),
        ("gb18030", "中国外汇交易中心（CFETS）", "gb18030"),
    ],
)
def test_encodings_of_spreadsheets_are_recognised(codec, source, encoding):
    text, found = tables.decoded((HEAD + row(source=source)).encode(codec))
    assert found == encoding
    assert read(text).rows[0].given["source"] == source


def test_encoding_that_is_named_is_the_one_used():
    data = (HEAD + row(source="国家")).encode("gb18030")
    assert read(tables.decoded(data, "gb18030")[0]).rows[0].given["source"] == "国家"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1085.30", "1085.3"),
        ("1085", "1085"),
        ("0.0009225", "0.0009225"),
        ("1.085", "1.085"),
        ("1,085.30", "1085.3"),
        ("1,234,567", "1234567"),
        ("1,234,567.5", "1234567.5"),
        ("1085,30", "1085.3"),
        ("0,0009225", "0.0009225"),
        ("0,092", "0.092"),
        ("1.085,30", "1085.3"),
        ("1 085.30", "1085.3"),
        ("1\u00a0085,30", "1085.3"),
    ],
)
def test_number_that_means_one_thing_is_read_as_it_is_meant(written, meant):
    assert amount_text(number(written)) == meant


@pytest.mark.parametrize(
    ("written", "mend"),
    [
        ("1,085", "could mean 1085 or 1.085; write 1085 or 1.0850"),
        ("12,34.5", "in digits"),
        ("1,08,530.0", "in digits"),
        ("1085.30 won", "in digits"),
        ("₩1085", "in digits"),
        ("１０８５", "in digits"),
        ("1..2", "in digits"),
        (".92", "in digits"),
        ("NaN", "in digits"),
        ("0.09%", "no percentage"),
        ("9.2E-04", "shortened"),
        ("=1/1085", "formula"),
        ("-1085.3", "greater than zero"),
        ("0.000000001", "8 decimals"),
        ("1" * 31, "30 digits"),
        ("1" * 100_000, "in digits"),
        ("1,111" * 20_000, "in digits"),
    ],
)
def test_number_that_is_unclear_is_refused_with_the_mend(written, mend):
    with pytest.raises(ValueError, match=mend):
        number(written)


@given(some.decimals(min_value="0.00000001", max_value=10**12, places=8))
def test_number_with_separators_reads_back_exactly_or_is_refused(amount):
    plain = amount_text(amount)
    english = f"{Decimal(plain):,f}"
    european = english.translate(str.maketrans(",.", ".,"))
    assert number(plain) == amount
    for written in (english, european):
        if re.fullmatch(r"[0-9]+\.[0-9]{3}", written):
            # A point before decimals is the portal's own form, and the preview shows what is stored.
            assert number(written) == Decimal(written)
            continue
        try:
            assert number(written) == amount
        except ValueError:
            # A single sign before three digits says nothing of what it is.
            assert written.count(",") + written.count(".") == 1


def test_point_is_unclear_where_other_numbers_have_a_decimal_comma():
    text = "date;base;quote;rate;source\n{};USD;KRW;1085,30;A\n{};USD;KRW;1.085;A\n"
    assert [one[:2] for one in faults(text.format("2015-01-28", "2015-01-29"))] == [
        ("Line 3", "rate")
    ]
    assert faults("date;base;quote;rate;source\n2015-01-29;USD;KRW;1.085;A\n") == []


TOMORROW = (date.today() + timedelta(days=2)).isoformat()  # noqa: DTZ011  # far enough in any zone


@pytest.mark.parametrize(
    ("values", "column", "mend"),
    [
        ({"date": "28.01.2015"}, "date", "year first"),
        ({"date": "2015-02-29"}, "date", "no such day"),
        ({"date": "2015-01"}, "date", "year first"),
        ({"date": "42032"}, "date", "year first"),
        ({"date": "0215-01-28"}, "date", "before 1900"),
        ({"date": TOMORROW}, "date", "still to come"),
        ({"base": "KWR"}, "base", "did you mean KRW?"),
        ({"base": "DEM"}, "base", "code"),
        ({"base": "원"}, "base", "ISO 4217"),
        ({"quote": "USD"}, "quote", "choose two"),
        ({"rate": "0"}, "rate", "greater than zero"),
        ({"rate": ""}, "rate", "Fill this in"),
        ({"source": ""}, "source", "Fill this in"),
        ({"source": "=HYPERLINK(1)"}, "source", "as formulas do"),
        ({"source": "@SUM(1)"}, "source", "as formulas do"),
        ({"source": "a\u202eb"}, "source", "reading direction"),
        ({"source": "x" * 501}, "source", "longer than 500"),
        ({"source": '"Bank\nof Korea"'}, "source", "one line"),
        ({"source": "A,B"}, "", "6 values where the first line names 5"),
    ],
)
def test_each_fault_names_line_column_and_mend(values, column, mend):
    found = faults(HEAD + row(date="2015-01-26") + row(**values))
    assert [one[:2] for one in found] == [("Line 3", column)]
    assert mend in found[0][2]


@pytest.mark.parametrize("written", ["2015-01-28", "2015/1/28", "2015.01.28", "20150128"])
def test_day_with_the_year_first_is_read(written):
    assert read(HEAD + row(date=written)).rows[0].given["date"] == date(2015, 1, 28)


def test_all_faults_are_told_at_once():
    found = faults(HEAD + row(date="x", rate="y") + row(base="z") + row(source=""))
    assert [one[:2] for one in found] == [
        ("Line 2", "date"),
        ("Line 2", "rate"),
        ("Line 3", "base"),
        ("Line 4", "source"),
    ]


def test_rate_given_twice_contradicts_itself_unless_it_is_equal():
    table = read(HEAD + row() + row(rate='"1,085.3"') + row(base="KRW", quote="USD", rate="0.0009"))
    assert (table.faults, table.rows[1].same_as) == ([], 2)
    ((line, column, mend),) = faults(HEAD + row() + row(rate="1085.31"))
    assert (line, column) == ("Line 3", "rate")
    assert "Lines 2 and 3 give different rates" in mend


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing here"),
        ("\n\n,,,,\n", "There is nothing here"),
        (HEAD, "no rate under"),
        ("date,base,quote,rate\nx", "Missing columns: source"),
        ("date,base,quote,rate,source,Memo\nx", "Unknown columns: “memo”"),
        ("date,base,quote,rate,source,date\nx", "more than once: date"),
        ("x,y,date,date\nx", "Unknown columns: “x”, “y”.*Missing columns: base.*once: date"),
        (row() + row(), "Unknown columns: “2015-01-28”"),
        (HEAD + '2015-01-28,USD,KRW,"1085,A\n' + row() * 3, "Line 2: .* never closed"),
        (HEAD + '2015-01-28,USD,KRW,"1085" x,A\n', "Line 2: after a closing quotation mark"),
        (HEAD + row() + "a\0b", "Line 3 holds a control character \\(U\\+0000\\)"),
        (HEAD + row(source="x" * 140_000), "Line 2: a value is far too long"),
        ('"' + "x\n" * 300_000, "never closed"),
        (HEAD + row() * 10_001, "more than 10,000 rows"),
        (",".join(f"{n:060}" for n in range(50)) + "\nx", "0001”, .*…; use date"),
        ("," * 999_999, "There is nothing here"),
        ("x," * 499_999, "has 499999 values|Unknown"),
        ("\n" * 999_999 + "x", "Unknown columns"),
        ("x" * 1_000_001, "larger than 1,000,000 bytes"),
        ("가" * 999_999, "larger than 1,000,000 bytes"),
        (HEAD + "," * 900_000, "no rate under"),
    ],
)
def test_text_that_is_no_such_table_ends_in_one_sentence_within_a_second(text, sentence):
    began = time.process_time()
    with pytest.raises(Unreadable, match=sentence) as refusal:
        read(text)
    assert time.process_time() - began < 1
    assert len(str(refusal.value)) < 600


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04" + bytes(100), "workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "workbook"),
        (b"\xff" * 100, "no text in"),
        (b"\xfe\xff\xd8", "no text in"),
        (b"x" * 1_000_001, "larger than"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "no text in"),
    ],
)
def test_file_that_is_no_text_ends_in_one_sentence(data, sentence):
    with pytest.raises(Unreadable, match=sentence):
        tables.decoded(data)


@given(some.binary(max_size=300))
def test_whatever_the_bytes_it_is_read_or_refused(data):
    with suppress(Unreadable):
        assert read(tables.decoded(data)[0]).rows


@given(some.text(max_size=200))
def test_whatever_is_written_under_the_columns_is_read_or_refused(written):
    try:
        table = read(HEAD + written)
    except Unreadable:
        return
    assert all(row.faults or row.given.keys() == COLUMNS.keys() for row in table.rows)


def test_reading_stops_at_a_thousand_faults():
    table = read(HEAD + "x,x,x,x,x\n" * 9_000)
    assert table.is_broken_off
    assert 1_000 <= len(table.faults) < 1_010
