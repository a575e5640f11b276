"""Refuses passwords that are known from breaches, also where they are dressed up a little."""

import re
from collections.abc import Iterator
from functools import cache
from string import digits, punctuation
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cooperation.rules.texts import as_read
from portal.breached import SHORTEST, read

LONGEST = 1000
SHORTEST_NAME = 3
EDGES = digits + punctuation + " "
# What people write for letters; 1 is read both ways.
LETTERS = str.maketrans("034578@$!", "oeastbasi")
READ_AS = ("l", "i")


class Unbreached:
    """The rule that a password is none that strangers try first."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuses what is on the lists, what is nearly so, what repeats something short, and what is endless."""
        if len(password) > LONGEST:
            said = _("A password has at most %(most)s characters.") % {"most": f"{LONGEST:,}"}
            raise ValidationError(said, code="password_too_long")
        if _is_named(password, user):
            raise ValidationError(
                _(
                    "This password is little more than your name, which strangers try with this and that "
                    "around it. Leave the name out, or make the rest long enough by itself."
                ),
                code="password_named",
            )
        if any(reading in listed() for reading in readings(password)):
            raise ValidationError(
                _(
                    "This password, or one much like it, is known from breaches, and is among the first "
                    "that strangers try. Choose another one: four or more words that have nothing to do "
                    "with each other are a good beginning."
                ),
                code="password_breached",
            )
        if any(len(once(form)) < SHORTEST for form in repeating(password)):
            raise ValidationError(
                _(
                    "This password only repeats something short. Choose one that is long without "
                    "repeating itself."
                ),
                code="password_repeats",
            )

    def get_help_text(self) -> str:
        """The rule in a sentence, as the form shows it."""
        return _(
            "Your password can’t be one that is known from breaches, nor such a one with digits or "
            "signs put around it, with letters exchanged, or written twice."
        )


@cache
def listed() -> frozenset[str]:
    """The list kept beside the code with that of Django, in which the short ones are; read at the first use."""
    return read() | {as_read(password) for password in CommonPasswordValidator().passwords}


def names(user: Any) -> set[str]:
    """What the person is called, which strangers try with this and that around it."""
    told = (getattr(user, name, "") for name in ("username", "first_name", "last_name"))
    return {form for name in told for form in plain(name) if len(form) >= SHORTEST_NAME}


def plain(password: str) -> set[str]:
    """The password as it is compared, with and without blanks and signs."""
    form = as_read(password).strip()
    return {form, re.sub(r"[\W_]+", "", form)} - {""}


def repeating(password: str) -> Iterator[str]:
    """What of the password, whole or without what stands around it, repeats itself."""
    for form in {password, *plain(password)}:
        yield from (bare for bare in {form, form.strip(EDGES)} if once(bare) != bare)


def _is_named(password: str, user: Any) -> bool:
    """Whether too little is left of the password without the names of whoever is to use it."""
    form, called = as_read(password), names(user)
    left = form
    for name in sorted(called, key=len, reverse=True):
        left = left.replace(name, "")
    is_rest_short = left != form and len(left.strip(EDGES)) < SHORTEST
    return is_rest_short or any(reading in called for reading in readings(password))


def readings(password: str) -> Iterator[str]:
    """What a password says once its dressing is taken off."""
    for form in plain(password):
        for bare in {form, form.strip(EDGES), once(form).strip(EDGES)}:
            for letter in ("1", *READ_AS):
                word = bare if letter == "1" else bare.replace("1", letter).translate(LETTERS)
                yield word
                yield once(word)
                yield once(word.strip(EDGES))


def once(text: str) -> str:
    """What the text repeats, or the text where it repeats nothing."""
    # Written twice in a row, it is first found again where it begins anew.
    return text[: (text + text).find(text, 1)]
