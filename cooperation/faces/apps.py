"""Tells Django about the faces."""

from django.apps import AppConfig


class FacesConfig(AppConfig):
    """What the public sees."""

    name = "cooperation.faces"
    label = "faces"
