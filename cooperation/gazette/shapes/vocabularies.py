"""Code lists: what each code is called, and a sentence that says what it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from cooperation.rules.languages import django_code, from_django
from cooperation.rules.money import CURRENCIES as CURRENCY_CODES

Label = str | Promise
# Unicode's Korean data call both Mandarin, which a way of writing is not.
CALLED_OTHERWISE = {"ko": {"zh-Hans": "중국어(간체)", "zh-Hant": "중국어(번체)"}}


class Vocabulary:
    """A closed list of codes with a label and a sentence each."""

    def __init__(self, name: str, terms: Mapping[str, tuple[Label, Label]], standard: str = ""):
        self.name = name
        self.standard = standard
        self._terms = terms

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in the order in which people are shown them."""
        return tuple(self._terms)

    @property
    def choices(self) -> Iterable[tuple[str, Label]]:
        """(code, label) pairs as Django's form and model fields take them."""
        return [(code, self._terms[code][0]) for code in self.codes]

    def label(self, code: str, language: str) -> str:
        """What people call the code in that language; the code itself where it is unknown."""
        if code not in self._terms:
            return code
        with override(django_code(language)):
            return str(self._terms[code][0])

    def sentence(self, code: str, language: str = "en") -> str:
        """What the code means, in one sentence."""
        with override(django_code(language)):
            return str(self._terms[code][1])


class StandardVocabulary(Vocabulary):
    """A code list of a standard, whose labels come from Unicode's locale data."""

    def __init__(self, name: str, standard: str, codes: Callable[[], tuple[str, ...]], data: str):
        super().__init__(name, {}, standard)
        self._codes = codes
        self._data = data

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes of the standard, in the order of the codes."""
        return self._codes()

    @property
    def choices(self) -> Iterable[tuple[str, Label]]:
        """(code, label) pairs in the language that is active when they are read, in its order."""
        return _Choices(self)

    def label(self, code: str, language: str) -> str:
        """The name that Unicode's locale data give in that language, else in English; else the code."""
        ours = CALLED_OTHERWISE.get(language, {}).get(code)
        return ours or self._name(code, language) or self._name(code, "en") or code

    def _name(self, code: str, language: str) -> str:
        return str(getattr(_locale(language), self._data).get(code.replace("-", "_"), ""))

    def sentence(self, code: str, language: str = "en") -> str:
        """The name and the code in its standard."""
        return f"{self.label(code, language)} ({self.standard} {code})."


class _Choices(BaseChoiceIterator):
    """The choices of a standard: fields are made once, and shown in whatever language is active."""

    def __init__(self, vocabulary: StandardVocabulary):
        self.vocabulary = vocabulary

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(_sorted_choices(self.vocabulary, get_language() or "en"))

    def __len__(self) -> int:
        return len(self.vocabulary.codes)

    def __deepcopy__(self, memo: Any) -> _Choices:
        # Django copies the fields of a form each time that it is shown.
        return self


@lru_cache(maxsize=32)
def _sorted_choices(vocabulary: StandardVocabulary, active: str) -> tuple[tuple[str, str], ...]:
    """The choices in a language as Django calls it; English where it is none of ours."""
    try:
        language = from_django(active)
    except ValueError:
        language = "en"
    pairs = ((code, f"{vocabulary.label(code, language)} ({code})") for code in vocabulary.codes)
    return tuple(sorted(pairs, key=lambda pair: _place(pair[1], language)))


def _place(label: str, language: str) -> tuple[bool, bytes]:
    """By which labels are sorted: those in English come last, and Chinese ones stand by their sound.

    GB 18030 has the common characters in that order.
    """
    is_foreign = language != "en" and label[0].isascii()
    return is_foreign, label.encode("gb18030" if language == "zh-Hans" else "utf-8")


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


@cache
def _countries() -> tuple[str, ...]:
    # Unicode's list also holds regions, exceptional reservations and user-assigned codes.
    not_iso = {
        "AC",
        "CP",
        "CQ",
        "DG",
        "EA",
        "EU",
        "EZ",
        "IC",
        "QO",
        "TA",
        "UN",
        "XA",
        "XB",
        "XK",
        "ZZ",
    }
    codes = [str(code) for code in _locale("en").territories]
    return tuple(sorted(c for c in codes if len(c) == 2 and c.isalpha() and c not in not_iso))


@cache
def _languages() -> tuple[str, ...]:
    codes = {str(code).replace("_", "-") for code in _locale("en").languages}
    return (
        *sorted(c for c in codes if len(c) in (2, 3) and c not in ("mul", "und", "zxx")),
        "zh-Hans",
        "zh-Hant",
    )


COUNTRIES = StandardVocabulary("country", "ISO 3166-1", _countries, "territories")
LANGUAGES = StandardVocabulary("language", "BCP 47", _languages, "languages")
CURRENCIES = StandardVocabulary(
    "currency", "ISO 4217", lambda: tuple(sorted(CURRENCY_CODES)), "currencies"
)

STATUSES = Vocabulary(
    "status",
    {
        "proposed": (_("Proposed"), _("Somebody has put it forward; nobody has yet taken it up.")),
        "under_discussion": (_("Under discussion"), _("The sides are talking about it.")),
        "agreed": (_("Agreed"), _("The sides have said that they will do it.")),
        "active": (_("Active"), _("Work on it is going on.")),
        "completed": (_("Completed"), _("What was promised has been done.")),
        "suspended": (_("Suspended"), _("Work has stopped and may start again.")),
        "cancelled": (_("Cancelled"), _("It has been given up.")),
    },
)
FINDINGS = Vocabulary(
    "finding",
    {
        "changed": (
            _("Changed"),
            _("The status is another one than before, or the first on record."),
        ),
        "confirmed": (_("Confirmed"), _("A source shows that the status still holds.")),
        "nothing_found": (_("Nothing found"), _("Somebody looked and found no news of it.")),
    },
)
SECTORS = Vocabulary(
    "sector",
    {
        "agriculture": (_("Agriculture, forestry and fishing"), _("ISIC section A.")),
        "mining": (_("Mining and quarrying"), _("ISIC section B.")),
        "manufacturing": (_("Manufacturing"), _("ISIC section C.")),
        "energy": (_("Energy"), _("ISIC section D: electricity, gas and steam.")),
        "water": (_("Water and waste"), _("ISIC section E.")),
        "construction": (_("Construction"), _("ISIC section F.")),
        "trade": (
            _("Trade and e-commerce"),
            _("ISIC section G: wholesale and retail trade, online too."),
        ),
        "transport": (_("Transport and logistics"), _("ISIC section H: transport and storage.")),
        "tourism": (_("Tourism and hospitality"), _("ISIC section I.")),
        "information": (
            _("Information and communication"),
            _("ISIC section J without film, television and music; software included."),
        ),
        "finance": (_("Finance and insurance"), _("ISIC section K.")),
        "property": (_("Real estate"), _("ISIC section L.")),
        "science": (_("Science and technical services"), _("ISIC section M.")),
        "administration": (_("Public administration"), _("ISIC section O, defence included.")),
        "education": (_("Education"), _("ISIC section P.")),
        "health": (_("Health and social work"), _("ISIC section Q.")),
        "culture": (
            _("Culture and entertainment"),
            _("ISIC section R, and film, television and music of section J."),
        ),
        "other": (_("Other services"), _("ISIC sections N, S, T and U.")),
    },
    standard="ISIC Rev. 4",
)
NAME_TYPES = Vocabulary(
    "name_type",
    {
        "official": (_("Official name"), _("The full name that law, statute or register gives.")),
        "short": (_("Short name"), _("An abbreviation or short form in common use.")),
        "former": (_("Former name"), _("A name that was official once.")),
        "alias": (_("Also known as"), _("Any other name under which it is found.")),
    },
)
