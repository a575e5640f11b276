"""Checks of the copy that a source keeps: whether there is one, and whether it bears out who cites it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from django.apps import apps
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.desk.copies import storing
from cooperation.desk.models import Citation, Source
from cooperation.gazette.copies import may_be_public

from .findings import Finding, Subject
from .quotations import KeptText, in_brief


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Warnings: no copy, no text, words that are quoted in public and not there any more. An error: its file is gone."""
    sources = [
        (subject, subject.record) for subject in subjects if isinstance(subject.record, Source)
    ]
    lost = _lost([source for _subject, source in sources])
    for subject, source in sources:
        yield from _copy(subject, source)
        if source.pk in lost:
            yield _not_borne_out(subject, lost[source.pk])


def _copy(subject: Subject, source: Source) -> Iterator[Finding]:
    """Whether there is a copy, and whether quotations can be checked by it."""
    if subject.document["kept"] is None:
        sentence = _(
            "no copy is kept, so nobody can check the quotations; paste in its text, or confirm."
        )
        yield subject.warning("no-kept-copy", "kept", sentence)
    elif not source.kept_text:
        sentence = _(
            "no text could be read from its kept file, so quotations cannot be checked; paste the text too, or confirm."
        )
        yield subject.warning("no-kept-text", "kept", sentence)
    if not storing.is_there(source):
        sentence = _("the stored file of its kept copy is gone; upload the file again.")
        goes_public = may_be_public(subject.document)
        tell = subject.error if goes_public else subject.warning
        yield tell("kept-file-gone", "kept", sentence)


def _not_borne_out(subject: Subject, lost: Sequence[Citation]) -> Finding:
    """That public records quote words which the kept text does not hold, with one of them."""
    sentence = _(
        "quotations of it in public records that do not occur in its kept text: %(count)s, such as "
        "“%(quote)s” in %(record)s; keep a copy that holds them, correct the records, or confirm."
    )
    first = lost[0]
    said = {
        "count": len(lost),
        "quote": in_brief(first.quote),
        "record": f"{first.record.kind}/{first.record.key}",
    }
    return subject.warning("quotations-lost", "kept", sentence % said)


def _lost(sources: Sequence[Source]) -> Mapping[int, list[Citation]]:
    """The quotations by public records that the kept texts do not hold; one query a kind, where any text is kept.

    A source that was never public is quoted by none that is.
    """
    texts = {
        source.pk: KeptText(source.kept_text)
        for source in sources
        if source.kept_text and source.edition_number is not None
    }
    found: dict[int, list[Citation]] = defaultdict(list)
    for kind in KINDS if texts else ():
        for citation in _by_public_records(kind, list(texts)):
            if not texts[citation.source_id].holds(citation.quote):
                found[citation.source_id].append(citation)
    return found


def _by_public_records(kind: str, sources: Sequence[int]) -> Iterator[Citation]:
    rows = apps.get_model("desk", kind)._meta.get_field("citations").related_model
    quoting = rows._base_manager.filter(
        source__in=sources, record__edition_number__isnull=False, record__withdrawn=False
    )
    quoting = quoting.exclude(quote="").select_related("record").order_by("pk")
    yield from quoting.only("source_id", "quote", "record__key").iterator()
