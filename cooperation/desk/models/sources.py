"""Sources: what the records stand on, and the copy that the desk keeps as evidence."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.fields import (
    AddressField,
    CodeField,
    EdtfField,
    LinesField,
    ReferenceField,
    TextColumn,
)
from cooperation.gazette.shapes.sources import SHAPE
from cooperation.gazette.shapes.types import Text

from .citations import Citation
from .records import Record, publishing_permission, words

KEPT_TEXT = Text(
    _("Kept text"),
    _(
        "The words of the source, pasted in as evidence; the public sees its hash and size, and the passages quoted."
    ),
    long=True,
)
KEPT_LENGTH = 2_000_000


class Source(Record):
    """A report, law or release on whose word the records stand."""

    type = CodeField(SHAPE["type"])
    publisher = ReferenceField(SHAPE["publisher"], null=True)
    authors = LinesField(SHAPE["authors"])
    website = AddressField(SHAPE["website"])
    published = EdtfField(SHAPE["published"])
    accessed = EdtfField(SHAPE["accessed"])
    language = CodeField(SHAPE["language"], blank=True)
    rights = CodeField(SHAPE["rights"], default="unknown")
    kept_text = TextColumn(KEPT_TEXT, max_length=KEPT_LENGTH)

    class Meta(Record.Meta):
        verbose_name = words(KINDS["source"].label)
        verbose_name_plural = words(KINDS["source"].label_plural)
        permissions = publishing_permission("source")

    @property
    def kept(self) -> dict[str, Any] | None:
        """Hash, size in bytes and media type of the kept copy; None where there is none."""
        if not self.kept_text:
            return None
        copy = self.kept_text.encode()
        return {
            "sha256": hashlib.sha256(copy).hexdigest(),
            "size": len(copy),
            "media_type": "text/plain",
        }


class SourceCitation(Citation):
    """Ties a claim about a source to a passage of a source."""

    record = models.ForeignKey(Source, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("Citation")
        verbose_name_plural = _("Citations")
