"""The lists of standards: what their codes are called, and in which order people are shown them."""

import pytest
from django.utils.translation import override

from cooperation.gazette.shapes.vocabularies import COUNTRIES, CURRENCIES, LANGUAGES


@pytest.mark.parametrize(
    ("active", "pairs"),
    [
        ("en", [("CN", "China (CN)"), ("KR", "South Korea (KR)")]),
        ("ko", [("KR", "대한민국 (KR)"), ("CN", "중국 (CN)")]),
        ("zh-hans", [("KR", "韩国 (KR)"), ("CN", "中国 (CN)")]),
        ("fr", [("CN", "China (CN)"), ("KR", "South Korea (KR)")]),
    ],
)
def test_countries_are_offered_in_the_language_that_is_active_and_in_its_order(active, pairs):
    offered = COUNTRIES.choices
    with override(active):
        assert [pair for pair in offered if pair[0] in {"CN", "KR"}] == pairs


def test_what_is_offered_follows_the_language_though_it_was_asked_for_once():
    offered = CURRENCIES.choices
    with override("ko"):
        assert dict(offered)["KRW"] == "대한민국 원 (KRW)"
    assert dict(offered)["KRW"] == "South Korean Won (KRW)"


def test_every_code_is_offered_once_in_every_language():
    for vocabulary in (COUNTRIES, CURRENCIES, LANGUAGES):
        for active in ("en", "ko", "zh-hans"):
            with override(active):
                assert sorted(code for code, _label in vocabulary.choices) == sorted(
                    vocabulary.codes
                )
        assert len(vocabulary.choices) == len(vocabulary.codes)


@pytest.mark.parametrize(
    ("code", "language", "label"),
    [
        ("zh-Hans", "en", "Simplified Chinese"),
        ("zh-Hans", "ko", "중국어(간체)"),
        ("zh-Hans", "zh-Hans", "简体中文"),
        ("zh-Hant", "ko", "중국어(번체)"),
        ("ko", "ko", "한국어"),
    ],
)
def test_ways_of_writing_chinese_are_called_as_a_ministry_calls_them(code, language, label):
    assert LANGUAGES.label(code, language) == label


def test_a_language_that_has_no_name_in_korean_keeps_its_english_one_and_comes_last():
    with override("ko"):
        labels = [label for _code, label in LANGUAGES.choices]
    assert "Alabama (akz)" in labels
    in_english = [label[0].isascii() for label in labels]
    assert in_english == sorted(in_english)


def test_chinese_labels_stand_in_the_order_of_their_sound():
    with override("zh-hans"):
        codes = [code for code, _label in COUNTRIES.choices if code in {"CN", "DE", "KR", "US"}]
    # Déguó, Hánguó, Měiguó, Zhōngguó.
    assert codes == ["DE", "KR", "US", "CN"]
