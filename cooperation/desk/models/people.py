"""People: public figures, their names and their posts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.fields import EdtfField, ReferenceField
from cooperation.desk.texts import TextsField
from cooperation.gazette.shapes.people import SHAPE
from cooperation.gazette.shapes.types import inner

from .citations import Citation
from .names import Name
from .parts import Part
from .records import Record, publishing_permission, words

POST = inner(SHAPE["posts"])


class Person(Record):
    """A public figure, in whose posts governments and firms act."""

    class Meta(Record.Meta):
        verbose_name = words(KINDS["person"].label)
        verbose_name_plural = words(KINDS["person"].label_plural)
        permissions = publishing_permission("person")


class PersonName(Name):
    """A name that the person bears or bore, in one language."""

    record = models.ForeignKey(Person, models.CASCADE, related_name="names")

    class Meta(Name.Meta):
        verbose_name = _("Name")
        verbose_name_plural = words(SHAPE["names"].label)


class Post(Part):
    """A public post that the person holds or held in an organization."""

    NUMBERED = "post"

    record = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    organization = ReferenceField(POST["organization"])
    title = TextsField(POST["title"])
    valid_from = EdtfField(POST["from"])
    valid_until = EdtfField(POST["until"])
    attested = EdtfField(POST["attested"])

    class Meta(Part.Meta):
        verbose_name = _("Post")
        verbose_name_plural = words(SHAPE["posts"].label)

    def proposed_id(self) -> str:
        """The key of the organization."""
        return self.organization.key


class PersonCitation(Citation):
    """Ties a claim about a person to a passage of a source."""

    record = models.ForeignKey(Person, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("Citation")
        verbose_name_plural = _("Citations")
