"""The first page of the desk: what needs whoever looks at it, each with the way to the filtered list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk import needs, submitting
from cooperation.desk.models import Need, Record, Submission

from . import acts
from .widgets import long_columns

FEW = 10
"""So many submissions are named; of the others there is a number."""
Words = str | Promise


class Tally(NamedTuple):
    """How many records of a kind there are, and the list that holds just these."""

    label: Words
    number: str
    address: str


@dataclass
class Matter:
    """One thing that may need somebody: what it is, and how many records of each kind."""

    name: str
    label: Words
    sentence: Words
    counts: list[Tally] = field(default_factory=list)


@dataclass
class Batch:
    """Records that were handed in together, or sent back together."""

    submission: Submission
    named: list[tuple[Any, str]]
    """The records, each with the address of its form."""
    address: str
    is_changed_since: bool = False


def home(user: User) -> dict[str, Any]:
    """What the first page tells the user. So many queries a kind, however many records there are."""
    seen = [kind for kind in KINDS if user.has_perm(f"desk.view_{kind}")]
    waiting = _waiting(user, seen)
    reviews, *matters = _matters(user, seen)
    returned = list(submitting.returned_to(user)[:FEW])
    records = _records([*waiting, *returned])
    return {
        "reviews": list(_batches(waiting, records, "publish")),
        "returned": list(_batches(returned, records, "submit")),
        "review_counts": reviews.counts,
        "matters": [one for one in matters if one.counts],
        "may_review": any(user.has_perm(f"desk.publish_{kind}") for kind in seen),
        "may_report": any(user.has_perm(f"desk.change_{kind}") for kind in needs.KINDS_IN_NEED),
    }


def _waiting(user: User, kinds: Iterable[str]) -> list[Submission]:
    """The oldest submissions that wait for the user, those of one batch together."""
    found = [
        row
        for kind in kinds
        for row in submitting.waiting_for(user, kind)
        .select_related("by")
        .order_by("at", "pk")[: acts.MOST]
    ]
    return sorted(found, key=lambda row: (row.at, row.together, row.pk))


def _records(rows: Iterable[Submission]) -> dict[tuple[str, int], Any]:
    numbers: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        numbers[row.kind].add(row.record)
    found = {}
    for kind, some in numbers.items():
        model: Any = apps.get_model("desk", kind)
        for record in model._base_manager.defer(*long_columns(model)).filter(pk__in=some):
            found[kind, record.pk] = record
    return found


def _batches(
    rows: Sequence[Submission], records: Mapping[tuple[str, int], Any], act: str
) -> Iterator[Batch]:
    together: dict[Any, list[Submission]] = defaultdict(list)
    for row in rows:
        if (row.kind, row.record) in records:
            together[row.together].append(row)
    for some in list(together.values())[:FEW]:
        named = [records[row.kind, row.record] for row in some]
        is_changed = any(
            row.version != record.version for row, record in zip(some, named, strict=True)
        )
        forms = [(one, reverse(f"admin:desk_{one.kind}_change", args=[one.pk])) for one in named]
        yield Batch(some[0], forms, acts.addresses(named)[act], is_changed)


def _matters(user: User, kinds: Sequence[str]) -> Iterator[Matter]:
    """Reviews, one's own work, and what records need; the counts of a kind are one query each."""
    reviews = Matter(
        "mine", _("Waiting for my review"), _("Handed in by others; publish each or send it back.")
    )
    submitted = Matter("open", _("Submitted"), _("Handed in, and not yet published or sent back."))
    drafts = Matter("drafts", _("My drafts"), _("Not published yet, and changed last by you."))
    changed = Matter(
        "changed", _("Changed since publication"), _("The public does not see these changes yet.")
    )
    open_ = _open_counts(kinds)
    for kind in kinds:
        model: Any = apps.get_model("desk", kind)
        rows = model._base_manager.order_by()
        _add(reviews, kind, submitting.waiting_for(user, kind).count(), review="mine")
        _add(submitted, kind, open_.get(kind, 0), review="open")
        own = rows.filter(state=Record.State.DRAFT, changed_by=user).count()
        _add(drafts, kind, own, state=Record.State.DRAFT, mine=1)
        _add(
            changed,
            kind,
            rows.filter(state=Record.State.CHANGED).count(),
            state=Record.State.CHANGED,
        )
    yield from (reviews, drafts, submitted, changed)
    yield from _needs(kinds)


SENTENCES: dict[str, Words] = {
    Need.What.ARITHMETIC: _("The contributions come to something else than was announced."),
    Need.What.UNSOURCED: _("No passage of a source says so; they cannot be published like this."),
    Need.What.OVERDUE: _("The day is past, and nobody has said what became of it."),
    Need.What.SILENT: _("Nobody has looked for more than a year; record what became of it."),
}


def _needs(kinds: Sequence[str]) -> Iterator[Matter]:
    rows = Need.objects.filter(needs.due(needs.today()), kind__in=kinds).order_by()
    counted = {
        (what, kind): count
        for what, kind, count in rows.values_list("what", "kind").annotate(Count("pk"))
    }
    for what in Need.What:
        matter = Matter(what.value, what.label, SENTENCES[what])
        for kind in kinds:
            _add(matter, kind, counted.get((what.value, kind), 0), need=what.value)
        yield matter


def _open_counts(kinds: Sequence[str]) -> dict[str, int]:
    rows = Submission.objects.filter(outcome=Submission.Outcome.OPEN, kind__in=kinds).order_by()
    return dict(rows.values_list("kind").annotate(Count("pk")))


def _add(matter: Matter, kind: str, count: int, **query: Any) -> None:
    if count:
        address = f"{reverse(f'admin:desk_{kind}_changelist')}?{urlencode(query)}"
        matter.counts.append(Tally(KINDS[kind].label_plural, f"{count:,}", address))
