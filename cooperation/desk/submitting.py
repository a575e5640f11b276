"""Handing records in, and what becomes of them: published, sent back with a comment, or taken back.

A submission is a note beside a record: it changes nothing of it and locks nobody out. Whoever
publishes the record ends it, by whatever way it is published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from cooperation.rules.texts import clean_text

from . import editing
from .checks import Finding, Level, findings
from .checks.findings import Refused
from .chronicle import changes_by
from .models import Record, Submission
from .models.submissions import NOTE_LENGTH

Outcome = Submission.Outcome


def submit(records: Iterable[Record], *, by: User, note: str = "") -> list[Submission]:
    """Hand the records in together; returns their submissions.

    What was handed in before is handed in anew, as it stands now. Refused, with nothing done,
    where `by` may not, a record is no different from what is public, or an error has to be mended.
    """
    with transaction.atomic():
        held = _locked(records)
        note = _checked(held, note)
        _refuse([one for one in obstacles(held, by) if one.level is Level.ERROR])
        _end(held, Outcome.TAKEN_BACK, by, "")
        together = uuid4()
        return Submission.objects.bulk_create(
            Submission(
                kind=record.kind,
                record=record.pk,
                together=together,
                version=record.version,
                by=by,
                note=note,
            )
            for record in held
        )


def take_back(records: Iterable[Record], *, by: User) -> int:
    """Let the records be at work again, by whoever handed them in or may publish them; returns how many."""
    with transaction.atomic():
        held = _locked(records)
        handed_in = open_submissions(held)
        _refuse([*_without_right(held, by, "change"), *not_handed_in(held, handed_in)])
        _refuse(_of_others(held, handed_in, by))
        return _end(held, Outcome.TAKEN_BACK, by, "")


def send_back(records: Iterable[Record], *, by: User, comment: str) -> int:
    """Send the records back to who handed them in, with what has to be mended; returns how many.

    Refused where `by` may not publish them, or no comment says why.
    """
    with transaction.atomic():
        held = _locked(records)
        comment = _checked(held, comment)
        _refuse(
            [*_without_right(held, by, "publish"), *not_handed_in(held, open_submissions(held))]
        )
        if not comment:
            _refuse(
                [_error(held[0], "reason", _("say what has to be mended; its editor reads it."))]
            )
        return _end(held, Outcome.RETURNED, by, comment)


def published(records: Iterable[Record], by: User, reason: str) -> None:
    """Note that the records were published; called by whoever publishes, in the same transaction."""
    _end(list(records), Outcome.PUBLISHED, by, reason)


def withdrawn(records: Iterable[Record], by: User, reason: str) -> None:
    """Send back what waits for a review of records that were withdrawn; called by whoever withdraws them."""
    _end(list(records), Outcome.RETURNED, by, reason)


def open_submissions(records: Iterable[Record]) -> dict[tuple[str, int], Submission]:
    """The submission of each record that is handed in, by kind and number. One query."""
    rows = Submission.objects.filter(_about(records), outcome=Outcome.OPEN).select_related("by")
    return {(row.kind, row.record): row for row in rows}


def waiting_for(user: User, kind: str) -> QuerySet[Submission]:
    """The submissions of that kind that the user may decide on: those of records others have changed."""
    rows = Submission.objects.filter(kind=kind, outcome=Outcome.OPEN)
    if not user.has_perm(f"desk.publish_{kind}"):
        return rows.none()
    model: Any = apps.get_model("desk", kind)
    published = model._base_manager.filter(pk=OuterRef("id")).values("published_version")[:1]
    own = changes_by(user, model.history, OuterRef("record"), Coalesce(published, Value(0)))
    return rows.exclude(Exists(own)) if settings.PORTAL_FOUR_EYES else rows


def returned_to(user: User) -> QuerySet[Submission]:
    """What was sent back to the user and was not handed in again since, the latest first."""
    later = Submission.objects.filter(
        kind=OuterRef("kind"), record=OuterRef("record"), pk__gt=OuterRef("pk")
    )
    rows = Submission.objects.filter(by=user, outcome=Outcome.RETURNED)
    return rows.exclude(Exists(later)).select_related("decided_by").order_by("-decided_at", "-pk")


def not_handed_in(
    records: Sequence[Record], handed_in: Mapping[tuple[str, int], Submission]
) -> list[Finding]:
    """The records that nobody has handed in, so that they can be neither sent back nor taken back."""
    sentence = _("it is not handed in, so there is nothing to send or take back.")
    return [
        _error(record, "not-handed-in", sentence)
        for record in records
        if (record.kind, record.pk) not in handed_in
    ]


def _of_others(
    records: Sequence[Record], handed_in: Mapping[tuple[str, int], Submission], by: User
) -> list[Finding]:
    """The records that others have handed in, where the user may not publish them."""
    sentence = _("%(who)s handed it in; they, or whoever may publish it, can take it back.")
    return [
        _error(record, "of-another", sentence % {"who": whose.by or _("somebody")})
        for record in records
        if (whose := handed_in[record.kind, record.pk]).by != by
        and not by.has_perm(f"desk.publish_{record.kind}")
    ]


def of_others(records: Sequence[Record], by: User) -> list[Finding]:
    """What speaks against the user taking the records back. One query."""
    handed_in = open_submissions(records)
    return not_handed_in(records, handed_in) or _of_others(records, handed_in, by)


def obstacles(
    records: Sequence[Record], by: User, rendered: Sequence[dict[str, Any]] | None = None
) -> list[Finding]:
    """What speaks against handing the records in together, and what whoever publishes will be asked."""
    same = [
        _error(
            record,
            "nothing-new",
            _("what is public says the same already; there is nothing to review."),
        )
        for record in records
        if record.state == Record.State.PUBLISHED
    ]
    merged = [
        _error(record, "merged", _("it was merged into another record."))
        for record in records
        if record.state == Record.State.MERGED
    ]
    return [*_without_right(records, by, "change"), *merged, *same, *findings(records, rendered)]


def _end(records: Sequence[Record], outcome: str, by: User, comment: str) -> int:
    rows = Submission.objects.filter(_about(records), outcome=Outcome.OPEN)
    return rows.update(outcome=outcome, decided_by=by, decided_at=timezone.now(), comment=comment)


def _about(records: Iterable[Record]) -> Q:
    numbers: dict[str, list[int]] = defaultdict(list)
    for record in records:
        numbers[record.kind].append(record.pk)
    # Of no record: nothing, not everything.
    asked = Q(pk__in=[])
    for kind, some in numbers.items():
        asked |= Q(kind=kind, record__in=some)
    return asked


def _locked(records: Iterable[Record]) -> list[Record]:
    """The records, locked by kind and id as every act locks them."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for record in records:
        numbers[record.kind].add(record.pk)
    held: list[Record] = []
    for kind in sorted(numbers):
        rows = apps.get_model("desk", kind)._base_manager.filter(pk__in=numbers[kind])
        held += editing.hold(rows).order_by("pk")
    return held


def _checked(records: Sequence[Record], text: str) -> str:
    try:
        return clean_text(text, NOTE_LENGTH)
    except ValueError as fault:
        raise Refused([_error(record, "reason", str(fault)) for record in records[:1]]) from None


def _without_right(records: Sequence[Record], by: User, act: str) -> list[Finding]:
    sentence = _("you may not do this to records of this kind.")
    return [
        _error(record, "no-right", sentence)
        for record in records
        if not by.has_perm(f"desk.{act}_{record.kind}")
    ]


def _refuse(found: Sequence[Finding]) -> None:
    if found:
        raise Refused(found)


def _error(record: Record, code: str, sentence: str) -> Finding:
    return Finding(Level.ERROR, code, record.kind, record.key, "", f"{record.name}: {sentence}")
