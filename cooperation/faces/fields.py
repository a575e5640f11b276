"""What may stand under the name of a filter: the values that are right, and how wrong ones are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cooperation.gazette.reading import instant
from cooperation.gazette.shapes.vocabularies import Vocabulary
from cooperation.rules.dates import PartialDate, parse_date
from cooperation.rules.keys import KEY_MAX_LENGTH, is_key
from cooperation.rules.money import parse_amount
from cooperation.rules.words import has_too_many_words

MOST_VALUES = 50
# How many of the values that would be right a sentence names.
SHOWN = 20
MANY_WORDS = _(
    "At most 32 words can be looked for at once; in Korean and Chinese each pair of neighbouring characters is one."
)
Meaning = TypeVar("Meaning")


def refusal(message: Any, value: str, allowed: tuple[str, ...] = ()) -> forms.ValidationError:
    """A sentence for people that also tells programs which value it means, and what is allowed."""
    shown = value[:KEY_MAX_LENGTH]
    first = ", ".join(allowed[:SHOWN]) + (" …" if len(allowed) > SHOWN else "")
    params = {"value": shown, "allowed": allowed, "first": first}
    return forms.ValidationError(message, params=params)


class ValuesField(forms.Field):
    """Any number of values under one name; a subclass says which values are right."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        """The values given, each once, blanks left out; refuses more than anybody needs."""
        given = [str(one) for one in value or ()]
        if len(given) > MOST_VALUES:
            raise refusal(_("At most 50 values may be given here."), given[MOST_VALUES])
        return list(dict.fromkeys(one for one in given if one))

    def validate(self, value: list[str]) -> None:
        """Refuses what a subclass says is wrong."""
        for one in value:
            self.check(one)

    def check(self, value: str) -> None:
        """Refuses a key that no record can have; one that none has finds nothing."""
        if not is_key(value):
            raise refusal(
                _(
                    "“%(value)s” is not a key: small letters, digits and hyphens, such as alibaba-group."
                ),
                value,
            )


class CodesField(ValuesField):
    """Any number of codes of one vocabulary."""

    def __init__(self, *, vocabulary: Vocabulary, **options: Any) -> None:
        super().__init__(**options)
        self.vocabulary = vocabulary

    def check(self, value: str) -> None:
        """Refuses a code that the vocabulary does not have."""
        if value not in self.vocabulary.codes:
            raise refusal(
                _("“%(value)s” is not allowed here; choose from %(first)s."),
                value,
                self.vocabulary.codes,
            )


class OneField(forms.Field):
    """One value, taken as it stands: a blank is none; of several nobody knows which is meant."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> Any:
        """What the one value means; None where nothing was given."""
        given = [str(one) for one in value or () if one]
        if len(given) > 1:
            raise refusal(_("Give it once; it takes one value."), given[1])
        return self.meaning(given[0]) if given else None

    def meaning(self, text: str) -> Any:
        """What the text means; a subclass refuses what means nothing."""
        return text


class WordsField(OneField):
    """Words to look for: no more than are looked for."""

    def meaning(self, text: str) -> str | None:
        """The words; None where there is nothing but white space."""
        if has_too_many_words(text):
            raise refusal(MANY_WORDS, text)
        return text.strip() or None


class SortField(OneField):
    """One of the orders that a list has."""

    def __init__(self, *, orders: tuple[str, ...], **options: Any) -> None:
        super().__init__(**options)
        self.orders = orders

    def meaning(self, text: str) -> str:
        """The order; refuses one that no list has."""
        if text not in self.orders:
            raise refusal(
                _("“%(value)s” is not an order; choose from %(first)s."), text, self.orders
            )
        return text


class DayField(OneField):
    """A date that may be known only to the year or month."""

    def meaning(self, text: str) -> PartialDate:
        """The date."""
        return _understood(parse_date, text)


class AmountField(OneField):
    """An amount, in plain digits."""

    def meaning(self, text: str) -> Decimal:
        """The exact amount."""
        return _understood(parse_amount, text)


class InstantField(OneField):
    """An instant, or a date, which means its beginning."""

    def meaning(self, text: str) -> datetime:
        """The instant."""
        return _understood(partial(instant, begins=True), text)


def _understood(read: Callable[[str], Meaning], text: str) -> Meaning:
    """What the text means to a reader that refuses with a sentence."""
    try:
        return read(text)
    except ValueError as fault:
        raise refusal(str(fault).replace("%", "%%"), text) from None
