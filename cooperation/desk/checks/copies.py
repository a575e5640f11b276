"""Checks of the copy that a source keeps: whether there is one, and whether it bears out who cites it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.apps import apps
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.desk.copies import storing
from cooperation.desk.models import Source
from cooperation.gazette.copies import may_be_public
from cooperation.gazette.models import Current, Reference

from .findings import Finding, Subject
from .quotations import KeptText, in_brief

CHUNK = 100


class Quotation(NamedTuple):
    """Words that a public record quotes."""

    record: str
    quote: str


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Warnings: no copy, no text, words that are quoted in public and not there any more. An error: its file is gone."""
    sources = [
        (subject, subject.record) for subject in subjects if isinstance(subject.record, Source)
    ]
    lost = _lost([source for _subject, source in sources])
    for subject, source in sources:
        yield from _copy(subject, source)
        if source.key in lost:
            yield _not_borne_out(subject, lost[source.key])


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


def _not_borne_out(subject: Subject, lost: Sequence[Quotation]) -> Finding:
    """That public records quote words which the kept text does not hold, with one of them."""
    sentence = _(
        "quotations of it in public records that do not occur in its kept text: %(count)s, such as "
        "“%(quote)s” in %(record)s; keep a copy that holds them, correct the records, or confirm."
    )
    record, quote = lost[0]
    said = {"count": len(lost), "quote": in_brief(quote), "record": record}
    return subject.warning("quotations-lost", "kept", sentence % said)


def unborne(source: Source) -> list[Quotation]:
    """What records at the desk quote from the source and its kept text does not hold; a query a kind."""
    if not source.kept_text:
        return []
    kept = KeptText(source.kept_text)
    found = []
    for kind in KINDS:
        citations: Any = apps.get_model("desk", kind)._meta.get_field("citations").related_model
        rows = citations._base_manager.filter(source=source).exclude(quote="")
        for key, quote in rows.order_by("record__key", "pk").values_list("record__key", "quote"):
            if not kept.holds(quote):
                found.append(Quotation(f"{kind}/{key}", quote))
    return found


def _lost(sources: Sequence[Source]) -> Mapping[str, list[Quotation]]:
    """The public quotations that the kept texts do not hold, by the key of the source; a query, where any text is kept."""
    texts = {
        source.key: KeptText(source.kept_text)
        for source in sources
        if source.kept_text and source.edition_number is not None
    }
    found: dict[str, list[Quotation]] = defaultdict(list)
    if not texts:
        return found
    naming = Reference.objects.filter(to_kind="source", to_key__in=texts).values("current")
    for row in Current.objects.filter(pk__in=naming).order_by("kind", "key").iterator(CHUNK):
        for citation in row.content["citations"]:
            key, quote = citation["source"]["key"], citation["quote"]
            if quote and key in texts and not texts[key].holds(quote):
                found[key].append(Quotation(f"{row.kind}/{row.key}", quote))
    return found
