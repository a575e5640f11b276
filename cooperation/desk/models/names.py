"""Names of organizations and people, of which each may have several."""

from __future__ import annotations

from cooperation.desk.fields import CodeField, EdtfField, TextColumn
from cooperation.gazette.shapes.names import NAMES
from cooperation.gazette.shapes.types import inner
from cooperation.rules.keys import key_from

from .parts import Part

NAME = inner(NAMES)


class Name(Part):
    """A name that an organization or person bears or bore, in one language."""

    NUMBERED = "name"

    type = CodeField(NAME["type"])
    text = TextColumn(NAME["text"], blank=False)
    lang = CodeField(NAME["lang"], blank=True)
    valid_from = EdtfField(NAME["from"])
    valid_until = EdtfField(NAME["until"])

    class Meta(Part.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text

    def proposed_id(self) -> str:
        """The type of name and its language: `official-ko`."""
        return key_from(f"{self.type} {self.lang}")
