"""Recomputing the whole register and everything derived from it, and naming what differs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from cooperation.rules.canonical import canonical_text, digest

from . import triggers
from .indexing import (
    Progress,
    has_whole_header,
    in_force_now,
    is_whole,
    linked_rows,
    prepared,
    witnesses,
)
from .models import Current, Edition, Head
from .redacting import is_said_to_be_empty

CHUNK = 500
MEND = "Mend: manage.py reindex."
KEPT = "is still as it was entered: restore the edition from it, and do not reindex."


@contextmanager
def one_moment() -> Iterator[None]:
    """A while in which all that is read of the database `default` is of one moment.

    On PostgreSQL only where it begins the transaction; in one that was begun already, each
    statement sees what was committed before it.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    begins = not connection.in_atomic_block
    with transaction.atomic():
        if begins and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def verify(progress: Progress | None = None) -> Iterator[str]:
    """Yield a sentence for each thing that differs; nothing when all is whole.

    Looks at the triggers, the chain, each document's hash, the head, the current documents, and
    their facets, references and words. Reads the database `default` in one transaction, which ends
    with the last sentence; memory grows by the numbers of the current documents and no text.
    """
    with one_moment():
        for name in triggers.missing(connections[DEFAULT_DB_ALIAS]):
            yield f"The trigger {name} is missing, or does not stand as it was put: the register can be rewritten."
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
        if not has_whole_header(edition):
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
        if edition.hash and not is_said_to_be_empty(edition):
            yield f"{name}: its document is gone, and no later entry says that it was redacted."
    elif digest(edition.document) != edition.hash:
        yield f"{name}: its document was changed; the hash differs."


def _currents() -> Iterator[str]:
    doubtful: set[int] = set()
    for row, chain in witnesses():
        doubtful.add(row.pk)
        yield _witnessed(row, chain)
    mend = "Do not reindex before what is named above is mended." if doubtful else MEND
    wanted = set(in_force_now())
    present = set(Current.objects.values_list("pk", flat=True))
    for number in sorted(wanted - present):
        yield f"Edition {number} is in force but not among the current documents. {mend}"
    for number in sorted(present - wanted - doubtful):
        yield f"Edition {number} is among the current documents but not in force. {mend}"
    rows = Current.objects.select_related("edition").prefetch_related(
        "facets", "references", "words"
    )
    for row in rows.order_by("pk").iterator(CHUNK):
        if row.pk not in doubtful:
            yield from _row(row, mend)


def _witnessed(row: Current, chain: str) -> str:
    """What a row that is whole, and not what its edition says, is good for; the chain after it tells."""
    following = Edition.objects.filter(number=row.pk + 1).values_list("previous", flat=True)
    last = Head.objects.filter(number=row.pk).values_list("chain", flat=True)
    if chain in {*following, *last}:
        return f"{_name(row)} {KEPT}"
    return (
        f"{_name(row)} is whole in itself and not what edition {row.pk} says: the edition was replaced"
        " together with what follows it, or the row was. Do not reindex: a head that was kept"
        " elsewhere tells which. Restore the edition from the row, or remove the row and reindex."
    )


def _name(row: Current) -> str:
    return f"The current document of {row.kind}/{row.key} (edition {row.pk})"


def _row(row: Current, mend: str) -> Iterator[str]:
    name, edition = _name(row), row.edition
    if not is_whole(edition):
        if has_whole_header(edition) and digest(row.document) == edition.hash:
            yield f"{name} {KEPT}"
        return  # The edition is named above.
    if row.document != edition.document:
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
