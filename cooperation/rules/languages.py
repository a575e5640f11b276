"""The portal's three languages, and how each is named in columns, in URLs and to Django."""

from collections.abc import Mapping
from typing import NamedTuple

LANGUAGES = ("en", "ko", "zh-Hans")

_COLUMNS = {"en": "en", "ko": "ko", "zh-Hans": "zh_hans"}
_PREFIXES = {"en": "", "ko": "/ko", "zh-Hans": "/zh-hans"}
_DJANGO_CODES = {"en": "en", "ko": "ko", "zh-Hans": "zh-hans"}
_FROM_DJANGO = {code: language for language, code in _DJANGO_CODES.items()}


class Picked(NamedTuple):
    """A text chosen for a reader, and the language it is really in."""

    text: str
    language: str


def column(language: str) -> str:
    """Return the suffix of a language's columns: `zh_hans` for `zh-Hans`. ValueError if it is not ours."""
    return _named(_COLUMNS, language)


def url_prefix(language: str) -> str:
    """Return what stands before a page's path: nothing for `en`, `/ko`, `/zh-hans`. ValueError if it is not ours."""
    return _named(_PREFIXES, language)


def django_code(language: str) -> str:
    """Return the code by which Django knows a language: `zh-hans`. ValueError if it is not ours."""
    return _named(_DJANGO_CODES, language)


def from_django(code: str) -> str:
    """Return our code for one of Django's (`zh-hans` is `zh-Hans`). ValueError if it is not ours."""
    return _named(_FROM_DJANGO, code)


def pick(texts: Mapping[str, str | None] | None, language: str, main: str = "en") -> Picked:
    """Return the text in the language, else in the main one, else in any, with the language it is in.

    Empty texts count as missing. Where there is no text at all the answer is `Picked("", language)`.
    """
    texts = texts or {}
    for candidate in (language, main, *LANGUAGES, *texts):
        text = texts.get(candidate)
        if text:
            return Picked(text, candidate)
    return Picked("", language)


def empty() -> dict[str, str | None]:
    """Return a new language map in which every language is still unknown."""
    return dict.fromkeys(LANGUAGES)


def _named(names: Mapping[str, str], code: str) -> str:
    try:
        return names[code]
    except KeyError:
        raise ValueError(
            f"“{code}” is not one of the portal's languages; use {', '.join(names)}."
        ) from None
