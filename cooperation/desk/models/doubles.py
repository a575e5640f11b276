"""Records that bear nearly the same name and are known to be two."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .matters import Matter


class Apart(Matter):
    """Two records of a kind that somebody has found to be different, however alike their names are."""

    other = models.BigIntegerField(
        _("Other"), help_text=_("The number of the other record; the larger of the two.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("By"),
        help_text=_("Who told them apart."),
    )
    at = models.DateTimeField(_("When"), default=timezone.now, help_text=_("When that was."))
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
