"""Initiatives: what governments and firms have said that they will do together."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.fields import (
    AmountField,
    CodeField,
    CodesField,
    EdtfField,
    KeyField,
    ReferenceField,
    TextColumn,
)
from cooperation.desk.texts import TextsField
from cooperation.gazette.shapes.initiatives import SHAPE
from cooperation.gazette.shapes.types import inner
from cooperation.rules.keys import key_from

from .citations import Citation
from .links import Link, naming
from .parts import Part, replaces_another
from .progress import StatusReport
from .records import Record, publishing_permission, words

PARTICIPANT = inner(SHAPE["participants"])
PRODUCT = inner(SHAPE["products"])
TARGET = inner(SHAPE["targets"])
MILESTONE = inner(SHAPE["milestones"])


class Initiative(Record):
    """Something that governments and firms have said that they will do together."""

    summary = TextsField(SHAPE["summary"])
    sectors = CodesField(SHAPE["sectors"])
    countries = CodesField(SHAPE["countries"])
    part_of = ReferenceField(SHAPE["part_of"], null=True)

    class Meta(Record.Meta):
        verbose_name = words(KINDS["initiative"].label)
        verbose_name_plural = words(KINDS["initiative"].label_plural)
        permissions = publishing_permission("initiative")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="desk_initiative_not_part_of_itself",
                violation_error_message=_(
                    "An initiative cannot be part of itself; name the larger one."
                ),
            ),
        ]


class Participant(Part):
    """An organization that takes part in an initiative, in one role."""

    NUMBERED = "participant"

    record = models.ForeignKey(Initiative, models.CASCADE, related_name="participants")
    organization = ReferenceField(PARTICIPANT["organization"])
    role = CodeField(PARTICIPANT["role"])
    valid_from = EdtfField(PARTICIPANT["from"])
    valid_until = EdtfField(PARTICIPANT["until"])

    class Meta(Part.Meta):
        verbose_name = _("Participant")
        verbose_name_plural = words(SHAPE["participants"].label)

    def proposed_id(self) -> str:
        """The key of the organization."""
        return self.organization.key


class Product(Part):
    """A good or service that an initiative is about."""

    NUMBERED = "product"

    record = models.ForeignKey(Initiative, models.CASCADE, related_name="products")
    title = TextsField(PRODUCT["title"])
    hs_code = TextColumn(PRODUCT["hs_code"], max_length=6)
    hs_edition = TextColumn(PRODUCT["hs_edition"], max_length=4)

    class Meta(Part.Meta):
        verbose_name = _("Product")
        verbose_name_plural = words(SHAPE["products"].label)
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(hs_code__regex=r"^([0-9]{2}|[0-9]{4}|[0-9]{6})?\Z"),
                name="desk_product_hs_code",
                violation_error_message=_("An HS code has 2, 4 or 6 digits, such as 160420."),
            ),
        ]

    def proposed_id(self) -> str:
        """The product's English name."""
        return key_from(self.title["en"] or "")


class Target(Part):
    """What an initiative is to reach; a changed target replaces the old one."""

    NUMBERED = "target"

    record = models.ForeignKey(Initiative, models.CASCADE, related_name="targets")
    title = TextsField(TARGET["title"])
    measure = TextColumn(TARGET["measure"])
    amount = AmountField(TARGET["amount"])
    unit = TextColumn(TARGET["unit"])
    due = EdtfField(TARGET["due"])
    replaces = KeyField(TARGET["replaces"], blank=True, default="")

    class Meta(Part.Meta):
        verbose_name = _("Target")
        verbose_name_plural = words(SHAPE["targets"].label)
        constraints = [*Part.Meta.constraints, replaces_another()]

    def proposed_id(self) -> str:
        """The target's English name."""
        return key_from(self.title["en"] or "")


class Milestone(Part):
    """A step on the way of an initiative."""

    NUMBERED = "milestone"

    record = models.ForeignKey(Initiative, models.CASCADE, related_name="milestones")
    title = TextsField(MILESTONE["title"])
    due = EdtfField(MILESTONE["due"])
    done = EdtfField(MILESTONE["done"])

    class Meta(Part.Meta):
        verbose_name = _("Milestone")
        verbose_name_plural = words(SHAPE["milestones"].label)

    def proposed_id(self) -> str:
        """The milestone's English name."""
        return key_from(self.title["en"] or "")


class InitiativePlatform(Link):
    """A platform that an initiative uses."""

    record = models.ForeignKey(Initiative, models.CASCADE, related_name="platforms")
    platform = ReferenceField(SHAPE["platforms"])

    class Meta(Link.Meta):
        verbose_name = words(KINDS["platform"].label)
        verbose_name_plural = words(SHAPE["platforms"].label)
        constraints = naming(["platform"])


class InitiativeAgreement(Link):
    """An agreement that an initiative relies on."""

    record = models.ForeignKey(Initiative, models.CASCADE, related_name="agreements")
    agreement = ReferenceField(SHAPE["agreements"])

    class Meta(Link.Meta):
        verbose_name = words(KINDS["agreement"].label)
        verbose_name_plural = words(SHAPE["agreements"].label)
        constraints = naming(["agreement"])


class InitiativeStatusReport(StatusReport):
    """What somebody found about an initiative on a day."""

    record = models.ForeignKey(Initiative, models.CASCADE, related_name="status_reports")


class InitiativeCitation(Citation):
    """Ties a claim about an initiative to a passage of a source."""

    record = models.ForeignKey(Initiative, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("Citation")
        verbose_name_plural = _("Citations")
