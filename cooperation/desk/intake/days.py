"""Dates as people write them in Korean, Chinese and English: read as EDTF, or refused with the mend."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from cooperation.rules import dates

from .faults import shown

LONGEST = 80
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_NAMED = {
    name[:length]: number for number, name in enumerate(MONTHS, 1) for length in (3, len(name))
}
_NAMED["sept"] = 9
_MONTH = "|".join(sorted(_NAMED, key=len, reverse=True))
_NTH = "(?:st|nd|rd|th)?"
_WEEKDAY = re.compile(
    r"\((?:[월화수목금토일]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:星期|周)?[一二三四五六日])\)"
    r"|(?:[월화수목금토일]요일|(?:星期|周)[一二三四五六日天])|(?<![a-z])(?:mon|tues|wednes|thurs|fri|satur|sun)day,?"
)
_MIDNIGHT = re.compile(r"[t ]0?0:00(?::00(?:\.0+)?)?$")
_SINCE = re.compile(r"since (.+)|(.+?)(?:부터|起|~|–|—)")
_BETWEEN = re.compile(
    r" ?[~–—至/] ?| (?:-|to|until|bis) |부터 ?|(?<=[0-9일日.])-(?=[0-9]{1,2}[ .월일月日])"
)
_UNTIL = re.compile(r" ?까지$|止$")

FORMS = (
    re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d))?)?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)"),
    re.compile(r"(?P<y>\d{4}) ?([-/.]) ?(?P<m>\d{1,2}) ?\2 ?(?P<d>\d{1,2}) ?\.?"),
    re.compile(r"(?P<y>\d{4}) ?[-/] ?(?P<m>\d{1,2})"),
    re.compile(r"(?P<y>\d{4}) ?\. ?(?P<m>\d{1,2}) ?\."),
    re.compile(r"(?P<y>\d{4}) ?\. ?(?P<m>\d\d)"),
    re.compile(
        r"(?P<y>\d{4}) ?(?:년|年)(?: ?(?P<m>\d{1,2}) ?(?:월|月)(?: ?(?P<d>\d{1,2}) ?[일日])?)?"
    ),
    re.compile(rf"(?:(?P<d>\d{{1,2}}){_NTH} )?(?P<n>{_MONTH})\.?,? (?P<y>\d{{4}})"),
    re.compile(rf"(?P<n>{_MONTH})\.? (?P<d>\d{{1,2}}){_NTH},? (?P<y>\d{{4}})"),
    re.compile(rf"(?P<d>\d{{1,2}})[- ](?P<n>{_MONTH})\.?[- ](?P<y>\d{{4}})"),
)
# The end of an interval, which need not say again what its beginning has said.
ENDS = (
    re.compile(r"(?:(?P<m>\d{1,2}) ?[-/.] ?)?(?P<d>\d{1,2}) ?\.?"),
    re.compile(r"(?:(?P<m>\d{1,2}) ?(?:월|月) ?)?(?P<d>\d{1,2}) ?(?:일|日|号)"),
    re.compile(r"(?P<m>\d{1,2}) ?(?:월|月)"),
)
# The beginning of an interval in English, where the end says the rest: `27–29 January 2015`.
STARTS = (
    re.compile(rf"(?P<d>\d{{1,2}}){_NTH}(?: (?P<n>{_MONTH})\.?)?"),
    re.compile(rf"(?P<n>{_MONTH})\.?"),
)
AMERICAN = re.compile(
    rf"(?P<n>{_MONTH})\.? (?P<d>\d{{1,2}}){_NTH}(?: ?[–-] ?)(?P<e>\d{{1,2}}){_NTH},? (?P<y>\d{{4}})"
)
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_SHORT_YEAR = re.compile(r"'?\d\d[-/.] ?\d{1,2}[-/.] ?\d{1,2}\.?")
_LOST_ZERO = re.compile(r"\d{4}\.[1-9]")
_TIME = re.compile(r"[t ]\d{1,2}:\d\d")


def day(written: str, *, interval: bool = False) -> str:
    """The date that is written, in EDTF; with `interval` also from one to another, or open at its end.

    ValueError, with the mend, for what is no date or could be two: `01/02/2015`, and `2015.1`, in which
    a spreadsheet may have dropped the zero of October.
    """
    plain = _folded(written)
    if len(written) > LONGEST or not plain:
        raise ValueError(_unclear(written))
    single = _single(plain, written)
    if single:
        return dates.parse_date(single).text
    if not interval:
        raise ValueError(_refusal(plain, written))
    return dates.parse(_interval(plain, written)).text


def _folded(written: str) -> str:
    plain = unicodedata.normalize("NFKC", written[:LONGEST]).casefold().replace("〜", "~")
    plain = _WEEKDAY.sub("", " ".join(plain.split()))
    return _MIDNIGHT.sub("", " ".join(plain.split()))


def _single(plain: str, written: str) -> str | None:
    """One date in EDTF; None where it is no single date in any form that is read."""
    for form in FORMS:
        if found := form.fullmatch(plain):
            return _text(found.groupdict())
    if slashed := _SLASHED.fullmatch(plain):
        one, other, year = slashed.groups()
        if int(one) == int(other) or int(other) > 12 >= int(one):
            return _text({"y": year, "m": one, "d": other})
        if int(one) > 12 >= int(other):
            return _text({"y": year, "m": other, "d": one})
        raise ValueError(
            _("%(text)s may mean %(one)s or %(other)s; write the year first, such as %(one)s.")
            % {
                "text": shown(written),
                "one": _text({"y": year, "m": one, "d": other}),
                "other": _text({"y": year, "m": other, "d": one}),
            }
        )
    return None


def _text(parts: dict[str, str | None]) -> str:
    """The parts of a date, the month by number or name, in EDTF."""
    name = parts.get("n")
    month = _NAMED[name] if name else parts.get("m")
    found = f"{parts['y']}"
    if month:
        found += f"-{int(month):02}"
    return f"{found}-{int(parts['d'] or 0):02}" if parts.get("d") else found


def _interval(plain: str, written: str) -> str:
    """From one date to another in EDTF; ValueError, with the mend, where it is none."""
    if plain.endswith("/..") and (start := _single(plain[:-3], written)):
        return f"{start}/.."
    if since := _SINCE.fullmatch(plain):
        start = _single((since[1] or since[2]).strip(), written)
        if start:
            return f"{start}/.."
    if american := AMERICAN.fullmatch(plain):
        parts = american.groupdict()
        return f"{_text(parts)}/{_text({**parts, 'd': parts['e']})}"
    for sign in _BETWEEN.finditer(plain):
        start, end = plain[: sign.start()].strip(), plain[sign.end() :].strip()
        if found := _both(start, _UNTIL.sub("", end), written):
            return found
    raise ValueError(_refusal(plain, written))


def _both(start: str, end: str, written: str) -> str | None:
    """The interval between two writings, of which one may leave out what the other says; None for none."""
    first, last = _single(start, written), _single(end, written)
    if first and last:
        return f"{first}/{last}"
    if first:
        return _after(first, end)
    return _before(start, last) if last else None


def _after(first: str, end: str) -> str | None:
    year, _dash, rest = first.partition("-")
    month, _dash, known_day = rest.partition("-")
    for form in ENDS:
        if found := form.fullmatch(end):
            parts: dict[str, str | None] = found.groupdict()
            # `2015.1.~3.` are months, as its beginning is one.
            if month and not known_day and not parts.get("m"):
                parts = {"m": parts.get("d")}
            elif bool(known_day) != bool(parts.get("d")):
                return None
            return f"{first}/{_text({'m': month, **_given(parts), 'y': year})}"
    return None


def _before(start: str, last: str) -> str | None:
    year, _dash, rest = last.partition("-")
    month, _dash, known_day = rest.partition("-")
    for form in STARTS:
        if found := form.fullmatch(start):
            parts = found.groupdict()
            if bool(known_day) == bool(parts.get("d")) and month:
                return f"{_text({'m': month, **_given(parts), 'y': year})}/{last}"
    return None


def _given(parts: dict[str, str | None]) -> dict[str, str | None]:
    return {name: value for name, value in parts.items() if value}


def _refusal(plain: str, written: str) -> str:
    text = {"text": shown(written)}
    if _LOST_ZERO.fullmatch(plain):
        return (
            _(
                "%(text)s may be October too, as spreadsheets drop the zero of 2015.10; write it as 2015-01 or 2015-10."
            )
            % text
        )
    if _SHORT_YEAR.fullmatch(plain):
        return _("In %(text)s the year has two digits; write all four, as in 2015-01-28.") % text
    if plain.isdigit() and len(plain) == 5:
        return (
            _("%(text)s is how a spreadsheet counts days; show the column as dates and save again.")
            % text
        )
    if _TIME.search(plain):
        return _("%(text)s names an hour; write the day alone, as in 2015-01-28.") % text
    return _unclear(written)


def _unclear(written: str) -> str:
    return _(
        "%(text)s is not read as a date; write it as 2015, 2015-01, 2015-01-28 or 2015년 1월 28일."
    ) % {"text": shown(written)}
