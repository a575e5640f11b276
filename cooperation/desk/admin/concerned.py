"""Citations in a conflict whose part the other side took out: nobody but the editor can say what becomes of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cooperation.desk.models import Citation, Part

from .disagreements import MINE, THEIRS, Cell
from .rows import PartRows

PATH = "path"


def unsettle(lists: Collection[Any]) -> None:
    """Leave open, with the reason beside it, each citation that would stand on a part that went."""
    rows = [one for one in lists if isinstance(one, PartRows)]
    by_me: set[str] = set()
    by_them: set[str] = set()
    for one in rows:
        if issubclass(one.part, Part):
            was, mine, theirs = one.ids()
            by_me |= {f"{one.prefix}/{name}" for name in was - mine}
            by_them |= {f"{one.prefix}/{name}" for name in was - theirs}
    for one in rows:
        if issubclass(one.part, Citation):
            _leave_open(one, {MINE: by_them, THEIRS: by_me})


def _leave_open(citations: PartRows, gone: Mapping[str, Collection[str]]) -> None:
    """Let nothing be chosen for a citation of one side on what the other took out."""
    said = {
        MINE: _(
            "The part that it concerns, “%(part)s”, was taken out meanwhile. Take yours here only if you "
            "take yours there too."
        ),
        THEIRS: _(
            "The part that it concerns, “%(part)s”, was taken out by you. Take theirs here only if you "
            "take theirs there too."
        ),
    }
    for one in citations.differences:
        for side, cell in ((MINE, one.mine), (THEIRS, one.theirs)):
            part = "/".join(_path(citations, cell).split("/")[:2])
            if part in gone[side] and one.side in (side, ""):
                one.side, one.note = "", said[side] % {"part": part}


def _path(citations: PartRows, cell: Cell) -> str:
    """The path that one side gives, where that is what differs; empty where it gives none."""
    field = citations.new.fields[PATH]
    return next((str(line.value).strip() for line in cell or () if line.field is field), "")
