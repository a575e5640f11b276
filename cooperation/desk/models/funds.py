"""Funds: money that was announced for a purpose, who is to give how much of it, and where it goes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.fields import (
    AmountField,
    CodeField,
    CodesField,
    EdtfField,
    KeyField,
    ReferenceField,
    ReportedAsField,
)
from cooperation.desk.texts import TextsField
from cooperation.gazette.shapes.funds import REPORTED_AS, SHAPE
from cooperation.gazette.shapes.types import inner
from cooperation.rules.keys import key_from

from .citations import Citation
from .parts import Part, replaces_another
from .progress import StatusReport
from .records import Record, publishing_permission, words

ANNOUNCEMENT = inner(SHAPE["announcements"])
COMMITMENT = inner(SHAPE["commitments"])
ALLOCATION = inner(SHAPE["allocations"])
CURRENCY = REPORTED_AS.members["currency"]


def amount_rules() -> list[models.CheckConstraint]:
    """The rules that every amount of money keeps."""
    return [
        models.CheckConstraint(
            condition=~Q(amount__startswith="-"),
            name="desk_%(class)s_not_negative",
            violation_error_message=_(
                "An amount cannot be negative; write it without the minus sign."
            ),
        ),
        models.CheckConstraint(
            condition=Q(amount__isnull=True, currency="")
            | (Q(amount__isnull=False) & ~Q(currency="")),
            name="desk_%(class)s_with_currency",
            violation_error_message=_(
                "An amount needs its currency, and a currency its amount; fill in both or neither."
            ),
        ),
    ]


class Fund(Record):
    """Money that was announced for a purpose."""

    purpose = TextsField(SHAPE["purpose"])
    countries = CodesField(SHAPE["countries"])
    manager = ReferenceField(SHAPE["manager"], null=True)

    class Meta(Record.Meta):
        verbose_name = words(KINDS["fund"].label)
        verbose_name_plural = words(KINDS["fund"].label_plural)
        permissions = publishing_permission("fund")


class Announcement(Part):
    """How large a fund was said to be; a later announcement replaces the earlier."""

    NUMBERED = "announcement"

    record = models.ForeignKey(Fund, models.CASCADE, related_name="announcements")
    amount = AmountField(ANNOUNCEMENT["amount"])
    currency = CodeField(CURRENCY, max_length=3, blank=True)
    date = EdtfField(ANNOUNCEMENT["date"])
    reported_as = ReportedAsField(ANNOUNCEMENT["reported_as"])
    replaces = KeyField(ANNOUNCEMENT["replaces"], blank=True, default="")

    class Meta(Part.Meta):
        verbose_name = _("Announcement")
        verbose_name_plural = words(SHAPE["announcements"].label)
        constraints = [*Part.Meta.constraints, *amount_rules(), replaces_another()]

    def proposed_id(self) -> str:
        """The date of the announcement."""
        return self.date.replace("/", "-").rstrip("-.")


class Commitment(Part):
    """What somebody is to give to a fund, and how binding that is."""

    NUMBERED = "commitment"

    record = models.ForeignKey(Fund, models.CASCADE, related_name="commitments")
    contributor = ReferenceField(COMMITMENT["contributor"], null=True)
    contributor_class = CodeField(COMMITMENT["contributor_class"], blank=True)
    title = TextsField(COMMITMENT["title"])
    amount = AmountField(COMMITMENT["amount"])
    currency = CodeField(CURRENCY, max_length=3, blank=True)
    stage = CodeField(COMMITMENT["stage"])
    date = EdtfField(COMMITMENT["date"])
    reported_as = ReportedAsField(COMMITMENT["reported_as"])
    replaces = KeyField(COMMITMENT["replaces"], blank=True, default="")

    class Meta(Part.Meta):
        verbose_name = _("Contribution")
        verbose_name_plural = words(SHAPE["commitments"].label)
        constraints = [
            *Part.Meta.constraints,
            *amount_rules(),
            replaces_another(),
            models.CheckConstraint(
                condition=Q(contributor__isnull=False, contributor_class="")
                | (Q(contributor__isnull=True) & ~Q(contributor_class="")),
                name="desk_commitment_from_somebody",
                violation_error_message=_(
                    "Name either the contributor or the class of contributors, not both."
                ),
            ),
        ]

    def proposed_id(self) -> str:
        """The key of the contributor, or the class of contributors."""
        return self.contributor.key if self.contributor else key_from(self.contributor_class)


class Allocation(Part):
    """What a fund has set aside for an initiative."""

    NUMBERED = "allocation"

    record = models.ForeignKey(Fund, models.CASCADE, related_name="allocations")
    initiative = ReferenceField(ALLOCATION["initiative"], null=True)
    amount = AmountField(ALLOCATION["amount"])
    currency = CodeField(CURRENCY, max_length=3, blank=True)
    date = EdtfField(ALLOCATION["date"])

    class Meta(Part.Meta):
        verbose_name = _("Allocation")
        verbose_name_plural = words(SHAPE["allocations"].label)
        constraints = [*Part.Meta.constraints, *amount_rules()]

    def proposed_id(self) -> str:
        """The key of the initiative."""
        return self.initiative.key if self.initiative else ""


class FundStatusReport(StatusReport):
    """What somebody found about a fund on a day."""

    record = models.ForeignKey(Fund, models.CASCADE, related_name="status_reports")


class FundCitation(Citation):
    """Ties a claim about a fund to a passage of a source."""

    record = models.ForeignKey(Fund, models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        verbose_name = _("Citation")
        verbose_name_plural = _("Citations")
