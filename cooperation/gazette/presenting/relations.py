"""What refers to a record: each referring document in a row that says as what, since when, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from cooperation.catalogue import KINDS
from cooperation.gazette.indexing import own_date
from cooperation.gazette.models import Current
from cooperation.gazette.references import Target, is_reference, label_of, references
from cooperation.gazette.shapes import shape
from cooperation.gazette.shapes.progress import STATUS
from cooperation.gazette.shapes.types import (
    Code,
    Date,
    Member,
    Money,
    Parts,
    Reference,
    Texts,
    inner,
)
from cooperation.gazette.shapes.vocabularies import StandardVocabulary
from cooperation.gazette.upgrades import upgraded
from cooperation.rules.languages import django_code

from .footnotes import Footnotes
from .values import Fact, Value
from .wording import COMMA, Wording

CITED = "citations"
# What a row tells besides, where the record has it: what sort it is, where it was, and about what.
TOLD = ("type", "speaker", "place", "engagement", "subjects")
MOST_NAMED = 3
# What a member that names many makes of each of them.
AS_WHAT: dict[str, str | Promise] = {
    "participants": gettext_lazy("Participant"),
    "parties": gettext_lazy("Party"),
    "attendees": gettext_lazy("Attendee"),
    "posts": gettext_lazy("Post"),
    "successions": gettext_lazy("Predecessor or successor"),
    "allocations": gettext_lazy("Allocation"),
    "subjects": gettext_lazy("Subject"),
    "platforms": gettext_lazy("Platform it uses"),
    "agreements": gettext_lazy("Agreement it relies on"),
    "part_of": gettext_lazy("Part of this"),
    "organization": gettext_lazy("On whose behalf"),
    "engagement": gettext_lazy("Made here"),
}
# What the records that name a record under a member are to its reader; else they go by their kind.
HEADINGS: dict[tuple[str, str], str | Promise] = {
    ("initiative", "participants"): gettext_lazy("Takes part in these initiatives"),
    ("initiative", "platforms"): gettext_lazy("Initiatives that use this"),
    ("initiative", "agreements"): gettext_lazy("Initiatives that rely on this"),
    ("initiative", "part_of"): gettext_lazy("Initiatives within this one"),
    ("fund", "commitments"): gettext_lazy("Is to give to these funds"),
    ("fund", "manager"): gettext_lazy("Runs these funds"),
    ("fund", "allocations"): gettext_lazy("Funds with money set aside for this"),
    ("agreement", "parties"): gettext_lazy("Is a party to these agreements"),
    ("engagement", "part_of"): gettext_lazy("Engagements within this one"),
    ("engagement", "attendees"): gettext_lazy("Engagements attended"),
    ("engagement", "subjects"): gettext_lazy("Spoken of in these engagements"),
    ("statement", "speaker"): gettext_lazy("Statements made"),
    ("statement", "organization"): gettext_lazy("Statements made on behalf of this organization"),
    ("statement", "engagement"): gettext_lazy("Statements made here"),
    ("statement", "subjects"): gettext_lazy("Spoken of in these statements"),
    ("organization", "part_of"): gettext_lazy("Organizations that belong to this one"),
    ("person", "posts"): gettext_lazy("People who hold or held a post here"),
    ("platform", "operator"): gettext_lazy("Runs these platforms"),
    ("source", "publisher"): gettext_lazy("Published these sources"),
}


class Relation(NamedTuple):
    """As what one document names a record, in a few words, and from when until when."""

    member: str
    label: str
    told: str
    dates: tuple[Fact, ...]
    is_undated: bool
    """Whether it could have dates, and none is recorded."""
    is_replaced: bool

    @property
    def since(self) -> str:
        """The first of its dates as documents write it; empty where none is recorded."""
        return self.dates[0].values[0].machine or "" if self.dates else ""

    @property
    def is_bare(self) -> bool:
        """Whether it says as what the record is named, and nothing else."""
        return not (self.told or self.dates or self.is_undated or self.is_replaced)


@dataclass(frozen=True)
class Referring:
    """A document that names a record: what it is called, as what it does, and how it stands."""

    title: Value
    relations: tuple[Relation, ...]
    badge: Value | None
    since: Fact | None
    facts: tuple[Fact, ...]
    own_date: str

    @property
    def says_more(self) -> bool:
        """Whether its relations say more than one heading can."""
        return len(self.relations) > 1 or any(not one.is_bare for one in self.relations)

    @property
    def order(self) -> str:
        """The day by which it stands among its like: since when it is related, else its own."""
        return max((one.since for one in self.relations), default="") or self.own_date


@dataclass(frozen=True)
class Backlinks:
    """The records of one kind that name a record in the same way."""

    kind: str
    label: str
    is_told: bool
    """Whether the label says as what they name it."""
    records: tuple[Referring, ...]


def backlinks(rows: Iterable[Current], target: Target, language: str) -> list[Backlinks]:
    """The records that refer to a record, by kind and by as what, the latest first. No queries."""
    found: dict[tuple[str, str], list[Referring]] = {}
    for row in rows:
        document = upgraded(row.content)
        with override(django_code(language)):
            one = _referring(Wording(document, language), target)
        member = one.relations[0].member if one.relations else ""
        place = member if (row.kind, member) in HEADINGS else ""
        found.setdefault((row.kind, place), []).append(one)
    order = [(kind, name) for kind in KINDS for name in (*shape(kind).members, "")]
    with override(django_code(language)):
        return [
            Backlinks(
                place[0], _heading(*place), bool(place[1]), tuple(_latest_first(found[place]))
            )
            for place in order
            if place in found
        ]


def _heading(kind: str, member: str) -> str:
    return str(HEADINGS.get((kind, member), KINDS[kind].label_plural))


def _latest_first(records: list[Referring]) -> list[Referring]:
    return sorted(records, key=lambda one: one.order, reverse=True)


def _referring(wording: Wording, target: Target) -> Referring:
    document = wording.document
    status = document.get("status") or {}
    badge = wording.value(STATUS.members["value"], status.get("value"), "")
    since = wording.fact("since", STATUS.members["since"], status, "") if badge else None
    date = own_date(document)
    return Referring(
        title=wording.reference(label_of(document).reference()),
        relations=tuple(_relations(wording, target)),
        badge=badge,
        since=since if since and since.is_known else None,
        facts=tuple(_facts(wording, target)),
        own_date=date.text if date else "",
    )


def _relations(wording: Wording, target: Target) -> Iterator[Relation]:
    """Under which of its members the document names the record; last, for how much it cites it."""
    document = wording.document
    paths = [path.split("/") for path, one in references(document) if one == target]
    for name, member in shape(document["kind"]).members.items():
        inside = [path for path in paths if path[0] == name]
        if not isinstance(member, Parts):
            yield from (
                Relation(name, _as_what(name, member), "", (), False, False) for _p in inside[:1]
            )
            continue
        parts = {str(part["id"]): part for part in document[name]}
        replaced = {part.get("replaces") for part in parts.values()}
        for _list, part_id, under, *_rest in inside:
            label = _as_what(name, inner(member)[under])
            yield _of_part(wording, member, parts[part_id], label, under, name, part_id in replaced)
    passages = Footnotes(document["citations"]).numbered()
    sources = [passage.citation["source"] for _number, passage in passages]
    cited = sum((source["kind"], source["key"]) == target for source in sources)
    if cited:
        text = ngettext("%(n)s passage", "%(n)s passages", cited) % {"n": cited}
        yield Relation(CITED, _("Cited"), text, (), False, False)


def _of_part(
    wording: Wording,
    listed: Parts,
    part: Mapping[str, Any],
    label: str,
    under: str,
    name: str,
    is_replaced: bool,
) -> Relation:
    dated = {key: one for key, one in listed.members.items() if isinstance(one, Date)}
    dates = tuple(fact for fact in wording.facts(dated, part) if fact.is_known)
    others = (
        _short(wording, member, part[key])
        for key, member in listed.members.items()
        if key != under and part[key]
    )
    told = COMMA[wording.language].join(text for text in others if text)
    return Relation(name, label, told, dates, bool(dated) and not dates, is_replaced)


def _as_what(name: str, member: Member) -> str:
    return str(AS_WHAT.get(name, member.label))


def _short(wording: Wording, member: Member, value: Any) -> str:
    """A value of a part in a few words, where it is of a sort that fits into a line."""
    if not isinstance(member, Code | Texts | Money | Reference) or member.many:
        return ""
    shown = wording.value(member, value, "")
    text = shown.text if shown else ""
    # Words of ours begin small inside a line; names of countries and people do not.
    is_ours = isinstance(member, Code) and not isinstance(member.vocabulary, StandardVocabulary)
    return text[:1].lower() + text[1:] if is_ours else text


def _facts(wording: Wording, target: Target) -> Iterator[Fact]:
    """What else the document tells: its own date, unless its status says it, and what TOLD names."""
    kind = KINDS[wording.document["kind"]]
    date = own_date(wording.document)
    if date and not kind.date[0].startswith("status"):
        label = str(kind.date_label)
        value = wording.value(Date(label, ""), date.text, "")
        yield Fact("date", label, (value,) if value else ())
    members = shape(kind.name).members
    for name in TOLD:
        if name in members:
            fact = wording.fact(name, members[name], _without(wording.document, name, target), name)
            if fact.is_known:
                yield _cut(fact)


def _without(document: Mapping[str, Any], name: str, target: Target) -> dict[str, Any]:
    """What stands under that name, but for the record itself, whose page it is."""
    value = document[name]
    if isinstance(value, list):
        return {name: [one for one in value if not _names(one, target)]}
    return {name: None if _names(value, target) else value}


def _names(value: Any, target: Target) -> bool:
    return is_reference(value) and (value["kind"], value["key"]) == target


def _cut(fact: Fact) -> Fact:
    """The fact with the first few of its values, and how many more there are."""
    rest = len(fact.values) - MOST_NAMED
    if rest <= 0:
        return fact
    more = Value("text", ngettext("and %(n)s more", "and %(n)s more", rest) % {"n": rest})
    return Fact(fact.name, fact.label, (*fact.values[:MOST_NAMED], more), many=True)
