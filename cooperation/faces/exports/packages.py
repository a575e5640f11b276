"""Filtered lists, and the whole portal, as data packages (datapackage.org): tables and documents in a zip file.

The documents leave while they are read, once; the tables wait in temporary files until it is their turn, so
the memory it takes does not grow.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.utils.translation import override

from cooperation.catalogue import KINDS
from cooperation.faces.filters import RecordFilters, filterset
from cooperation.gazette import reading, shapes
from cooperation.rules.languages import LANGUAGES

from . import csv, documents, fields, tables
from .descriptors import About, Resource, datapackage, readme
from .zips import Packed, Parcel

Full = Callable[[str], str]
Packing = Generator[bytes, None, list[Resource]]

BLOCK = 64 * 1024
NAME = "cooperation-portal"
VOCABULARIES = "vocabularies"
_TERM = ["vocabulary", "code"]


def of_list(filters: RecordFilters, absolute: Full) -> Iterator[bytes]:
    """The package of the records that the filters let through, piece by piece. One query for the head besides."""
    kind, asked = KINDS[filters.kind], filters.data.urlencode()
    with override("en"):
        narrowed = f" Of these, what {absolute(f'/{kind.plural}/?{asked}')} shows." if asked else ""
        about = About(
            kind.plural,
            f"Cooperation Portal: {kind.label_plural}",
            f"{kind.sentence}{narrowed}",
            f"/{kind.plural}/" + (f"?{asked}" if asked else ""),
        )
    yield from _whole(about, lambda parcel: _of_kind(parcel, filters, absolute), absolute)


def of_everything(absolute: Full) -> Iterator[bytes]:
    """The package of all that is public, piece by piece. One query for the head, and those of each kind."""
    about = About(
        NAME,
        "Cooperation Portal: everything",
        "Every record that is public, of every kind, with the passages of sources on which it stands.",
        "/",
    )
    yield from _whole(about, lambda parcel: _of_all(parcel, absolute), absolute)


def _whole(about: About, pack: Callable[[Parcel], Packing], absolute: Full) -> Iterator[bytes]:
    """What is packed, and what tells of it, which can only be known then."""
    head, parcel = reading.head(), Parcel()
    resources = yield from pack(parcel)
    for name, written in (("README.txt", readme), ("datapackage.json", datapackage)):
        yield from parcel.put(name, [written(about, head, resources, absolute)])
    yield from parcel.end()


def _of_all(parcel: Parcel, absolute: Full) -> Packing:
    resources: list[Resource] = []
    for kind in KINDS:
        resources += yield from _of_kind(parcel, filterset(kind)(), absolute)
    terms = _vocabularies()
    packed = yield from parcel.put(f"{VOCABULARIES}.csv", [csv.rows(terms)])
    schema = fields.of_texts([str(name) for name in terms[0]], _TERM)
    resources.append(
        Resource(
            VOCABULARIES, f"{VOCABULARIES}.csv", "What codes mean", len(terms) - 1, packed, schema
        )
    )
    return resources


def _of_kind(parcel: Parcel, filters: RecordFilters, absolute: Full) -> Packing:
    """The documents of the list, and its tables."""
    sheets = tables.Sheets(filters.kind, settings.PORTAL_MAIN_LANGUAGE, absolute)
    with ExitStack() as stack:
        waiting = {
            name: Waiting(stack.enter_context(TemporaryFile()), names)
            for name, names in sheets.names.items()
        }
        whole = f"{sheets.plural}.ndjson"
        documents_packed = yield from parcel.put(whole, _passing(filters, sheets, waiting))
        packed = {}
        for name, table in waiting.items():
            packed[name] = yield from parcel.put(_path(sheets, name), table.blocks())
    counts = {name: table.count for name, table in waiting.items()}
    with override("en"):
        return _resources(filters.kind, sheets, counts, packed, documents_packed)


class Waiting:
    """A table on disk whose turn has not come."""

    def __init__(self, file: IO[bytes], names: tables.Row) -> None:
        self.count = 0
        self._file = file
        self._file.write(csv.rows([names]))

    def add(self, rows: list[tables.Row]) -> None:
        """Puts the rows below the others."""
        self.count += len(rows)
        self._file.write(csv.rows(rows))

    def blocks(self) -> Iterator[bytes]:
        """The table, in blocks of 64 KiB."""
        self._file.seek(0)
        while block := self._file.read(BLOCK):
            yield block


def _passing(
    filters: RecordFilters, sheets: tables.Sheets, waiting: Mapping[str, Waiting]
) -> Iterator[bytes]:
    """The documents as lines, while their rows are put into the tables."""
    for texts in documents.texts(filters):
        found: dict[str, list[tables.Row]] = defaultdict(list)
        for name, row in _rows(sheets, texts):
            found[name].append(row)
        for name, rows in found.items():
            waiting[name].add(rows)
        yield documents.lines(texts)


def _rows(sheets: tables.Sheets, texts: Iterable[str]) -> Iterator[tuple[str, tables.Row]]:
    for document in map(json.loads, texts):
        yield from sheets.rows(document)


def _resources(
    kind: str,
    sheets: tables.Sheets,
    counts: Mapping[str, int],
    packed: Mapping[str, Packed],
    documents_packed: Packed,
) -> list[Resource]:
    """What was packed of the kind, the records first."""
    plural = sheets.plural
    label = str(KINDS[kind].label_plural)
    schemas = {
        plural: fields.of_records(kind, sheets.records),
        **{name: fields.of_list(plural, name, columns) for name, columns in sheets.lists.items()},
    }
    found = [
        Resource(
            _name(sheets, name),
            _path(sheets, name),
            label if name == plural else f"{label}: {_title(kind, name)}",
            counts[name],
            packed[name],
            schema,
        )
        for name, schema in schemas.items()
    ]
    if counts[plural]:
        # Frictionless takes a file without a line, which has no names of columns either, for a broken one.
        found.append(
            Resource(
                f"{plural}_documents",
                f"{plural}.ndjson",
                f"{label}: the documents, whole",
                counts[plural],
                documents_packed,
                fields.of_documents(kind),
            )
        )
    return found


def _title(kind: str, name: str) -> str:
    lists = shapes.part_lists(kind)
    return str(lists[name].label) if name in lists else "Citations"


def _name(sheets: tables.Sheets, name: str) -> str:
    """The table's name in the package: that of the list after that of the records."""
    return name if name == sheets.plural else f"{sheets.plural}_{name}"


def _path(sheets: tables.Sheets, name: str) -> str:
    return f"{_name(sheets, name)}.csv"


@cache
def _vocabularies() -> list[tables.Row]:
    """Every code of every vocabulary, what it is called and what it means; the names of the columns first."""
    sorts = ("title", "description")
    names = [*_TERM, *(f"{sort}_{language}" for sort in sorts for language in LANGUAGES)]
    terms = [
        [
            name,
            code,
            *(vocabulary.label(code, language) for language in LANGUAGES),
            *(vocabulary.sentence(code, language) for language in LANGUAGES),
        ]
        for name, vocabulary in shapes.vocabularies().items()
        for code in vocabulary.codes
    ]
    return [names, *terms]
