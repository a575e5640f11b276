"""Submissions: records that an editor has handed in, and what became of each."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .matters import Matter, Signed

NOTE_LENGTH = 1000


class Submission(Signed, Matter):
    """A record that was handed in, so that somebody else publishes it or sends it back."""

    class Outcome(models.TextChoices):
        """What became of a record that was handed in."""

        OPEN = "open", _("Submitted")
        PUBLISHED = "published", _("Published")
        RETURNED = "returned", _("Sent back")
        TAKEN_BACK = "taken_back", _("Taken back")

    together = models.UUIDField(
        _("Handed in together"),
        default=uuid4,
        help_text=_("What records that were handed in together have in common."),
    )
    version = models.PositiveIntegerField(
        _("Version"), help_text=_("The version of the record that was handed in.")
    )
    note = models.TextField(
        _("Note"), blank=True, default="", help_text=_("What whoever reviews it should know.")
    )
    outcome = models.CharField(
        _("Outcome"),
        max_length=10,
        choices=Outcome,
        default=Outcome.OPEN,
        help_text=_("What became of it."),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("Decided by"),
        help_text=_("Who published it, sent it back or took it back."),
    )
    decided_at = models.DateTimeField(_("Decided"), null=True, help_text=_("When that was done."))
    comment = models.TextField(
        _("Comment"),
        blank=True,
        default="",
        help_text=_("What has to be mended, for whoever handed it in."),
    )

    class Meta(Matter.Meta):
        verbose_name = _("Submission")
        verbose_name_plural = _("Submissions")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["outcome", "kind", "record"], name="desk_submission_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record"],
                condition=Q(outcome="open"),
                name="desk_submission_open_once",
                violation_error_message=_("This record has been handed in already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}: {self.outcome}"
