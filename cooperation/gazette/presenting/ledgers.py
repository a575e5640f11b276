"""What a fund was announced to be and what became of it, currency by currency, as bars and as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

from cooperation.gazette.shapes import shape
from cooperation.gazette.shapes.types import inner
from cooperation.gazette.shapes.vocabularies import CURRENCIES
from cooperation.rules.parts import Part, standing

from . import sums
from .givers import Giver, giver, giver_name
from .values import Value
from .wording import Wording

TINTS = "abcd"
HAIR = Decimal("0.4")
"""The width, in percent, of the thinnest piece that the eye still finds."""
NUMBER_FITS = 5
NAME_FITS = Decimal("7.4")
"""Pixels to a percent where the names are shown in the pieces (`.piece-name` in figures.css)."""


class Piece(NamedTuple):
    """What one giver adds to a bar, and whose it is."""

    tint: str
    start: str
    width: str
    """Both in percent of the scale."""
    number: str = ""
    """That of the giver in the rows; nothing where no giver is meant."""
    name: str = ""
    """The giver's, where there is room for it."""

    @property
    def is_numbered(self) -> bool:
        """Whether there is a number, and room for it."""
        return bool(self.number) and Decimal(self.width) >= NUMBER_FITS


class Bar(NamedTuple):
    """One stage of the money: how much has come so far, and how much of the announced that is."""

    name: str
    label: str
    amount: Value | None
    share: str
    missing: str
    """What is said where there is no amount."""
    pieces: tuple[Piece, ...]

    @property
    def narrow(self) -> str:
        """The numbers of the givers whose pieces have no room for them, from left to right."""
        numbers = (piece.number for piece in self.pieces if not piece.is_numbered)
        return ", ".join(dict.fromkeys(filter(None, numbers)))


class Line(NamedTuple):
    """One contribution that nothing has replaced, as a row under the bars."""

    number: int
    tint: str
    name: str
    anchor: str
    stage: Value | None
    amount: Value
    share: str


@dataclass(frozen=True)
class Ledger:
    """The figures of a fund in one currency, on one scale."""

    code: str
    currency: str
    bars: tuple[Bar, ...]
    """From the announced to the allocated, every stage, whether anything is recorded or not."""
    lines: tuple[Line, ...]
    equation: str
    sum: Value | None
    difference: Value | None
    zero: str
    """Where the scale has its zero, in percent; more than nothing where figures are negative."""
    announced_width: str


@dataclass(frozen=True)
class Scale:
    """The span of the figures that are drawn together, nothing included."""

    low: Decimal
    high: Decimal

    def at(self, figure: Decimal) -> Decimal:
        """Where a figure stands, in percent of the span."""
        span = self.high - self.low
        return (figure - self.low) * 100 / span if span else Decimal(0)

    def stretch(self, start: Decimal, end: Decimal) -> tuple[str, str]:
        """Where the stretch between two figures begins and how wide it is, never thinner than a hair."""
        left, right = sorted((self.at(start), self.at(end)))
        width = max(right - left, HAIR) if start != end else Decimal(0)
        return percent(min(left, 100 - width)), percent(width)


def percent(place: Decimal) -> str:
    """A place on a scale, as drawings write it."""
    return f"{place:.3f}"


def ledgers(wording: Wording) -> list[Ledger]:
    """The figures of the wording's fund in each currency in which it has any, that announced first."""
    document = wording.document
    live = standing(document["commitments"])
    amounts = [document["totals"]["announced"]]
    amounts += [part["amount"] for part in (*live, *document["allocations"])]
    givers = {one: at for at, one in enumerate(dict.fromkeys(map(giver, live)), start=1)}
    return [_Drawing(wording, code, live, givers).ledger() for code in sums.by_currency(amounts)]


class _Drawing:
    """The figures of one currency while they are put together."""

    def __init__(
        self, wording: Wording, code: str, live: Sequence[Part], givers: dict[Giver, int]
    ) -> None:
        self.wording = wording
        self.code = code
        self.givers = givers
        self.live = live
        document = wording.document
        said = document["totals"]["announced"]
        self.announced = Decimal(said["amount"]) if said and said["currency"] == code else None
        self.staged = {
            "announced": [{"amount": said}] if said else _unknown(document["announcements"]),
            **{
                name: [part for part in live if part["stage"] == name]
                for name in ("proposed", "pledged", "committed", "paid")
            },
            "allocated": document["allocations"],
        }
        stacks = [_ends(self._figures(parts)) for parts in self.staged.values()]
        self.scale = Scale(min(low for low, _h in stacks), max(high for _l, high in stacks))

    def ledger(self) -> Ledger:
        """The bars and rows."""
        difference = self.wording.document["difference"]
        parts = self._own(self.live)
        total = sums.by_currency(part["amount"] for part in parts).get(self.code)
        summed = None if total is None else sums.as_value(self.wording, total, self.code)
        terms = " + ".join(self.wording.amount(part["amount"]).text for part in parts)
        same = difference and difference["currency"] == self.code
        labels = inner(shape("fund")["totals"])
        return Ledger(
            code=self.code,
            currency=CURRENCIES.label(self.code, self.wording.language),
            bars=tuple(self._bar(name, str(labels[name].label)) for name in self.staged),
            lines=tuple(self._line(part) for part in parts),
            equation=f"{terms} = {summed.text}".replace(" + -", " - ") if summed else "",
            sum=summed,
            difference=self.wording.amount(difference) if same else None,
            zero=percent(self.scale.at(Decimal(0))),
            announced_width=self.scale.stretch(Decimal(0), self.announced or Decimal(0))[1],
        )

    def _own(self, parts: Sequence[Part]) -> list[Part]:
        return [p for p in parts if p["amount"] and p["amount"]["currency"] == self.code]

    def _figures(self, parts: Sequence[Part]) -> list[Decimal]:
        return [Decimal(part["amount"]["amount"]) for part in self._own(parts)]

    def _bar(self, name: str, label: str) -> Bar:
        parts = self.staged[name]
        figure = sums.by_currency(part["amount"] for part in self._own(parts)).get(self.code)
        value = None if figure is None else sums.as_value(self.wording, figure, self.code)
        noted = value and value.noted(_notes(self.wording, name))
        told = "" if figure is None or name == "announced" else sums.share(figure, self.announced)
        missing = "" if value else self._missing(parts)
        return Bar(name, label, noted, told, missing, tuple(self._pieces(name)))

    def _missing(self, parts: Sequence[Part]) -> str:
        if not parts:
            return _("None recorded")
        if self._own(parts) or not any(part["amount"] for part in parts):
            return _("Not known")
        elsewhere = sums.in_words(self.wording, (part["amount"] for part in parts))
        return _("in another currency: %(amount)s") % {"amount": elsewhere}

    def _pieces(self, name: str) -> Iterator[Piece]:
        """Side by side from zero, what is negative to the left."""
        ends = {False: Decimal(0), True: Decimal(0)}
        for part in self._own(self.staged[name]):
            figure = Decimal(part["amount"]["amount"])
            start = ends[figure < 0]
            ends[figure < 0] = start + figure
            left, width = self.scale.stretch(start, start + figure)
            if "stage" in part:
                number = str(self.givers[giver(part)])
                name = _fitting(number, giver_name(self.wording, part), width)
                yield Piece(self._tint(part), left, width, number, name)
            else:
                yield Piece("whole", left, width)

    def _tint(self, part: Part) -> str:
        return TINTS[(self.givers[giver(part)] - 1) % len(TINTS)]

    def _line(self, part: Part) -> Line:
        stage = inner(shape("fund")["commitments"])["stage"]
        notes = self.wording.footnotes.at(f"commitments/{part['id']}/amount", within=True)
        return Line(
            self.givers[giver(part)],
            self._tint(part),
            giver_name(self.wording, part),
            f"commitments-{part['id']}",
            self.wording.value(stage, part["stage"], ""),
            self.wording.amount(part["amount"]).noted(notes),
            sums.share(Decimal(part["amount"]["amount"]), self.announced),
        )


def _unknown(announcements: Sequence[Part]) -> list[Part]:
    """What stands for announcements of which none can be said to be the one: amounts nobody knows."""
    return [{"amount": None} for _one in announcements]


def _ends(figures: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """How far figures reach to the left and to the right of nothing when they are put side by side."""
    nothing = Decimal(0)
    return sum((f for f in figures if f < 0), nothing), sum((f for f in figures if f > 0), nothing)


def _notes(wording: Wording, name: str) -> tuple[int, ...]:
    """The passages that tell a total itself, and those of the announcement that was taken for it."""
    paths = [f"totals/{name}"]
    if name == "announced":
        said = wording.document["totals"]["announced"]
        paths += [
            f"announcements/{part['id']}/amount"
            for part in standing(wording.document["announcements"])
            if sums.is_same(part["amount"], said)
        ]
    found = {mark for path in paths for mark in wording.footnotes.at(path, within=True)}
    return tuple(sorted(found))


def _fitting(number: str, name: str, width: str) -> str:
    """The name, where a piece has room for it beside the number."""
    breadth = sum(13 if east_asian_width(letter) in "WF" else 7 for letter in f"{number} {name}")
    return name if breadth + 16 <= Decimal(width) * NAME_FITS else ""
