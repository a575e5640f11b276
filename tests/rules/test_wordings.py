"""What differs between two texts is shown word by word, and both texts can be read in it."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cooperation.rules.wordings import Piece, in_view, word_differences

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once

TEXTS = some.text(some.sampled_from("ab 2,.。\n기금은中国政府é_"), max_size=60) | some.text(
    max_size=40
)


def marked(before: str, after: str) -> str:
    signs = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(signs[kind].format(text) for kind, text in word_differences(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("the fund", "the fund", "the fund"),
        ("", "a fund", "[+a fund+]"),
        ("a fund", "", "[-a fund-]"),
        ("It holds 2,000억원.", "It holds 3,000억원.", "It holds [-2,000-][+3,000+]억원."),
        ("one two three", "one three", "one [-two -]three"),
        ("정부는 시장을 연다", "정부가 시장을 연다", "[-정부는-][+정부가+] 시장을 연다"),
        ("中国政府签署协议", "中国商务部签署协议", "中国[-政府-][+商务部+]签署协议"),
        ("a red old car stops", "a new blue car stops", "a [-red old-][+new blue+] car stops"),
        ("alpha beta gamma delta", "one two three four", "[-alpha beta gamma delta-][+one two three four+]"),
    ],
)  # fmt: skip
def test_words_that_were_removed_and_added_are_told(before: str, after: str, shown: str) -> None:
    assert marked(before, after) == shown


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_in_what_differs(before: str, after: str) -> None:
    pieces = word_differences(before, after)
    assert "".join(text for kind, text in pieces if kind != "added") == before
    assert "".join(text for kind, text in pieces if kind != "removed") == after


def test_one_changed_sentence_of_a_long_text_is_still_told_word_by_word() -> None:
    chance = random.Random(1)
    sentences = [
        " ".join(f"word{chance.randrange(50)}" for _ in range(12)) + "." for _ in range(250)
    ]
    before = " ".join(sentences)
    sentences[7] = sentences[7].replace("word", "sign", 1)
    sentences[200] = "Something else was said here."
    pieces = word_differences(before, " ".join(sentences))
    assert 4 <= len(pieces) <= 8
    assert max(len(text) for kind, text in pieces if kind != "same") < 150


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 150, "b a c " * 150),
        ("a b " * 5000, "b a c " * 3300),
        ("." * 20_000 + "a", "b" + "." * 20_000),
        ("中" * 10_000 + "国" * 10_000, "国" * 10_000 + "中" * 10_000),
        (". a" * 6_000, "b. " * 6_000),
    ],
)
def test_texts_of_twenty_thousand_signs_take_less_than_a_second(before: str, after: str) -> None:
    began = time.process_time()
    word_differences(before, after)
    assert time.process_time() - began < 1


def test_what_is_far_from_any_difference_is_left_out_of_view() -> None:
    far = [Piece("same", "x" * 50), Piece("removed", "a"), Piece("same", "y" * 50)]
    assert in_view(far, around=10) == [
        Piece("gap", " … "),
        Piece("same", "x" * 10),
        Piece("removed", "a"),
        Piece("same", "y" * 10),
        Piece("gap", " … "),
    ]
    assert in_view(far, around=20) == far
