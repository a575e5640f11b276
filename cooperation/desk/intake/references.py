"""Records that a table names by key, title or name: looked up together, in a few queries a kind."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.gazette.shapes import part_lists
from cooperation.rules.keys import is_key
from cooperation.rules.languages import LANGUAGES, column
from cooperation.rules.texts import bound_marks

from .faults import shown

CHUNK = 200
LONGEST = 500
NAMED = 5
Wanted = tuple[tuple[str, ...], str]
"""The kinds that may stand there, and what is written."""

Named = tuple[str, str]
"""A record by kind and key."""


@dataclass
class Names:
    """The records that were looked up, by kind: those with that key, and those of that title or name."""

    keys: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    called: dict[tuple[str, str], dict[str, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, kind: str, key: str, names: Iterable[str] = ()) -> None:
        """Let a record be found by its key, and by what it is called."""
        self.keys[kind].add(key)
        for name in names:
            if name:
                self.called[kind, plain(name)][key] = None

    def find(self, kinds: tuple[str, ...], written: str) -> Named:
        """The one record that is meant; ValueError, with the mend, where there is none, or several are called so.

        A key means the record that has it, whatever else is called so.
        """
        by_key = [
            (kind, key) for kind, key in _as_keys(kinds, written) if key in self.keys.get(kind, ())
        ]
        by_name = [
            (kind, key) for kind in kinds for key in self.called.get((kind, plain(written)), ())
        ]
        found = by_key or by_name
        if len(found) == 1:
            return found[0]
        if found:
            several = [_shortest(kinds, one) for one in found[:NAMED]]
            raise ValueError(
                _("Several records are called %(text)s; write the key of one of them: %(keys)s.")
                % {
                    "text": shown(written),
                    "keys": ", ".join(several) + "…" * (len(found) > NAMED),
                }
            )
        raise ValueError(_missing(kinds, written))


def look_up(wanted: Iterable[Wanted], also: Mapping[Named, Iterable[str]] | None = None) -> Names:
    """Look up what is named; `also` are the records of the file itself, each with its titles.

    Three queries a kind for each 200 different writings, however many rows have them.
    """
    names = Names()
    texts: dict[str, set[str]] = defaultdict(set)
    for kinds, written in wanted:
        for kind in kinds:
            texts[kind].add(written[:LONGEST])
    for kind in sorted(texts):
        keys = {key for text in texts[kind] for _kind, key in _as_keys((kind,), text)}
        _look_up(kind, sorted(filter(is_key, keys)), sorted(map(plain, texts[kind])), names)
    for (kind, key), titles in (also or {}).items():
        names.add(kind, key, titles)
    return names


def plain(written: str) -> str:
    """The text as titles are kept, so that equal ones are found however they were composed."""
    return unicodedata.normalize("NFC", bound_marks(written[:LONGEST])).strip()


def _look_up(kind: str, keys: list[str], texts: list[str], names: Names) -> None:
    model: Any = apps.get_model("desk", kind)
    rows = model._base_manager
    titles = [f"title_{column(language)}" for language in LANGUAGES]
    for some in _in_chunks(keys):
        for key in rows.filter(key__in=some).values_list("key", flat=True):
            names.add(kind, key)
    for some in _in_chunks(texts):
        of_title = Q()
        for title in titles:
            of_title |= Q(**{f"{title}__in": some})
        for key, *called in rows.filter(of_title).order_by("pk").values_list("key", *titles):
            names.add(kind, key, called)
        if "names" in part_lists(kind):
            bearing = model._meta.get_field("names").related_model._base_manager
            found = bearing.filter(text__in=some).order_by("pk").values_list("record__key", "text")
            for key, name in found:
                names.add(kind, key, [name])


def _in_chunks(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def _as_keys(kinds: tuple[str, ...], written: str) -> list[Named]:
    """The records that a key may mean: `alibaba-group`, or where several kinds are open `fund/its-key` too."""
    kind, slash, key = written.strip().partition("/")
    if slash:
        return [(kind, key)] if kind in kinds else []
    return [(one, written.strip()) for one in kinds]


def _shortest(kinds: tuple[str, ...], record: Named) -> str:
    return record[1] if len(kinds) == 1 else "/".join(record)


def _missing(kinds: tuple[str, ...], written: str) -> str:
    if len(kinds) == 1:
        return _(
            "No record of the kind %(kind)s has the key, title or name %(text)s; enter it first, or correct the writing."
        ) % {"kind": KINDS[kinds[0]].label, "text": shown(written)}
    return _("No record has the key, title or name %(text)s; write it as initiative/its-key.") % {
        "text": shown(written)
    }
