"""Statements: what people in office have said, word for word."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.fields import CodeField, EdtfField, ReferenceField
from cooperation.desk.texts import TextsField
from cooperation.gazette.shapes.statements import SHAPE

from .citations import Citation
from .links import Subject
from .records import Record, publishing_permission, words


class Statement(Record):
    """What somebody in office has said."""

    # Null only while a new record is being entered, so that others can name it.
    speaker = ReferenceField(SHAPE["speaker"], null=True, blank=False)
    title_at_the_time = TextsField(SHAPE["title_at_the_time"])
    organization = ReferenceField(SHAPE["organization"], null=True)
    engagement = ReferenceField(SHAPE["engagement"], null=True)
    date = EdtfField(SHAPE["date"])
    words = TextsField(SHAPE["words"])
    original_language = CodeField(SHAPE["original_language"], blank=True)

    class Meta(Record.Meta):
        verbose_name = words(KINDS["statement"].label)
        verbose_name_plural = words(KINDS["statement"].label_plural)
        permissions = publishing_permission("statement")


class StatementSubject(Subject):
    """A record that the statement speaks of."""

    record = models.ForeignKey(Statement, models.CASCADE, related_name="subjects")


class StatementCitation(Citation):
    """Ties a claim about a statement to a passage of a source."""

    record = models.ForeignKey(Statement, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("Citation")
        verbose_name_plural = _("Citations")
