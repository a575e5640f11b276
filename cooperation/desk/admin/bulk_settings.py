"""What can be set on many records at once: a sector, or a status with the report that gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.desk import editing, recording
from cooperation.desk.chronicle import REASON_LENGTH
from cooperation.desk.models import Record
from cooperation.gazette.shapes.vocabularies import FINDINGS, SECTORS
from cooperation.rules.texts import clean_text

from . import takebacks
from .guards import ReasonedForm
from .progress_forms import ReportForm
from .widgets import ours

ADD, REMOVE = "add", "remove"


class Outcome(StrEnum):
    """What would become of a record."""

    CHANGES = "changes"
    STAYS = "stays"
    REFUSED = "refused"


@dataclass(frozen=True)
class Effect:
    """What would become of one record: what it says now, what it would say, or why it is refused."""

    record: Any
    before: str
    after: str = ""
    outcome: Outcome | None = None
    why: str = ""


class WithReason(forms.Form):
    """Asks why something is changed; the answer goes to the history."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        help_text=ReasonedForm.base_fields["reason"].help_text,
        required=False,
        max_length=REASON_LENGTH,
    )

    def clean_reason(self) -> str:
        """The reason in clean form."""
        try:
            return clean_text(self.cleaned_data["reason"], REASON_LENGTH, one_line=True)
        except ValueError as fault:
            raise ValidationError(str(fault)) from None


class SectorForm(WithReason):
    """Which sector is added, or taken away."""

    how = forms.ChoiceField(
        label=gettext_lazy("What is to be done"),
        choices=[
            (ADD, gettext_lazy("Add the sector")),
            (REMOVE, gettext_lazy("Take the sector away")),
        ],
        initial=ADD,
    )
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), choices=[("", "–"), *SECTORS.choices])
    field_order = ("how", "sector", "reason")

    def __init__(self, *args: Any, admin_site: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)


class ManyReportsForm(WithReason, ReportForm):
    """The report that is added to each; whoever looked for many may leave the source for later."""

    asks_for_source = False
    field_order = ("date", "finding", "status", "note", "source", "quote", "reason")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        findings: Any = self.fields["finding"]
        findings.choices = [one for one in FINDINGS.choices if one[0] != recording.NOTHING]
        self.fields["source"].help_text = _(
            "Search for it by its title, address or key. It is cited by each of the records."
        )

    def clean(self) -> dict[str, Any]:
        """What was typed; the words have to stand in the source that is named."""
        cleaned = super().clean()
        said = recording.misquoted(self.found()) if self.is_readable else ""
        if said:
            self.add_error("quote", said)
        return cleaned


class Sector:
    """A sector, set on many initiatives."""

    name, act, member = "tag", takebacks.SECTORS, "sectors"
    form = SectorForm
    action: Any = gettext_lazy("Tag with a sector…")
    title: Any = gettext_lazy("Tag with a sector")
    before: Any = gettext_lazy("Sectors now")

    def now(self, record: Any) -> str:
        """The sectors of the record in words."""
        return _in_words(record.sectors)

    def effect(self, record: Any, form: Any) -> Effect:
        """The sectors as they would be."""
        then = _tagged(record.sectors, form.cleaned_data)
        outcome = Outcome.STAYS if then == record.sectors else Outcome.CHANGES
        return Effect(record, self.now(record), _in_words(then), outcome)

    def write(self, record: Any, form: Any, by: Any) -> Any:
        """Set it on a locked record; the sectors that it had before."""
        before = list(record.sectors)
        record.sectors = _tagged(before, form.cleaned_data)
        reason = form.cleaned_data["reason"]
        editing.save(record, by=by, reason=reason, expected_version=record.version)
        return before

    def filtered(self, typed: Mapping[str, Any]) -> dict[str, str]:
        """What narrows the list to the records that were tagged."""
        return {"sectors": typed["sector"]} if typed["how"] == ADD else {}


class Status:
    """A status, set on many initiatives or funds by a report of each."""

    name, act, member = "status", takebacks.STATUS, "status_reports"
    form = ManyReportsForm
    action: Any = gettext_lazy("Set the status…")
    title: Any = gettext_lazy("Set the status")
    before: Any = gettext_lazy("Status now")

    def now(self, record: Any) -> str:
        """The status of the record in words, with the day from which it holds."""
        return _standing(recording.standing(recording.reports(record)))

    def effect(self, record: Any, form: Any) -> Effect:
        """The status as it would be; refused where it does not follow upon the reports that there are."""
        reports, before = recording.reports(record), self.now(record)
        found = recording.completed(form.found(), reports)
        why = recording.fault(record, reports, found) or _too_early(reports, found)
        if why:
            return Effect(record, before, outcome=Outcome.REFUSED, why=why)
        then = recording.standing(
            [*reports, record.status_reports.model(date=found.date, status=found.status)]
        )
        return Effect(record, before, _standing(then), Outcome.CHANGES)

    def write(self, record: Any, form: Any, by: Any) -> Any:
        """Add the report to a locked record; the id by which it is taken back."""
        return recording.record(record, form.found(), by=by, reason=form.cleaned_data["reason"])

    def filtered(self, typed: Mapping[str, Any]) -> dict[str, str]:
        """What narrows the list to the records that have this status now."""
        return {"status": typed["status"]} if typed["status"] else {}


Setting = Sector | Status
SETTINGS: tuple[Setting, ...] = (Sector(), Status())


def barred(record: Record) -> str:
    """Why nothing is set on the record together with others, in a sentence; empty where it may be."""
    if record.successor:
        return _("it was merged into %(key)s; choose that one.") % {"key": record.successor}
    if record.withdrawn:
        return _("it was withdrawn; change it on its own form, where that is seen.")
    return ""


def _tagged(sectors: list[str], typed: Mapping[str, Any]) -> list[str]:
    if typed["how"] == REMOVE:
        return [code for code in sectors if code != typed["sector"]]
    return sectors if typed["sector"] in sectors else [*sectors, typed["sector"]]


def _in_words(sectors: list[str]) -> str:
    return ", ".join(SECTORS.label(code, ours()) for code in sectors) or "–"


def _standing(said: Mapping[str, str | None]) -> str:
    if not said["value"]:
        return "–"
    words = _("%(status)s since %(since)s, last confirmed %(confirmed)s")
    return words % {**said, "status": recording.in_words(said["value"])}


def _too_early(reports: list[Any], found: recording.Found) -> str:
    """Whether reports follow the one that is to be added, so that it would not give the status."""
    if recording.place(reports, found.date) == len(reports):
        return ""
    said = _("its last report is of %(date)s; record an earlier one on its own page.")
    return said % {"date": reports[-1].date}
