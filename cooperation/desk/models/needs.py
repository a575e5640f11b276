"""Needs: what a record lacks, or what its time has come for, as its desk stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .matters import Matter


class Need(Matter):
    """Something for which a record needs somebody, from a day on or at once."""

    class What(models.TextChoices):
        """For what a record needs somebody."""

        ARITHMETIC = "arithmetic", _("Money that does not add up")
        UNSOURCED = "unsourced", _("Figures without a source")
        OVERDUE = "overdue", _("Overdue milestones and targets")
        SILENT = "silent", _("Status older than a year")

    what = models.CharField(
        _("What"), max_length=10, choices=What, help_text=_("For what it needs somebody.")
    )
    since = models.DateField(
        _("Since"), null=True, help_text=_("The first day on which it does; empty: at once.")
    )

    class Meta(Matter.Meta):
        verbose_name = _("Need")
        verbose_name_plural = _("Needs")
        ordering = ["kind", "record", "what"]
        indexes = [models.Index(fields=["what", "kind", "since"], name="desk_need_by_what")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record", "what"],
                name="desk_need_once",
                violation_error_message=_("This is noted already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}: {self.what}"
