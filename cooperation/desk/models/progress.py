"""Status reports: what was found when somebody looked how far a thing has come."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cooperation.desk.fields import CodeField, EdtfField, TextColumn
from cooperation.gazette.shapes.progress import STATUS_REPORTS

from .parts import Part
from .records import words


class StatusReport(Part):
    """What somebody found on a day; finding nothing is a report too."""

    NUMBERED = "report"

    date = EdtfField(STATUS_REPORTS.members["date"], blank=False)
    finding = CodeField(STATUS_REPORTS.members["finding"])
    status = CodeField(STATUS_REPORTS.members["status"], blank=True)
    note = TextColumn(STATUS_REPORTS.members["note"])

    class Meta(Part.Meta):
        abstract = True
        verbose_name = _("Status report")
        verbose_name_plural = words(STATUS_REPORTS.label)
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(finding="nothing_found", status="")
                | (~Q(finding="nothing_found") & ~Q(status="")),
                name="desk_%(class)s_finding_with_status",
                violation_error_message=_(
                    "Say which status was found; where nothing was found, leave the status empty."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.status or self.finding}"

    def proposed_id(self) -> str:
        """The date of the report."""
        return self.date
