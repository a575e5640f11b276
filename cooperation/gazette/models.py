"""The tables of the gazette: the register itself, and what is derived from it for reading."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cooperation.rules.canonical import canonical_text


def stamp(at: datetime) -> str:
    """The instant as documents write it: `2015-01-29T03:00:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Head(models.Model):
    """The one row that says how far the register has come; whoever locks it may add to it."""

    number = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)
    chain = models.CharField(max_length=71, default="")
    indexings = models.PositiveIntegerField(default=0)
    """How often what is read was made anew: readers may then see other answers under the same number."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="gazette_has_one_head")
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"


class Edition(models.Model):
    """One numbered entry of the register; what is entered stays."""

    class Action(models.TextChoices):
        """What an entry does to its record."""

        PUBLISHED = "published", _("Published")
        REFRESHED = "refreshed", _("Refreshed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged")
        REDACTED = "redacted", _("Redacted")

    number = models.BigIntegerField(primary_key=True)
    action = models.CharField(max_length=9, choices=Action)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    published_at = models.DateTimeField()
    hash = models.CharField(max_length=71, null=True)
    reason = models.TextField()
    office = models.TextField()
    successor = models.CharField(max_length=80, null=True)
    previous = models.CharField(max_length=71, null=True)
    chain = models.CharField(max_length=71)
    schema = models.CharField(max_length=30, null=True)
    document = models.TextField(null=True)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["kind", "key", "number"], name="gazette_edition_of_record"),
            models.Index(fields=["kind", "number"], name="gazette_edition_of_kind"),
            models.Index(fields=["published_at", "number"], name="gazette_edition_of_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="gazette_counts_from_one"
            )
        ]

    def __str__(self) -> str:
        return f"№ {self.number}: {self.kind}/{self.key} {self.action}"

    def sealed(self) -> dict[str, Any]:
        """The members of the header that its chain value covers."""
        return {
            "number": self.number,
            "action": self.action,
            "kind": self.kind,
            "key": self.key,
            "published_at": stamp(self.published_at),
            "hash": self.hash,
            "reason": self.reason,
            "office": self.office,
            "successor": self.successor,
            "previous": self.previous,
        }

    def header(self) -> dict[str, Any]:
        """The header as every response carries it."""
        return {**self.sealed(), "chain": self.chain}

    @property
    def content(self) -> dict[str, Any] | None:
        """The document of this edition, or None where it has none or it was redacted."""
        return json.loads(self.document) if self.document else None

    def response(self) -> str:
        """The document as JSON text with its `edition` member; only for editions with a document."""
        return with_edition(self.document or "{}", canonical_text(self.header()))


class Current(models.Model):
    """The document of a record that is public now; its primary key is its edition's number.

    A record that is published again gets new rows here and in the tables below, so all of them
    stand in the order of the last change, which is the order in which lists are read.
    """

    edition = models.OneToOneField(Edition, models.PROTECT, primary_key=True, db_column="number")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    document = models.TextField()
    header = models.TextField()
    sort_title_en = models.BinaryField(max_length=120)
    sort_title_ko = models.BinaryField(max_length=120)
    sort_title_zh_hans = models.BinaryField(max_length=120)
    sort_date = models.BinaryField(max_length=24)
    date_first = models.DateField(null=True)
    date_last = models.DateField(null=True)
    amount_currency = models.CharField(max_length=3, null=True)
    sort_amount = models.BinaryField(max_length=39, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="gazette_one_current_document")
        ]
        indexes = [
            models.Index(fields=["kind", "edition"], name="gazette_current_updated"),
            models.Index(fields=["kind", "sort_date", "edition"], name="gazette_current_date"),
            models.Index(
                fields=["kind", "amount_currency", "sort_amount", "edition"],
                name="gazette_current_amount",
            ),
            models.Index(
                fields=["kind", "sort_title_en", "edition"], name="gazette_current_title_en"
            ),
            models.Index(
                fields=["kind", "sort_title_ko", "edition"], name="gazette_current_title_ko"
            ),
            models.Index(
                fields=["kind", "sort_title_zh_hans", "edition"], name="gazette_current_title_zh"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key} (№ {self.pk})"

    @property
    def number(self) -> int:
        """The number of the edition in force."""
        return int(self.pk)

    @property
    def content(self) -> dict[str, Any]:
        """The document."""
        content: dict[str, Any] = json.loads(self.document)
        return content

    def response(self) -> str:
        """The document as JSON text with its `edition` member, from stored text alone."""
        return with_edition(self.document, self.header)


class Copy(models.Model):
    """The bytes of the copy that is kept of a public source, where its rights let anybody have them.

    They are those that the current document of the source names by their hash; when it no longer
    does, or is gone, they go too.
    """

    key = models.CharField(max_length=80, primary_key=True)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"source/{self.key} ({self.sha256[:12]}…)"


class Facet(models.Model):
    """One value under which a current document is found."""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=80)
    current = models.ForeignKey(Current, models.CASCADE, related_name="facets", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name", "value", "current"], name="gazette_facet_once"
            ),
        ]
        indexes = [
            models.Index(fields=["current", "name", "value"], name="gazette_facet_of_current")
        ]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class Reference(models.Model):
    """One place where a current document names another record."""

    current = models.ForeignKey(Current, models.CASCADE, related_name="references")
    path = models.CharField(max_length=200)
    to_kind = models.CharField(max_length=20)
    to_key = models.CharField(max_length=80)

    class Meta:
        indexes = [
            models.Index(fields=["to_kind", "to_key", "current"], name="gazette_reference_to")
        ]

    def __str__(self) -> str:
        return f"{self.path} → {self.to_kind}/{self.to_key}"


class Occasion(models.Model):
    """One dated thing that a current document tells of: what is due or takes place, or its last confirmation."""

    # Without a constraint: a release that does not know this table may still end the row that it is of.
    current = models.ForeignKey(
        Current, models.CASCADE, related_name="occasions", db_constraint=False
    )
    name = models.CharField(max_length=20)
    part = models.CharField(max_length=80)
    first = models.DateField()
    last = models.DateField()
    is_open = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(
                fields=["last", "id"],
                condition=models.Q(is_open=True) & ~models.Q(name="status"),
                name="gazette_occasion_waited_for",
            ),
            models.Index(
                fields=["last", "id"],
                condition=models.Q(is_open=True, name="status"),
                name="gazette_occasion_goes_on",
            ),
            models.Index(fields=["first", "last"], name="gazette_occasion_when"),
        ]

    def __str__(self) -> str:
        return f"{self.name}/{self.part} {self.first}"


class Figure(models.Model):
    """An amount in a current document, and under which name it counts; exact, as text."""

    # Without a constraint: a release that does not know this table may still end the row that it is of.
    current = models.ForeignKey(
        Current, models.CASCADE, related_name="figures", db_constraint=False
    )
    name = models.CharField(max_length=20)
    part = models.CharField(max_length=80)
    currency = models.CharField(max_length=3)
    amount = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.name} {self.currency} {self.amount}"


class Word(models.Model):
    """One word by which a current document is found; the weight says how much it tells of what the record is."""

    word = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    weight = models.SmallIntegerField()
    current = models.ForeignKey(Current, models.CASCADE, related_name="words")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "kind", "current"], name="gazette_word_once"),
        ]
        indexes = [
            models.Index(fields=["word", "weight", "current"], name="gazette_word_everywhere")
        ]

    def __str__(self) -> str:
        return self.word


def with_edition(document: str, header: str) -> str:
    """The document's text with the header spliced in as its last member."""
    return f'{document[:-1]},"edition":{header}}}'
