"""Publishing: the one act by which something of the desk becomes public, and those that take it back.

Each act is one transaction: it locks the head of the gazette, then the records by kind and id,
then checks; all of it is entered, or none. Names of people stay here: the gazette is told the
responsible office.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Literal

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from cooperation.gazette import copies, redacting
from cooperation.gazette.entering import (
    LIMIT,
    Act,
    Refusal,
    enter,
    lock_head,
)
from cooperation.gazette.models import Edition
from cooperation.rules.texts import clean_text

from . import editing, needs, submitting
from .checks import Finding, Level, findings
from .checks.findings import Refused, in_words
from .chronicle import acting, changes_by
from .copies import storing
from .documents import documents
from .models import Record

Progress = Callable[[int, int], None]
Confirmed = Collection[str] | Literal["all"]
REASON_LENGTH = 1000
REDACTED = "Redacted: "
"""How the desk's history begins the reason of an entry behind which no text is left."""


def publish(
    records: Iterable[Record],
    *,
    by: User,
    reason: str,
    confirmed: Confirmed = (),
    limit: int | None = LIMIT,
    progress: Progress | None = None,
) -> list[Edition]:
    """Publish the records as they stand, together; returns the editions entered, refreshed ones included.

    A record whose document is what is public already enters nothing. `confirmed` names the warnings
    that somebody has read, by their ids, or is "all". Refused, with nothing done, where anything
    speaks against it.
    """
    with transaction.atomic(), acting(by, reason):
        head = lock_head()
        held = _held(records)
        rendered = documents(held)
        reason = checked_reason(held, reason)
        _refuse([*_without_right(held, by), *_without_second_eyes(held, by), *_merged(held)])
        found = findings(held, rendered)
        _refuse(_standing(found, confirmed))
        acts = [
            Act(
                Edition.Action.PUBLISHED,
                record.kind,
                record.key,
                document,
                copy=storing.opening(record),
            )
            for record, document in zip(held, rendered, strict=True)
        ]
        editions = _entered(held, head, acts, reason, limit, progress)
        for record in held:
            with acting(by, _with_confirmations(reason, record, found)):
                _note_published(record, editions)
        submitting.published(held, by, reason)
    return editions


def withdraw(
    records: Iterable[Record],
    *,
    by: User,
    reason: str,
    limit: int | None = LIMIT,
    progress: Progress | None = None,
) -> list[Edition]:
    """Take the records back from the public, who are told the reason; their old editions stay readable.

    Returns the editions entered. Refused where one is not public, `by` may not, or more editions
    than `limit` would be entered.
    """
    with transaction.atomic(), acting(by, reason):
        head = lock_head()
        held = _held(records)
        reason = checked_reason(held, reason)
        _refuse([*_without_right(held, by), *_not_public(held)])
        acts = [Act(Edition.Action.WITHDRAWN, record.kind, record.key) for record in held]
        editions = _entered(held, head, acts, reason, limit, progress)
        for record in held:
            record.withdrawn = True
            editing.note(record)
            needs.note(record)
        submitting.withdrawn(held, by, reason)
    return editions


def redact(numbers: Iterable[int], *, by: User, reason: str) -> list[Edition]:
    """Empty the documents of those editions, as a court or privacy officer has ordered.

    A record whose edition was current is withdrawn. The desk's history of these records loses
    its texts with it, and says by whom and why; what the record itself says now is for an editor
    to change. That leaves the old text in the history: doing it again for the same editions enters
    nothing and empties the history anew. Returns the editions entered. Refused where `by` may not;
    Refusal for a number that holds no document and was not emptied so.
    """
    wanted = sorted(set(numbers))
    with transaction.atomic(), acting(by, reason):
        lock_head()
        named = Edition.objects.filter(number__in=wanted).values_list("kind", "key")
        held = _held(named_records(set(named)))
        reason = checked_reason(held, reason)
        _refuse(_without_right(held, by))
        editions = redacting.redact(wanted, reason=reason, office=settings.PORTAL_OFFICE)
        ended = {(e.kind, e.key) for e in editions if e.action == Edition.Action.WITHDRAWN}
        for record in held:
            record.withdrawn |= (record.kind, record.key) in ended
            with acting(by, f"{REDACTED}{reason}"):
                editing.note(record)
            # Last, for the entry just written carries what the record says now.
            editing.empty_history(record)
    return editions


def objections(
    records: Sequence[Record], by: User, rendered: Sequence[dict[str, Any]] | None = None
) -> list[Finding]:
    """All that speaks against `by` publishing the records together as they stand; nothing is locked."""
    held = list(records)
    rights = [*_without_right(held, by), *_without_second_eyes(held, by), *_merged(held)]
    return [*rights, *findings(held, rendered)]


def hindrances(records: Sequence[Record], by: User) -> list[Finding]:
    """All that speaks against `by` withdrawing the records; nothing is locked."""
    return [*_without_right(records, by), *_not_public(records)]


def may_publish(by: User, kind: str) -> bool:
    """Whether the user has the right to publish and withdraw records of that kind."""
    return by.has_perm(f"desk.publish_{kind}")


def changed_by(record: Record, by: User) -> bool:
    """Whether the user has changed the record, its parts or its citations since it was last published."""
    model = type(record)
    return changes_by(by, model.history, record.pk, record.published_version or 0).exists()


def _held(records: Iterable[Record]) -> list[Record]:
    """The records as they are stored now, each once and locked, by kind and id."""
    wanted: dict[str, set[int]] = {}
    for record in records:
        wanted.setdefault(record.kind, set()).add(record.pk)
    held: list[Record] = []
    for kind in sorted(wanted):
        rows = apps.get_model("desk", kind)._base_manager.filter(pk__in=wanted[kind])
        held += editing.hold(rows).order_by("pk")
    return held


def named_records(targets: Iterable[tuple[str, str]]) -> list[Record]:
    """The records at the desk that bear these kinds and keys; one query a kind."""
    keys: dict[str, list[str]] = {}
    for kind, key in targets:
        keys.setdefault(kind, []).append(key)
    return [
        record
        for kind, some in keys.items()
        for record in apps.get_model("desk", kind)._base_manager.filter(key__in=some)
    ]


def _refuse(found: Sequence[Finding]) -> None:
    if found:
        raise Refused(found)


def _standing(found: Sequence[Finding], confirmed: Confirmed) -> list[Finding]:
    """The errors, and the warnings that nobody has confirmed; all findings where there are any."""
    standing = [
        finding
        for finding in found
        if finding.level is Level.ERROR or (confirmed != "all" and finding.id not in confirmed)
    ]
    return list(found) if standing else []


def _error(record: Record, code: str, sentence: str) -> Finding:
    return Finding(Level.ERROR, code, record.kind, record.key, "", f"{record.name}: {sentence}")


def _without_right(held: Sequence[Record], by: User) -> list[Finding]:
    sentence = _("you may not publish or withdraw records of this kind; ask a publisher.")
    return [
        _error(record, "no-right", sentence) for record in held if not may_publish(by, record.kind)
    ]


def _without_second_eyes(held: Sequence[Record], by: User) -> list[Finding]:
    if not settings.PORTAL_FOUR_EYES:
        return []
    sentence = _(
        "you have changed it since it was last published; somebody else has to publish it."
    )
    return [_error(record, "four-eyes", sentence) for record in held if changed_by(record, by)]


def _merged(held: Sequence[Record]) -> list[Finding]:
    sentence = _("it was merged into %(successor)s; its key leads there for good.")
    return [
        _error(record, "merged", sentence % {"successor": record.successor})
        for record in held
        if record.state == Record.State.MERGED
    ]


def _not_public(held: Sequence[Record]) -> list[Finding]:
    public = {Record.State.PUBLISHED, Record.State.CHANGED}
    sentence = _("it is not public, so there is nothing to withdraw.")
    return [_error(record, "not-public", sentence) for record in held if record.state not in public]


def checked_reason(held: Sequence[Record], reason: str) -> str:
    """The reason in clean form; Refused where there is none, for the public is told it."""
    try:
        cleaned = clean_text(reason, REASON_LENGTH)
    except ValueError as fault:
        raise Refused([_error(record, "reason", str(fault)) for record in held[:1]]) from None
    if not cleaned:
        sentence = _("give a reason; it is entered in the register for all to read.")
        _refuse([_error(record, "reason", sentence) for record in held[:1]])
    return cleaned


def _entered(
    held: Sequence[Record],
    head: Any,
    acts: Sequence[Act],
    reason: str,
    limit: int | None,
    progress: Progress | None,
) -> list[Edition]:
    """The editions that the gazette has entered; Refused where it does not enter the acts."""
    try:
        return enter(
            head, acts, reason=reason, office=settings.PORTAL_OFFICE, limit=limit, progress=progress
        )
    except (Refusal, copies.Another, storing.Missing) as refusal:
        raise Refused([_error(record, "gazette", str(refusal)) for record in held[:1]]) from refusal


def _with_confirmations(reason: str, record: Record, found: Sequence[Finding]) -> str:
    """The reason as the desk's history keeps it: with the warnings of the record that were confirmed.

    They are named by code and place: no text of the record stays here when it is redacted.
    """
    own = [f for f in found if (f.kind, f.key) == (record.kind, record.key)]
    confirmed = [f"{f.code} ({in_words(f.kind, f.path)})" for f in own]
    told = [_("Confirmed: %(warnings)s") % {"warnings": ", ".join(confirmed)}] if confirmed else []
    return "\n".join([reason, *told])


def _note_published(record: Record, editions: Sequence[Edition]) -> None:
    """Note at the desk what is public of the record now; nothing where that was so before."""
    numbers = [e.number for e in editions if (e.kind, e.key) == (record.kind, record.key)]
    if not numbers and record.published_version == record.version and not record.withdrawn:
        return
    record.edition_number = numbers[-1] if numbers else record.edition_number
    record.published_version = record.version
    was_withdrawn, record.withdrawn = record.withdrawn, False
    editing.note(record)
    if was_withdrawn:
        needs.note(record)
