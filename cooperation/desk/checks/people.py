"""The check of people: only public figures are on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from .findings import Finding, Subject


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Errors: a person without a public post."""
    for subject in subjects:
        if subject.record.kind == "person" and not subject.document["posts"]:
            sentence = _(
                "no public post is on record; add one, for only public figures are published."
            )
            yield subject.error("no-post", "posts", sentence)
