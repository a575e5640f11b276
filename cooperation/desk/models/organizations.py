"""Organizations: ministries, governments, firms and associations, their names and numbers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.fields import AddressField, CodeField, EdtfField, ReferenceField, TextColumn
from cooperation.gazette.shapes.organizations import NAMED_TYPES, SHAPE
from cooperation.gazette.shapes.types import inner
from cooperation.rules import identifiers
from cooperation.rules.keys import key_from

from .citations import Citation
from .names import Name
from .parts import Part
from .records import Record, RecordQuerySet, publishing_permission, words

SUCCESSION = inner(SHAPE["successions"])
IDENTIFIER = inner(SHAPE["identifiers"])
OF_ANOTHER = _("An organization does not succeed itself; name the other one.")


class Organization(Record):
    """A ministry, government, firm, association or other body that makes or receives promises."""

    TYPE: ClassVar[str] = ""
    """The type that a proxy stands for; any, for organizations as such."""

    type = CodeField(SHAPE["type"])
    country = CodeField(SHAPE["country"], blank=True)
    part_of = ReferenceField(SHAPE["part_of"], null=True)
    website = AddressField(SHAPE["website"])
    founded = EdtfField(SHAPE["founded"])
    dissolved = EdtfField(SHAPE["dissolved"])

    class Meta(Record.Meta):
        verbose_name = words(KINDS["organization"].label)
        verbose_name_plural = words(KINDS["organization"].label_plural)
        permissions = publishing_permission("organization")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="desk_organization_not_part_of_itself",
                violation_error_message=_(
                    "An organization cannot be part of itself; name the larger one."
                ),
            ),
        ]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.pk and not self.type:
            self.type = self.TYPE


class OrganizationName(Name):
    """A name that the organization bears or bore, in one language."""

    record = models.ForeignKey(Organization, models.CASCADE, related_name="names")

    class Meta(Name.Meta):
        verbose_name = _("Name")
        verbose_name_plural = words(SHAPE["names"].label)


class Succession(Part):
    """An organization that came before or after this one, and the act that made it so."""

    NUMBERED = "succession"

    record = models.ForeignKey(Organization, models.CASCADE, related_name="successions")
    type = CodeField(SUCCESSION["type"])
    organization = ReferenceField(SUCCESSION["organization"])
    date = EdtfField(SUCCESSION["date"])
    note = TextColumn(SUCCESSION["note"])

    class Meta(Part.Meta):
        verbose_name = _("Predecessor or successor")
        verbose_name_plural = words(SHAPE["successions"].label)
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(organization=F("record")),
                name="desk_succession_of_another",
                violation_error_message=OF_ANOTHER,
            ),
        ]

    def clean(self) -> None:
        """Refuse the organization itself; a form leaves the rule to the table, for it does not ask for the record."""
        super().clean()
        if self.organization_id is not None and self.organization_id == self.record_id:
            raise ValidationError({"organization": OF_ANOTHER})

    def proposed_id(self) -> str:
        """The key of the other organization."""
        return self.organization.key


class Identifier(Part):
    """The organization's number in a public register."""

    NUMBERED = "identifier"

    record = models.ForeignKey(Organization, models.CASCADE, related_name="identifiers")
    scheme = CodeField(IDENTIFIER["scheme"])
    value = TextColumn(IDENTIFIER["value"], blank=False, max_length=identifiers.MAX_LENGTH)

    class Meta(Part.Meta):
        verbose_name = _("Identifier")
        verbose_name_plural = words(SHAPE["identifiers"].label)

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"

    def clean(self) -> None:
        """Bring the number into its one form; a wrong check digit is refused."""
        super().clean()
        problem = identifiers.problem(self.scheme, self.value)
        if problem:
            raise ValidationError({"value": problem})
        self.value = identifiers.normalise(self.scheme, self.value)

    def proposed_id(self) -> str:
        """The scheme."""
        return key_from(self.scheme)


class OrganizationCitation(Citation):
    """Ties a claim about an organization to a passage of a source."""

    record = models.ForeignKey(Organization, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("Citation")
        verbose_name_plural = _("Citations")


class OfType(models.Manager.from_queryset(RecordQuerySet)):  # type: ignore[misc]  # the plugin knows no made class
    """The organizations of the proxy's own type."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(type=self.model.TYPE)


class Ministry(Organization):
    """An organization that is a department of a national government."""

    TYPE: ClassVar[str] = "ministry"
    objects: ClassVar[Any] = OfType()

    class Meta:
        proxy = True
        verbose_name = _("Ministry")
        verbose_name_plural = NAMED_TYPES["ministry"][0]


class Firm(Organization):
    """An organization that is a company."""

    TYPE: ClassVar[str] = "firm"
    objects: ClassVar[Any] = OfType()

    class Meta:
        proxy = True
        verbose_name = _("Firm")
        verbose_name_plural = NAMED_TYPES["firm"][0]


class Association(Organization):
    """An organization that is a body of members."""

    TYPE: ClassVar[str] = "association"
    objects: ClassVar[Any] = OfType()

    class Meta:
        proxy = True
        verbose_name = _("Association")
        verbose_name_plural = NAMED_TYPES["association"][0]
