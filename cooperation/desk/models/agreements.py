"""Agreements: treaties and memoranda, their parties and since when they hold."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.fields import CodeField, EdtfField, ReferenceField
from cooperation.gazette.shapes.agreements import SHAPE
from cooperation.gazette.shapes.types import inner

from .citations import Citation
from .parts import Part
from .records import Record, publishing_permission, words

PARTY = inner(SHAPE["parties"])


class Agreement(Record):
    """A treaty or memorandum between states and organizations."""

    type = CodeField(SHAPE["type"])
    concluded = EdtfField(SHAPE["concluded"])
    signed = EdtfField(SHAPE["signed"])
    provisionally_applied = EdtfField(SHAPE["provisionally_applied"])
    in_force = EdtfField(SHAPE["in_force"])
    ended = EdtfField(SHAPE["ended"])

    class Meta(Record.Meta):
        verbose_name = words(KINDS["agreement"].label)
        verbose_name_plural = words(KINDS["agreement"].label_plural)
        permissions = publishing_permission("agreement")


class Party(Part):
    """A country or an organization between which the agreement is."""

    NUMBERED = "party"

    record = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    country = CodeField(PARTY["country"], blank=True)
    organization = ReferenceField(PARTY["organization"], null=True)

    class Meta(Part.Meta):
        verbose_name = _("Party")
        verbose_name_plural = words(SHAPE["parties"].label)
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(~Q(country=""), organization__isnull=True)
                | Q(country="", organization__isnull=False),
                name="desk_party_is_one",
                violation_error_message=_(
                    "A party is a country or an organization: name one of the two."
                ),
            ),
        ]

    def proposed_id(self) -> str:
        """The country, or the key of the organization."""
        return self.organization.key if self.organization else self.country.lower()


class AgreementCitation(Citation):
    """Ties a claim about an agreement to a passage of a source."""

    record = models.ForeignKey(Agreement, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("Citation")
        verbose_name_plural = _("Citations")
