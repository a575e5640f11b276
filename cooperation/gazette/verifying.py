"""Recomputing the whole register and everything derived from it, and naming what differs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from cooperation.rules.canonical import canonical_text, digest

from . import copies, triggers
from .indexing import (
    LOOKED_UP,
    Linked,
    Progress,
    has_whole_header,
    in_force_now,
    is_whole,
    linked_rows,
    prepared,
    witnesses,
)
from .models import Current, Edition, Head, stamp
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

    Looks at the triggers, the chain, each document's hash, the head, the current documents, their
    facets, references and words, and the copies of sources. Reads the database `default` in one transaction, which ends
    with the last sentence; memory grows by the numbers of the current documents and no text.
    """
    with one_moment():
        for name in triggers.missing(connections[DEFAULT_DB_ALIAS]):
            yield f"The trigger {name} is missing, or does not stand as it was put: the register can be rewritten."
        yield from _chain(progress)
        yield from _currents()
        yield from copies.faults()


def _chain(progress: Progress | None) -> Iterator[str]:
    before, total = None, Edition.objects.count()
    for done, edition in enumerate(Edition.objects.order_by("number").iterator(CHUNK), start=1):
        yield from _place(edition, before)
        yield from _document(edition)
        before = edition
        if progress and done % CHUNK == 0:
            progress(done, total)
    yield from _head(before)


def _place(edition: Edition, before: Edition | None) -> Iterator[str]:
    """What is wrong with the header, and with where it stands."""
    number, last = edition.number, before.number if before else 0
    name = f"Edition {number} ({edition.kind}/{edition.key})"
    if number != last + 1:
        yield f"Edition {last + 1} is missing: edition {number} follows {last}."
    if edition.previous != (before.chain if before else None):
        yield f"Edition {number} does not follow the edition before it: its previous chain value differs."
    if not has_whole_header(edition):
        yield f"{name}: its header was changed; the chain value differs."
    # The chain covers whole seconds only; what is in force at an instant goes by the stored time.
    if edition.published_at.microsecond:
        yield f"{name}: its time has a fraction of a second, which no entry is given."
    if before and stamp(edition.published_at) < stamp(before.published_at):
        yield f"{name}: its time is before that of edition {last}."


def _document(edition: Edition) -> Iterator[str]:
    name = f"Edition {edition.number} ({edition.kind}/{edition.key})"
    if edition.document is None:
        if edition.hash and not is_said_to_be_empty(edition):
            yield f"{name}: its document is gone, and no later entry says that it was redacted."
    elif digest(edition.document) != edition.hash:
        yield f"{name}: its document was changed; the hash differs."
        return
    if not _has_own_schema(edition):
        yield f"{name}: its schema is not that of its document."


def _has_own_schema(edition: Edition) -> bool:
    """Whether the edition names the schema of its document, which the chain covers in the document alone."""
    if edition.document is None:
        # Of a document that was emptied no more is known than its kind.
        named = edition.schema and edition.schema.partition("/")[0]
        return named == (edition.kind if edition.hash else None)
    try:
        return bool(edition.schema == json.loads(edition.document)["schema"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return False  # What was put in its place need not be a document at all.


def _head(newest: Edition | None) -> Iterator[str]:
    number, chain, at = (
        (newest.number, newest.chain, newest.published_at) if newest else (0, None, None)
    )
    head = Head.objects.filter(pk=1).first()
    if head is None:
        yield "The head is missing."
    elif (head.number, head.chain or None) != (number, chain):
        yield f"The head names edition {head.number}, but the register ends with edition {number}."
    elif head.at != at:
        yield "The head's time is not that of the newest edition."


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
    linked = [f"{table.__name__.lower()}s" for table in LOOKED_UP]
    rows = Current.objects.select_related("edition").prefetch_related(*linked)
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
        "amount_currency",
        "sort_amount",
        "sort_title_en",
        "sort_title_ko",
        "sort_title_zh_hans",
    ):
        stored = getattr(row, field)
        if (bytes(stored) if isinstance(stored, memoryview) else stored) != getattr(
            expected, field
        ):
            yield f": its {field} differs."
    wanted = linked_rows(row, document)
    for table, fields in LOOKED_UP.items():
        what = f"{table.__name__.lower()}s"
        stored_rows = getattr(row, what).all()
        found = {_said(one, fields) for one in stored_rows}
        odd = found ^ {_said(one, fields) for one in wanted if isinstance(one, table)}
        if odd:
            named = ", ".join(" ".join(map(str, item)) for item in sorted(odd)[:5])
            yield f": its {what} differ ({named})."


def _said(row: Linked, fields: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, field) for field in fields)
