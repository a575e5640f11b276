"""Imports of tables: each file that was sent, and how the columns of a sender are read."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from .matters import Signed


class Layout(Signed):
    """How the columns of a sender's tables are read."""

    kind = models.CharField(
        _("Kind"), max_length=20, help_text=_("The kind of the records in the table.")
    )
    name = models.CharField(
        _("Name"), max_length=100, help_text=_("Whose tables these are, such as KOTRA monthly.")
    )
    header = models.CharField(
        _("Header"),
        max_length=64,
        help_text=_("SHA-256 of the names of the columns, by which the next file is recognised."),
    )
    mapping = models.JSONField(
        _("Mapping"), default=dict, help_text=_("What each sheet and column is read as.")
    )

    class Meta(Signed.Meta):
        verbose_name = _("Layout")
        verbose_name_plural = _("Layouts")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="desk_layout_once",
                violation_error_message=_("There is a layout of this name; choose another."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Import(Signed):
    """A table that somebody has sent to be imported, and how far that has come."""

    class State(models.TextChoices):
        """How far an import has come."""

        SENT = "sent", _("Sent")
        READING = "reading", _("Being read")
        READ = "read", _("Ready to be looked at")
        ENTERING = "entering", _("Being entered")
        ENTERED = "entered", _("Entered")
        REFUSED = "refused", _("Refused")

    handle = models.UUIDField(
        _("Handle"), default=uuid4, unique=True, help_text=_("What pages and files call it.")
    )
    kind = models.CharField(
        _("Kind"), max_length=20, help_text=_("The kind of the records in the table.")
    )
    name = models.CharField(_("File"), max_length=200, help_text=_("What the file was called."))
    sha256 = models.CharField(_("SHA-256"), max_length=64, help_text=_("Of the bytes of the file."))
    mapping = models.JSONField(
        _("Mapping"), default=dict, help_text=_("What each sheet and column is read as.")
    )
    state = models.CharField(
        _("State"),
        max_length=8,
        choices=State,
        default=State.SENT,
        help_text=_("How far it has come."),
    )
    counts = models.JSONField(
        _("Counts"), default=dict, help_text=_("How many rows are new, changed, unchanged, wrong.")
    )
    seal = models.CharField(
        _("Seal"), max_length=71, blank=True, default="", help_text=_("Hash of all it would do.")
    )
    fault = models.TextField(
        _("Fault"), blank=True, default="", help_text=_("Why it was refused, in a sentence.")
    )
    reason = models.TextField(
        _("Reason"), blank=True, default="", help_text=_("Why it is entered.")
    )

    class Meta(Signed.Meta):
        verbose_name = _("Import")
        verbose_name_plural = _("Imports")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name
