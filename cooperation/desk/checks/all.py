"""All checks over the records of one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cooperation.desk.documents import documents
from cooperation.desk.models import Record

from . import (
    citations,
    copies,
    dates,
    identifiers,
    money,
    names,
    people,
    references,
    relations,
    statements,
    texts,
)
from .findings import Finding, Level, Subject

CHECKS = (
    texts,
    references,
    citations,
    copies,
    money,
    dates,
    identifiers,
    people,
    statements,
    relations,
    names,
)


def findings(
    records: Iterable[Record], rendered: Sequence[Mapping[str, Any]] | None = None
) -> list[Finding]:
    """What speaks against publishing the records together: errors first, then warnings.

    `rendered` are their documents, where the caller has them already. The number of queries does
    not grow with the records, but for the search for similar names.
    """
    held = list(records)
    rendered = documents(held) if rendered is None else rendered
    subjects = [Subject(record, document) for record, document in zip(held, rendered, strict=True)]
    found = [finding for check in CHECKS for finding in check.findings(subjects)]
    return sorted(found, key=lambda finding: finding.level is not Level.ERROR)
