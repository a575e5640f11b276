"""The three languages under each of their names, and which text a reader gets."""

from collections.abc import Callable

import pytest

from cooperation.rules import languages
from cooperation.rules.languages import pick

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("language", "column", "prefix", "django"),
    [
        ("en", "en", "", "en"),
        ("ko", "ko", "/ko", "ko"),
        ("zh-Hans", "zh_hans", "/zh-hans", "zh-hans"),
    ],
)
def test_language_has_one_name_in_each_place(
    language: str, column: str, prefix: str, django: str
) -> None:
    assert languages.column(language) == column
    assert languages.url_prefix(language) == prefix
    assert languages.django_code(language) == django
    assert languages.from_django(django) == language


@pytest.mark.parametrize(
    "ask", [languages.column, languages.url_prefix, languages.django_code, languages.from_django]
)
def test_other_language_is_refused_with_a_sentence(ask: Callable[[str], str]) -> None:
    with pytest.raises(ValueError, match="“fr” is not one of the portal's languages"):
        ask("fr")


def test_text_in_the_readers_language_is_picked() -> None:
    assert pick({"en": "Fund", "ko": "기금", "zh-Hans": None}, "ko") == ("기금", "ko")


def test_missing_translation_falls_back_to_the_main_language_and_says_so() -> None:
    assert pick({"en": "Fund", "ko": "", "zh-Hans": "基金"}, "ko", main="zh-Hans") == (
        "基金",
        "zh-Hans",
    )
    assert pick({"en": "Fund", "ko": None, "zh-Hans": "基金"}, "ko") == ("Fund", "en")


def test_any_language_is_better_than_none() -> None:
    assert pick({"en": None, "ko": None, "zh-Hans": "基金"}, "ko") == ("基金", "zh-Hans")
    assert pick({"fr": "Fonds"}, "ko") == ("Fonds", "fr")


def test_no_text_at_all_is_an_empty_text() -> None:
    assert pick({"en": None}, "ko") == ("", "ko")
    assert pick(None, "en") == ("", "en")


def test_empty_map_names_all_three_languages_and_is_new_each_time() -> None:
    first = languages.empty()
    first["en"] = "changed"
    assert languages.empty() == {"en": None, "ko": None, "zh-Hans": None}
