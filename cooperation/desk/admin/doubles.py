"""Records with nearly the same name: those shown while a name is typed, and the list of likely pairs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext

from cooperation.desk.likeness.apart import pair_of, told_apart
from cooperation.desk.likeness.index import Like, names_of
from cooperation.desk.models import Record
from cooperation.gazette.shapes import part_lists

from . import likely
from .ways import Way
from .widgets import LONGEST_NUMBER, long_columns
from .widgets import told_apart as described

SHOWN = 5
"""How many records are shown, the likest first."""
MOST_NAMES = 50
LONGEST_NAME = 500
READ_AT_ONCE = 500
"""So many records that were saved since are read before an answer; what is left, before the next ones."""


def urls(admin: Any) -> list[Any]:
    """The addresses of these pages, under those of the admin of one kind; pairs are of a kind, not of a type."""
    model = admin.model
    name, view = model._meta.model_name, admin.admin_site.admin_view
    found = [path("alike/", view(lambda request: alike(admin, request)), name=f"desk_{name}_alike")]
    if model is model._meta.concrete_model:
        page = view(lambda request: likely.page(admin, request))
        found.append(path("doubles/", page, name=f"desk_{name}_doubles"))
    return found


def ways(admin: Any, request: HttpRequest, record: Record) -> list[Way]:
    """What leads there from the form of a record: nothing, as the form itself shows its doubles."""
    return []


def alike(admin: Any, request: HttpRequest) -> HttpResponse:
    """The records of the kind with nearly one of these names, for the script of the form."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    names = [name[:LONGEST_NAME] for name in request.GET.getlist("name")[:MOST_NAMES]]
    given = request.GET.get("except", "")
    but = int(given) if given.isdecimal() and len(given) <= LONGEST_NUMBER else None
    found, left = _found(admin, names, but)
    return JsonResponse(
        {
            "heading": _heading(len(found)),
            "records": [_said(like, record) for like, record in found],
            "note": _not_read(left),
        }
    )


def warn(admin: Any, request: HttpRequest, record: Any) -> None:
    """Say which records have nearly the same name as one that was saved just now."""
    names = [name for name in record.title.values() if name]
    if "names" in part_lists(record.kind):
        names += record.names.values_list("text", flat=True)
    found, _left = _found(admin, names, record.pk)
    if not found:
        return
    links = format_html_join(
        ", ", '<a href="{}">{}</a>', ((_address(other), described(other)) for _like, other in found)
    )
    said = format_html("{} {}.", _heading(len(found)), links)
    admin.message_user(request, said, messages.WARNING)


def _found(admin: Any, names: Iterable[str], but: int | None) -> tuple[list[tuple[Like, Any]], int]:
    """The likest records, and how many records are not read yet; five queries, and two for new names."""
    model = admin.model._meta.concrete_model
    kind = model._meta.model_name
    with names_of(kind) as known:
        left = known.catch_up(most=READ_AT_ONCE)
        likes = known.like(names, but)
    if likes and but is not None:
        apart = told_apart(kind, among=[but])
        likes = [like for like in likes if pair_of(like.pk, but) not in apart]
    likes = likes[: 2 * SHOWN]
    rows = model._base_manager.defer(*long_columns(model)).exclude(state=Record.State.MERGED)
    records = rows.in_bulk([like.pk for like in likes]) if likes else {}
    return [(like, records[like.pk]) for like in likes if like.pk in records][:SHOWN], left


def _said(like: Like, record: Any) -> dict[str, str]:
    """A record as the script shows it."""
    country = record.get_country_display() if hasattr(record, "country") else ""
    return {
        "title": str(record),
        "name": like.theirs if like.theirs != str(record) else "",
        "about": ", ".join(filter(None, [record.kind_word, record.key, str(country)])),
        "state": record.state,
        "state_label": str(Record.State(record.state).label),
        "address": _address(record),
    }


def _address(record: Record) -> str:
    return reverse(f"admin:desk_{record.kind}_change", args=[record.pk])


def _heading(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "There is a record with nearly the same name; look whether it is the same one:",
        "There are records with nearly the same name; look whether one of them is the same one:",
        count,
    )


def _not_read(left: int) -> str:
    if not left:
        return ""
    said = ngettext(
        "The names of %(count)s record are still being read; there may be more.",
        "The names of %(count)s records are still being read; there may be more.",
        left,
    )
    return said % {"count": f"{left:,}"}
