"""Names as they are compared: without legal form and script, and as they sound however they are romanised."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from cooperation.rules.han import simplified
from cooperation.rules.sounds import said, script, sound
from cooperation.rules.words import fold

LONGEST = 300
"""Of a longer name only the beginning is compared."""

SCRIPTS = ("hangul", "han", "other")
NEARLY, EQUAL = 90.0, 100.0
SHORT = 4
"""Names of fewer letters are alike only when they are equal."""

_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W_]+")
_SINGLE = re.compile(r"(?<![^\W_])([a-z])[.&](?=[a-z](?![^\W_]))")
_LAST_IN_BRACKETS = re.compile(r"(.+)[(（]([^()（）]+)[)）]\s*", re.DOTALL)
_IN_BRACKETS = re.compile(r"\((?:주|유|재|사|株|有|财|社)\)")

LEGAL_WORDS = frozenset(
    [
        "ab",
        "ag",
        "as",
        "asa",
        "bhd",
        "bv",
        "co",
        "coltd",
        "company",
        "corp",
        "corporation",
        "gmbh",
        "group",
        "inc",
        "incorporated",
        "jsc",
        "kg",
        "kgaa",
        "kk",
        "limited",
        "llc",
        "llp",
        "lp",
        "ltd",
        "ltda",
        "nv",
        "oy",
        "oyj",
        "pjsc",
        "plc",
        "pt",
        "pte",
        "pty",
        "sa",
        "sarl",
        "sas",
        "sdn",
        "se",
        "spa",
        "srl",
    ]
)
# The whole group by the firm at its head; a holding of anything else is another firm than that.
_GROUP_HOLDING = (["group", "holding"], ["group", "holdings"])
_KOREAN_FORMS = (
    "유한책임회사", "주식회사", "유한회사", "합자회사", "합명회사", "재단법인", "사단법인", "학교법인", "그룹",
)  # fmt: skip
_CHINESE_FORMS = (
    "股份有限公司", "有限责任公司", "有限公司", "株式会社", "有限会社", "合同会社", "财团法人", "社团法人",
    "集团公司", "集团控股", "集团", "公司", "グループ",
)  # fmt: skip
_FORMS = (*_KOREAN_FORMS, *_CHINESE_FORMS)

# Houses that are registered by the Korean names of their letters, and known by the letters.
_LETTERS = {
    "에이치디": "hd", "에스케이": "sk", "엔에이치": "nh", "지에스": "gs", "씨제이": "cj", "케이비": "kb", "케이티": "kt",
    "엘에스": "ls", "엘지": "lg", "에이치엠엠": "hmm", "아이비케이": "ibk", "케이씨씨": "kcc", "오씨아이": "oci", "디비": "db",
}  # fmt: skip
_SPELT_OUT = re.compile("^(?:" + "|".join(sorted(_LETTERS, key=len, reverse=True)) + ")")


class Form(NamedTuple):
    """One way in which a name is compared."""

    plain: str
    """Its letters and digits, in small and simplified characters, without the legal form."""
    sound: str
    """How it is said, in a Latin spelling in which the common romanisations are one."""
    script: str
    """`hangul` and `han` where it holds any of these, else `other`."""


@lru_cache(maxsize=4096)
def forms(name: str, *, of_person: bool = False) -> tuple[Form, ...]:
    """Return the ways in which a name is compared; none where it has no letter or digit.

    Of a person there is one more for each other place at which the family name may stand. A name
    that bears another one in brackets has the forms of both besides its own.
    """
    found = [form for one in names_in(name) for form in _forms(one, of_person=of_person)]
    return tuple(dict.fromkeys(found))


def names_in(name: str) -> tuple[str, ...]:
    """The name as it stands and, where its end is another name in brackets, that before them and that in them.

    Another name is what is written in another script, or in capitals that come in this order in the
    name before it. None is taken where numbers tell: that may be one of a series.
    """
    bracketed = _LAST_IN_BRACKETS.fullmatch(name[:LONGEST])
    if not bracketed or _IN_BRACKETS.fullmatch(f"({fold(bracketed[2])})"):
        return (name,)
    before, inside = bracketed.groups()
    folded = [simplified(fold(one)) for one in (before, inside)]
    if any(map(_DIGITS.search, folded)) or not all(map(_WORDS.search, folded)):
        return (name,)
    is_short = inside.strip().isupper() and _comes_in(folded[1].strip(), folded[0])
    is_other = script(folded[0]) != script(folded[1])
    return (name, before, inside) if is_short or is_other else (name,)


def _comes_in(letters: str, text: str) -> bool:
    """Whether the letters stand in the text, in this order, with whatever between them."""
    left = iter(text)
    return all(letter in left for letter in letters)


def _forms(name: str, *, of_person: bool) -> tuple[Form, ...]:
    text = simplified(fold(name[:LONGEST]))
    words = _without_legal_form(text)
    if not words:
        return ()
    spoken = said(words, by_sign=of_person)
    first = Form("".join(words), sound(spoken), script(text))
    if not of_person or len(spoken) == 1:
        return (first,)
    turned = ([*spoken[-1:], *spoken[:-1]], [*spoken[1:], *spoken[:1]])
    others = (first._replace(sound=sound(order), **_in_letters(order, first)) for order in turned)
    return tuple(dict.fromkeys((first, *others)))


def _in_letters(order: list[str], form: Form) -> dict[str, str]:
    """What is written in another order: Korean and Chinese names are written in one alone."""
    return {"plain": "".join(order)} if form.script == "other" else {}


def likeness(one: Form, other: Form) -> float:
    """Return by how many of 100 two names are alike; 0 where they are not nearly the same.

    In one script other than Latin the characters tell, in two scripts the sound; Latin letters do
    where they are nearly the same, or sound the same. What only sounds the same is one less alike,
    and names whose numbers differ are two.
    """
    if one.script != other.script:
        found = _ratio(one.sound, other.sound) - 1
    else:
        found = _ratio(one.plain, other.plain)
        if one.script == "other" and found < EQUAL and _sound_the_same(one, other):
            found = EQUAL - 1
    return found if found >= NEARLY - 1 and _numbers(one) == _numbers(other) else 0


def _ratio(one: str, other: str) -> float:
    nearly = NEARLY if min(len(one), len(other)) >= SHORT else EQUAL
    return fuzz.ratio(one, other, score_cutoff=nearly)


def _sound_the_same(one: Form, other: Form) -> bool:
    return len(one.sound) >= SHORT and one.sound == other.sound


def _numbers(form: Form) -> list[str]:
    """The numbers in a name, by which those of a series are told apart."""
    return _DIGITS.findall(form.plain)


def _without_legal_form(text: str) -> list[str]:
    """The words of a name without those that say its legal form, unless there are no others."""
    text = _IN_BRACKETS.sub(" ", _SINGLE.sub(r"\1", text))
    words = _WORDS.findall(text)
    kept = _without_words(words) if text.isascii() else _without_signs(_without_words(words))
    kept[:1] = [_SPELT_OUT.sub(lambda spelt: _LETTERS[spelt.group()], word) for word in kept[:1]]
    return kept or words


def _without_words(words: list[str]) -> list[str]:
    end = len(words)
    while end > 0:
        is_and = end < len(words) and words[end - 1] == "and"
        if words[end - 2 : end] in _GROUP_HOLDING:
            end -= 2
        elif words[end - 1] in LEGAL_WORDS or is_and:
            end -= 1
        else:
            break
    begin = 1 if end > 1 and words[0] == "pt" else 0
    return words[begin:end]


def _without_signs(words: list[str]) -> list[str]:
    """The words without the legal forms that Korean, Chinese and Japanese write without a blank."""
    words = list(words)
    while words:
        last = next((form for form in _FORMS if words[-1].endswith(form)), None)
        first = next((form for form in _FORMS if words[0].startswith(form)), None)
        if last:
            words[-1] = words[-1].removesuffix(last)
        elif first:
            words[0] = words[0].removeprefix(first)
        else:
            break
        words = [word for word in words if word]
    return words
