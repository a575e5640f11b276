"""The steps of an import: its file is read, looked at row by row, and entered; at once or by a program of its own."""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cooperation.desk.intake import planning, sheets
from cooperation.desk.intake.layouts import (
    SheetLayout,
    applied,
    header_hash,
    kept,
    recognised,
)
from cooperation.desk.intake.reading import Unreadable
from cooperation.desk.models import Import, Layout

from .previews import Notes
from .shelves import Shelf

log = logging.getLogger(__name__)

SMALL_FILE = 200_000
"""Files of more bytes are read by a program of its own."""
SMALL_TABLE = 500
"""Tables of more rows are looked at and entered by a program of its own."""
READ, LOOK, ENTER = "read", "look", "enter"


def begin(one: Import, step: str) -> None:
    """Do a step: a small one now, a large one in a program that goes on when the page is left."""
    shelf = Shelf(one.handle)
    shelf.tell(step, 0, 0)
    if is_small(one, step):
        run(one, step)
        return
    subprocess.Popen(  # noqa: S603  # nothing in it was sent by anybody
        [
            sys.executable,
            "manage.py",
            "run_import",
            one.handle.hex,
            step,
            "--language",
            get_language() or "en",
        ],
        cwd=settings.ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def is_small(one: Import, step: str) -> bool:
    """Whether a step is done while its page waits."""
    shelf = Shelf(one.handle)
    if step == READ:
        return shelf.path("file").stat().st_size <= SMALL_FILE
    return sum(shelf.row_counts()) <= SMALL_TABLE


def run(one: Import, step: str) -> None:
    """Do a step; whatever goes wrong is told by the import itself. Nothing is done while another does it."""
    shelf = Shelf(one.handle)
    with shelf.alone() as is_alone:
        if not is_alone:
            return
        try:
            STEPS[step](one, shelf)
        except Exception:
            log.exception("An import has failed: %s %s", step, one.handle.hex)
            _now(
                one,
                Import.State.REFUSED,
                fault=_("Something went wrong in the portal itself; it has been noted."),
            )


def pass_on(one: Import, old: str, new: str, **values: Any) -> bool:
    """Let the import go from one state to another; false where somebody else was first."""
    there = Import.objects.filter(pk=one.pk, state=old)
    return bool(there.update(state=Import.State(new), **values))


def sha256(data: bytes) -> str:
    """The hash under which a file is remembered."""
    return hashlib.sha256(data).hexdigest()


def _now(one: Import, state: str, **values: Any) -> None:
    one.state = Import.State(state)
    for name, value in values.items():
        setattr(one, name, value)
    one.save(update_fields=["state", *values])


def _read(one: Import, shelf: Shelf) -> None:
    """Read the file; where it has the header of a sender who is known, it is looked at at once."""
    try:
        book = sheets.read(shelf.data(), one.name, one.mapping.get("encoding", ""))
    except Unreadable as refusal:
        shelf.remove()
        _now(one, Import.State.REFUSED, fault=str(refusal))
        return
    shelf.keep_book(book)
    layouts = recognised(book, one.kind)
    known = Layout.objects.filter(kind=one.kind, header=header_hash(layouts)).first()
    mapping = {**one.mapping, **(known.mapping if known else kept(layouts))}
    mapping |= {"layout": known.name if known else ""}
    _now(one, Import.State.SENT, mapping=mapping, fault="")
    if known and is_decided(layouts_of(one)):
        _now(one, Import.State.READING)
        begin_in_place(one)


def begin_in_place(one: Import) -> None:
    """Look at the rows right after the file was read, in the same program."""
    if is_small(one, LOOK) or not is_small(one, READ):
        _look(one, Shelf(one.handle))
    else:
        _now(one, Import.State.SENT)


def layouts_of(one: Import, *, beginning: bool = True) -> list[SheetLayout]:
    """How the sheets of the file are read."""
    shelf = Shelf(one.handle)
    book = shelf.beginning() if beginning else shelf.book()
    return applied(book, one.kind, one.mapping)


def is_decided(layouts: list[SheetLayout]) -> bool:
    """Whether of every sheet and column somebody has said what it is, and there is something to read."""
    read = [layout for layout in layouts if layout.plan]
    open_still = (one.undecided or one.doubled or one.header is None for one in read)
    return bool(read) and not any(open_still) and not any(one.is_open for one in layouts)


def _look(one: Import, shelf: Shelf) -> None:
    notes = Notes(shelf.folder)
    try:
        made = planning.plan(
            one.kind,
            layouts_of(one, beginning=False),
            note=notes.note,
            progress=partial(shelf.tell, LOOK),
        )
    finally:
        notes.close()
    counts = {**made.counts, "problems": made.problems, "broken_off": made.is_broken_off}
    _now(one, Import.State.READ, counts=counts, seal=made.seal)


def _enter(one: Import, shelf: Shelf) -> None:
    try:
        planning.carry_out(
            one.kind,
            layouts_of(one, beginning=False),
            by=one.by,
            reason=one.reason,
            seal=one.seal,
            progress=partial(shelf.tell, ENTER),
        )
    except planning.Overtaken:
        _look(one, shelf)
        said = _(
            "Nothing was imported: something on record has changed since this page was shown. "
            "Look at it again; it now shows how things stand."
        )
        _now(one, Import.State.READ, fault=said)
        return
    _now(one, Import.State.ENTERED, fault="")
    shelf.remove()


STEPS: dict[str, Callable[[Import, Shelf], None]] = {READ: _read, LOOK: _look, ENTER: _enter}
