"""Removing text from the register on a court's or a privacy officer's order, and saying so in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q

from .entering import Act, Refusal, enter, lock_head, write
from .models import Current, Edition
from .redactions import NAMED, redactions
from .references import Target

NUMBER = re.compile(r"№(\d+);")


def redact(numbers: Iterable[int], *, reason: str, office: str) -> list[Edition]:
    """Empty the documents of those editions; number, hash and chain stay.

    A record whose current edition is among them is withdrawn. One `redacted` entry per record says
    why, and which. Returns the entries made; what such an entry says was emptied before is passed
    over. Raises Refusal for another number that holds no document. Must run in a transaction; what
    other editions say of the same record stays until they are named too.
    """
    wanted = sorted(set(numbers))
    _refuse_names(reason)
    head = lock_head()
    named = list(Edition.objects.filter(number__in=wanted))
    editions = [edition for edition in named if edition.document is not None]
    standing = [edition.number for edition in editions]
    before = [e.number for e in named if e.document is None and is_said_to_be_empty(e)]
    absent = sorted(set(wanted) - {*standing, *before})
    if absent or not wanted:
        raise Refusal(
            f"No document stands in edition {', '.join(map(str, absent)) or '(none named)'}."
        )
    current = Current.objects.filter(pk__in=standing).order_by("pk")
    entered = enter(
        head,
        [Act(Edition.Action.WITHDRAWN, row.kind, row.key) for row in current],
        reason=reason,
        office=office,
        limit=None,
    )
    emptied: dict[Target, list[int]] = {}
    for edition in editions:
        emptied.setdefault((edition.kind, edition.key), []).append(edition.number)
    acts = [
        Act(Edition.Action.REDACTED, kind, key, reason=f"{reason} Emptied: {_names(some)}")
        for (kind, key), some in sorted(emptied.items())
    ]
    entered += write(head, acts, reason=reason, office=office)
    Edition.objects.filter(number__in=standing).update(document=None)
    return entered


def numbers_emptied(entered: Iterable[Edition]) -> list[int]:
    """The numbers that the `redacted` ones among the entries name as emptied; no query."""
    redacted = [entry for entry in entered if entry.action == Edition.Action.REDACTED]
    return [int(number) for entry in redacted for number in NUMBER.findall(entry.reason)]


def is_said_to_be_empty(edition: Edition) -> bool:
    """Whether a later `redacted` entry of its record names the edition among those that it emptied. One query."""
    return redactions(edition).exists()


def _names(numbers: Iterable[int]) -> str:
    return " ".join(map(NAMED.format, numbers))


def _refuse_names(reason: str) -> None:
    """What the reason itself named could be emptied by whoever may write to the database."""
    named = NUMBER.search(reason)
    if named:
        raise Refusal(
            f"Write “No. {named[1]}” instead of “{named[0]}” in the reason: the entry itself names so what it emptied."
        )


def still_naming(numbers: Iterable[int]) -> list[int]:
    """The numbers of the editions that still hold a text of the records those editions are about.

    Their own other editions, and editions of others that show their titles. One query a record.
    """
    records = Edition.objects.filter(number__in=list(numbers)).values_list("kind", "key")
    found: set[int] = set()
    for kind, key in records.order_by().distinct():
        own = Q(kind=kind, key=key, document__isnull=False)
        # As canonical JSON writes a reference that shows a title; after an end it shows none.
        shown = Q(document__contains=f'{{"key":"{key}","kind":"{kind}","title":{{')
        found |= set(Edition.objects.filter(own | shown).values_list("number", flat=True))
    return sorted(found)
