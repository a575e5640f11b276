"""Tells Django about the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The records that staff keep."""

    name = "cooperation.desk"
    label = "desk"
