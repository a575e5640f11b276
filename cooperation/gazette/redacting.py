"""Removing text from the register on a court's or a privacy officer's order, and saying so in it."""

from __future__ import annotations

from collections.abc import Iterable

from .entering import Act, Refusal, enter, lock_head, write
from .models import Current, Edition


def redact(numbers: Iterable[int], *, reason: str, office: str) -> list[Edition]:
    """Empty the documents of those editions; number, hash and chain stay.

    A record whose current edition is among them is withdrawn. One `redacted` entry per record says
    why. Returns the entries made. Raises Refusal for a number that holds no document. Must run in
    a transaction; what other editions say of the same record stays until they are named too.
    """
    wanted = sorted(set(numbers))
    head = lock_head()
    editions = list(Edition.objects.filter(number__in=wanted, document__isnull=False))
    absent = sorted(set(wanted) - {edition.number for edition in editions})
    if absent or not wanted:
        raise Refusal(
            f"No document stands in edition {', '.join(map(str, absent)) or '(none named)'}."
        )
    current = Current.objects.filter(pk__in=wanted).order_by("pk")
    entered = enter(
        head,
        [Act(Edition.Action.WITHDRAWN, row.kind, row.key) for row in current],
        reason=reason,
        office=office,
        limit=None,
    )
    records = sorted({(edition.kind, edition.key) for edition in editions})
    entered += write(
        head,
        [Act(Edition.Action.REDACTED, kind, key) for kind, key in records],
        reason=reason,
        office=office,
    )
    Edition.objects.filter(number__in=wanted).update(document=None)
    return entered


def still_naming(numbers: Iterable[int]) -> list[int]:
    """The numbers of the editions that still hold a text of the records those editions are about.

    Their own other editions, and editions of others that show their titles. One query a record.
    """
    records = Edition.objects.filter(number__in=list(numbers)).values_list("kind", "key")
    found: set[int] = set()
    for kind, key in records.order_by().distinct():
        # As canonical JSON writes it, in the document itself and in references to it.
        holding = Edition.objects.filter(document__contains=f'"key":"{key}","kind":"{kind}"')
        found |= set(holding.values_list("number", flat=True))
    return sorted(found)
