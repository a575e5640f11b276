"""A record in a few lines, as lists, searches and feeds show it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from cooperation.catalogue import KINDS, Kind
from cooperation.gazette.indexing import own_date
from cooperation.gazette.models import Current
from cooperation.gazette.references import label_of
from cooperation.gazette.shapes import member_at, shape
from cooperation.gazette.shapes.types import Code, Date, Parts
from cooperation.gazette.upgrades import upgraded
from cooperation.rules.languages import django_code

from .moments import Entry, entry
from .page import lead_name
from .values import Fact, Value
from .wording import Wording

# A list says first how far a thing has come, or what sort it is.
FOREMOST = ("status", "type")


@dataclass(frozen=True)
class Summary:
    """What one line of a list says of a record."""

    kind: str
    kind_label: str
    title: Value
    lead: Value | None
    badge: Value | None
    facts: tuple[Fact, ...]
    entry: Entry


def summary(row: Current, language: str) -> Summary:
    """A current record in a few lines. No queries."""
    document = upgraded(row.content)
    kind = KINDS[row.kind]
    wording = Wording(document, language)
    with override(django_code(language)):
        name = lead_name(row.kind)
        lead = wording.value(shape(row.kind)[name], document[name], name) if name else None
        facts = {fact.name: fact for fact in _facts(wording, kind) if fact.is_known}
        badge = next((facts.pop(name).values[0] for name in FOREMOST if name in facts), None)
        title = wording.reference(label_of(document).reference())
        return Summary(
            kind=row.kind,
            kind_label=str(kind.label),
            title=title,
            lead=lead,
            badge=badge,
            facts=tuple(facts.values()),
            entry=entry(json.loads(row.header), language),
        )


def _facts(wording: Wording, kind: Kind) -> Iterator[Fact]:
    """What the kind's facets with codes say, and its own date."""
    for facet, (path, *_others) in kind.facets.items():
        member = member_at(kind.name, path)
        holder, _dot, name = path.rpartition(".")
        inside: Any = wording.document.get(holder) if holder else wording.document
        if isinstance(member, Code) and isinstance(inside, Mapping):
            fact = wording.fact(name, member, inside, name)
            yield Fact(facet, fact.label, fact.values, many=fact.many)
    for path in kind.line:
        member = member_at(kind.name, path)
        holder, _dot, name = path.rpartition(".")
        inside = wording.document[holder] if holder else wording.document
        if isinstance(member, Parts):
            yield _named(wording, name, member)
        elif member:
            yield wording.fact(name, member, inside, path)
    date = own_date(wording.document)
    if date:
        label = str(kind.date_label)
        value = wording.value(Date(label, ""), date.text, "")
        yield Fact("date", label, (value,) if value else ())


def _named(wording: Wording, name: str, listed: Parts) -> Fact:
    """Who stands in a list of parts; whoever moved through several stages is named once."""
    named = {
        wording.part_in_brief(listed, part): wording.part_language(listed, part)
        for part in wording.document[name]
    }
    values = tuple(Value("text", text, language) for text, language in named.items())
    return Fact(name, str(listed.label), values, many=True)
