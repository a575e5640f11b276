"""Tells Django about the gazette."""

from django.apps import AppConfig


class GazetteConfig(AppConfig):
    """The register of published documents."""

    name = "cooperation.gazette"
    label = "gazette"

    def ready(self) -> None:
        """Load the check that the register's triggers stand."""
        from . import triggers  # noqa: F401 -- its check registers itself
