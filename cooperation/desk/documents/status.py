"""The status of initiatives and funds, as their status reports give it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def status(_row: Any, document: Mapping[str, Any]) -> dict[str, str | None]:
    """The newest status that a report gives, since when, and when it was last confirmed.

    A report that found nothing changes nothing.
    """
    value = since = confirmed = None
    for report in document["status_reports"]:
        if report["status"]:
            since = report["date"] if report["status"] != value else since
            value, confirmed = report["status"], report["date"]
    return {"value": value, "since": since, "confirmed": confirmed}
