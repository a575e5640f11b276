"""Written records, held against the shape of their kind: what each is to hold, and its faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.gazette.shapes import CITATION, TITLE, link_lists, part_lists, shape
from cooperation.gazette.shapes.types import Member, Parts, Reference, Texts
from cooperation.rules.keys import is_key
from cooperation.rules.languages import LANGUAGES

from .faults import Faults, choice
from .members import MAX_LIST, Named, Row, how_to_name, named

HEADER = ("kind", "key", "editorial", "citations")
COMPUTED = ("schema", "url", "edition")


@dataclass
class Entry:
    """A written record: its kind and key, and what it, its parts and its citations are to hold.

    Lists that were not written are not there: they are left as they are.
    """

    kind: str
    key: str
    row: Row
    parts: dict[str, list[Row]] = field(default_factory=dict)
    nameless: dict[str, list[Row]] = field(default_factory=dict)
    """Citations, and records that are named by a list; their rows have no id."""

    @property
    def name(self) -> Named:
        """By which other records name it."""
        return self.kind, self.key

    def rows(self) -> Iterator[Row]:
        """The record's own row, and those of its lists."""
        yield self.row
        for rows in self.parts.values():
            yield from rows
        for rows in self.nameless.values():
            yield from rows


def entries(records: Any, faults: Faults) -> list[Entry]:
    """What the records are to hold; those of which not even kind and key can be told are left out."""
    if not isinstance(records, list):
        faults.add("the records", "", records, "Give a list of records.")
        return []
    found: dict[Named, Entry] = {}
    for number, raw in enumerate(records, start=1):
        entry = _entry(f"record {number}", raw, faults)
        if entry and entry.name in found:
            mend = "This record is written twice; make one of the two."
            faults.add(entry.row.record, "key", entry.key, mend)
        elif entry:
            found[entry.name] = entry
    return list(found.values())


def _entry(place: str, raw: Any, faults: Faults) -> Entry | None:
    if not isinstance(raw, dict):
        faults.add(place, "", raw, "Write a record as a group that begins with kind and key.")
        return None
    kind, key = raw.get("kind"), raw.get("key")
    if not isinstance(kind, str) or kind not in KINDS:
        faults.add(place, "kind", kind, f"There is no such kind; {choice(kind, tuple(KINDS))}")
        return None
    if not isinstance(key, str) or not is_key(key):
        mend = "Give a key of small Latin letters and digits with single hyphens between, such as alibaba-group."
        faults.add(f"{place} ({kind})", "key", key, mend)
        return None
    entry = Entry(kind, key, Row(f"{kind} {key}", "", raw, faults))
    _fill(entry, raw)
    return entry


def _fill(entry: Entry, raw: Mapping[str, Any]) -> None:
    row, kind = entry.row, entry.kind
    for name in COMPUTED:
        if name in raw:
            row.complain(name, raw[name], "The desk computes this; leave it out.")
    members = {"title": TITLE, **shape(kind).members}
    row.take(members, (*HEADER, *COMPUTED))
    for name, member in part_lists(kind).items():
        if name in raw and not member.derived:
            entry.parts[name] = _parts(row, name, member, raw[name])
    links = {name: member for name, member in link_lists(kind).items() if name in raw}
    entry.nameless = {name: _links(row, name, one, raw[name]) for name, one in links.items()}
    if "citations" in raw:
        entry.nameless["citations"] = list(_citations(row, raw["citations"]))
    if "editorial" in raw:
        _editorial(entry, members, raw["editorial"])


def _numbered(row: Row, name: str, raw: Any) -> Iterator[tuple[int, Any]]:
    """The entries of a list, numbered from 1."""
    if raw is not None and not isinstance(raw, list):
        row.complain(name, raw, "Give a list.")
    elif raw and len(raw) > MAX_LIST:
        row.complain(name, raw, f"A list has at most {MAX_LIST:,} entries.")
    else:
        yield from enumerate(raw or (), start=1)


def _groups(row: Row, name: str, raw: Any) -> Iterator[tuple[int, dict[Any, Any]]]:
    """The entries of a list, numbered from 1; those that are no groups become faults."""
    for number, written in _numbered(row, name, raw):
        if isinstance(written, dict):
            yield number, written
        else:
            mend = "Write each entry of this list as a group of members."
            row.complain(f"{name}/{number}", written, mend)


def _links(row: Row, name: str, member: Reference, raw: Any) -> list[Row]:
    """A row for each record that the list names, by its key, or where kinds differ by kind and key."""
    found: dict[Named, Row] = {}
    for number, written in _numbered(row, name, raw):
        target = named(member, written)
        if target is None:
            row.complain(f"{name}/{number}", written, how_to_name(member))
        elif target in found:
            row.complain(f"{name}/{number}", written, "This record is named twice; name it once.")
        else:
            link = Row(row.record, f"{name}/{number}", written, row.faults)
            link.refer(target[0], target, written)
            found[target] = link
    return list(found.values())


def _citations(row: Row, raw: Any) -> Iterator[Row]:
    for number, written in _groups(row, "citations", raw):
        citation = Row(row.record, f"citations/{number}", written, row.faults)
        citation.take(CITATION)
        yield citation


def _parts(row: Row, name: str, member: Parts, raw: Any) -> list[Row]:
    found: dict[str, Row] = {}
    for number, written in _groups(row, name, raw):
        own_id = written.get("id")
        unsound = {"part_id"}
        if not isinstance(own_id, str) or not is_key(own_id):
            mend = _(
                "Give each part an id of small Latin letters and digits with single hyphens between, such as korea."
            )
            row.complain(f"{name}/{number}/id", own_id, mend)
            own_id = str(number)
        elif own_id in found:
            row.complain(
                f"{name}/{number}/id",
                own_id,
                _("Another part of this list has the same id; give each its own."),
            )
            own_id = f"{own_id}/{number}"
        else:
            unsound = set()
        part = Row(row.record, f"{name}/{own_id}", written, row.faults, id=own_id, unsound=unsound)
        part.take(member.members, ("id",))
        found[own_id] = part
    return list(found.values())


def _editorial(entry: Entry, members: Mapping[str, Member], raw: Any) -> None:
    """Note for each text of the record and its written parts which languages are the editors' own."""
    places = dict(_texts(entry, members))
    languages: dict[str, list[str]] = {path: [] for path in places}
    if raw is not None and not isinstance(raw, list):
        entry.row.complain("editorial", raw, "Give a list of paths, such as title/ko.")
        return
    for written in raw or ():
        path, _slash, language = (
            written.rpartition("/") if isinstance(written, str) else ("", "", "")
        )
        if path in places and language in LANGUAGES:
            languages[path].append(language)
        else:
            entry.row.complain(
                "editorial",
                written,
                "This leads to no text written here; give a path and a language, such as title/ko.",
            )
    for path, (row, name) in places.items():
        row.put(name, f"{name}_editorial", sorted(set(languages[path])), raw)


def _texts(entry: Entry, members: Mapping[str, Member]) -> Iterable[tuple[str, tuple[Row, str]]]:
    """The path of each text in several languages, with the row it belongs to and its name there."""
    for name, member in members.items():
        if isinstance(member, Texts):
            yield name, (entry.row, name)
        for part in entry.parts.get(name, ()):
            for inside, text in member.members.items() if isinstance(member, Parts) else ():
                if isinstance(text, Texts):
                    yield part.at(inside), (part, inside)
