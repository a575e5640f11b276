"""Platforms: marketplaces and systems on which firms of one country sell in another."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.fields import AddressField, CodeField, EdtfField, ReferenceField
from cooperation.gazette.shapes.platforms import SHAPE

from .citations import Citation
from .records import Record, publishing_permission, words


class Platform(Record):
    """A marketplace or another system that firms share."""

    type = CodeField(SHAPE["type"])
    operator = ReferenceField(SHAPE["operator"], null=True)
    website = AddressField(SHAPE["website"])
    opened = EdtfField(SHAPE["opened"])
    closed = EdtfField(SHAPE["closed"])

    class Meta(Record.Meta):
        verbose_name = words(KINDS["platform"].label)
        verbose_name_plural = words(KINDS["platform"].label_plural)
        permissions = publishing_permission("platform")


class PlatformCitation(Citation):
    """Ties a claim about a platform to a passage of a source."""

    record = models.ForeignKey(Platform, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("Citation")
        verbose_name_plural = _("Citations")
