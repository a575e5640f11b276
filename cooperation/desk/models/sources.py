"""Sources: what the records stand on, and the copy that the desk keeps as evidence."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.fields import (
    AddressField,
    CodeField,
    EdtfField,
    FlagField,
    KeyField,
    LinesField,
    NumberField,
    ReferenceField,
    TextColumn,
)
from cooperation.gazette.shapes.sources import ENDINGS, SHAPE
from cooperation.gazette.shapes.types import Code, Flag, Number, Text
from cooperation.gazette.shapes.vocabularies import Vocabulary

from .citations import Citation
from .records import Record, publishing_permission, words

KEPT_TEXT = Text(
    _("Kept text"),
    _(
        "The words of the source, as evidence; unless its rights allow more, the public sees hash, size and the passages quoted."
    ),
    long=True,
)
KEPT_LENGTH = 2_000_000
MEDIA_TYPES = Vocabulary(
    "media_type",
    {
        "text/plain": (_("Text"), _("A plain text.")),
        "text/html": (_("Web page"), _("A page in HTML.")),
        "application/pdf": (_("PDF"), _("A document in PDF.")),
    },
)


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
    kept_typed = FlagField(
        Flag(
            _("Kept text typed in"),
            _("Whether somebody typed the words in because none could be read from the kept file."),
        ),
        editable=False,
        db_default=False,
    )
    kept_name = KeyField(
        Text(_("Kept file"), _("The name under which the file is stored; nobody can guess it.")),
        blank=True,
        default="",
        editable=False,
        db_default="",
    )
    kept_type = CodeField(
        Code(_("Type of the kept file"), _("Found from what it holds."), vocabulary=MEDIA_TYPES),
        blank=True,
        editable=False,
        db_default="",
    )
    kept_size = NumberField(
        Number(_("Size of the kept file"), _("How long it is, in bytes.")), editable=False
    )
    kept_sha256 = TextColumn(
        Text(_("Hash of the kept file"), _("The SHA-256 of its bytes.")),
        max_length=64,
        editable=False,
        db_default="",
    )

    class Meta(Record.Meta):
        verbose_name = words(KINDS["source"].label)
        verbose_name_plural = words(KINDS["source"].label_plural)
        permissions = publishing_permission("source")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kept_name="", kept_type="", kept_sha256="", kept_size__isnull=True)
                | Q(kept_size__isnull=False)
                & ~Q(kept_name="")
                & ~Q(kept_type="")
                & ~Q(kept_sha256=""),
                name="desk_source_kept_file_is_whole",
                violation_error_message=_(
                    "A kept file has a name, a type, a size and a hash; upload it anew."
                ),
            ),
        ]

    @property
    def kept_path(self) -> str:
        """Where the storage holds the kept file; empty where none is kept."""
        return f"{self.kept_name}.{ENDINGS[self.kept_type]}" if self.kept_name else ""

    @property
    def kept(self) -> dict[str, Any] | None:
        """Hash, size in bytes and media type of the kept copy, the file where there is one; None without."""
        if self.kept_name:
            return {
                "sha256": self.kept_sha256,
                "size": self.kept_size,
                "media_type": self.kept_type,
            }
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
