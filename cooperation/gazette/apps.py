"""Tells Django about the gazette."""

from django.apps import AppConfig


class GazetteConfig(AppConfig):
    """The register of published documents."""

    name = "cooperation.gazette"
    label = "gazette"
