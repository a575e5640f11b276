"""Checks of citations: whether there are any, what they concern, and whether they quote rightly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from cooperation.desk.copies import storing
from cooperation.desk.models import Citation, Source
from cooperation.gazette.copies import may_be_public
from cooperation.gazette.shapes import shape
from cooperation.rules.quotations import comparable

from .findings import Finding, Subject


@dataclass
class KeptText:
    """The kept text of a source, and the form of it in which all its quotations are looked for."""

    text: str

    @cached_property
    def comparable(self) -> str:
        """Made once for all citations of the source, for it takes time in a long text."""
        return comparable(self.text)


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Errors: no citation, one for nothing, a false quotation. Warnings: inference, no kept copy or text."""
    kept = _kept_texts(subjects)
    for subject in subjects:
        rows = list(subject.record.citations.all())
        if not rows and subject.record.kind != "source":
            yield subject.error(
                "no-citation",
                "",
                _("no citation says where this comes from; cite at least one source."),
            )
        for citation in rows:
            yield from _citation(subject, citation, kept[citation.source_id])
        if isinstance(subject.record, Source):
            yield from _copy(subject, subject.record)


def _copy(subject: Subject, source: Source) -> Iterator[Finding]:
    """What is wrong with the copy that a source keeps, and whether quotations can be checked by it."""
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


def _kept_texts(subjects: Sequence[Subject]) -> Mapping[int, KeptText]:
    """The kept text of every source that is cited, in one query."""
    cited = {row.source_id for subject in subjects for row in subject.record.citations.all()}
    rows = Source.objects.filter(pk__in=cited).values_list("pk", "kept_text")
    return {pk: KeptText(text) for pk, text in rows}


def _citation(subject: Subject, citation: Citation, kept: KeptText) -> Iterator[Finding]:
    path = citation.path
    if path and not leads_somewhere(subject.record.kind, subject.document, path):
        sentence = _(
            "a citation concerns “%(path)s”, which this record does not have; name a field, or a list and the id of its row."
        )
        yield subject.error("citation-of-nothing", "citations", sentence % {"path": path})
    if citation.quote and kept.text:
        yield from _quotation(subject, citation, kept)
    if citation.inferred:
        sentence = _(
            "the value is inferred from %(source)s, not stated there; confirm the inference."
        )
        yield subject.warning("inferred", path, sentence % {"source": citation.source.key})


def leads_somewhere(kind: str, document: Mapping[str, Any], path: str) -> bool:
    """Whether a citation's path names a field, a part or a part's field of the document."""
    first, *rest = path.split("/")
    if first != "title" and first not in shape(kind).members:
        return False
    place: Any = document[first]
    for step in rest:
        if isinstance(place, list):
            place = next((one for one in place if _called(one) == step), None)
            if place is None:
                return False
        elif isinstance(place, dict) and step in place:
            place = place[step]
        else:
            return False
    return True


def _called(item: Any) -> Any:
    """What a path calls an item of a list: a part's id, a record's key, or the value itself."""
    return item.get("id") or item.get("key") if isinstance(item, dict) else item


def _quotation(subject: Subject, citation: Citation, kept: KeptText) -> Iterator[Finding]:
    """Whether the words stand in the kept text, and there where they are said to stand."""
    said = comparable(citation.quote)
    words = {"quote": _short(citation.quote), "source": citation.source.key}
    if not said or said not in kept.comparable:
        sentence = _(
            "the quotation “%(quote)s” does not occur in the kept text of %(source)s; copy the words exactly."
        )
        yield subject.error("quotation-not-found", citation.path, sentence % words)
    elif citation.start is not None and said != comparable(
        kept.text[citation.start : citation.end]
    ):
        sentence = _(
            "the quotation “%(quote)s” stands in the kept text of %(source)s, but not from character %(start)s to %(end)s; correct both numbers, or leave both empty."
        )
        place = {"start": citation.start, "end": citation.end}
        yield subject.error("quotation-elsewhere", citation.path, sentence % {**words, **place})


def _short(quote: str) -> str:
    return quote if len(quote) <= 80 else quote[:79] + "…"
