"""Engagements: visits and meetings, who took part and what was spoken of."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.fields import CodeField, EdtfField, ReferenceField
from cooperation.desk.texts import TextsField
from cooperation.gazette.shapes.engagements import SHAPE
from cooperation.gazette.shapes.types import inner

from .citations import Citation
from .links import Subject
from .parts import Part
from .records import Record, publishing_permission, words

ATTENDEE = inner(SHAPE["attendees"])


class Engagement(Record):
    """A visit, meeting, call or forum."""

    type = CodeField(SHAPE["type"])
    part_of = ReferenceField(SHAPE["part_of"], null=True)
    dates = EdtfField(SHAPE["dates"])
    place = TextsField(SHAPE["place"])
    country = CodeField(SHAPE["country"], blank=True)

    class Meta(Record.Meta):
        verbose_name = words(KINDS["engagement"].label)
        verbose_name_plural = words(KINDS["engagement"].label_plural)
        permissions = publishing_permission("engagement")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="desk_engagement_not_part_of_itself",
                violation_error_message=_(
                    "An engagement cannot be part of itself; name the larger one."
                ),
            ),
        ]


class Attendee(Part):
    """Somebody who took part, in an office and for an organization."""

    NUMBERED = "attendee"

    record = models.ForeignKey(Engagement, models.CASCADE, related_name="attendees")
    person = ReferenceField(ATTENDEE["person"])
    title = TextsField(ATTENDEE["title"])
    organization = ReferenceField(ATTENDEE["organization"], null=True)

    class Meta(Part.Meta):
        verbose_name = _("Attendee")
        verbose_name_plural = words(SHAPE["attendees"].label)

    def proposed_id(self) -> str:
        """The key of the person."""
        return self.person.key


class EngagementSubject(Subject):
    """A record that was spoken of at the engagement."""

    record = models.ForeignKey(Engagement, models.CASCADE, related_name="subjects")


class EngagementCitation(Citation):
    """Ties a claim about an engagement to a passage of a source."""

    record = models.ForeignKey(Engagement, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("Citation")
        verbose_name_plural = _("Citations")
