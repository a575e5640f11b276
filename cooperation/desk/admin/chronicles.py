"""History as people read it: each change with its author, its reason, and what was changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models.functions import MD5
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cooperation.desk import editing
from cooperation.desk.fields import AmountField, CodesField
from cooperation.desk.models import Record
from cooperation.desk.past import as_they_were_last

from . import comparisons
from .widgets import at_hand, long_columns, long_columns_of_references, ours, references_of

PER_PAGE = 30
LONGEST, LEAD = 300, 60
BRIEF, FEW = 45, 5
SHOWN_APART = {
    "id",
    "record",
    "part_id",
    "path",
    "position",
    "start",
    "end",
    "inferred",
    "preferred",
    "note",
}
UNSPOKEN = editing.BOOKKEEPING | {"record"}
MD5_OF_NOTHING = "d41d8cd98f00b204e9800998ecf8427e"


@dataclass(frozen=True)
class Change:
    """One value that was changed."""

    label: str
    before: str
    after: str


@dataclass
class Entry:
    """One change of a record: when, by whom, why, and what."""

    at: datetime
    by: Any
    reason: str
    version: int | None
    act: str
    is_change: bool = True
    """Whether the record was changed, and so came to a point of its own."""
    changes: list[Change] = field(default_factory=list)


class Chronicled(admin.ModelAdmin):
    """Shows the history that every change writes, instead of the admin's own log."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Every change, parts and citations included, with author and reason."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        shown = page(row, request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(title)s") % {"title": row},
            "opts": self.opts,
            "object": row,
            "page": shown,
            **comparisons.choices(self, request, row),
            **_chosen([entry.version for entry in shown.object_list if entry.is_change]),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/desk/history.html", context)


def _chosen(versions: Sequence[int | None]) -> dict[str, int | None]:
    """The two points that are chosen as long as nobody has chosen others: the newest change on the page."""
    return {"last": versions[0], "first": versions[:2][-1]} if versions else {}


def page(record: Any, number: Any) -> Page:
    """A page of the row's entries, newest first; a fixed number of queries, whatever their number."""
    long = long_columns(type(record))
    history = (
        type(record)
        .history.filter(id=record.pk)
        .order_by("-history_id")
        .defer(*long, *long_columns_of_references(type(record)))
    )
    history = history.annotate(**{f"{name}_md5": MD5(name) for name in long})
    history = history.select_related("history_user", *references_of(type(record)))
    paginator = Paginator(history, PER_PAGE)
    shown = paginator.get_page(number)
    rows = list(shown.object_list)
    before = history.filter(history_id__lt=rows[-1].history_id).first() if rows else None
    _name_lost([*rows, before] if before else rows, type(record))
    entries = [_entry(row, older) for row, older in zip(rows, [*rows[1:], before], strict=True)]
    for name in editing.lists(record) if rows and isinstance(record, Record) else ():
        _add_parts(entries, record, name, before)
    shown.object_list = entries
    return shown


def _entry(row: Any, older: Any) -> Entry:
    # Where a history begins with a change, nobody knows what was there before.
    is_known = older is not None or row.history_type == "+"
    changes = list(_changes(row, older)) if is_known else []
    reason = row.history_change_reason or ""
    version = getattr(row, "version", None)
    is_change = older is None or version != getattr(older, "version", None)
    act = _act(row, older)
    return Entry(row.history_date, row.history_user, reason, version, act, is_change, changes)


def _act(row: Any, older: Any) -> str:
    """What was done, in a word."""
    if older is None:
        return _("Created") if row.history_type == "+" else _("Changed")
    if row.history_type == "-":
        return _("Deleted")
    if not hasattr(row, "version") or row.version != older.version:
        return _("Changed")
    if row.successor != older.successor:
        return _("Merged into %(key)s") % {"key": row.successor}
    if row.withdrawn and not older.withdrawn:
        return _("Withdrawn")
    return _("Published as edition %(number)s") % {"number": row.edition_number}


def _changes(row: Any, older: Any, name: str = "") -> Iterator[Change]:
    """The columns that differ between two rows of a history; of a new row those that say something."""
    long = row.get_deferred_fields()
    for column in row.tracked_fields:
        if column.name in UNSPOKEN:
            continue
        if column.name in long:
            yield from _long_change(row, older, column)
            continue
        if older is not None and getattr(older, column.attname) == getattr(row, column.attname):
            continue
        old, new = (said(one, column) for one in (older, row))
        if old or new:
            label = str(column.verbose_name)
            yield Change(f"{name} › {label}" if name else label, *excerpts(old, new))


def _long_change(row: Any, older: Any, column: Any) -> Iterator[Change]:
    """That a long text was added or changed, without fetching it."""
    old, new = (getattr(one, f"{column.name}_md5", MD5_OF_NOTHING) for one in (older, row))
    if old != new:
        yield Change(str(column.verbose_name), "", _("changed") if older else _("added"))


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Both texts; where one is too long, of both what surrounds the first sign in which they differ."""
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    pairs = enumerate(zip(old, new, strict=False))
    first = next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))
    start = max(0, first - LEAD)
    return _excerpt(old, start), _excerpt(new, start)


def _excerpt(text: str, start: int) -> str:
    shown = text[start : start + LONGEST]
    return f"{'…' if start else ''}{shown}{'…' if start + LONGEST < len(text) else ''}"


def _add_parts(entries: Sequence[Entry], record: Record, name: str, before: Any) -> None:
    """Add what was done to the rows of one list to the entry that closed the change."""
    part: Any = record._meta.get_field(name).related_model
    history = part.history.filter(record_id=record.pk).select_related(*references_of(part))
    history = history.defer(*long_columns_of_references(part))
    since = before.history_date if before else None
    known: dict[int, Any] = {}
    rows = list(history.order_by("history_id"))
    _name_lost(rows, part)
    for row in rows:
        older, known[row.id] = known.get(row.id), row
        if since is None or row.history_date > since:
            _note(entries, row, _part_changes(row, older, part))


def _name_lost(rows: Sequence[Any], model: Any) -> None:
    """Let rows that name a record which has been deleted since name it as it was last."""
    for name in references_of(model):
        naming = [row for row in rows if getattr(row, f"{name}_id") and not at_hand(row, name)]
        if naming:
            referred = model._meta.get_field(name).related_model
            lost = as_they_were_last(referred, {getattr(row, f"{name}_id") for row in naming})
            for row in naming:
                setattr(row, name, lost[getattr(row, f"{name}_id")])


def _part_changes(row: Any, older: Any, part: Any) -> Iterable[Change]:
    called = getattr(row, "part_id", "") or getattr(row, "path", "")
    name = f"{part._meta.verbose_name} “{called}”" if called else str(part._meta.verbose_name)
    if row.history_type == "-":
        return [Change(name, in_brief(older or row) or _("was there"), _("deleted"))]
    if older is None or older.history_type == "-":
        return [Change(name, "", in_brief(row) or _("added"))]
    return list(_changes(row, older, name))


def _note(entries: Sequence[Entry], row: Any, changes: Iterable[Change]) -> None:
    """The record's own entry is written last, so the change belongs to the first one not older."""
    for entry in reversed(entries):
        if entry.at >= row.history_date:
            entry.changes += changes
            return


def said(row: Any, column: Any) -> str:
    """The value of a column as people read it."""
    if row is None:
        return ""
    value = getattr(row, column.attname)
    if value is None or value == "" or value == [] or value is False:
        return ""
    if isinstance(column, models.ForeignKey):
        referred = at_hand(row, column.name)
        return f"{referred} ({referred.key})" if referred else f"#{value}"
    if isinstance(column, CodesField) and column.vocabulary:
        return ", ".join(column.vocabulary.label(code, ours()) for code in value)
    if isinstance(value, list):
        return "; ".join(
            " ".join(one.values()) if isinstance(one, dict) else str(one) for one in value
        )
    if isinstance(column, AmountField):
        return f"{value:,f}"
    if value is True:
        return _("Yes")
    return str(dict(column.flatchoices).get(value, value))


def in_brief(row: models.Model) -> str:
    """What a row says, on one line, for whoever looks for it in a list."""
    tracked = getattr(row, "tracked_fields", row._meta.concrete_fields)
    columns = [column for column in tracked if column.name not in SHOWN_APART]
    values = [value for column in columns if (value := said(row, column))]
    # What says one thing only, such as the name of a record, has the line to itself.
    room = BRIEF if len(values) > 1 else 2 * BRIEF
    return " · ".join(Truncator(value[:LONGEST]).chars(room) for value in values[:FEW])
