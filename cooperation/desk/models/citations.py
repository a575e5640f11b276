"""What all citations have in common."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cooperation.desk.chronicle import Chronicle
from cooperation.desk.fields import FlagField, NumberField, ReferenceField, TextColumn
from cooperation.gazette.shapes import CITATION


class Citation(models.Model):
    """Ties a record, a field, a part or a part's field to a passage of a source."""

    path = TextColumn(CITATION["path"], max_length=200)
    source = ReferenceField(CITATION["source"])
    locator = TextColumn(CITATION["locator"])
    start = NumberField(CITATION["start"])
    end = NumberField(CITATION["end"])
    quote = TextColumn(CITATION["quote"])
    inferred = FlagField(CITATION["inferred"])
    attributed_to = TextColumn(CITATION["attributed_to"])
    preferred = FlagField(CITATION["preferred"])
    note = TextColumn(CITATION["note"])

    history: Any = Chronicle()

    record: Any
    source_id: Any

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                # To SQL a comparison with an unknown end is no refusal, so both ends are asked for.
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False, start__lt=F("end")),
                name="desk_%(class)s_start_before_end",
                violation_error_message=_(
                    "A passage ends after it begins; give both numbers, the smaller one first, or neither."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path or self.record} – {self.source}"
