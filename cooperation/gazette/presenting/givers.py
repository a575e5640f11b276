"""Who gives to a fund, and in which order what they give came to stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cooperation.gazette.shapes import shape
from cooperation.rules import dates
from cooperation.rules.parts import Part

from .wording import Wording

Giver = tuple[str, str]


def giver(commitment: Part) -> Giver:
    """Who stands behind a commitment: an organization, a class of givers, or nobody else than itself."""
    if commitment["contributor"]:
        return "organization", commitment["contributor"]["key"]
    if commitment["contributor_class"]:
        return "class", commitment["contributor_class"]
    return "commitment", commitment["id"]


def giver_name(wording: Wording, commitment: Part) -> str:
    """What the giver is called."""
    return wording.part_name(shape("fund")["commitments"], {**commitment, "date": None})


def by_giver(commitments: Sequence[Part]) -> list[list[Part]]:
    """The commitments of each giver; what was replaced goes with what stands in its place in the end."""
    heirs = {part["replaces"]: part for part in commitments if part["replaces"]}
    groups: dict[Giver, list[Part]] = {}
    for part in commitments:
        groups.setdefault(giver([part, *_followed(part, heirs)][-1]), []).append(part)
    return list(groups.values())


def in_order(parts: Sequence[Part]) -> list[Part]:
    """The parts as they came: those without a date first, but none before what it replaced."""

    def place(part: Part) -> tuple[date, int]:
        elders = elders_of(part, parts)
        return max(map(_day, [part, *elders])), len(elders)

    return sorted(parts, key=place)


def elders_of(part: Part, parts: Sequence[Part]) -> list[Part]:
    """What the part replaced, and what that had replaced, the newest first."""
    known = {one["id"]: one for one in parts}
    elders = {one["id"]: known[one["replaces"]] for one in parts if one["replaces"] in known}
    return _followed(part, elders)


def _followed(part: Part, links: Mapping[str, Part]) -> list[Part]:
    """The parts to which the links lead, one after the other; a circle is gone round once."""
    found: list[Part] = []
    passed = set()
    while part["id"] in links and part["id"] not in passed:
        passed.add(part["id"])
        part = links[part["id"]]
        found.append(part)
    return found


def _day(part: Part) -> date:
    return dates.parse(part["date"]).first if part["date"] else date.min
