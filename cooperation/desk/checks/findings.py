"""Findings: what a check has to say about a record, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from cooperation.desk.models import Record
from cooperation.desk.texts import LANGUAGE_COLUMNS
from cooperation.gazette.shapes import CITATION, TITLE, shape
from cooperation.gazette.shapes.types import Group, Member, Parts, inner


class Level(StrEnum):
    """How much a finding weighs: an error blocks, a warning asks to be confirmed."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing that a check has to say: about which record, where in it, and how to mend it."""

    level: Level
    code: str
    kind: str
    key: str
    path: str
    sentence: str

    @property
    def id(self) -> str:
        """By which a person confirms it: `missing-language:fund/culture:title/ko`."""
        return f"{self.code}:{self.kind}/{self.key}:{self.path}"

    def __str__(self) -> str:
        return self.sentence


class Refused(Exception):
    """Nothing was done; the findings say why and how to mend it."""

    def __init__(self, found: Sequence[Finding]):
        super().__init__("\n".join(finding.sentence for finding in found))
        self.findings = list(found)


@dataclass(frozen=True)
class Subject:
    """A record that is checked, with its document as it would be published."""

    record: Record
    document: Mapping[str, Any]

    def error(self, code: str, path: str, sentence: str) -> Finding:
        """A finding that blocks."""
        return self._finding(Level.ERROR, code, path, sentence)

    def warning(self, code: str, path: str, sentence: str) -> Finding:
        """A finding that asks to be confirmed."""
        return self._finding(Level.WARNING, code, path, sentence)

    def _finding(self, level: Level, code: str, path: str, sentence: str) -> Finding:
        kind = self.record.kind
        where = f"{self.record.name}, {in_words(kind, path)}" if path else self.record.name
        return Finding(level, code, kind, self.record.key, path, f"{where}: {sentence}")


def in_words(kind: str, path: str) -> str:
    """A path as people read it: `commitments/korea/amount` is `Contributions › korea › Amount`."""
    members: Mapping[str, Member] = {
        "title": TITLE,
        **shape(kind).members,
        "citations": Parts(_("Citations"), "", members=CITATION),
    }
    words, in_list = [], False
    for step in path.split("/"):
        if in_list or step not in members:
            words.append(str(dict(LANGUAGE_COLUMNS.choices).get(step, step)))
            in_list = False
            continue
        member = members[step]
        words.append(str(member.label))
        in_list = isinstance(member, Parts)
        members = inner(member) if isinstance(member, Parts | Group) else {}
    return " › ".join(words)
