"""Recomputing the whole register and everything derived from it, and naming what differs."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, connections

from cooperation.rules.canonical import canonical, canonical_text, digest

from . import triggers
from .indexing import Progress, in_force_now, is_whole, linked_rows, prepared
from .models import Current, Edition, Head

CHUNK = 500


def verify(progress: Progress | None = None) -> Iterator[str]:
    """Yield a sentence for each thing that differs; nothing when all is whole.

    Looks at the chain, each document's hash, the head, the current documents, and their facets,
    references and words. Reads the database `default`; memory does not grow with the register.
    """
    for name in triggers.missing(connections[DEFAULT_DB_ALIAS]):
        yield f"The trigger {name} is missing: the register can be rewritten."
    yield from _chain(progress)
    yield from _currents()


def _chain(progress: Progress | None) -> Iterator[str]:
    previous, number, total = None, 0, Edition.objects.count()
    for edition in Edition.objects.order_by("number").iterator(CHUNK):
        number += 1
        if edition.number != number:
            yield f"Edition {number} is missing: edition {edition.number} follows {number - 1}."
            number = edition.number
        if edition.previous != previous:
            yield f"Edition {number} does not follow the edition before it: its previous chain value differs."
        if digest(canonical(edition.sealed())) != edition.chain:
            yield f"Edition {number} ({edition.kind}/{edition.key}): its header was changed; the chain value differs."
        yield from _document(edition)
        previous = edition.chain
        if progress and number % CHUNK == 0:
            progress(number, total)
    head = Head.objects.filter(pk=1).first()
    if head is None:
        yield "The head is missing."
    elif (head.number, head.chain or None) != (number, previous):
        yield f"The head names edition {head.number}, but the register ends with edition {number}."


def _document(edition: Edition) -> Iterator[str]:
    name = f"Edition {edition.number} ({edition.kind}/{edition.key})"
    if edition.document is None:
        if edition.hash and not _was_redacted(edition):
            yield f"{name}: its document is gone, and no later entry says that it was redacted."
    elif digest(edition.document) != edition.hash:
        yield f"{name}: its document was changed; the hash differs."


def _was_redacted(edition: Edition) -> bool:
    later = Edition.objects.filter(kind=edition.kind, key=edition.key, number__gt=edition.number)
    return later.filter(action=Edition.Action.REDACTED).exists()


def _currents() -> Iterator[str]:
    wanted = set(in_force_now())
    present = set(Current.objects.values_list("pk", flat=True))
    for number in sorted(wanted - present):
        yield f"Edition {number} is in force but not among the current documents. Mend: manage.py reindex."
    for number in sorted(present - wanted):
        yield f"Edition {number} is among the current documents but not in force. Mend: manage.py reindex."
    rows = Current.objects.select_related("edition").prefetch_related(
        "facets", "references", "words"
    )
    for row in rows.order_by("pk").iterator(CHUNK):
        yield from _row(row)


def _row(row: Current) -> Iterator[str]:
    name = f"The current document of {row.kind}/{row.key} (edition {row.pk})"
    mend = "Mend: manage.py reindex."
    if not is_whole(row.edition):
        if digest(row.document) == row.edition.hash:
            yield f"{name} is still as it was entered: restore the edition from it, and do not reindex."
        return  # The edition is named above.
    if row.document != row.edition.document:
        yield f"{name} differs from its edition. {mend}"
    else:
        yield from (f"{name}{sentence} {mend}" for sentence in _derived(row))


def _derived(row: Current) -> Iterator[str]:
    if row.header != canonical_text(row.edition.header()):
        yield " carries a header that differs from its edition's."
    expected, document = prepared(row.edition)
    for field in (
        "kind",
        "key",
        "date_first",
        "date_last",
        "sort_date",
        "sort_title_en",
        "sort_title_ko",
        "sort_title_zh_hans",
    ):
        stored = getattr(row, field)
        if (bytes(stored) if isinstance(stored, memoryview) else stored) != getattr(
            expected, field
        ):
            yield f": its {field} differs."
    facets, references, words = linked_rows(row, document)
    for what, found, wanted in (
        (
            "facets",
            {(f.kind, f.name, f.value) for f in row.facets.all()},
            {(f.kind, f.name, f.value) for f in facets},
        ),
        (
            "references",
            {(r.path, r.to_kind, r.to_key) for r in row.references.all()},
            {(r.path, r.to_kind, r.to_key) for r in references},
        ),
        (
            "words",
            {(w.word, w.kind, w.weight) for w in row.words.all()},
            {(w.word, w.kind, w.weight) for w in words},
        ),
    ):
        if found != wanted:
            odd = ", ".join(" ".join(map(str, item)) for item in sorted(found ^ wanted)[:5])
            yield f": its {what} differ ({odd})."
