"""Passages: which paragraph they stand in, and which one a wrong quotation comes nearest to."""

import random
import time

import pytest

from cooperation.rules.passages import found, nearest, paragraph_at, paragraphs
from cooperation.rules.quotations import comparable, traced

pytestmark = pytest.mark.once

REPORT = """By John Choi

SEOUL – The two countries
will offer 40 billion won each.

\t
다른 한 문단은 120억 원을 말한다.
"""
LONGEST = 2_000_000


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (
            REPORT,
            [
                "By John Choi",
                "SEOUL – The two countries\nwill offer 40 billion won each.",
                "다른 한 문단은 120억 원을 말한다.",
            ],
        ),
        ("one\n two \nthree\n", ["one", "two", "three"]),
        ("\n\n  \n\n", []),
        ("", []),
    ],
)
def test_paragraphs_are_the_blocks_between_blank_lines_or_else_the_lines(text, blocks):
    said = [*paragraphs(text)]
    assert [text[one.start : one.end] for one in said] == blocks
    assert [one.number for one in said] == [*range(1, len(blocks) + 1)]


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("two countries will offer", "two countries\nwill offer"),
        ("“40 billion won”", "40 billion won"),
        ("120억원을", "120억 원을"),
        ("50 billion won", None),
        ("“”", None),
    ],
)
def test_quotation_is_found_in_the_text_itself(quote, stands):
    place = found(traced(REPORT), quote)
    assert (REPORT[place.start : place.end] if place else None) == stands


@pytest.mark.parametrize(
    ("quote", "near", "paragraph"),
    [
        ("countries offered 40 bilion won each", "countries\nwill offer 40 billion won each.", 2),
        ("THE TWO COUNTRIES OFFER", "The two countries\nwill offer", 2),
        ("한 문단은 130억 원을 말했다", "한 문단은 120억 원을 말한다.", 3),
        ("zzzz qqqq", None, None),
        ("", None, None),
    ],
)
def test_nearest_passage_is_shown_in_whole_words_with_its_paragraph(quote, near, paragraph):
    place = nearest(REPORT, traced(REPORT), quote)
    assert (REPORT[place.start : place.end] if place else None) == near
    assert (paragraph_at(REPORT, place.start) if place else None) == paragraph


@pytest.mark.parametrize(
    "after", ["at first.", "(약 2억5900만 달러)으로 늘어난다.", "– 50/50; 2016–2020: 1.7%."]
)
@pytest.mark.parametrize("before", ["", "The report begins here.\n\n"])
def test_nearest_passage_shares_the_most_of_the_whole_quotation(before, after):
    text = (
        f"{before}Seoul, 3 March 2016. The ministry said on Thursday what it will do.\n\n"
        f"In time it would hold 300 billion won {after}\n\nOther news follow."
    )
    place = nearest(text, traced(text), "would hold 400 billion won, the ministry said")
    assert "would hold 300 billion won" in text[place.start : place.end]


def test_long_quotation_is_compared_around_the_place_where_it_departs():
    words = " ".join(f"word{n}" for n in range(2000))
    quote = words[:9000] + " NOT THERE " + words[9000:]
    place = nearest(words, traced(words), quote)
    assert place.start < 9000 < place.end
    assert place.end - place.start < 400


def test_way_back_leads_to_the_same_characters():
    chance = random.Random(5)
    for _turn in range(2000):
        text = "".join(chance.choices('ab 한글字\n"“’. \t', k=chance.randrange(14)))
        whole = traced(text)
        assert whole.text == comparable(text)
        for place, character in enumerate(whole.text):
            start, end = whole.span(place, place + 1)
            assert character == " " or text[start:end] == character


def test_nearest_passage_of_the_longest_text_is_found_within_a_second_of_the_processor():
    chance = random.Random(5)
    vocabulary = [f"word{n}" for n in range(5000)]
    text = " ".join(chance.choices(vocabulary, k=230_000))[: LONGEST - 50]
    said = "the countries will offer forty billion"
    text = f"{text[:1_500_000]}\n\n{said}\n\n{text[1_500_000:]}"
    began = time.process_time()
    place = nearest(text, traced(text), "both countries would offer forty billions")
    number = paragraph_at(text, place.end - 1)
    assert time.process_time() - began < 1
    assert (said[4:20] in text[place.start : place.end], number) == (True, 2)
