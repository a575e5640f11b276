"""Entering a table of exchange rates: what it would change is shown first, and then is just what is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from cooperation.desk import editing
from cooperation.desk.chronicle import REASON_LENGTH, acting
from cooperation.desk.models import ExchangeRate
from cooperation.rules.canonical import digest
from cooperation.rules.texts import clean_text

from .rates import Row, Table

CHUNK = 500
Pair = tuple[date, str, str]
Progress = Callable[[int, int], None]


class Outcome(models.TextChoices):
    """What becomes of one row of the table."""

    NEW = "new", pgettext_lazy("rate", "New")
    CHANGED = "changed", pgettext_lazy("rate", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("rate", "Unchanged")
    REPEATED = "repeated", pgettext_lazy("rate", "Repeated")
    ERROR = "error", pgettext_lazy("rate", "Error")


class Overtaken(Exception):
    """A rate was changed since the preview was shown, so what was confirmed is not what would be done."""


@dataclass(frozen=True)
class Item:
    """One row, what would become of it, and the rate that is on record."""

    row: Row
    outcome: Outcome
    before: ExchangeRate | None = None


@dataclass(frozen=True)
class Plan:
    """What entering a table would do, row by row."""

    items: tuple[Item, ...]

    def those(self, outcome: Outcome) -> list[Item]:
        """The rows with that outcome."""
        return [item for item in self.items if item.outcome == outcome]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rows have each outcome."""
        return {outcome: len(self.those(outcome)) for outcome in Outcome}

    @property
    def is_blocked(self) -> bool:
        """Whether anything has to be mended first."""
        return any(item.outcome == Outcome.ERROR for item in self.items)

    @property
    def is_idle(self) -> bool:
        """Whether everything is on record already."""
        return not self.those(Outcome.NEW) and not self.those(Outcome.CHANGED)

    @property
    def seal(self) -> str:
        """Stands for all that would be done; another one means that something has changed since."""
        return digest("\n".join("\t".join(map(str, _said(item))) for item in self.items))


def _said(item: Item) -> Iterator[Any]:
    yield item.outcome.value
    yield from item.row.given.values()
    if item.before:
        yield from (item.before.pk, item.before.rate, item.before.source)


def plan(table: Table, *, locked: bool = False) -> Plan:
    """What entering the table would do; the rates on record are locked if asked for. One query."""
    good = [row for row in table.rows if not row.faults]
    stored = _on_record([row.pair for row in good], locked=locked)
    return Plan(tuple(_item(row, stored) for row in table.rows))


def _item(row: Row, stored: Mapping[Pair, ExchangeRate]) -> Item:
    if row.faults:
        return Item(row, Outcome.ERROR)
    before = stored.get(row.pair)
    if row.same_as is not None:
        return Item(row, Outcome.REPEATED)
    if before is None:
        return Item(row, Outcome.NEW)
    is_same = (before.rate, before.source) == (row.given["rate"], row.given["source"])
    return Item(row, Outcome.UNCHANGED if is_same else Outcome.CHANGED, before)


def _on_record(pairs: Sequence[Pair], *, locked: bool) -> dict[Pair, ExchangeRate]:
    if not pairs:
        return {}
    days, bases, quotes = (set(values) for values in zip(*pairs, strict=True))
    rows = ExchangeRate.objects.filter(
        date__range=(min(days), max(days)), base__in=bases, quote__in=quotes
    ).order_by("pk")
    wanted = set(pairs)
    found = {
        (row.date, row.base, row.quote): row for row in (editing.hold(rows) if locked else rows)
    }
    return {pair: row for pair, row in found.items() if pair in wanted}


def clean_reason(given: str) -> str:
    """The reason of an import in clean form; ValueError, with a sentence, where it is none."""
    reason = clean_text(given, REASON_LENGTH, one_line=True)
    if not reason:
        raise ValueError(_("Say why; the history of every rate keeps it."))
    return reason


def enter(
    table: Table,
    *,
    by: User,
    reason: str,
    seal: str | None = None,
    progress: Progress | None = None,
) -> tuple[Plan, list[ExchangeRate]]:
    """Enter all rows in one transaction, each with history; returns what was done and the rates written.

    Overtaken, with nothing done, where anything is wrong or `seal` is not that of what would be done.
    """
    try:
        with transaction.atomic(), acting(by, reason):
            made = plan(table, locked=True)
            if made.is_blocked or seal not in (None, made.seal):
                raise Overtaken
            return made, _stored(made, by, reason, progress)
    except IntegrityError:
        # Somebody else has entered the same rate in the same moment.
        raise Overtaken from None


def _stored(made: Plan, by: User, reason: str, progress: Progress | None) -> list[ExchangeRate]:
    # In one order whatever that of the file, so that two imports never wait for each other in vain.
    new = sorted(made.those(Outcome.NEW), key=lambda item: item.row.pair)
    rates = [ExchangeRate(**item.row.given) for item in new]
    changed = []
    for item in made.those(Outcome.CHANGED):
        assert item.before is not None
        item.before.rate, item.before.source = item.row.given["rate"], item.row.given["source"]
        changed.append(item.before)
    changed.sort(key=lambda rate: rate.pk)
    said = {"default_user": by, "default_change_reason": reason}
    whole, done = len(rates) + len(changed), 0
    for some, write in [
        *((part, _create) for part in _in_chunks(rates)),
        *((part, _update) for part in _in_chunks(changed)),
    ]:
        write(some, said)
        done += len(some)
        if progress:
            progress(done, whole)
    return [*rates, *changed]


def _create(rates: list[ExchangeRate], said: Mapping[str, Any]) -> None:
    bulk_create_with_history(rates, ExchangeRate, **said)


def _update(rates: list[ExchangeRate], said: Mapping[str, Any]) -> None:
    bulk_update_with_history(rates, ExchangeRate, ["rate", "source"], **said)


def _in_chunks(rates: list[ExchangeRate]) -> Iterator[list[ExchangeRate]]:
    for start in range(0, len(rates), CHUNK):
        yield rates[start : start + CHUNK]
