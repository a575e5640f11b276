"""What notes of the desk have in common: by whom they are, and which record they are about."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Signed(models.Model):
    """Something that somebody did or kept at a time."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("By"),
        help_text=_("Who it is by."),
    )
    at = models.DateTimeField(_("When"), default=timezone.now, help_text=_("When that was."))

    class Meta:
        abstract = True
        default_permissions = ()


class Matter(models.Model):
    """Something that is noted about a record of any kind, beside it and not in it."""

    kind = models.CharField(_("Kind"), max_length=20, help_text=_("The kind of the record."))
    record = models.BigIntegerField(_("Record"), help_text=_("The number of the record."))

    class Meta:
        abstract = True
        default_permissions = ()
