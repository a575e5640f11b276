"""Written records, held against the shape of their kind: what each is to hold, and its faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cooperation.catalogue import KINDS
from cooperation.gazette.shapes import CITATION, TITLE, part_lists, shape
from cooperation.gazette.shapes.types import Member, Parts, Texts
from cooperation.rules.keys import is_key
from cooperation.rules.languages import LANGUAGES

from .faults import Faults, choice
from .members import MAX_LIST, Named, Row

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
    citations: list[Row] | None = None

    @property
    def name(self) -> Named:
        """By which other records name it."""
        return self.kind, self.key

    def rows(self) -> Iterator[Row]:
        """The record's own row, and those of its parts and citations."""
        yield self.row
        for rows in self.parts.values():
            yield from rows
        yield from self.citations or ()


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
    if "citations" in raw:
        entry.citations = []
        for number, written in _groups(row, "citations", raw["citations"]):
            citation = Row(row.record, f"citations/{number}", written, row.faults)
            citation.take(CITATION)
            entry.citations.append(citation)
    if "editorial" in raw:
        _editorial(entry, members, raw["editorial"])


def _groups(row: Row, name: str, raw: Any) -> Iterator[tuple[int, dict[Any, Any]]]:
    """The entries of a list, numbered from 1; those that are no groups become faults."""
    if raw is not None and not isinstance(raw, list):
        row.complain(name, raw, "Give a list.")
    elif raw and len(raw) > MAX_LIST:
        row.complain(name, raw, f"A list has at most {MAX_LIST:,} entries.")
    else:
        for number, written in enumerate(raw or (), start=1):
            if isinstance(written, dict):
                yield number, written
            else:
                mend = "Write each entry of this list as a group of members."
                row.complain(f"{name}/{number}", written, mend)


def _parts(row: Row, name: str, member: Parts, raw: Any) -> list[Row]:
    found: dict[str, Row] = {}
    for number, written in _groups(row, name, raw):
        own_id = written.get("id")
        unsound = {"part_id"}
        if not isinstance(own_id, str) or not is_key(own_id):
            mend = "Give each part an id of small Latin letters and digits with single hyphens between, such as korea."
            row.complain(f"{name}/{number}/id", own_id, mend)
            own_id = str(number)
        elif own_id in found:
            row.complain(
                f"{name}/{number}/id",
                own_id,
                "Another part of this list has the same id; give each its own.",
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
