"""Exact money: amounts as decimals, currencies by ISO 4217, and how both are written for people."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

from babel.numbers import get_currency_precision
from django.utils.translation import gettext as _

MAX_DIGITS = 30
MAX_DECIMALS = 8

# Written out, so that a newer Babel does not change what the published schemas allow.
_CODES = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP
    GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD
    KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN
    NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP
    SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND
    VUV WST XAF XCD XCG XDR XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_CODES.split())

AMOUNT_MAX_LENGTH = 2 * MAX_DIGITS
_WHOLE = rf"[0-9]{{1,{MAX_DIGITS}}}(\.0+)?"
_WITH_DECIMALS = (
    rf"[0-9]{{1,{MAX_DIGITS - decimals}}}\.[0-9]{{{decimals}}}0*"
    for decimals in range(1, MAX_DECIMALS + 1)
)
AMOUNT_PATTERN = f"-?0*({'|'.join([_WHOLE, *_WITH_DECIMALS])})"
"""What `parse_amount` takes of texts up to that length, for schemas: with more decimals fewer digits before them."""
_WRITTEN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# Django's and Python's default of 28 digits would round the longest amounts without a word.
_EXACT = Context(prec=4 * MAX_DIGITS, rounding=ROUND_HALF_EVEN)

_SYMBOLS = {"KRW": "₩", "CNY": "CN¥", "USD": "US$", "EUR": "€", "JPY": "JP¥"}
_NAMES = {
    "ko": {"KRW": "원", "CNY": "위안", "USD": "달러", "EUR": "유로", "JPY": "엔"},
    "zh-Hans": {"KRW": "韩元", "CNY": "元", "USD": "美元", "EUR": "欧元", "JPY": "日元"},
}
_CURRENCY_WORDS = frozenset(
    [
        "won",
        "yuan",
        "renminbi",
        "rmb",
        "dollar",
        "dollars",
        "euro",
        "euros",
        "yen",
        "pound",
        "pounds",
        "ruble",
        "rubles",
        "franc",
        "francs",
    ]
)
# Korean and Chinese write the currency at the end of the word: 2천억원, 亿元.
_CURRENCY_ENDINGS = ("원", "위안", "달러", "유로", "엔", "元", "圆", "美金", "人民币")
_UNITS = {
    "en": ((12, " trillion"), (9, " billion"), (6, " million")),
    "ko": ((12, "조"), (8, "억"), (4, "만")),
    "zh-Hans": ((12, "万亿"), (8, "亿"), (4, "万")),
}
_MOST_DECIMALS = {"en": 2, "ko": 2, "zh-Hans": 4}
_COMPACT_FROM = Decimal(1_000_000)


def parse_amount(value: str | Decimal | int) -> Decimal:
    """Return a finite, exact amount in major units: at most 30 digits, 8 of them decimals.

    ValueError, with a sentence, for anything else; floats are refused because they are not exact.
    """
    if isinstance(value, bool) or not isinstance(value, str | Decimal | int):
        raise ValueError(_("An amount is a decimal number written as text, never a float."))
    if isinstance(value, str) and (len(value) > AMOUNT_MAX_LENGTH or not _WRITTEN.fullmatch(value)):
        raise ValueError(
            _("Write an amount in digits without separators, such as 40000000000 or 37100000.5.")
        )
    amount = Decimal(value)
    if not amount.is_finite():
        raise ValueError(_("An amount must be a finite number."))
    if not amount:
        return Decimal(0)
    if amount.adjusted() >= MAX_DIGITS or len(amount.as_tuple().digits) > _EXACT.prec:
        raise ValueError(_("A figure has at most %(most)s digits.") % {"most": MAX_DIGITS})
    decimals = max(0, -int(amount.normalize(_EXACT).as_tuple().exponent))
    if decimals > MAX_DECIMALS:
        raise ValueError(_("A figure has at most %(most)s decimals.") % {"most": MAX_DECIMALS})
    if max(amount.adjusted() + 1, 1) + decimals > MAX_DIGITS:
        raise ValueError(_("A figure has at most %(most)s digits.") % {"most": MAX_DIGITS})
    return amount


def amount_text(amount: Decimal) -> str:
    """Return the canonical text of an amount: plain digits, no exponent, no needless zeros, no `-0`.

    ValueError for what `parse_amount` refuses.
    """
    text = format(parse_amount(amount), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def sort_key(amount: Decimal) -> bytes:
    """Return 39 bytes by which amounts sort bytewise, alike on every database, to the last digit.

    ValueError for what `parse_amount` refuses.
    """
    scaled = int(parse_amount(amount).scaleb(MAX_DECIMALS, _EXACT))
    most = 10 ** (MAX_DIGITS + MAX_DECIMALS)
    # What is below zero sorts before it, and the further below the earlier.
    text = (
        f"1{scaled:0{MAX_DIGITS + MAX_DECIMALS}d}"
        if scaled >= 0
        else f"0{most + scaled:0{MAX_DIGITS + MAX_DECIMALS}d}"
    )
    return text.encode()


def computed_text(amount: Decimal) -> str | None:
    """Return the canonical text of a computed amount; None where it has more digits than amounts have."""
    try:
        return amount_text(amount)
    except ValueError:
        return None


def names_currency(unit: str) -> bool:
    """Return whether a unit in words means money: `USD`, `billion KRW`, `억 원`, `million US dollars`."""
    if unit.strip().upper() in CURRENCIES:
        return True
    words = re.findall(r"[^\W\d_]+", unit)
    if any(word in CURRENCIES or word.casefold() in _CURRENCY_WORDS for word in words):
        return True
    return any(word.endswith(_CURRENCY_ENDINGS) for word in words)


def is_currency(code: str) -> bool:
    """Return whether a code is an ISO 4217 currency in use."""
    return code in CURRENCIES


def minor_units(code: str) -> int:
    """Return how many decimals a currency is paid in: 0 for KRW, 2 for USD, 3 for KWD."""
    return get_currency_precision(code)


def convert(amount: Decimal, rate: Decimal, currency: str) -> Decimal:
    """Return amount × rate, rounded half to even to the minor units of the currency it becomes."""
    with localcontext(_EXACT):
        return (amount * rate).quantize(Decimal(1).scaleb(-minor_units(currency)))


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of amounts of one currency; zero when there are none."""
    with localcontext(_EXACT):
        return sum(amounts, Decimal(0))


def difference(amount: Decimal, less: Decimal) -> Decimal:
    """Return exactly what is left of an amount; negative where more was taken than was there."""
    with localcontext(_EXACT):
        return amount - less


def format_amount(amount: Decimal | str, currency: str, language: str) -> str:
    """Return an amount for people to read, never rounded: `₩200 billion`, `2,000억 원`, `2000亿韩元`.

    From a million up it stands in the largest unit if two decimals there (in Chinese four) say it
    exactly, else in English in the next unit (`CN¥1,151.4 million`) and in Korean in both
    (`11억 5,140만 위안`); otherwise in full. ValueError for what `parse_amount` refuses.
    """
    exact = parse_amount(amount)
    sign = "-" if exact < 0 else ""
    number, unit = _in_units(exact.copy_abs(), currency, language)
    if language == "en":
        return f"{sign}{_SYMBOLS.get(currency, currency + ' ')}{number}{unit}"
    if language == "zh-Hans" and unit:
        number = number.replace(",", "")
    name = _NAMES[language].get(currency)
    if name is None:
        return f"{sign}{currency} {number}{unit}"
    gap = " " if language == "ko" and unit else ""
    return f"{sign}{number}{unit}{gap}{name}"


def _in_units(amount: Decimal, currency: str, language: str) -> tuple[str, str]:
    if amount >= _COMPACT_FROM:
        fitting = [(power, unit) for power, unit in _UNITS[language] if amount.adjusted() >= power]
        for power, unit in fitting[: 2 if language == "en" else 1]:
            scaled = _grouped(amount.scaleb(-power, context=_EXACT))
            if len(scaled.partition(".")[2]) <= _MOST_DECIMALS[language]:
                return scaled, unit
        if language == "ko" and len(fitting) > 1:
            (power, unit), (lower, lower_unit) = fitting[:2]
            with localcontext(_EXACT):
                whole, rest = divmod(amount, Decimal(1).scaleb(power))
            scaled = _grouped(rest.scaleb(-lower, context=_EXACT))
            if "." not in scaled:
                return f"{_grouped(whole)}{unit} {scaled}", lower_unit
    full = _grouped(amount)
    decimals = len(full.partition(".")[2])
    if decimals:
        full += "0" * (minor_units(currency) - decimals)
    return full, ""


def _grouped(amount: Decimal) -> str:
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
