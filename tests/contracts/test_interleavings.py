"""Two editors at one record, at random: what was acknowledged stands, or gave way to somebody who was shown it.

On PostgreSQL alone, as races are. `make proof-interleavings` lets them meet 1,000 times.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.forms import ModelForm

from cooperation.desk.admin.guards import RecordForm
from cooperation.desk.models import Commitment, Fund
from tests.desk.admin.filling import change_page, signed_in
from tests.desk.records import cite, fund, report

from .editors import OWN, TEXTS, Editor, Save

ROUNDS = int(os.environ.get("INTERLEAVINGS", "5"))
ROUNDS_A_RECORD = 10
FEW = 6
AGAIN = 0.3
State = dict[str, str]
"""What a record says at one version, by the names that the page of a conflict gives; a row is `there`."""

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def records(rounds: int) -> list[Fund]:
    """As many funds with rows as the editors need."""
    report()
    count = -(-rounds // ROUNDS_A_RECORD)
    return [
        fund(
            f"fund-{number}",
            *(Commitment(contributor_class="other", stage="proposed") for _ in range(2)),
            cite("title", note="A note."),
        )
        for number in range(count)
    ]


def meet(funds: list[Fund], rounds: int, seed: int, *, gives_up: bool = False) -> list[Editor]:
    """Two editors who open the same record at once, round after round, and save it when each of them does."""
    source = report().pk
    editors = [Editor(name, signed_in(name), seed, source) for name in ("anna", "bert")]
    for one in editors:
        one.gives_up = gives_up
    meeting = threading.Barrier(len(editors))
    raised: list[BaseException] = []

    def work(editor: Editor) -> None:
        try:
            for turn in range(rounds):
                address = change_page(funds[turn // ROUNDS_A_RECORD])
                form = editor.opened(address)
                meeting.wait(120)
                editor.edit(address, form)
                if editor.random.random() < AGAIN:
                    editor.edit(address, editor.opened(address))
                meeting.wait(120)
        except BaseException as fault:  # noqa: BLE001  # handed to the test
            raised.append(fault)
            meeting.abort()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(editor,)) for editor in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [fault for fault in raised if not isinstance(fault, threading.BrokenBarrierError)] == []
    return editors


# What the history says, read here by itself


def entries_of(record: Fund) -> list[Any]:
    """The entries of the record's history, oldest first."""
    return list(record.history.order_by("history_id"))


def state_at(record: Fund, entry: Any) -> State:
    """What the record said when that entry was written."""
    state: State = {name: getattr(entry, name) for name in OWN}
    for prefix, columns in TEXTS.items():
        part = record._meta.get_field(prefix).related_model
        rows = part.history.filter(record_id=record.pk, history_date__lte=entry.history_date)
        last = {row.id: row for row in rows.order_by("history_id")}
        for number, row in last.items():
            if row.history_type != "-":
                state |= says(f"{prefix}-{number}", row, columns)
    return state


def stored(record: Fund) -> State:
    """What the tables say."""
    state: State = {name: getattr(record, name) for name in OWN}
    for prefix, columns in TEXTS.items():
        for row in getattr(record, prefix).all():
            state |= says(f"{prefix}-{row.pk}", row, columns)
    return state


def says(name: str, row: Any, columns: tuple[str, ...]) -> State:
    return {name: "there", **{f"{name}-{column}": getattr(row, column) for column in columns}}


# What is amiss


def faults(record: Fund, saves: dict[str, Save]) -> Iterator[str]:
    """Each acknowledged change that vanished without a word, and whatever else a history must not say."""
    entries = entries_of(record)
    if [entry.version for entry in entries] != list(range(1, len(entries) + 1)):
        yield f"{record.key}: versions are not counted one by one"
    states = {entry.version: state_at(record, entry) for entry in entries}
    if stored(Fund.objects.get(pk=record.pk)) != states[entries[-1].version]:
        yield f"{record.key}: the tables say something else than the history"
    for entry in entries[1:]:
        save = saves.pop(entry.history_change_reason, None)
        if save is None:
            yield f"{record.key}: version {entry.version} was acknowledged to nobody"
            continue
        before, after = states[entry.version - 1], states[entry.version]
        if save.version != entry.version - 1:
            yield f"{save.reason}: saved over what had not been shown"
        yield from vanished(save, before, after)
        yield from not_kept(save, after)


def vanished(save: Save, before: State, after: State) -> Iterator[str]:
    """What a save changed that its editor neither typed nor chose."""
    new = set(save.took.values()) | set(save.typed.values())
    for name in before.keys() | after.keys():
        if before.get(name) == after.get(name):
            continue
        row = "-".join(name.split("-")[:2])
        meant = save.typed if save.chosen is None else save.chosen
        is_added = row in after and row not in before
        if is_added:
            texts = {value for one, value in after.items() if one.startswith(f"{row}-")}
            if not texts & new and save.chosen is None:
                yield f"{save.reason}: a row came from nowhere"
        elif not {name, row} & meant.keys() or (
            save.chosen is not None and "mine" not in (meant.get(name), meant.get(row))
        ):
            yield f"{save.reason}: {name} was {before.get(name)!r} and is gone without a word"


def not_kept(save: Save, after: State) -> Iterator[str]:
    """What somebody typed, was told that it was saved, and did not choose to give up."""
    given_up = {name for name, side in (save.chosen or {}).items() if side == "theirs"}
    held = {(name.split("-")[0], name.rpartition("-")[2], value) for name, value in after.items()}
    for name, value in {**save.typed, **save.took}.items():
        row = "-".join(name.split("-")[:2])
        if name in given_up or row in given_up or (value and save.typed.get(row) == ""):
            continue
        if not value:
            is_kept = name not in after
        elif name in save.took:
            is_kept = value in after.values()
        else:
            is_kept = (name.split("-")[0], name.rpartition("-")[2], value) in held
        if not is_kept:
            yield f"{save.reason}: {name} was to be {value!r} and is not"


def test_no_acknowledged_change_vanishes_in_silence_however_two_editors_meet():
    funds, seed = records(ROUNDS), random.randrange(10**6)
    print(f"begun with {seed}")
    editors = meet(funds, ROUNDS, seed)
    saves = {save.reason: save for editor in editors for save in editor.saves}
    acknowledged = len(saves)
    found = [fault for record in funds for fault in faults(record, saves)]
    # What is left was saved and changed nothing: its editor gave up all that was typed.
    found += [
        f"{save.reason}: was acknowledged and is in no history"
        for save in saves.values()
        if save.chosen is None or "mine" in save.chosen.values()
    ]
    versions = sum(Fund.objects.get(pk=one.pk).version - 1 for one in funds)
    tallies = [editor.tally for editor in editors]
    print(
        f"{ROUNDS:,} meetings, {acknowledged:,} saves acknowledged: {versions:,} versions, "
        f"{len(saves):,} that gave up all they had typed; "
        f"{sum(one.conflicts for one in tallies):,} pages of conflicts, "
        f"{sum(one.overtaken for one in tallies):,} of them overtaken, "
        f"{sum(one.typed_on for one in tallies):,} left to type on; chosen were "
        f"{sum(one.mine for one in tallies):,} times mine and {sum(one.theirs for one in tallies):,} times theirs; "
        f"{len(found):,} changes vanished"
    )
    assert found == []
    assert sum(one.conflicts for one in tallies) >= ROUNDS


def test_without_the_version_check_changes_vanish_and_are_noticed(monkeypatch):
    """The control."""
    monkeypatch.setattr(RecordForm, "clean", ModelForm.clean)
    funds = records(FEW)
    editors = meet(funds, FEW, 7, gives_up=True)
    saves = {save.reason: save for editor in editors for save in editor.saves}
    found = [fault for record in funds for fault in faults(record, saves)]
    assert any("gone without a word" in fault for fault in found)
    assert any("saved over what had not been shown" in fault for fault in found)
