"""Amounts as people write them in Korean, Chinese and English: read exactly, or refused with the mend.

A comma always groups thousands here, and a point always stands before decimals, as the portal itself
writes amounts: what is grouped otherwise is refused. Nothing is rounded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, localcontext
from typing import NamedTuple

from django.utils.translation import gettext as _

from cooperation.rules import money

from .faults import shown

LONGEST = 100
ENGLISH = {
    "thousand": 3, "thousands": 3, "k": 3, "million": 6, "millions": 6, "mn": 6, "mln": 6, "m": 6,
    "billion": 9, "billions": 9, "bn": 9, "trillion": 12, "trillions": 12, "tn": 12,
}  # fmt: skip
GREAT = {"万亿": 12, "萬億": 12, "조": 12, "억": 8, "亿": 8, "億": 8, "만": 4, "万": 4, "萬": 4}
SMALL = {"천": 3, "千": 3, "백": 2, "百": 2, "십": 1, "十": 1}
# Longer words first: 韩元 is not 元.
CURRENCIES = {
    "us dollars": "USD", "us dollar": "USD", "us$": "USD", "usd": "USD", "미국달러": "USD", "미국 달러": "USD",
    "미달러": "USD", "미화": "USD", "미불": "USD", "달러": "USD", "불": "USD", "美元": "USD", "美金": "USD",
    "hk$": "HKD", "홍콩달러": "HKD", "홍콩 달러": "HKD", "港元": "HKD", "港币": "HKD",
    "대한민국 원": "KRW", "korean won": "KRW", "won": "KRW", "₩": "KRW", "원": "KRW", "韩元": "KRW", "韩圆": "KRW",
    "韩币": "KRW", "위안화": "CNY", "위안": "CNY", "元人民币": "CNY", "人民币元": "CNY", "人民币": "CNY",
    "renminbi": "CNY", "yuan": "CNY", "rmb": "CNY", "cn¥": "CNY", "元": "CNY",
    "jp¥": "JPY", "일본엔": "JPY", "엔화": "JPY", "엔": "JPY", "日元": "JPY", "yen": "JPY",
    "euros": "EUR", "euro": "EUR", "€": "EUR", "유로": "EUR", "欧元": "EUR",
    "£": "GBP", "파운드": "GBP", "英镑": "GBP",
}  # fmt: skip
SEVERAL = {
    "$": ("USD", "HKD", "TWD", "SGD", "CAD", "AUD", "NZD"),
    "dollars": ("USD", "HKD", "TWD", "SGD", "CAD", "AUD", "NZD"),
    "dollar": ("USD", "HKD", "TWD", "SGD", "CAD", "AUD", "NZD"),
    "¥": ("CNY", "JPY"),
}
"""Signs of several currencies: read only where the currency is known from elsewhere."""

_NAMES = sorted({**CURRENCIES, **SEVERAL}, key=len, reverse=True)
_CURRENCY = re.compile(
    "|".join([r"(?<![a-z])(?:" + "|".join(sorted(c.lower() for c in money.CURRENCIES)) + ")(?![a-z])"]
             + [(rf"(?<![a-z]){re.escape(n)}(?![a-z])" if n[0].isascii() and n[0].isalpha() and n[-1].isalpha()
                 else re.escape(n)) for n in _NAMES])
)  # fmt: skip
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:\.[0-9]+)?")
_PIECE = re.compile(
    "([0-9][0-9.,]*(?: [0-9]{3}(?![0-9.,]))*(?:\\.[0-9]+)?)"
    f"|({'|'.join(GREAT)}|{'|'.join(SMALL)}|[a-z]+)"
)
_IN_BRACKETS = re.compile(r"\((.*)\)")
_MINUS = ("-", "−", "–", "△", "▲")


class Unit(NamedTuple):
    """In what the amounts of a column are counted: `백만원` is a million of KRW."""

    scale: Decimal = Decimal(1)
    currency: str = ""


class Amount(NamedTuple):
    """An exact amount in major units, and the currency where it is known."""

    number: Decimal
    currency: str


def unit(written: str) -> Unit | None:
    """The unit that is written: `백만원`, `천달러`, `万元`, `KRW million`; None where it is none."""
    plain = _folded(written)
    plain = re.sub(r"^(?:단위|单位|unit)\s*:?\s*|^in (?=[a-z])", "", plain)
    try:
        rest, currency = _currency(plain, "")
        words = [word for word in rest.split() if word != "of"]
        if not plain or len(plain) > LONGEST or any(sign.isdigit() for sign in plain):
            return None
        return Unit(Decimal(1).scaleb(sum(_power(word) for word in words)), currency)
    except (ValueError, KeyError):
        return None


def amount(written: str, counted_in: Unit | None = None) -> Amount:
    """The amount that is written; ValueError, with the mend, where it is unclear.

    `2,000억원`, `US$37.1 million` and, in a column of 백만원, `40,000` give exact numbers in major units.
    The currency is empty where neither the text nor the unit names one.
    """
    scale, known = counted_in or Unit()
    if len(written) > LONGEST:
        raise ValueError(_unclear(written))
    plain, is_less = _signless(_folded(written))
    plain, currency = _currency(plain, known)
    plain, is_less_inside = _signless(plain)
    if is_less and is_less_inside:
        raise ValueError(_unclear(written))
    if known and currency not in ("", known):
        raise ValueError(
            _("This says %(cell)s where %(known)s is meant; correct one of the two.")
            % {"cell": currency, "known": known}
        )
    pieces = list(_pieces(plain, written))
    if scale != 1 and len(pieces) > 1:
        raise ValueError(
            _(
                "The heading of the column names a unit, and so does this value; write one of them only."
            )
        )
    with localcontext(prec=2 * LONGEST):
        number = _sum(pieces, written) * scale
        found = money.parse_amount(-number if is_less or is_less_inside else number)
    return Amount(found, currency or known)


def _folded(written: str) -> str:
    """The text in one width and case, with single blanks."""
    plain = unicodedata.normalize("NFKC", written[: 2 * LONGEST]).casefold()
    return " ".join(plain.replace("\\", "₩").split())


def _signless(plain: str) -> tuple[str, bool]:
    """The text without the sign or the brackets of what is less than nothing, and whether it had one."""
    inside = _IN_BRACKETS.fullmatch(plain)
    if inside:
        return inside[1].strip(), True
    if plain.startswith(_MINUS):
        return plain[1:].strip(), True
    return plain, False


def _currency(plain: str, known: str) -> tuple[str, str]:
    """The text without the currency that it names, and its code; ValueError where it names several."""
    names = _CURRENCY.findall(plain)
    codes = {_code(name, known) for name in names}
    if len(codes) > 1:
        raise ValueError(
            _("This names several currencies (%(codes)s); write one amount in one currency.")
            % {"codes": ", ".join(sorted(codes))}
        )
    rest = _CURRENCY.sub(" ", plain)
    return " ".join(rest.split()), next(iter(codes), "")


def _code(name: str, known: str) -> str:
    if name in SEVERAL:
        if known in SEVERAL[name]:
            return known
        raise ValueError(
            _("“%(sign)s” may mean %(codes)s; write the code of the currency.")
            % {"sign": name, "codes": ", ".join(SEVERAL[name])}
        )
    return CURRENCIES.get(name) or name.upper()


def _power(word: str) -> int:
    """By which power of ten a word multiplies: 6 for `백만`; KeyError where it is none."""
    if word in ENGLISH:
        return ENGLISH[word]
    if word in GREAT:
        return GREAT[word]
    if word[:-1]:
        return SMALL[word[0]] + _power(word[1:])
    return SMALL[word]


def _pieces(plain: str, written: str) -> Iterator[Decimal | str]:
    """The numbers and the words of what is written, in turn; ValueError where anything else stands there."""
    place = 0
    while place < len(plain):
        if plain[place] == " ":
            place += 1
            continue
        found = _PIECE.match(plain, place)
        if not found:
            raise ValueError(_unclear(written))
        place = found.end()
        yield _number(found[1]) if found[1] else found[2]


def _number(digits: str) -> Decimal:
    if _PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits) or _SPACED.fullmatch(digits):
        return Decimal(digits.replace(",", "").replace(" ", ""))
    raise ValueError(
        _(
            "In %(digits)s the commas do not group by thousands; write 1,234,567.89, or digits without commas."
        )
        % {"digits": shown(digits)}
    )


def _sum(pieces: list[Decimal | str], written: str) -> Decimal:
    """What numbers and words come to: `1조 2,000억` is 1,200,000,000,000."""
    if len(pieces) == 2 and isinstance(pieces[0], Decimal) and pieces[1] in ENGLISH:
        return pieces[0].scaleb(ENGLISH[str(pieces[1])])
    whole, section, number, part = Decimal(0), Decimal(0), None, Decimal(0)
    great, small = 99, 99
    for piece in pieces:
        if isinstance(piece, Decimal):
            if number is not None or part:
                raise ValueError(_unclear(written))
            number, part = piece, piece % 1
        elif piece in SMALL and number is not None and SMALL[piece] < small:
            small = SMALL[piece]
            section, number = section + number.scaleb(small), None
        elif piece in GREAT and (number is not None or section) and GREAT[piece] < great:
            section += number or 0
            _refuse_overlap(section, great, GREAT[piece], written)
            great, small = GREAT[piece], 99
            whole, section, number = whole + section.scaleb(great), Decimal(0), None
        else:
            raise ValueError(_unclear(written))
    if not pieces:
        raise ValueError(_unclear(written))
    section += number or 0
    _refuse_overlap(section, great, 0, written)
    return whole + section


def _refuse_overlap(section: Decimal, above: int, power: int, written: str) -> None:
    """Refuse `1억 20,000만`: what stands after a word is less than what the word counts."""
    if above != 99 and section.scaleb(power) >= Decimal(1).scaleb(above):
        raise ValueError(_unclear(written))


def _unclear(written: str) -> str:
    return _(
        "%(text)s cannot be read as one exact amount; write it as 200,000,000,000, 2,000억원 or US$37.1 million."
    ) % {"text": shown(written)}
