"""Checks of identifiers: the check digits of public registers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cooperation.rules import identifiers

from .findings import Finding, Subject


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Errors: a number that cannot be right. Warnings: one that is doubtful."""
    for subject in subjects:
        for identifier in subject.document.get("identifiers", ()):
            path = f"identifiers/{identifier['id']}/value"
            problem = identifiers.problem(identifier["scheme"], identifier["value"])
            doubt = identifiers.warning(identifier["scheme"], identifier["value"])
            if problem:
                yield subject.error("identifier-wrong", path, problem)
            elif doubt:
                yield subject.warning("identifier-doubtful", path, doubt)
