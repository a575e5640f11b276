"""What became of a thing: a status report that is added to an initiative or a fund, and taken back again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from cooperation.gazette.shapes.vocabularies import STATUSES
from cooperation.rules import dates
from cooperation.rules.canonical import canonical_text, digest

from . import editing
from .checks.citations import not_found
from .checks.quotations import KeptText
from .documents.status import status
from .models import Record, Source
from .models.parts import MOST_ROWS
from .models.progress import StatusReport

CHANGED, CONFIRMED, NOTHING = "changed", "confirmed", "nothing_found"


@dataclass(frozen=True)
class Found:
    """What somebody found when they looked, and the words of the source that say so."""

    date: str
    finding: str
    status: str = ""
    note: str = ""
    source: Source | None = None
    quote: str = ""


class Refused(Exception):
    """Nothing was recorded, for the reason given."""


def reports(record: Any) -> list[StatusReport]:
    """The status reports of a record in their order; no query where they were fetched with it."""
    return list(record.status_reports.all())


def standing(found: Sequence[StatusReport]) -> dict[str, str | None]:
    """The status that the reports give, since when, and when it was last confirmed."""
    said = [{"status": report.status, "date": report.date} for report in found]
    return status(None, {"status_reports": said})


def seen(found: Sequence[StatusReport]) -> str:
    """Stands for the reports as somebody has seen them; another text means that they are others now."""
    said = [[r.part_id, r.date, r.finding, r.status, r.note] for r in found]
    return digest(canonical_text(said))


def completed(found: Found, before: Sequence[StatusReport]) -> Found:
    """The same with the status that follows from the finding: none, or the one that was confirmed."""
    if found.finding == NOTHING:
        return replace(found, status="")
    if found.finding == CONFIRMED and not found.status:
        return replace(found, status=_status_at(before, place(before, found.date)))
    return found


def place(before: Sequence[StatusReport], day: str) -> int:
    """How many of the reports stand before one of that day: all, unless some lie wholly after it."""
    last = dates.parse_date(day).last
    for number, report in enumerate(before):
        if dates.parse_date(report.date).first > last:
            return number
    return len(before)


def fault(record: Record, before: Sequence[StatusReport], found: Found) -> str:
    """Why that cannot be recorded of the record as it stands, in a sentence; empty where it can."""
    if record.successor:
        return _("it was merged into %(key)s; record it there.") % {"key": record.successor}
    if len(before) >= MOST_ROWS:
        return _("it has %(most)s status reports, and a list has no more.") % {"most": MOST_ROWS}
    here = place(before, found.date)
    at_that_time = _status_at(before, here)
    if found.finding == CONFIRMED:
        return _not_confirmed(at_that_time, found)
    if found.finding == CHANGED:
        return _not_changed(at_that_time, found) or _contradicted(before[here:], found)
    return ""


def misquoted(found: Found) -> str:
    """Why the quotation cannot stand, in a sentence; empty where it can or there is nothing to hold it against."""
    if not found.source or not found.source.kept_text:
        return ""
    if not found.quote:
        return _(
            "Quote the words of %(source)s that say so; its text is kept, so they can be looked up."
        ) % {"source": found.source.key}
    kept = KeptText(found.source.kept_text)
    return "" if kept.holds(found.quote) else not_found(found.quote, kept, found.source.key)


def record(what: Any, found: Found, *, by: User | None, reason: str) -> str:
    """Add the report, and the citation that proves it, to a locked record as one change; the id of the report.

    Refused where the record as it stands speaks against it; ValidationError where a rule is broken.
    """
    before = reports(what)
    found = completed(found, before)
    said = fault(what, before, found)
    if said:
        raise Refused(said)
    model: Any = what.status_reports.model
    report = model(
        record=what,
        date=found.date,
        finding=found.finding,
        status=found.status,
        note=found.note,
    )
    report.part_id = report.free_id()
    rows: list[Any] = _in_place(before, report)
    if found.source:
        citation: Any = what.citations.model
        path = path_of(report.part_id)
        rows.append(citation(path=path, source=found.source, quote=found.quote))
    editing.save(what, by=by, reason=reason, expected_version=what.version, parts=rows)
    return str(report.part_id)


def take_back(what: Any, part_id: str, *, by: User | None, reason: str) -> None:
    """Remove a report from a locked record, with the citations that prove it, as one change."""
    gone: list[Any] = [*what.status_reports.filter(part_id=part_id)]
    paths = {path_of(part_id), *(f"{path_of(part_id)}/{name}" for name in ("date", "status"))}
    gone += what.citations.filter(path__in=paths)
    editing.save(what, by=by, reason=reason, expected_version=what.version, removed=gone)


def path_of(part_id: str) -> str:
    """By which a citation names the report."""
    return f"status_reports/{part_id}"


def in_words(code: str) -> str:
    """What people call the status in the language of the desk; a dash where there is none."""
    return str(dict(STATUSES.choices).get(code, code)) if code else "–"


def _status_at(before: Sequence[StatusReport], here: int) -> str:
    return standing(before[:here])["value"] or ""


def _not_confirmed(at_that_time: str, found: Found) -> str:
    if not at_that_time:
        return _("it has no status yet that could be confirmed; choose “Changed”.")
    if found.status != at_that_time:
        said = _("its status is “%(status)s”; whoever confirms it leaves it so.")
        return said % {"status": in_words(at_that_time)}
    return ""


def _not_changed(at_that_time: str, found: Found) -> str:
    if found.status == at_that_time:
        said = _("its status is “%(status)s” already; choose “Confirmed”, or another status.")
        return said % {"status": in_words(at_that_time)}
    return ""


def _contradicted(after: Sequence[StatusReport], found: Found) -> str:
    """Whether the next report that gives a status confirms another one."""
    following = next((report for report in after if report.status), None)
    if following and following.finding == CONFIRMED and following.status != found.status:
        said = _(
            "the report of %(date)s confirms “%(status)s”; correct that one first, on the record's form."
        )
        return said % {"date": following.date, "status": in_words(following.status)}
    return ""


def _in_place(before: Sequence[StatusReport], report: StatusReport) -> list[StatusReport]:
    """The report, and those that have to move so that it stands where its date belongs."""
    here = place(before, report.date)
    if here == len(before):
        return [report]
    moved = []
    for number, one in enumerate([*before[:here], report, *before[here:]], start=1):
        if one.position != number:
            one.position = number
            moved.append(one)
    return moved
