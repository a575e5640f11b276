"""Records that bear nearly the same name and are known to be two."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .matters import Matter, Signed


class Apart(Signed, Matter):
    """Two records of a kind that somebody has found to be different, however alike their names are."""

    other = models.BigIntegerField(
        _("Other"), help_text=_("The number of the other record; the larger of the two.")
    )
    reason = models.TextField(
        _("Reason"), blank=True, default="", help_text=_("By what they are told apart.")
    )

    class Meta(Matter.Meta):
        verbose_name = _("Namesakes told apart")
        verbose_name_plural = _("Namesakes told apart")
        ordering = ["kind", "record", "other"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record", "other"],
                name="desk_apart_once",
                violation_error_message=_("These two are told apart already."),
            ),
            models.CheckConstraint(
                condition=Q(record__lt=F("other")),
                name="desk_apart_in_order",
                violation_error_message=_(
                    "Name two records, the one with the smaller number first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record} ≠ {self.other}"
