"""Search words: what is written and what is asked for meet, in every script."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cooperation.rules.words import has_too_many_words, highlight, query_words, sort_key, words

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Korea–China fund", ["the", "korea", "china", "fund"]),
        ("Exports, export, EXPORTS", ["export"]),
        ("companies Company", ["company"]),
        ("businesses business taxes tax", ["business", "tax"]),
        ("process status analysis gas ties", ["process", "status", "analysis", "gas", "tie"]),
        ("Alibaba’s and Kakao's", ["alibaba", "and", "kakao"]),
        ("Café CAFÉ cafe\u0301 Łódź straße", ["cafe", "lodz", "strasse"]),
        ("ﬁnance ＡＢＣ １２", ["finance", "abc", "12"]),
        ("Москва й", ["москва", "й"]),
        ("200 billion, 37.1", ["200", "billion", "37", "1"]),
        ("snake_case", ["snake", "case"]),
        ("알리바바", ["알리", "리바", "바바", "바"]),
        ("농식품 수출", ["농식", "식품", "품", "수출", "출"]),
        ("中小企业", ["中小", "小企", "企业", "业"]),
        ("データ・センター", ["デー", "ータ", "タセ", "セン", "ンタ", "ター", "ー"]),
        ("ﾃﾞｰﾀ", ["デー", "ータ", "タ"]),
        ("한·중 韩ㆍ中", ["한중", "중", "韩中", "中"]),
        ("Kmall24 24h", ["kmall24", "kmall", "24h"]),
        ("K-뷰티 5G통신 400억", ["k", "뷰티", "티", "5g", "통신", "신", "400", "억"]),
        ("中", ["中"]),
        ("—…!?", []),
        ("", []),
        ("x" * 100, ["x" * 40]),
    ],
)
def test_text_is_indexed_under_its_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_decomposed_korean_meets_composed_korean() -> None:
    assert words("\u1112\u1161\u11ab\u1100\u116e\u11a8") == ["한국", "국"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Exports 한국", [("export", False), ("한국", False)]),
        ("中", [("中", True)]),
        ("400억", [("400", False), ("억", True)]),
        ("한·중", [("한중", False)]),
        ("a", [("a", False)]),
        ("%_*'\"", []),
        ("   ", []),
    ],
)
def test_query_asks_for_the_same_words(query: str, expected: list[tuple[str, bool]]) -> None:
    assert query_words(query) == expected


def test_name_written_with_a_space_meets_the_same_without() -> None:
    indexed = words("알리바바 그룹", across_spaces=True)
    for query in ("알리바바그룹", "알리바바 그룹", "그룹"):
        assert {word.text for word in query_words(query)} <= {*indexed}


def test_every_sign_of_a_text_begins_a_word() -> None:
    text = "한·중 문화펀드 政府"
    indexed = words(text)
    for sign in "한중문화펀드政府":
        assert any(word.startswith(sign) for word in indexed), sign


@pytest.mark.parametrize(
    ("query", "is_too_much"),
    [
        (" ".join(f"word{n}" for n in range(32)), False),
        (" ".join(f"word{n}" for n in range(33)), True),
        ("word " * 100, False),
        ("".join(chr(0x4E00 + n) for n in range(33)), False),
        ("".join(chr(0xAC00 + n) for n in range(34)), True),
    ],
)
def test_query_asks_for_thirty_two_words_at_most(query: str, is_too_much: bool) -> None:
    assert has_too_many_words(query) == is_too_much
    assert len(query_words(query)) <= 32


@pytest.mark.parametrize(
    "titles",
    [
        ["100 things", "“Alpha”", "beta", "Gamma", "가나", "한국"],
        ["(A one)", "a two", "【Ｂ】 three"],
    ],
)
def test_titles_sort_without_regard_to_case_width_and_quotes(titles: list[str]) -> None:
    disordered = titles[::-1]
    assert sorted(disordered, key=sort_key) == titles


def test_sort_key_is_short_and_whole_characters() -> None:
    assert sort_key("한" * 100) == ("한" * 40).encode()
    assert sort_key("a" + "한" * 100) == ("a" + "한" * 39).encode()
    assert sort_key("…") == b"..."
    assert sort_key("") == b""


def test_highlight_marks_the_words_asked_for() -> None:
    assert highlight("Korean exports to China", "export") == [
        ("Korean ", False),
        ("exports", True),
        (" to China", False),
    ]
    assert highlight("한중 투자협력기금 조성", "협력기금") == [
        ("한중 투자", False),
        ("협력기금", True),
        (" 조성", False),
    ]
    assert highlight("中国与韩国", "韩") == [("中国与", False), ("韩", True), ("国", False)]
    assert highlight("<b>fund</b>", "fund") == [("<b>", False), ("fund", True), ("</b>", False)]


def test_highlight_shows_the_passage_around_the_first_hit() -> None:
    text = "before " * 100 + "the fund " + "after " * 100
    fragments = highlight(text, "fund")
    assert fragments[0] == ("…before before before before before before before the ", False)
    assert fragments[1] == ("fund", True)
    assert fragments[2][0].startswith(" after after")
    assert fragments[2][0].endswith("after…")
    assert len("".join(fragment for fragment, _ in fragments)) <= 162


def test_highlight_begins_with_a_word_however_near_the_beginning_the_hit_is() -> None:
    told = [
        "The",
        "deputy",
        "prime",
        "minister",
        "asked",
        "for",
        "TV",
        "dramas,",
        "films",
        "and",
        "much",
        "more",
        "of",
        "that",
        "kind",
    ]
    for number in range(1, len(told)):
        fragment, _is_hit = highlight(" ".join([*told[:number], "fund"]), "fund")[0]
        assert fragment.removeprefix("…").split()[0] in told


def test_highlight_without_a_hit_is_the_beginning() -> None:
    assert highlight("A short text", "fund") == [("A short text", False)]
    assert highlight("", "fund") == []
    [(fragment, is_hit)] = highlight("word " * 100, "")
    assert (fragment[:10], fragment[-5:], is_hit) == ("word word ", "word…", False)


@given(some.text(), some.text(max_size=20))
def test_no_text_is_too_odd(text: str, query: str) -> None:
    found = words(text)
    assert len(set(found)) == len(found)
    assert all(0 < len(word) <= 40 for word in found)
    assert len(sort_key(text)) <= 120
    assert len("".join(fragment for fragment, _ in highlight(text, query))) <= 162


@given(some.text(alphabet="aé한국中억 5s's", max_size=30))
def test_text_is_found_by_itself(text: str) -> None:
    indexed = words(text)
    for asked in query_words(text):
        assert any(
            word.startswith(asked.text) if asked.is_prefix else word == asked.text
            for word in indexed
        )


@pytest.mark.parametrize(
    "odd",
    [
        "a" + "\u0301" * 100_000,
        "a" + "\u0315" * 50_000 + "\u0327" * 50_000,
        "\u0344" * 100_000,
        "\U0001d160" * 30_000,
        "ﷺ" * 10_000,
        "\ud800" * 100_000,
        "\x00" * 100_000,
        "\u200d" * 100_000,
        "中" * 100_000,
        "a" * 100_000,
        "'s" * 50_000,
    ],
    ids=lambda odd: f"U+{ord(odd[-1]):04X}",
)
def test_odd_unicode_takes_no_longer_than_a_second(odd: str) -> None:
    started = time.process_time()
    words(odd)
    query_words(odd)
    sort_key(odd)
    highlight(odd, odd)
    assert time.process_time() - started < 1
