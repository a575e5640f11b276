"""What notes about a record of any kind have in common."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Matter(models.Model):
    """Something that is noted about a record of any kind, beside it and not in it."""

    kind = models.CharField(_("Kind"), max_length=20, help_text=_("The kind of the record."))
    record = models.BigIntegerField(_("Record"), help_text=_("The number of the record."))

    class Meta:
        abstract = True
        default_permissions = ()
