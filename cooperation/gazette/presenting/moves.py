"""How the figures of a fund moved: what was announced or promised first, and what took its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from cooperation.gazette.shapes import shape
from cooperation.gazette.shapes.types import inner
from cooperation.rules.parts import Part, standing

from . import sums
from .givers import by_giver, giver_name, in_order
from .ledgers import Scale, percent
from .values import Value
from .wording import Wording


class Step(NamedTuple):
    """One change of a figure: when, to which stage, from how much and to how much."""

    date: Value | None
    what: str
    before: str
    after: str
    footnotes: tuple[int, ...]
    top: str = ""
    height: str = ""
    """Where the new level is drawn, in percent; empty where the levels cannot stand on one scale."""


class Move(NamedTuple):
    """The steps of one giver's contribution, or of the announcement."""

    name: str
    steps: tuple[Step, ...]

    @property
    def is_drawn(self) -> bool:
        """Whether the levels can be drawn: all known, in one currency."""
        return bool(self.steps[0].height)


def moves(wording: Wording) -> list[Move]:
    """What moved, the announcement first; nothing for what has stood as it stands from the beginning."""
    document = wording.document
    label = str(inner(shape("fund")["totals"])["announced"].label)
    found = []
    if _moved(document["announcements"]):
        said = in_order(document["announcements"])
        # A later announcement takes the place of an earlier one, whether it says so or not.
        levels = [[part] for part in said]
        found.append(Move(label, tuple(_steps(wording, "announcements", said, levels))))
    for parts in by_giver(document["commitments"]):
        if _moved(parts):
            given = in_order(parts)
            levels = [standing(given[: at + 1]) for at in range(len(given))]
            name = giver_name(wording, (standing(parts) or parts)[-1])
            found.append(Move(name, tuple(_steps(wording, "commitments", given, levels))))
    return found


def _moved(parts: Sequence[Part]) -> bool:
    several_dates = len({part["date"] for part in parts}) > 1
    return len(parts) > 1 and (several_dates or any(part["replaces"] for part in parts))


def _steps(
    wording: Wording, listed: str, parts: Sequence[Part], levels: Sequence[Sequence[Part]]
) -> Iterator[Step]:
    known = {part["id"]: part for part in parts}
    date = inner(shape("fund")[listed])["date"]
    texts = [sums.in_words(wording, (part["amount"] for part in level)) for level in levels]
    drawn = _drawn(levels) or [("", "")] * len(parts)
    for at, part in enumerate(parts):
        yield Step(
            wording.value(date, part["date"], ""),
            _what(wording, part, known.get(part["replaces"])),
            texts[at - 1] if at else "",
            texts[at],
            wording.footnotes.at(f"{listed}/{part['id']}/amount", within=True),
            *drawn[at],
        )


def _what(wording: Wording, part: Part, replaced: Part | None) -> str:
    """The stage that was reached, and from which; of an announcement, that it was made."""
    if "stage" not in part:
        return str(inner(shape("fund")["totals"])["announced"].label)
    stages = [_stage(wording, one) for one in (replaced, part) if one]
    return " → ".join(dict.fromkeys(stages))


def _stage(wording: Wording, part: Part) -> str:
    shown = wording.value(inner(shape("fund")["commitments"])["stage"], part["stage"], "")
    return shown.text if shown else _("Not known")


def _drawn(levels: Sequence[Sequence[Part]]) -> list[tuple[str, str]]:
    """Top and height of each level on one scale; empty where a level is unknown or has another currency."""
    amounts: list[Mapping[str, str] | None] = [p["amount"] for level in levels for p in level]
    if not all(amounts) or len(sums.by_currency(amounts)) != 1:
        return []
    figures = [
        sum(sums.by_currency(part["amount"] for part in level).values(), Decimal(0))
        for level in levels
    ]
    scale = Scale(min(*figures, Decimal(0)), max(*figures, Decimal(0)))
    places = [scale.stretch(Decimal(0), figure) for figure in figures]
    return [(percent(100 - Decimal(start) - Decimal(height)), height) for start, height in places]
