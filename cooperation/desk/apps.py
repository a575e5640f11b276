"""Tells Django about the desk, and that its admin is the desk's."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The records that staff keep."""

    default = True
    name = "cooperation.desk"
    label = "desk"
    verbose_name = _("Desk")


class DeskAdminConfig(admin.AdminConfig):
    """Django's admin, whose site is the desk."""

    default = False
    default_site = "cooperation.desk.site.DeskSite"
