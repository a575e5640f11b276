"""What two records say in each field, and whose word is to stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cooperation.desk.editing import BOOKKEEPING
from cooperation.desk.models import Record
from cooperation.desk.texts import TextsField
from cooperation.rules.languages import LANGUAGES, column

NOTHING: tuple[Any, ...] = (None, "", [], False)
KEPT = "kept"

Choices = Mapping[str, str]
"""By the name of a field the side that is chosen; what is not named goes by default."""


class Side(StrEnum):
    """Whose value of a field is to stay."""

    SURVIVOR = "survivor"
    LOSER = "loser"
    BOTH = "both"


@dataclass(frozen=True)
class Slot:
    """One field of a kind, and the columns that hold it."""

    name: str
    """As a citation's path names it: `founded`, `title/ko`."""
    label: str | Promise
    columns: tuple[models.Field, ...]
    language: str = ""
    """The language of a text; empty for anything else."""

    @property
    def editorial(self) -> str:
        """The column that says which languages of this text are the editors' own words."""
        return f"{self.name.partition('/')[0]}_editorial"

    def values(self, record: Record, pair: Iterable[Any]) -> tuple[Any, ...]:
        """What the record says; of a text also whether the words are the editors' own.

        One of the pair itself is nothing to name: a record is no part of itself.
        """
        found = tuple(getattr(record, one.attname) for one in self.columns)
        if self.language:
            return (*found, bool(found[0]) and self.language in getattr(record, self.editorial))
        is_itself = self.columns[0].related_model is type(record) and found[0] in pair
        return (None,) if is_itself else found

    def write(self, record: Record, values: tuple[Any, ...]) -> None:
        """Let the record say this."""
        for one, value in zip(self.columns, values, strict=False):
            setattr(record, one.attname, value)
        if self.language:
            own = [code for code in getattr(record, self.editorial) if code != self.language]
            setattr(record, self.editorial, sorted([*own, *([self.language] if values[1] else [])]))


@dataclass(frozen=True)
class Field:
    """What both records say under one name, and whose word is to stay."""

    slot: Slot
    ours: tuple[Any, ...]
    theirs: tuple[Any, ...]
    side: Side

    @property
    def name(self) -> str:
        """As a citation's path names it."""
        return self.slot.name

    @property
    def is_list(self) -> bool:
        """Whether the values of both can stay."""
        return is_list(self.slot)

    @property
    def is_empty(self) -> bool:
        """Whether neither record says anything."""
        return says_nothing(self.slot, self.ours) and says_nothing(self.slot, self.theirs)

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.ours != self.theirs

    @property
    def takes_theirs(self) -> bool:
        """Whether what the other record says is what the survivor says in the end."""
        return self.side is not Side.SURVIVOR or not self.differs

    @property
    def gives_up_ours(self) -> bool:
        """Whether something that the survivor says is no longer said."""
        return self.side is Side.LOSER and self.differs and not says_nothing(self.slot, self.ours)

    @property
    def result(self) -> tuple[Any, ...]:
        """The values that stay."""
        if self.side is Side.BOTH:
            return ([*self.ours[0], *(one for one in self.theirs[0] if one not in self.ours[0])],)
        return self.theirs if self.side is Side.LOSER else self.ours


def fields(survivor: Record, loser: Record, choices: Choices) -> list[Field]:
    """Every field of the kind, in the order of its table, with the side chosen, or that by default."""
    pair = {survivor.pk, loser.pk}
    found = []
    for slot in slots(type(survivor)):
        ours, theirs = slot.values(survivor, pair), slot.values(loser, pair)
        side = _chosen(slot, choices) or _default(slot, ours, theirs)
        found.append(Field(slot, ours, theirs, side))
    return found


def slots(model: type[Record]) -> Iterator[Slot]:
    """The fields of a kind. A text is one for each language, and a kept copy one as a whole."""
    texts = {
        f"{name}_{column(language)}": (name, language)
        for name in dir(model)
        if isinstance(getattr(model, name, None), TextsField)
        for language in LANGUAGES
    }
    editorial = {f"{name}_editorial" for name, _language in texts.values()}
    kept = tuple(one for one in model._meta.concrete_fields if one.name.startswith("kept_"))
    for one in model._meta.concrete_fields:
        if one.name in texts:
            name, language = texts[one.name]
            yield Slot(f"{name}/{language}", one.verbose_name, (one,), language)
        elif one.name not in BOOKKEEPING | editorial | {"key"} and one not in kept:
            yield Slot(one.name, one.verbose_name, (one,))
    if kept:
        yield Slot(KEPT, _("Kept copy"), kept)


def is_list(slot: Slot) -> bool:
    """Whether the field holds any number of values."""
    return isinstance(slot.columns[0], models.JSONField)


def says_nothing(slot: Slot, values: tuple[Any, ...]) -> bool:
    """Whether the values are those of a field that nobody has filled in."""
    return all(
        value in NOTHING or value == one.get_default()
        for one, value in zip(slot.columns, values, strict=False)
    )


def _chosen(slot: Slot, choices: Choices) -> Side | None:
    sides = {side.value: side for side in Side}
    side = sides.get(choices.get(slot.name, ""))
    return None if side is Side.BOTH and not is_list(slot) else side


def _default(slot: Slot, ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> Side:
    """The survivor's word, where it has one; of lists both."""
    if ours != theirs and not says_nothing(slot, theirs):
        if says_nothing(slot, ours):
            return Side.LOSER
        if is_list(slot):
            return Side.BOTH
    return Side.SURVIVOR
