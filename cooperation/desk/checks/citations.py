"""Checks of citations: whether there are any, what they concern, and whether they quote rightly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cooperation.desk.models import Citation, Source
from cooperation.gazette.shapes import shape
from cooperation.rules.quotations import comparable

from .findings import Finding, Subject
from .quotations import KeptText, in_brief


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Errors: no citation, one for nothing, a false quotation. Warnings: inference."""
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
    found = fault(citation, kept, citation.source.key)
    if found:
        yield subject.error(found[0], path, found[1])
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


def fault(citation: Any, kept: KeptText, source: str) -> tuple[str, str] | None:
    """The code and the sentence of what is wrong with a quotation; None where it stands where it is said to."""
    if not citation.quote or not kept.text:
        return None
    words = {"quote": in_brief(citation.quote), "source": source}
    if not kept.holds(citation.quote):
        return "quotation-not-found", not_found(citation.quote, kept, source)
    if citation.start is not None and comparable(citation.quote) != comparable(
        kept.text[citation.start : citation.end]
    ):
        sentence = _(
            "the quotation “%(quote)s” stands in the kept text of %(source)s, but not from character %(start)s to %(end)s; correct both numbers, or leave both empty."
        )
        place = {"start": citation.start, "end": citation.end}
        return "quotation-elsewhere", sentence % {**words, **place}
    return None


def not_found(quote: str, kept: KeptText, source: str) -> str:
    """That a kept text does not have the words, with the passage that comes nearest and its paragraph."""
    words = {"quote": in_brief(quote), "source": source}
    near = kept.nearest(quote)
    if near is None:
        sentence = _(
            "the quotation “%(quote)s” does not occur in the kept text of %(source)s; copy the words exactly."
        )
        return sentence % words
    sentence = _(
        "the quotation “%(quote)s” does not occur in the kept text of %(source)s; nearest is paragraph %(paragraph)s: “%(near)s”. Copy the words exactly."
    )
    return sentence % {**words, "paragraph": near.paragraph, "near": near.words}
