"""Names of one kind as they are compared: brought up to date with the desk, and asked for those like another."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Count, Max
from rapidfuzz import fuzz, process

from cooperation.gazette.shapes import part_lists
from cooperation.rules.languages import LANGUAGES, column
from cooperation.rules.names import NEARLY, SCRIPTS, Form, forms, likeness, names_in

from .storing import fact, note, opened, writing

TITLES = [f"title_{column(language)}" for language in LANGUAGES]
BATCH = 1000
OVERLAP = timedelta(minutes=1)
"""What was saved so much earlier than the newest may have come to light after it."""
LAST = "\U0010ffff"
MOST_LOOKED_AT = 5000
"""Names that are compared with one, of those that begin or end alike in one way."""
WITH_ONE_DIFFERENCE = 14
Progress = Callable[[int, int], None] | None


class Like(NamedTuple):
    """Another record one of whose names is nearly a given one, the two names, and by how much."""

    pk: int
    score: float
    mine: str
    theirs: str


class Names:
    """The names of the records of one kind."""

    def __init__(self, kind: str, file: sqlite3.Connection):
        self.kind, self.file = kind, file
        self.model: Any = apps.get_model("desk", kind)
        self.rows = self.model._base_manager.order_by()

    # Bringing it up to date

    def catch_up(self, most: int | None = None, progress: Progress = None) -> int:
        """Read the names of what was saved since; how many records are still to be read.

        Where nothing was saved it costs one query, else a few, and two for each thousand records.
        """
        there = self.rows.aggregate(count=Count("pk"), newest=Max("updated_at"))
        state = f"{there['count']} {there['newest']}"
        if state == fact(self.file, f"state of {self.kind}"):
            return 0
        left = 0
        for since in (self._since(there["newest"]), None):
            left = self._compare(since, most, progress)
            if left or self.count() == there["count"]:
                break
        if not left:
            note(self.file, f"state of {self.kind}", state)
        return left

    def count(self) -> int:
        """How many records it knows."""
        asked = "SELECT count(*) FROM record WHERE kind = ?"
        return int(self.file.execute(asked, (self.kind,)).fetchone()[0])

    def _since(self, newest: datetime | None) -> datetime | None:
        asked = "SELECT max(saved) FROM record WHERE kind = ?"
        known = self.file.execute(asked, (self.kind,)).fetchone()[0]
        if not known or not newest:
            return None
        return min(datetime.fromisoformat(known), newest) - OVERLAP

    def _compare(self, since: datetime | None, most: int | None, progress: Progress) -> int:
        rows = self.rows.filter(updated_at__gte=since) if since else self.rows
        there = {(pk, saved.isoformat()) for pk, saved in rows.values_list("pk", "updated_at")}
        asked = "SELECT pk, saved FROM record WHERE kind = ? AND saved >= ?"
        known = set(self.file.execute(asked, (self.kind, since.isoformat() if since else "")))
        new, gone = sorted(there - known), sorted(known - there)
        with writing(self.file):
            self._forget(pk for pk, _saved in gone)
        read = new[:most]
        for begin in range(0, len(read), BATCH):
            self._read(dict(read[begin : begin + BATCH]))
            if progress:
                progress(min(begin + BATCH, len(read)), len(read))
        return len(new) - len(read)

    def _forget(self, pks: Iterable[int]) -> None:
        named = [(self.kind, pk) for pk in pks]
        for table in ("name", "record"):
            self.file.executemany(f"DELETE FROM {table} WHERE kind = ? AND pk = ?", named)  # noqa: S608 -- one of two tables

    def _read(self, saved: dict[int, str]) -> None:
        """Take in the names of these records as they stand."""
        found = [
            (
                self.kind,
                pk,
                name,
                form.plain,
                form.plain[::-1],
                form.sound,
                form.sound[::-1],
                form.script,
            )
            for pk, names in self._names(saved).items()
            for name in dict.fromkeys(names)
            for form in self.forms(name)
        ]
        with writing(self.file):
            self._forget(saved)
            self.file.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?)", found)
            rows = [(self.kind, pk, when) for pk, when in saved.items()]
            self.file.executemany("INSERT INTO record VALUES (?, ?, ?)", rows)

    def _names(self, pks: Iterable[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for pk, *titles in self.rows.filter(pk__in=list(pks)).values_list("pk", *TITLES):
            found[pk] += filter(None, titles)
        if "names" in part_lists(self.kind):
            names = self.model.names.rel.related_model._base_manager.order_by()
            for pk, name in names.filter(record__in=list(pks)).values_list("record", "text"):
                found[pk].append(name)
        return found

    # Asking it

    def forms(self, name: str) -> tuple[Form, ...]:
        """The ways in which a name of this kind is compared."""
        return forms(name, of_person=self.kind == "person")

    def everything(self) -> Iterator[tuple[int, str, Form]]:
        """Every name in every form, with the number of its record, the oldest first."""
        asked = "SELECT pk, text, plain, sound, script FROM name WHERE kind = ? ORDER BY pk, rowid"
        for pk, text, *form in self.file.execute(asked, (self.kind,)):
            yield pk, text, Form(*form)

    def like(self, names: Iterable[str], but: int | None = None) -> list[Like]:
        """The other records with nearly one of these names, each once, the likest first.

        Found are those that begin or end alike, in letters or in sound.
        """
        best: dict[int, Like] = {}
        for name in dict.fromkeys(names):
            firsts = dict.fromkeys(form for one in names_in(name) for form in self.forms(one)[:1])
            for mine in firsts:
                for pk, theirs, form in self._near(mine):
                    score = likeness(mine, form) if pk != but else 0
                    if score and (pk not in best or score > best[pk].score):
                        best[pk] = Like(pk, score, name, theirs)
        return sorted(best.values(), key=lambda like: (-like.score, like.pk))

    def _near(self, mine: Form) -> Iterator[tuple[int, str, Form]]:
        """Names that are nearly like this one: in letters within its script, in sound across scripts."""
        rows: set[int] = set()
        others = [script for script in SCRIPTS if script != mine.script]
        for place, text, scripts in (
            ("plain", mine.plain, [mine.script]),
            ("plain_end", mine.plain[::-1], [mine.script]),
            ("sound", mine.sound, others),
            ("sound_end", mine.sound[::-1], others),
        ):
            for script in scripts:
                rows |= self._beginning(place, text, script)
        same = "SELECT rowid FROM name WHERE kind = ? AND script = ? AND sound = ? LIMIT ?"
        for script in SCRIPTS if mine.script == "other" else others:
            given = (self.kind, script, mine.sound, MOST_LOOKED_AT)
            rows |= {row for (row,) in self.file.execute(same, given)}
        asked = "SELECT pk, text, plain, sound, script FROM name WHERE rowid = ?"
        for row in sorted(rows):
            pk, text, *form = self.file.execute(asked, (row,)).fetchone()
            yield pk, text, Form(*form)

    def _beginning(self, place: str, text: str, script: str) -> set[int]:
        """Names about as long that begin alike there and are nearly the same, by their rows."""
        length, begin = len(text), text[: alike_at_least(text)]
        asked = (
            f"SELECT rowid, {place} FROM name WHERE kind = ? AND script = ? AND {place} >= ? AND {place} < ?"  # noqa: S608 -- one of four columns
            f" AND length({place}) BETWEEN ? AND ? LIMIT ?"
        )
        about = (length * 4 // 5, length * 5 // 4 + 1, MOST_LOOKED_AT)
        given = (self.kind, script, begin, begin + LAST, *about)
        rows = self.file.execute(asked, given).fetchall()
        near = process.extract_iter(
            text, [theirs for _row, theirs in rows], scorer=fuzz.ratio, score_cutoff=NEARLY
        )
        return {rows[found][0] for _text, _ratio, found in near}


def alike_at_least(text: str) -> int:
    """How much of the beginning, or else of the end, of two names is the same where they are compared.

    Of short ones half: there a single difference is all that can be between them.
    """
    length = len(text)
    least = 4 if text.isascii() else 2
    return max(least, length // 2 if length <= WITH_ONE_DIFFERENCE else length // 3)


@contextmanager
def names_of(kind: str) -> Iterator[Names]:
    """The names of the records of a kind, to be brought up to date and asked."""
    with opened() as file:
        yield Names(kind, file)
