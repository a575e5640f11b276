"""Texts enter in one Unicode form, and nothing hidden enters with them."""

import time
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cooperation.rules.texts import as_read, clean_text

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  a fund \n", "a fund"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("cafe\u0301", "café"),
        ("a\tb", "a\tb"),
        ("", ""),
        ("한국 中国 😀 \u200e", "한국 中国 😀 \u200e"),
    ],
)
def test_text_is_brought_into_one_form(written: str, kept: str) -> None:
    assert clean_text(written) == kept


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a\x00b", r"control character \(U\+0000\)"),
        ("a\x1bb", r"control character \(U\+001B\)"),
        ("a\x0bb", r"control character \(U\+000B\)"),
        ("a\x7fb", r"control character \(U\+007F\)"),
        ("a\x85b", r"control character \(U\+0085\)"),
        ("a\ud800b", r"control character \(U\+D800\)"),
        ("a\uffffb", r"control character \(U\+FFFF\)"),
        ("a\u202eb", r"turns the reading direction \(U\+202E\)"),
        ("a\u2066b", r"turns the reading direction \(U\+2066\)"),
        ("a" + "\u0301" * 31, "More than 30 accents"),
        (None, "must be a text"),
        (5, "must be a text"),
    ],
)
def test_hidden_and_harmful_characters_are_refused(text: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        clean_text(text)


def test_length_counts_in_characters_as_they_are_kept() -> None:
    assert clean_text(" abc ", max_length=3) == "abc"
    assert clean_text("e\u0301" * 3, max_length=3) == "ééé"
    for long in ("abcd", "a" * 1_000_000):
        with pytest.raises(ValueError, match="longer than 3 characters"):
            clean_text(long, max_length=3)


def test_title_stands_on_one_line() -> None:
    assert clean_text("A title\n", one_line=True) == "A title"
    for text in ("A\ntitle", "A\ttitle", "A\r\ntitle"):
        with pytest.raises(ValueError, match="on one line"):
            clean_text(text, one_line=True)


def test_runs_of_accents_take_no_longer_than_a_second() -> None:
    started = time.process_time()
    with pytest.raises(ValueError, match="accents"):
        clean_text("a" + "\u0315" * 50_000 + "\u0327" * 50_000)
    assert time.process_time() - started < 1


@given(some.text(alphabet=some.characters(exclude_categories=["C"])))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize("name", ["EDITOR", "ｅditor", "Editor", "editoR"])
def test_names_that_read_alike_are_alike(name):
    assert as_read(name) == as_read("editor") != as_read("éditor")
