"""Merging: the act by which a record becomes another, at the desk and in public.

One transaction, which locks the head of the gazette and then every record concerned by kind and
id, as publishing does. What the survivor itself says is not published with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cooperation.desk import editing, publishing
from cooperation.desk.checks import Finding, Level, Refused
from cooperation.desk.chronicle import acting
from cooperation.desk.models import Record
from cooperation.gazette.entering import LIMIT, Act, Refusal, TooMany, enter, lock_head
from cooperation.gazette.models import Edition, Reference

from . import following
from .fields import Choices
from .planning import plan

ATTEMPTS = 5
PUBLIC = {Record.State.PUBLISHED, Record.State.CHANGED}
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Merged:
    """What a merger has done."""

    survivor: Record
    editions: list[Edition]
    followed: int
    """How many records at the desk name the survivor now instead."""


@dataclass(frozen=True)
class Held:
    """All that a merger touches, locked."""

    loser: Record
    survivor: Record
    earlier: list[Record]
    """What was merged into the loser before."""
    owners: list[Record]
    """The records that name the loser."""


def merge(
    loser: Record,
    *,
    into: Record,
    by: User,
    reason: str,
    choices: Choices | None = None,
    expected: Mapping[str, int] | None = None,
    limit: int | None = LIMIT,
    progress: Progress | None = None,
) -> Merged:
    """Make the loser one with the survivor: its key leads there for good, and all that named it follows.

    `choices` say whose word stays, `expected` which version of each record, by its key, was shown.
    Stale where one of them was changed since; Refused, with nothing done, where anything speaks
    against it or more than `limit` editions or records would be touched.
    """
    with transaction.atomic(), acting(by, reason):
        head = lock_head()
        held = _held(loser, into, limit)
        lost, survivor = held.loser, held.survivor
        for record in (lost, survivor) if expected else ():
            if record.version != (expected or {}).get(record.key):
                raise editing.Stale(record)
        _refuse(objections(lost, survivor, by))
        reason = publishing.checked_reason([lost], reason)
        why = _("%(loser)s merged into %(survivor)s: %(reason)s") % {
            "loser": f"{lost.kind}/{lost.key}",
            "survivor": f"{survivor.kind}/{survivor.key}",
            "reason": reason,
        }
        is_public = lost.state in PUBLIC
        _carry_out(lost, survivor, choices or {}, by, why)
        following.lead_on(held.owners, lost, survivor, by=by, reason=why)
        following.settle_notes(lost, survivor, by=by)
        with acting(by, why):
            for record in (lost, *held.earlier):
                record.successor = survivor.key
                editing.note(record)
        editions = _entered(head, lost, survivor, reason, limit, progress) if is_public else []
    return Merged(survivor, editions, len(held.owners))


def objections(loser: Record, survivor: Record, by: User) -> list[Finding]:
    """All that speaks against merging the one into the other; nothing is locked."""
    found = [*_unlike(loser, survivor)]
    if not found:
        found += [*_ended(loser), *_ended(survivor), *_unready(loser, survivor)]
    if not publishing.may_publish(by, loser.kind):
        sentence = _("you may not merge records of this kind; ask a publisher.")
        found.append(_error(loser, "no-right", sentence))
    return found


def led_to(record: Record) -> Record | None:
    """The record into which this one was merged in the end; None where it was not."""
    model: Any = type(record)
    rows = model._meta.concrete_model._base_manager
    return rows.filter(key=record.successor).first() if record.successor else None


def concrete(record: Record) -> Record:
    """The record as it is stored, as one of its kind and not of its type."""
    model: Any = record._meta.concrete_model
    found: Record = model._base_manager.get(pk=record.pk)
    return found


def _unlike(loser: Record, survivor: Record) -> Iterator[Finding]:
    if loser.kind != survivor.kind:
        sentence = _("%(other)s is of another kind; only records of one kind can be merged.")
        yield _error(loser, "other-kind", sentence % {"other": survivor.name})
    elif loser.pk == survivor.pk:
        yield _error(loser, "itself", _("a record cannot be merged into itself; choose the other."))


def _ended(record: Record) -> Iterator[Finding]:
    if record.state == Record.State.MERGED:
        sentence = _("it was merged into %(successor)s already; choose that record instead.")
        yield _error(record, "merged", sentence % {"successor": record.successor})
    elif record.state == Record.State.WITHDRAWN:
        sentence = _("it was withdrawn; publish it again before you merge it.")
        yield _error(record, "withdrawn", sentence)


def _unready(loser: Record, survivor: Record) -> Iterator[Finding]:
    if loser.state in PUBLIC and survivor.state == Record.State.DRAFT:
        sentence = _(
            "it is not public, and %(other)s is. Publish it first, or merge it the other way."
        )
        yield _error(survivor, "survivor-draft", sentence % {"other": loser.name})
    names = Reference.objects.filter(to_kind=loser.kind, to_key=loser.key)
    if names.filter(current__kind=survivor.kind, current__key=survivor.key).exists():
        sentence = _(
            "in public it names %(other)s, and would name itself. Take that out and publish it first."
        )
        yield _error(survivor, "names-it", sentence % {"other": loser.name})


def _held(loser: Record, survivor: Record, limit: int | None) -> Held:
    """Everything concerned, locked by kind and id; anew where somebody has come to name the loser meanwhile."""
    for _attempt in range(ATTEMPTS):
        with transaction.atomic():
            rows = following.naming(concrete(loser))
            if limit is not None and len(rows) > limit:
                raise Refused([_too_many(loser, survivor, len(rows))])
            held = _locked(concrete(loser), survivor, rows)
            if held is not None:
                return held
            # What this attempt has locked is let go, so that nobody waits for us in another order.
            transaction.set_rollback(True)
    sentence = _("others are naming it in their records just now; try again in a moment.")
    raise Refused([_error(loser, "busy", sentence)])


def _locked(loser: Record, survivor: Record, rows: Mapping[following.Owner, Any]) -> Held | None:
    """What is concerned, locked; None where there is more than was found before."""
    model: Any = type(loser)
    earlier = model._base_manager.filter(successor=loser.key).values_list("pk", flat=True)
    own = {(loser.kind, loser.pk), (survivor.kind, survivor.pk)}
    wanted = {*rows, *own, *((loser.kind, number) for number in earlier)}
    found: dict[following.Owner, Record] = {}
    for kind, numbers in following.numbered(wanted).items():
        stored = apps.get_model("desk", kind)._base_manager.filter(pk__in=numbers)
        found |= {(kind, one.pk): one for one in editing.hold(stored).order_by("pk")}
    if not wanted <= found.keys() or not following.naming(loser).keys() <= wanted:
        return None
    others = [found[owner] for owner in sorted(rows.keys() - own)]
    return Held(
        found[loser.kind, loser.pk],
        found[survivor.kind, survivor.pk],
        [one for one in found.values() if one.kind == loser.kind and one.successor == loser.key],
        [one for one in others if one.state != Record.State.MERGED],
    )


def _carry_out(loser: Record, survivor: Record, choices: Choices, by: User, why: str) -> None:
    """Give the survivor what was chosen; Refused where a rule of its form or kind is broken by it."""
    try:
        plan(loser, survivor, choices).carry_out(by=by, reason=why)
    except ValidationError as fault:
        raise Refused(broken(survivor, fault)) from None
    if in_circle(survivor, loser):
        raise Refused([circle(survivor)])


def broken(survivor: Record, fault: ValidationError) -> list[Finding]:
    """The rules of its form that the survivor would break."""
    return [_error(survivor, "rule", one) for one in fault.messages]


def circle(survivor: Record) -> Finding:
    """That the survivor would be part of itself."""
    sentence = _(
        "it would be part of itself, by way of others. Choose otherwise, or mend that first."
    )
    return _error(survivor, "circle", sentence)


def in_circle(survivor: Record, loser: Record) -> bool:
    """Whether what the survivor is part of is part of either of the two. A query for each step."""
    model: Any = type(survivor)
    seen: set[Any] = set()
    step = getattr(survivor, "part_of_id", None)
    while step is not None and step not in seen:
        if step in (survivor.pk, loser.pk):
            return True
        seen.add(step)
        step = model._base_manager.values_list("part_of", flat=True).get(pk=step)
    return False


def _entered(
    head: Any,
    loser: Record,
    survivor: Record,
    reason: str,
    limit: int | None,
    progress: Progress | None,
) -> list[Edition]:
    """The merged edition, and the refreshed ones of what names the loser in public."""
    act = Act(Edition.Action.MERGED, loser.kind, loser.key, successor=survivor.key)
    office = settings.PORTAL_OFFICE
    try:
        return enter(head, [act], reason=reason, office=office, limit=limit, progress=progress)
    except TooMany as many:
        raise Refused([_too_many(loser, survivor, many.count)]) from many
    except Refusal as refusal:
        raise Refused([_error(loser, "gazette", str(refusal))]) from refusal


def _too_many(loser: Record, survivor: Record, count: int) -> Finding:
    sentence = _(
        "this would touch %(count)s records. More than %(most)s are merged by command: "
        "manage.py merge_records %(kind)s %(loser)s %(survivor)s --by … --reason …"
    )
    words = {"count": f"{count:,}", "most": f"{LIMIT:,}", "kind": loser.kind}
    return _error(
        loser, "too-many", sentence % {**words, "loser": loser.key, "survivor": survivor.key}
    )


def _refuse(found: Sequence[Finding]) -> None:
    if found:
        raise Refused(found)


def _error(record: Record, code: str, sentence: str) -> Finding:
    return Finding(Level.ERROR, code, record.kind, record.key, "", f"{record.name}: {sentence}")
