"""How the values of parameters are read: each reader raises ValueError with a sentence, and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from cooperation.faces.fields import MANY_WORDS
from cooperation.faces.filters import Q_LENGTH
from cooperation.rules.words import has_too_many_words

CURSOR_LENGTH = 400


def as_it_stands(text: str) -> str:
    """The text itself."""
    return text


def something(text: str) -> str:
    """The text itself, if there is any."""
    if not text:
        raise ValueError("give a value, or leave the parameter out.")
    return text


def whole(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers from one bound to the other."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= 19 else -1
        if not low <= number <= high:
            raise ValueError(f"give a whole number from {low} to {high}.")
        return number

    return read


def names(allowed: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
    """A reader of names between commas."""
    known = tuple(allowed)

    def read(text: str) -> tuple[str, ...]:
        asked = tuple(dict.fromkeys(text.split(",")))
        for name in asked:
            if name not in known:
                raise ValueError(
                    f"“{name[:80]}” is not a member; there are: {', '.join(known)}.", *known
                )
        return asked

    return read


def exactly(word: str) -> Callable[[str], bool]:
    """A reader that takes one word only."""

    def read(text: str) -> bool:
        if text != word:
            raise ValueError(f"the only value is {word}.", word)
        return True

    return read


def one_of(allowed: Iterable[str]) -> Callable[[str], str]:
    """A reader of one of several words."""
    known = tuple(sorted(allowed))

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(f"“{text[:80]}” is none of {', '.join(known)}.", *known)
        return text

    return read


def words(text: str) -> str:
    """Words to look for, not too many."""
    if len(text) > Q_LENGTH:
        raise ValueError(f"give at most {Q_LENGTH} characters.")
    if has_too_many_words(text):
        raise ValueError(str(MANY_WORDS))
    return text


def cursor(form: str) -> Callable[[str], str]:
    """A reader of cursors: what is not even written like one was given out by no list."""
    written = re.compile(form)

    def read(text: str) -> str:
        if len(text) > CURSOR_LENGTH or not written.fullmatch(text):
            raise ValueError(
                "The cursor is not one that this list gave out. Begin again without it."
            )
        return text

    return read
