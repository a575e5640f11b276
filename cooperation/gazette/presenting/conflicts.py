"""Where sources tell a value differently: what each of them says, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cooperation.gazette.shapes import shape
from cooperation.rules.parts import Part, standing

from .changes import label_at, said_at
from .footnotes import Footnote
from .sums import is_same
from .values import Value
from .wording import Wording


class Account(NamedTuple):
    """One of the things that are said of a value, with the passages that say it."""

    name: str
    """What the record calls it, where it keeps it as a part of its own."""
    is_taken: bool
    """Whether it is the one that the record goes by."""
    passages: tuple[Footnote, ...]


class Conflict(NamedTuple):
    """A value that is told differently: what it is called, what the record says, and the accounts of it."""

    label: str
    says: tuple[Value, ...]
    accounts: tuple[Account, ...]


def conflicts(wording: Wording, notes: Sequence[Footnote]) -> Iterator[Conflict]:
    """Every value of which one passage is preferred to others, and announcements that stand side by side."""
    noted = {int(note.number): note for note in notes}
    yield from _announced(wording, noted)
    for path in dict.fromkeys(citation["path"] or "" for citation in wording.document["citations"]):
        passages = _passages(wording, noted, path)
        preferred = [note.is_preferred for note in passages]
        if any(preferred) and not all(preferred):
            accounts = (Account("", note.is_preferred, (note,)) for note in passages)
            yield Conflict(label_at(wording, path), said_at(wording, path), tuple(accounts))


def _announced(wording: Wording, noted: Mapping[int, Footnote]) -> Iterator[Conflict]:
    said = standing(wording.document.get("announcements") or ())
    if len(said) > 1:
        accounts = tuple(_announcement(wording, noted, part) for part in said)
        label = str(shape("fund")["announcements"].label)
        yield Conflict(label, said_at(wording, "totals/announced"), accounts)


def _announcement(wording: Wording, noted: Mapping[int, Footnote], part: Part) -> Account:
    path = f"announcements/{part['id']}"
    label = wording.part_label("announcements", part["id"]) or part["id"]
    is_taken = is_same(part["amount"], wording.document["totals"]["announced"])
    return Account(label, is_taken, _passages(wording, noted, path, within=True))


def _passages(
    wording: Wording, noted: Mapping[int, Footnote], path: str, *, within: bool = False
) -> tuple[Footnote, ...]:
    return tuple(noted[int(mark)] for mark in wording.footnotes.at(path, within=within))
