"""For what a record needs somebody: noted whenever it is changed, so that the desk's first page asks little.

What is noted follows from the record's document alone; what time will bring (a milestone that falls
due, a status that grows old) is noted with the day from which it holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from cooperation.catalogue import KINDS
from cooperation.gazette.occasions import STATUS, dated
from cooperation.gazette.shapes import part_lists, shape
from cooperation.gazette.shapes.types import Money, Quantity

from .checks.money import does_not_add_up, unsourced
from .documents import documents
from .models import Need, Record

CHUNK = 500
ENDED = (Record.State.MERGED, Record.State.WITHDRAWN)
"""The states in which nothing is waited for."""
What = Need.What
_gathered: ContextVar[set[tuple[str, int]] | None] = ContextVar("gathered", default=None)


def may_need(kind: str) -> bool:
    """Whether records of that kind can need anything: those with a status, or with figures."""
    figures = (Money, Quantity)
    parts = part_lists(kind).values()
    return STATUS in shape(kind).members or any(
        isinstance(member, figures) for listed in parts for member in listed.members.values()
    )


KINDS_IN_NEED = [kind for kind in KINDS if may_need(kind)]


def needs_of(document: Mapping[str, Any]) -> dict[str, date | None]:
    """What a document needs, each with the first day on which it does; None: at once."""
    found: dict[str, date | None] = {}
    if does_not_add_up(document):
        found[What.ARITHMETIC] = None
    if any(unsourced(document["kind"], document)):
        found[What.UNSOURCED] = None
    for occasion in dated(document):
        if not occasion.is_open:
            continue
        is_status = occasion.name == STATUS
        what = What.SILENT if is_status else What.OVERDUE
        last = occasion.date.last
        day = _a_year_after(last) if is_status else _day_after(last)
        before = found.get(what)
        found[what] = min(before, day) if before else day
    return found


def today() -> date:
    """The day that it is where the portal is kept."""
    return datetime.now(ZoneInfo(settings.PORTAL_TIME_ZONE)).date()


def due(day: date) -> Q:
    """The needs that are there on that day."""
    return Q(since__isnull=True) | Q(since__lte=day)


def note(record: Record) -> None:
    """Note what the record needs as it stands; together with others where these are gathered."""
    if record.kind not in KINDS_IN_NEED:
        return
    gathered = _gathered.get()
    if gathered is None:
        _note(record.kind, [record.pk])
    else:
        gathered.add((record.kind, record.pk))


@contextmanager
def together() -> Iterator[None]:
    """Records changed inside are looked at once, on leaving, some hundreds at a time."""
    if _gathered.get() is not None:
        yield
        return
    gathered: set[tuple[str, int]] = set()
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    of_kind: dict[str, list[int]] = defaultdict(list)
    for kind, number in sorted(gathered):
        of_kind[kind].append(number)
    for kind, numbers in of_kind.items():
        for start in range(0, len(numbers), CHUNK):
            _note(kind, numbers[start : start + CHUNK])


def note_all(progress: Any = None) -> int:
    """Note anew what every record needs; returns how many needs there are."""
    for kind in KINDS_IN_NEED:
        numbers = list(_rows(kind).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(numbers), CHUNK):
            with transaction.atomic():
                _note(kind, numbers[start : start + CHUNK])
            if progress:
                progress(min(start + CHUNK, len(numbers)), len(numbers))
    return Need.objects.count()


def forget(kind: str, numbers: Iterable[int]) -> None:
    """Drop what was noted of records that are no more."""
    Need.objects.filter(kind=kind, record__in=list(numbers)).delete()


def _note(kind: str, numbers: list[int]) -> None:
    # Read anew: what the caller holds is not to be filled with what is read here.
    records = list(_rows(kind).filter(pk__in=numbers))
    wanted = {
        (record.pk, what): since
        for record, document in zip(records, documents(records), strict=True)
        if record.state not in ENDED
        for what, since in needs_of(document).items()
    }
    rows = Need.objects.filter(kind=kind, record__in=numbers)
    stored = {(need.record, need.what): need for need in rows}
    gone = [need.pk for place, need in stored.items() if place not in wanted]
    other = [
        place for place, since in wanted.items() if place in stored and stored[place].since != since
    ]
    new = [place for place in wanted if place not in stored]
    if gone:
        rows.filter(pk__in=gone).delete()
    for place in other:
        rows.filter(pk=stored[place].pk).update(since=wanted[place])
    Need.objects.bulk_create(
        [Need(kind=kind, record=pk, what=what, since=wanted[pk, what]) for pk, what in new]
    )


def _rows(kind: str) -> Any:
    return apps.get_model("desk", kind)._base_manager.all()


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _a_year_after(day: date) -> date:
    if day.year == date.max.year:
        return date.max
    # The day after a year has passed; of 29 February that is 1 March.
    try:
        return _day_after(day.replace(year=day.year + 1))
    except ValueError:
        return date(day.year + 1, 3, 1)
