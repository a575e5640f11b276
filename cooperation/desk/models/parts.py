"""What all parts of records have in common."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cooperation.desk.chronicle import Chronicle
from cooperation.desk.fields import KeyField
from cooperation.gazette.shapes.types import Text
from cooperation.rules.keys import KEY_MAX_LENGTH, KEY_PATTERN

PART_ID = Text(
    _("Id"),
    _(
        "Its permanent name within the record, such as korea; proposed when left empty, fixed once published."
    ),
)

LAST_POSITION = 10_000
MOST_ROWS = 300
"""How many rows a list of parts or citations may have, wherever they come from."""


class Part(models.Model):
    """A row that belongs to a record and has a permanent name within it."""

    part_id = KeyField(PART_ID, blank=True)
    position = models.PositiveIntegerField(
        _("Position"),
        null=True,
        blank=True,
        help_text=_("Where it stands in its list, smallest first; last when left empty."),
    )

    history: Any = Chronicle()

    NUMBERED: ClassVar[str] = "part"
    """What a part is called, with a number, where it says nothing to name it by."""

    borne: Collection[str] | None = None
    """The ids that rows of its list bear or have borne, where they have been read already."""

    record: Any
    record_id: Any

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "part_id"],
                name="desk_%(class)s_id",
                violation_error_message=_(
                    "Another row of this list has the same id; give each its own."
                ),
            ),
            models.CheckConstraint(
                condition=Q(part_id__regex=rf"^{KEY_PATTERN}\Z"),
                name="desk_%(class)s_id_form",
                violation_error_message=_(
                    "An id has small Latin letters and digits with single hyphens between, such as korea."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.part_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the part; a new one without id or position is given them."""
        if not self.part_id:
            self.part_id = self.free_id()
        if self.position is None:
            last = self._siblings().aggregate(last=models.Max("position"))["last"] or 0
            # Of two rows in one place the newer one comes last.
            self.position = min(last + 1, max(last, LAST_POSITION))
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Hold fast to an id once the record has been published, and keep it for that row alone."""
        super().clean()
        if self.record_id is None or self.record.edition_number is None:
            return
        ids = type(self)._base_manager.values_list("part_id", flat=True)
        stored = ids.filter(pk=self.pk).first() if self.pk else None
        if stored is None:  # new, or put back after it was deleted
            self._refuse_another_s_id()
        elif self.part_id != stored:
            raise ValidationError(
                {
                    "part_id": _("The record has been published, so this id stays %(id)s.")
                    % {"id": stored}
                }
            )

    def validate_constraints(self, exclude: Any = None) -> None:
        """Check the rules of the table; an id that is still to be proposed breaks none."""
        super().validate_constraints(
            exclude={*(exclude or ()), *(() if self.part_id else ("part_id",))}
        )

    def proposed_id(self) -> str:
        """The id that the part's content suggests; empty where it suggests none."""
        return ""

    def _refuse_another_s_id(self) -> None:
        if not self.part_id:
            return
        borne = ids_borne(type(self), self.record_id) if self.borne is None else self.borne
        if self.part_id in borne:
            said = _(
                "“%(id)s” has been the id of another row of this list; give this one an id that was "
                "never used, or none, and one is proposed."
            )
            raise ValidationError({"part_id": said % {"id": self.part_id}})

    def _siblings(self) -> models.QuerySet[Any]:
        rows: Any = type(self)._base_manager
        return rows.filter(record=self.record_id)

    def free_id(self) -> str:
        """An id that no part of the record bears or has borne, nor the one that it replaces."""
        borne = set(self._siblings().values_list("part_id", flat=True))
        return self.id_beside(borne | ids_borne(type(self), self.record_id))

    def id_beside(self, others: Collection[str]) -> str:
        """The id that its content suggests, with a number where another row has it or had it."""
        borne = {*others, getattr(self, "replaces", "")}
        proposed = self.proposed_id()[: KEY_MAX_LENGTH - 6].rstrip("-")
        if proposed and proposed not in borne:
            return proposed
        stem, number = proposed or self.NUMBERED, 2 if proposed else 1
        while f"{stem}-{number}" in borne:
            number += 1
        return f"{stem}-{number}"


def ids_borne(part: type[Part], record: Any) -> set[str]:
    """The ids that the record's rows of that list bear or have borne, as their history tells. One query."""
    return set(part.history.filter(record_id=record).values_list("part_id", flat=True))


def replaces_another() -> models.CheckConstraint:
    """The rule that a part does not take its own place."""
    return models.CheckConstraint(
        condition=~Q(replaces=F("part_id")),
        name="desk_%(class)s_replaces_another",
        violation_error_message=_("A row cannot replace itself; name the id of the earlier one."),
    )
