"""Checks of dates: beginnings before ends, and status reports in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cooperation.gazette.shapes import part_lists, shape
from cooperation.rules import dates

from .findings import Finding, Subject

Pairs = tuple[tuple[str, str], ...]
SPANS: Pairs = (
    ("from", "until"),
    ("founded", "dissolved"),
    ("opened", "closed"),
    ("signed", "ended"),
    ("in_force", "ended"),
)
STEPS: Pairs = (("concluded", "signed"), ("concluded", "in_force"), ("signed", "in_force"))
"""What comes after what, where both are known."""


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Errors: a time that ends before it begins; status reports out of the order of their dates."""
    for subject in subjects:
        kind, document = subject.record.kind, subject.document
        yield from _spans(subject, shape(kind).members, document, "")
        for name, listed in part_lists(kind).items():
            for part in document[name]:
                yield from _spans(subject, listed.members, part, f"{name}/{part['id']}/")
        yield from _order(subject, document.get("status_reports", ()))
        yield from _steps(subject, shape(kind).members, document)


def _spans(
    subject: Subject, members: Mapping[str, Any], values: Mapping[str, Any], above: str
) -> Iterator[Finding]:
    for start, end in _reversed(SPANS, members, values):
        sentence = _("it ends in %(end)s, before it begins in %(start)s; correct one of the two.")
        shown = {"start": values[start], "end": values[end]}
        yield subject.error("ends-before-it-begins", above + end, sentence % shown)


def _steps(
    subject: Subject, members: Mapping[str, Any], values: Mapping[str, Any]
) -> Iterator[Finding]:
    for first, second in _reversed(STEPS, members, values):
        sentence = _(
            "“%(second)s” (%(after)s) comes before “%(first)s” (%(before)s); correct one of the two."
        )
        shown = {
            "first": members[first].label,
            "before": values[first],
            "second": members[second].label,
            "after": values[second],
        }
        yield subject.error("steps-out-of-order", second, sentence % shown)


def _reversed(
    pairs: Pairs, members: Mapping[str, Any], values: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Those of the pairs of which both dates are known, and the second lies wholly before the first."""
    for first, second in pairs:
        if not {first, second} <= members.keys() or not values[first] or not values[second]:
            continue
        if dates.parse(values[second]).last < dates.parse(values[first]).first:
            yield first, second


def _order(subject: Subject, reports: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """Each report against the latest beginning before it: its neighbour may be known to the year only."""
    latest: Mapping[str, Any] | None = None
    for report in reports:
        day = dates.parse(report["date"])
        if latest and day.last < dates.parse(latest["date"]).first:
            sentence = _(
                "the report of %(later)s stands after that of %(earlier)s; put the reports in the order of their dates."
            )
            shown = {"later": report["date"], "earlier": latest["date"]}
            yield subject.error(
                "reports-out-of-order", f"status_reports/{report['id']}/date", sentence % shown
            )
        elif not latest or day.first > dates.parse(latest["date"]).first:
            latest = report
