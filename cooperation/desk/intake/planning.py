"""What importing a table would do, row by row; and then just that, whole or not at all.

Looking stores nothing and holds no lock: what is written is filled in in memory, some records at a
time, so that others can work meanwhile and memory does not grow with what is on record.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cooperation.desk import editing, needs
from cooperation.desk.chronicle import REASON_LENGTH, acting
from cooperation.desk.documents import documents
from cooperation.desk.models import Record
from cooperation.rules.texts import clean_text

from .describing import describe, rows_of
from .entering import Filled, Result, at_the_desk, led_on, looked_up, store, targets
from .entries import Entry
from .faults import MAX_FAULTS
from .gathering import Bundle, Called, gather
from .identities import identify
from .layouts import SheetLayout
from .lines import Cell, Line, Outcome
from .members import Named
from .outcomes import conclude, say_what_is_wrong, written_record
from .pending import entry_of, filled_with, in_memory, model_of, without_rows
from .references import look_up
from .values import named

CHUNK = 200
MANY = 500
Note = Callable[[Line], None]
Progress = Callable[[int, int], None]


def clean_reason(given: str) -> str:
    """The reason of an import of records in clean form; ValueError, with a sentence, where it is none."""
    reason = clean_text(given, REASON_LENGTH, one_line=True)
    if not reason:
        raise ValueError(_("Say why; the history of every record keeps it."))
    return reason


class Overtaken(Exception):
    """Something on record has changed since it was looked at, so what was confirmed is not what would be done."""


@dataclass
class Plan:
    """What importing a table would do, in numbers, and the seal of all of it."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: int = 0
    is_broken_off: bool = False
    seal: str = ""

    @property
    def is_blocked(self) -> bool:
        """Whether anything has to be mended first."""
        return self.problems > 0

    @property
    def is_idle(self) -> bool:
        """Whether everything is on record already."""
        return not self.counts.keys() - {Outcome.UNCHANGED.value}


def plan(
    kind: str,
    layouts: Sequence[SheetLayout],
    *,
    note: Note | None = None,
    progress: Progress | None = None,
) -> Plan:
    """What importing the sheets would do; `note` is told every row. Nothing is stored or locked."""
    return _Planning(kind, layouts, note, progress).run()


def carry_out(
    kind: str,
    layouts: Sequence[SheetLayout],
    *,
    by: User | None,
    reason: str,
    seal: str | None,
    progress: Progress | None = None,
) -> Plan:
    """Import the sheets in one transaction; returns what was done.

    Overtaken, with nothing stored, where anything is wrong or `seal` is not that of what would be done.
    """
    try:
        with transaction.atomic(), acting(by, reason), needs.together():
            made = _CarryingOut(kind, layouts, None, progress, by=by, reason=reason).run()
            if made.is_blocked or seal not in (None, made.seal):
                raise Overtaken
            return made
    except (IntegrityError, editing.Stale):
        # Somebody else has entered the same record in the same moment.
        raise Overtaken from None


class _Planning:
    """Going through the rows of a table, some records at a time."""

    def __init__(
        self,
        kind: str,
        layouts: Sequence[SheetLayout],
        note: Note | None,
        progress: Progress | None,
    ):
        self.kind = kind
        self.note = note
        self.progress = progress
        self.bundles, self.stray = gather(kind, layouts)
        self.called = Called(kind, self.bundles)
        self.new: dict[str, int] = {}
        """The keys of records that are not at the desk yet, and the number by which rows name them."""
        self.plan = Plan()
        self.counts: Counter[str] = Counter()
        self.hash = hashlib.sha256()

    def run(self) -> Plan:
        """Go through all rows; breaks off where too much is wrong."""
        whole = sum(len(list(bundle.lines())) for bundle in self.bundles) + len(self.stray)
        done = 0
        self._read_stray()
        self._find_new()
        for start in range(0, len(self.bundles), CHUNK):
            if self.plan.problems >= MAX_FAULTS:
                self.plan.is_broken_off = True
                break
            some = self.bundles[start : start + CHUNK]
            self._look(some)
            done += sum(len(list(bundle.lines())) for bundle in some)
            for bundle in some:
                # What has been told is not needed any more.
                bundle.main, bundle.lists = None, {}
            if self.progress:
                self.progress(done + len(self.stray), whole)
        self.plan.counts = dict(self.counts)
        self.plan.seal = f"sha256:{self.hash.hexdigest()}"
        return self.plan

    # Which records are new

    def _find_new(self) -> None:
        known = self._keys_at_the_desk([bundle.key for bundle in self.bundles])
        for bundle in self.bundles:
            if bundle.key not in known and bundle.main:
                self.new[bundle.key] = -len(self.new) - 1
            elif bundle.key not in known:
                mend = _("There is no record with this key, at the desk or in the table.")
                self._refuse(bundle, "record_key", mend)
            elif bundle.is_proposed:
                mend = _(
                    "A record with the key %(key)s, which this title suggests, is at the desk already: "
                    "write that key if you mean it, or another one."
                )
                self._refuse(bundle, "title", mend % {"key": bundle.key})

    def _refuse(self, bundle: Bundle, path: str, mend: str) -> None:
        for line in bundle.lines():
            heading = line.heading_of(path)
            line.complain(heading, line.text(heading) if heading else bundle.key, mend)

    def _keys_at_the_desk(self, keys: Sequence[str]) -> set[str]:
        rows = self._rows().order_by("pk")
        found: set[str] = set()
        for start in range(0, len(keys), MANY):
            some = rows.filter(key__in=keys[start : start + MANY])
            found.update(some.values_list("key", flat=True))
        return found

    def _rows(self) -> Any:
        return model_of(self.kind)._base_manager.all()

    def _records(self, bundles: Sequence[Bundle]) -> dict[Named, Record]:
        """The records of the bundles: those at the desk, and new ones of which only the key is known."""
        names = [(self.kind, bundle.key) for bundle in bundles if bundle.key not in self.new]
        found = at_the_desk(names, lock=False)
        for bundle in bundles:
            if bundle.key in self.new:
                found[self.kind, bundle.key] = self._new(bundle.key)
        return found

    def _new(self, key: str) -> Record:
        return in_memory(self.kind, key, self.new[key])

    # What becomes of the rows

    def _look(self, bundles: Sequence[Bundle]) -> None:
        self._read([line for bundle in bundles for line in bundle.lines()])
        held = self._records(bundles)
        old = [held[self.kind, one.key] for one in bundles if (self.kind, one.key) in held]
        said = {one["key"]: one for one in documents(r for r in old if r.key not in self.new)}
        written = []
        for bundle in bundles:
            if (self.kind, bundle.key) in held:
                identify(self.kind, bundle, held[self.kind, bundle.key], said.get(bundle.key))
                record = written_record(self.kind, bundle, said.get(bundle.key))
                if record is not None:
                    written.append((bundle, record))
        made = [(bundle, *entry_of(record)) for bundle, record in written]
        known = self._known([entry for _bundle, entry, _faults in made if entry], held)
        for bundle, entry, faults in made:
            filled = filled_with(entry, held, known, faults)
            say_what_is_wrong(bundle, faults)
            removed = conclude(bundle, entry, filled, said.get(bundle.key))
            self._tell([*bundle.lines(), *removed])
            if filled and not faults:
                self._store(filled, is_new=bundle.key in self.new)
        done = {bundle.key for bundle, _record in written}
        for bundle in bundles:
            if bundle.key not in done:
                conclude(bundle, None, None, said.get(bundle.key))
                self._tell(bundle.lines())

    def _read_stray(self) -> None:
        """Tell the rows of which no record can be told, with all that is wrong with their other cells."""
        for start in range(0, min(len(self.stray), MAX_FAULTS), CHUNK):
            self._read(self.stray[start : start + CHUNK])
        for line in self.stray:
            line.cells = [
                Cell(one.text, text, line.shown.get(one.index, "")) for one, text in line.written()
            ]
        self._tell(self.stray)

    def _read(self, lines: Sequence[Line]) -> None:
        """Read the cells, looking up whatever they name at once."""
        wanted: set[Any] = set()
        for row, headings in rows_of(lines):
            wanted |= named([row], headings)
        describe(lines, look_up(wanted, self.called.among(wanted)))

    def _known(self, made: Iterable[Entry], held: dict[Named, Record]) -> dict[Named, Record]:
        wanted = targets(list(made)) - held.keys()
        new = {name for name in wanted if name[0] == self.kind and name[1] in self.new}
        known = held | looked_up(wanted - new) | {name: self._new(name[1]) for name in new}
        return led_on(known)

    def _store(self, filled: Filled, *, is_new: bool) -> None:
        """Looking alone stores nothing."""

    def _tell(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self.counts[line.outcome.value] += 1
            self.plan.problems += len(line.problems)
            said = {**line.said(), "problems": len(line.problems)}
            self.hash.update(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))
            if self.note:
                self.note(line)


class _CarryingOut(_Planning):
    """Going through the rows, and storing what they say."""

    def __init__(self, *given: Any, by: User | None, reason: str):
        super().__init__(*given)
        self.by = by
        self.reason = reason

    def _rows(self) -> Any:
        return editing.hold(super()._rows())

    def _find_new(self) -> None:
        super()._find_new()
        # In one order whatever that of the file, so that two imports never wait for each other in vain.
        for key in sorted(self.new):
            record: Record = model_of(self.kind)(key=key)
            editing.add(record)
            self.new[key] = record.pk

    def _new(self, key: str) -> Record:
        return without_rows(model_of(self.kind)._base_manager.get(pk=self.new[key]))

    def _store(self, filled: Filled, *, is_new: bool) -> None:
        store(filled, Result(), by=self.by, reason=self.reason, new=is_new)
