"""The style guide, for who works on the portal: every token and component on one page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cooperation.gazette import listing
from cooperation.gazette.models import Current
from cooperation.gazette.presenting import entry, summary
from cooperation.gazette.presenting.footnotes import Mark
from cooperation.gazette.presenting.values import Fact, Tag, Value
from cooperation.gazette.upgrades import upgraded

from .reader import reader_language
from .records import described

TOKENS = settings.ROOT / "static" / "css" / "tokens.css"
DARK = "@media (prefers-color-scheme: dark)"
TOKEN = re.compile(r"--([a-z-]+): ([^;]+);")
# What single sorts of pages add to the styles that all of them have.
SHEETS = ("story", "figures", "relations", "about", "home", "lists")
ENTIRE = ("fund", "initiative")

# One of each form in which a value is drawn; the tags are those that records bear.
VALUES = (
    Value("text", "Words of the portal", tags=(Tag("editorial", "portal’s wording"),)),
    Value("text", "한국어 문구", language="ko"),
    Value("text", "中文词句", language="zh-Hans"),
    Value("reference", "Another record", url="#components"),
    Value("reference", "A record that is gone", tags=(Tag("gone", "withdrawn"),)),
    Value("date", "28 January 2015", machine="2015-01-28"),
    Value("money", "₩40 billion", machine="40000000000", exact="40,000,000,000 KRW"),
    Value("address", "https://example.org/", url="https://example.org/"),
    Value(
        "text",
        "Noted, and noted as inferred",
        footnotes=(Mark(1, is_inferred=False), Mark(2, is_inferred=True)),
    ),
)
FACTS = (
    Fact("one", "One value", VALUES[:1]),
    Fact("several", "Several values", VALUES[1:4], many=True),
    Fact("money", "Money", VALUES[6:7], footnotes=(Mark(1, is_inferred=False),)),
    Fact("unknown", "Not known", ()),
    Fact("none", "None recorded", (), many=True),
)
BADGES = ("proposed", "under_discussion", "agreed", "active", "completed", "suspended", "cancelled")


class Colour(NamedTuple):
    """A colour of the tokens, as it is by day and by night."""

    name: str
    light: str
    dark: str


class Measure(NamedTuple):
    """A token that is a size: its name without what sort it is, and what stands in the file."""

    name: str
    value: str


def _tokens(text: str) -> dict[str, str]:
    """The tokens of a part of the file; of those written twice, the first."""
    return dict(reversed(TOKEN.findall(text)))


def colours() -> tuple[Colour, ...]:
    """Every colour, in the order of the file."""
    day, _media, night = TOKENS.read_text().partition(DARK)
    light, dark = _tokens(day), _tokens(night)
    names = [name for name, value in TOKEN.findall(day) if value.startswith("#")]
    return tuple(Colour(name, light[name], dark[name]) for name in names)


def measures(sort: str) -> tuple[Measure, ...]:
    """The tokens of one sort, `step` or `gap`, in the order of the file."""
    found = TOKEN.findall(TOKENS.read_text())
    return tuple(Measure(name, value) for name, value in found if re.match(rf"{sort}\b", name))


def others() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every other token, in the order of the file, with each value that it has in one script or another."""
    found: dict[str, list[str]] = {}
    drawn = {colour.name for colour in colours()}
    for name, value in TOKEN.findall(TOKENS.read_text()):
        if name not in drawn and not re.match(r"(step|gap)\b", name):
            found.setdefault(name, []).append(value)
    return tuple((name, tuple(dict.fromkeys(values))) for name, values in found.items())


def styleguide(request: HttpRequest) -> HttpResponse:
    """The page; it shows the files and the register as they are at the moment."""
    language = reader_language()
    rows = list(_examples())
    headers = [json.loads(row.header) for row in rows]
    context = {
        "sheets": [f"css/{sheet}.css" for sheet in SHEETS],
        "colours": colours(),
        "steps": measures("step"),
        "gaps": measures("gap"),
        "others": others(),
        "badges": BADGES,
        "values": VALUES,
        "facts": FACTS,
        "rows": [summary(row, language) for row in rows],
        "records": [
            described(upgraded(row.content), header)
            for row, header in zip(rows, headers, strict=True)
        ],
        "entries": [entry(header, language) for header in headers],
    }
    return render(request, "pages/styleguide.html", context)


def _examples() -> Iterator[Current]:
    """The newest record of those kinds in which most components stand."""
    for kind in ENTIRE:
        yield from listing.currents(kind).order_by("-pk")[:1]
