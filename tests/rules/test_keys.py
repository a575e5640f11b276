"""Keys: what can be one, and which one a title suggests."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cooperation.rules.keys import is_key, key_from

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


@pytest.mark.parametrize("text", ["alibaba-group", "a", "2014", "korea-china-fund-2", "a" * 80])
def test_lower_case_words_joined_by_hyphens_are_keys(text: str) -> None:
    assert is_key(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-a",
        "a-",
        "a--b",
        "Alibaba",
        "a_b",
        "a b",
        "a/b",
        "é",
        "알리바바",
        "a\n",
        "a" * 81,
        "a-" * 50_000,
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert not is_key(text)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Alibaba Group", "alibaba-group"),
        ("Ministry of Trade, Industry & Energy", "ministry-of-trade-industry-energy"),
        ("Korea’s “New” Café (2014)", "koreas-new-cafe-2014"),
        ("알리바바 Alibaba", "alibaba"),
        ("알리바바", ""),
        ("word " * 20, "word-" * 15 + "word"),
        ("x" * 100, "x" * 80),
    ],
)
def test_title_suggests_a_key(title: str, key: str) -> None:
    assert key_from(title) == key


@given(some.text())
def test_every_suggestion_is_a_key_or_empty(title: str) -> None:
    key = key_from(title)
    assert key == "" or is_key(key)
