"""Entering acts in the register: numbering, chaining, and keeping what is current true.

Whoever enters holds the head, so editions are numbered in the order in which they are committed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cooperation.rules.canonical import canonical, canonical_text, digest

from . import copies
from .conformity import problems
from .indexing import WITH_DOCUMENT, Progress, followed, has_whole_header, prepared, store
from .models import Current, Edition, Head, Reference
from .references import Label, Target, label_of, references, relabelled
from .shapes import schema_name
from .upgrades import upgraded

LIMIT = 1000
CHUNK = 200
SHOWN = 3


class Refusal(ValueError):
    """The gazette does not enter the acts; the message says why."""


class Forged(Refusal):
    """A current row is not what the register holds; what is made of it would be entered as genuine."""

    def __init__(self, row: Current):
        super().__init__(
            f"The current document of {row.kind}/{row.key} is not the one in force in the register "
            f"(edition {row.pk}). Mend: manage.py verify, then manage.py reindex."
        )


class TooMany(Refusal):
    """The acts would touch more editions than a request may; a command can carry them out."""

    def __init__(self, count: int):
        super().__init__(
            _(
                "This would enter %(count)s editions. More than %(most)s are entered by command: manage.py publish or withdraw."
            )
            % {"count": f"{count:,}", "most": f"{LIMIT:,}"}
        )
        self.count = count


@dataclass(frozen=True)
class Act:
    """What is to be done to one record: published with its document, withdrawn, or merged."""

    action: str
    kind: str
    key: str
    document: Mapping[str, Any] | None = None
    successor: str | None = None
    reason: str | None = None
    """Why, where it is not the reason of the whole act."""
    copy: Callable[[], bytes] | None = None
    """What reads the bytes of the copy that is kept of a source; they enter if its rights allow."""

    @property
    def target(self) -> Target:
        """What references to the record name."""
        return self.kind, self.key


def lock_head() -> Head:
    """The head, held until the transaction ends: nobody else enters anything meanwhile."""
    return Head.objects.select_for_update(no_key=True).get()


def enter(
    head: Head,
    acts: Sequence[Act],
    *,
    reason: str,
    office: str,
    limit: int | None = LIMIT,
    progress: Progress | None = None,
) -> list[Edition]:
    """Enter the acts, and a `refreshed` edition of each document that names what they change.

    Published documents come with bare references; their labels are filled in here. A document
    equal to the current one enters nothing. Returns the new editions in order. Raises Refusal,
    with nothing entered, where an act cannot be; Forged where a current document that it would
    go by was changed; TooMany above `limit` editions; copies.Another for bytes of another copy.
    """
    before = currents_of(act.target for act in acts)
    _refuse_impossible(acts, before)
    labels = _labels(acts)
    written = [_completed(act, labels) for act in acts]
    changes = [act for act in written if not _stands(act, before)]
    changes += _refreshes(changes, before, labels, reason)
    if limit is not None and len(changes) > limit:
        raise TooMany(len(changes))
    copies.settle((act.kind, act.key, act.document, act.copy) for act in written)
    return write(head, changes, reason=reason, office=office, progress=progress)


def reissue(*, reason: str, office: str, progress: Progress | None = None) -> list[Edition]:
    """Enter a `refreshed` edition of each current document whose schema has risen; returns them.

    Forged, with nothing entered, where a current document was changed.
    """
    head = lock_head()
    acts = [
        Act(Edition.Action.REFRESHED, row.kind, row.key, upgraded(row.content))
        for row in _each_genuine(_rows())
        if row.content["schema"] != schema_name(row.kind)
    ]
    return write(head, acts, reason=reason, office=office, progress=progress)


def currents_of(targets: Iterable[Target]) -> dict[Target, Current]:
    """The current rows of those records that have one, with their editions."""
    wanted = sorted(set(targets))
    found: dict[Target, Current] = {}
    for start in range(0, len(wanted), CHUNK):
        some = Q()
        for kind, key in wanted[start : start + CHUNK]:
            some |= Q(kind=kind, key=key)
        found |= {(row.kind, row.key): row for row in _rows().filter(some)}
    return found


def write(
    head: Head, acts: Sequence[Act], *, reason: str, office: str, progress: Progress | None = None
) -> list[Edition]:
    """Number, chain and store the acts as they are, and replace what is current; returns the editions.

    `redacted` acts leave what is current alone.
    """
    at = max(datetime.now(UTC).replace(microsecond=0), head.at or datetime.min.replace(tzinfo=UTC))
    editions = []
    for act in acts:
        text = canonical_text(act.document) if act.document else None
        edition = Edition(
            number=head.number + 1,
            action=act.action,
            kind=act.kind,
            key=act.key,
            published_at=at,
            hash=digest(text) if text else None,
            reason=act.reason or reason,
            office=office,
            successor=act.successor,
            previous=head.chain or None,
            schema=act.document["schema"] if act.document else None,
            document=text,
        )
        edition.chain = digest(canonical(edition.sealed()))
        head.number, head.at, head.chain = edition.number, at, edition.chain
        editions.append(edition)
    for start in range(0, len(editions), CHUNK):
        _store(editions[start : start + CHUNK])
        if progress:
            progress(min(start + CHUNK, len(editions)), len(editions))
    if editions:
        head.save()
    return editions


def _rows() -> QuerySet[Any]:
    """The current rows with their editions, in their order; `is_past` where a later entry followed."""
    rows = Current.objects.select_related("edition").annotate(is_past=followed())
    return rows.order_by("pk")


def _genuine(row: Any) -> Current:
    """The row, if it holds what its edition entered and that is in force; Forged otherwise."""
    edition: Edition = row.edition
    is_own = (row.kind, row.key, digest(row.document)) == (edition.kind, edition.key, edition.hash)
    if row.is_past or not is_own or not has_whole_header(edition):
        raise Forged(row)
    return row


def _each_genuine(rows: QuerySet[Any]) -> Iterator[Current]:
    """The rows, some in memory at a time; Forged at the first that is not genuine."""
    found: Any = rows.defer("edition__document").iterator(CHUNK)
    # Closed at once, for what is raised here would keep PostgreSQL's cursor open.
    with closing(found):
        yield from map(_genuine, found)


def _store(editions: Sequence[Edition]) -> None:
    Edition.objects.bulk_create(editions)
    ended = [(e.kind, e.key) for e in editions if e.action != Edition.Action.REDACTED]
    Current.objects.filter(pk__in=[row.pk for row in currents_of(ended).values()]).delete()
    store([prepared(edition) for edition in editions if edition.action in WITH_DOCUMENT])


def _refuse_impossible(acts: Sequence[Act], before: Mapping[Target, Current]) -> None:
    named = [act.target for act in acts]
    if len(set(named)) < len(named):
        raise Refusal("A record is named twice in the same act.")
    ended = Edition.objects.filter(action=Edition.Action.MERGED, key__in=[a.key for a in acts])
    merged = set(ended.values_list("kind", "key"))
    for act in acts:
        name = f"{act.kind}/{act.key}"
        if act.action == Edition.Action.PUBLISHED:
            if act.target in merged:
                raise Refusal(
                    _("%(name)s was merged into another record; its key leads there for good.")
                    % {"name": name}
                )
        elif act.target not in before:
            raise Refusal(f"{name} is not public, so it cannot be {act.action}.")


def _labels(acts: Sequence[Act]) -> dict[Target, Label]:
    """What each record that the acts touch or name is shown as from now on."""
    published = {act.target: act.document for act in acts if act.document}
    named = {
        target for document in published.values() for _path, target in references(dict(document))
    }
    named |= {(act.kind, act.successor) for act in acts if act.successor}
    ended = {act.target for act in acts if not act.document}
    labels = {
        target: label_of(_genuine(row).content)
        for target, row in currents_of(named - ended).items()
    }
    labels |= {target: label_of(document) for target, document in published.items()}
    missing = sorted(named - labels.keys())
    if missing:
        kind, key = missing[0]
        raise Refusal(_("%(name)s is referred to but is not public.") % {"name": f"{kind}/{key}"})
    for act in acts:
        if act.successor:
            labels[act.target] = labels[act.kind, act.successor]
        elif not act.document:
            labels[act.target] = Label(act.kind, act.key, None, None)
    return labels


def _completed(act: Act, labels: Mapping[Target, Label]) -> Act:
    if act.document is None:
        return act
    document = relabelled(dict(act.document), labels)
    faults = problems(act.kind, document)
    if faults:
        raise Refusal(f"{act.kind}/{act.key}: {faults[0]}")
    return replace(act, document=document)


def _stands(act: Act, before: Mapping[Target, Current]) -> bool:
    """Whether the act would enter the document that is current already."""
    row = before.get(act.target)
    return bool(act.document and row and _genuine(row).document == canonical_text(act.document))


def _refreshes(
    acts: Sequence[Act],
    before: Mapping[Target, Current],
    labels: Mapping[Target, Label],
    reason: str,
) -> list[Act]:
    """The current documents that name a record whose label the acts change, labelled anew."""
    own = {act.target for act in acts}
    ended = {act.target for act in acts if not act.document}
    changed = {
        target: labels[target]
        for target in own
        # An end changes the label whatever stood there; what was published is genuine by now.
        if target in ended
        or target not in before
        or labels[target] != label_of(before[target].content)
    }
    numbers: set[int] = set()
    targets = sorted(changed)
    for start in range(0, len(targets), CHUNK):
        some = Q()
        for kind, key in targets[start : start + CHUNK]:
            some |= Q(to_kind=kind, to_key=key)
        numbers |= set(Reference.objects.filter(some).values_list("current_id", flat=True))
    refreshed = []
    for row in _each_genuine(_rows().filter(pk__in=sorted(numbers))):
        stored = json.loads(row.document)
        document = relabelled(stored, changed)
        if (row.kind, row.key) not in own and canonical_text(document) != row.document:
            causes = sorted({target for _path, target in references(stored)} & changed.keys())
            why = f"{', '.join(f'{kind}/{key}' for kind, key in causes[:SHOWN])}: {reason}"
            refreshed.append(Act(Edition.Action.REFRESHED, row.kind, row.key, document, reason=why))
    return refreshed
