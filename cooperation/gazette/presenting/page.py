"""The page of one document: title, lead, facts, parts as tables, and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy, override

from cooperation.catalogue import KINDS
from cooperation.gazette.references import label_of
from cooperation.gazette.shapes import TITLE, part_lists, shape
from cooperation.gazette.shapes.progress import STATUS
from cooperation.gazette.shapes.types import Parts, Texts, inner
from cooperation.rules.languages import django_code, pick
from cooperation.rules.parts import Part

from .conflicts import Conflict, conflicts
from .footnotes import Footnote, Footnotes
from .funds import Arithmetic, arithmetic
from .glance import Glance, glance
from .moments import Entry, entry
from .passages import Sources, footnotes_of, source_names
from .timeline import Step, timeline
from .values import Fact, Value
from .wording import Wording

# In these parts one member says what the other cannot: a giver by name, or else by class.
STANDS_IN = {
    ("fund", "commitments"): ("contributor", "contributor_class", None),
    ("agreement", "parties"): ("organization", "country", gettext_lazy("Party")),
}
"""With the heading over both, where that of the first does not fit them."""


ALSO_CALLED = ("alias", "short")


class Row(NamedTuple):
    """One part as a row of a table."""

    anchor: str
    cells: tuple[Fact, ...]
    footnotes: tuple[int, ...]
    replaced_by: Value | None


@dataclass(frozen=True)
class Table:
    """A list of parts: its heading, the columns of which something is known, and a row for each."""

    name: str
    label: str
    sentence: str
    columns: tuple[Fact, ...]
    rows: tuple[Row, ...]
    unknown: tuple[str, ...]
    """Labels of the columns of which nothing is known in any row."""
    footnotes: tuple[int, ...]


@dataclass(frozen=True)
class Page:
    """Everything that is drawn of one document, in one language."""

    kind: str
    kind_label: str
    key: str
    url: str
    title: Value
    other_titles: tuple[Value, ...]
    lead: Fact | None
    speaker: Fact | None
    """Whose words the lead is, where it is somebody's."""
    status: Mapping[str, Fact] | None
    facts: tuple[Fact, ...]
    arithmetic: Arithmetic | None
    tables: tuple[Table, ...]
    glance: Glance | None
    """Of what goes on, and so has a status."""
    timeline: tuple[Step, ...]
    footnotes: tuple[Footnote, ...]
    edition: Entry | None
    conflicts: tuple[Conflict, ...]

    @property
    def has_facts(self) -> bool:
        """Whether anything is said in brief: a value, or that a list holds nothing."""
        return bool(self.facts) or not all(table.rows for table in self.tables)

    @property
    def has_inferred(self) -> bool:
        """Whether anything on the page was inferred."""
        return any(note.is_inferred for note in self.footnotes)


def lead_name(kind: str) -> str | None:
    """The member that opens a page of that kind: its first passage of text, or None where it has none."""
    members = shape(kind).members.items()
    return next((name for name, one in members if isinstance(one, Texts) and one.long), None)


def present(
    document: Mapping[str, Any],
    language: str,
    *,
    edition: Mapping[str, Any] | None = None,
    sources: Sources | None = None,
    related: Iterable[Mapping[str, Any]] = (),
    today: date | None = None,
) -> Page:
    """The page of a document of the newest schema; `edition` is its header, where it has been entered.

    `sources` are the documents of the sources that it cites, by key, `related` those of
    engagements and statements that name it; `today` lets it tell ages. No queries.
    """
    kind = document["kind"]
    footnotes = Footnotes(document["citations"], source_names(sources or {}, language))
    wording = Wording(document, language, footnotes)
    with override(django_code(language)):
        title = wording.fact("title", TITLE, document, "title")
        name = lead_name(kind)
        lead = wording.fact(name, shape(kind)[name], document, name) if name else None
        return Page(
            kind=kind,
            kind_label=str(KINDS[kind].label),
            key=document["key"],
            url=wording.reference(label_of(document).reference()).url or "",
            title=_title(title, document),
            other_titles=tuple(other_titles(document, language)),
            lead=lead,
            speaker=_speaker(wording),
            status=_status(wording),
            facts=tuple(_facts(wording, name)),
            arithmetic=arithmetic(wording) if "totals" in shape(kind).members else None,
            tables=tuple(_tables(wording)),
            glance=glance(wording, today) if "status" in shape(kind).members else None,
            timeline=timeline(wording, related, today),
            footnotes=(notes := tuple(footnotes_of(wording, sources or {}, name))),
            edition=entry(edition, language) if edition else None,
            conflicts=tuple(conflicts(wording, notes)),
        )


def _title(fact: Fact, document: Mapping[str, Any]) -> Value:
    if fact.values:
        return fact.values[0]
    return Value("text", document["key"], "", footnotes=fact.footnotes)


def other_titles(document: Mapping[str, Any], language: str) -> Iterator[Value]:
    """The title in the other languages, then the names in use by which people look for it."""
    told = {pick(document["title"], language, settings.PORTAL_MAIN_LANGUAGE).text}
    found = [(text, other) for other, text in document["title"].items() if other != language]
    found += [
        (name["text"], name["lang"] or "")
        for name in document.get("names", ())
        if name["type"] in ALSO_CALLED and not name["until"]
    ]
    for text, other in found:
        if text and text not in told:
            told.add(text)
            yield Value("text", text, other if other != language else None)


def _speaker(wording: Wording) -> Fact | None:
    member = shape(wording.document["kind"]).members.get("speaker")
    return wording.fact("speaker", member, wording.document, "speaker") if member else None


def _status(wording: Wording) -> Mapping[str, Fact] | None:
    status = wording.document.get("status")
    if not isinstance(status, Mapping) or not status["value"]:
        return None
    whole = wording.footnotes.at("status")
    facts = {fact.name: fact for fact in wording.facts(STATUS.members, status, "status/")}
    badge = facts["value"].values[0]
    noted = badge.noted(tuple(sorted({*whole, *badge.footnotes})))
    return {**facts, "value": replace(facts["value"], values=(noted,))}


def _facts(wording: Wording, lead: str | None) -> Iterator[Fact]:
    elsewhere = {lead, "status", "totals", "difference"}
    for name, member in shape(wording.document["kind"]).members.items():
        if name not in elsewhere and not isinstance(member, Parts):
            yield wording.fact(name, member, wording.document, name)


def _tables(wording: Wording) -> Iterator[Table]:
    kind = wording.document["kind"]
    for name, listed in part_lists(kind).items():
        parts = wording.document[name]
        replaced = {part["replaces"]: part["id"] for part in parts if part.get("replaces")}
        rows = [
            Row(
                f"{name}-{part['id']}",
                tuple(_cells(wording, kind, name, listed, part)),
                wording.footnotes.at(f"{name}/{part['id']}"),
                _replacement(wording, name, replaced.get(part["id"])),
            )
            for part in _ordered(listed, parts)
        ]
        yield _table(name, listed, rows, wording.footnotes.at(name))


def _ordered(listed: Parts, parts: list[Part]) -> list[Part]:
    """The parts in their order; those that a source attests for a day, as posts are, the newest first."""
    if "attested" not in listed.members:
        return parts
    return sorted(parts, key=lambda part: part["from"] or part["attested"] or "", reverse=True)


def _table(name: str, listed: Parts, rows: list[Row], footnotes: tuple[int, ...]) -> Table:
    known = {cell.name for row in rows for cell in row.cells if cell.is_known}
    heads = rows[0].cells if rows else ()
    return Table(
        name,
        str(listed.label),
        str(listed.sentence),
        tuple(cell for cell in heads if cell.name in known),
        tuple(
            row._replace(cells=tuple(cell for cell in row.cells if cell.name in known))
            for row in rows
        ),
        tuple(cell.label for cell in heads if cell.name not in known),
        footnotes,
    )


def _cells(
    wording: Wording, kind: str, name: str, listed: Parts, part: Mapping[str, Any]
) -> Iterator[Fact]:
    main, other, heading = STANDS_IN.get((kind, name), ("", "", None))
    facts = {
        fact.name: fact for fact in wording.facts(inner(listed), part, f"{name}/{part['id']}/")
    }
    if main and not (facts[main].is_known and facts[other].is_known):
        stand_in = facts.pop(other)
        if stand_in.is_known:
            facts[main] = replace(facts[main], values=stand_in.values)
    if heading:
        facts[main] = replace(facts[main], label=str(heading))
    yield from facts.values()


def _replacement(wording: Wording, name: str, part_id: str | None) -> Value | None:
    if part_id is None:
        return None
    label = wording.part_label(name, part_id) or part_id
    return Value("part", label, url=f"#{name}-{part_id}")
