"""Tells Django about the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The records that staff keep."""

    name = "cooperation.desk"
    label = "desk"
    verbose_name = _("Desk")
