"""The list of one kind: search, facets with counts, order and paging."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from cooperation.catalogue import DEFAULT_SORT, KINDS
from cooperation.faces.answers import head_of
from cooperation.faces.filters import AMOUNTS, RecordFilters, filterset
from cooperation.faces.linked_data import voice
from cooperation.gazette import listing
from cooperation.gazette.presenting import summary
from cooperation.gazette.presenting.linked_data import of_list

from .entries import entries, entry_of
from .narrowing import beside_amount, chips, facet_groups, ways_out
from .reader import MOST, drawn, page_view, query_with, reader_language, whole_number

PAGE_SIZE = 50
TYPED = ("date_after", "date_before", *AMOUNTS)
"""What stays in its field as it was typed, right or wrong."""


class Notice(NamedTuple):
    """What was asked for and could not be done, and how to mend it."""

    field: str
    text: str


@page_view
def records(request: HttpRequest, kind: str) -> HttpResponse:
    """The list of a kind. What cannot be understood in the query is left out and named."""
    language = reader_language()
    filters = filterset(kind)(request.GET)
    chosen = filters.chosen
    notices = list(_faults(filters))
    size = _page_size(request.GET, notices)
    page = _page(filters, request.GET.get("cursor"), size, language, notices)
    groups = facet_groups(filters, head_of(request), language)
    at_work = list(chips(request.GET, filters, groups, language))
    asked = query_with(_known(request.GET, filters), cursor=None)
    canonical = request.path + (f"?{asked}" if asked else "")
    rows, count = [summary(row, language) for row in page.rows], listing.count(filters.qs)
    context = {
        "kind": KINDS[kind],
        "entry": entry_of(kind, chosen),
        "path": request.path,
        "entries": entries() if kind == "organization" else (),
        "count": count,
        "cap": listing.COUNT_CAP,
        "rows": rows,
        "next_url": _paged(request.GET, page.next),
        "previous_url": _paged(request.GET, page.previous),
        "groups": groups,
        "beside_amount": beside_amount(filters, groups),
        "chips": at_work,
        "ways_out": [] if page.rows else list(ways_out(request.GET, filters, at_work)),
        "notices": notices,
        "q": chosen.get("q", ""),
        **{name: request.GET.get(name, "") for name in TYPED},
        "updated_after": request.GET.get("updated_after") if "updated_after" in chosen else None,
        "page_size": size if size != PAGE_SIZE else None,
        "sort": filters.sort if filters.sort != DEFAULT_SORT else "",
        "sorts": _sorts(kind),
        "is_filtered": bool(at_work),
        "asked": asked,
        "feed_url": reverse(f"feeds:{kind}-list") + (f"?{asked}" if asked else ""),
        "canonical": canonical,
        "linked_data": of_list(
            voice(request), canonical, kind, rows, count=count, is_first=page.previous is None
        ),
    }
    return drawn(request, "pages/list.html", context)


def _faults(filters: RecordFilters) -> Iterator[Notice]:
    for name, messages in filters.form.errors.items():
        label = str(filters.form.fields[name].label or name)
        yield from (Notice(label, str(message)) for message in messages)


def _page_size(query: QueryDict, notices: list[Notice]) -> int:
    try:
        return whole_number(query, "page_size", most=MOST) or PAGE_SIZE
    except ValueError:
        text = _("Give a whole number from 1 to %(most)s; the list shows %(size)s.")
        notices.append(Notice(_("Records on a page"), text % {"most": MOST, "size": PAGE_SIZE}))
        return PAGE_SIZE


def _page(
    filters: RecordFilters, cursor: str | None, size: int, language: str, notices: list[Notice]
) -> listing.Page:
    try:
        page = listing.page(filters.qs, filters.sort, cursor, size, language)
    except listing.BadCursor:
        page = None
    if page is None or (cursor and not page.rows):
        text = _("The address does not fit this list any more; here is its beginning.")
        notices.append(Notice(_("Page"), text))
        return listing.page(filters.qs, filters.sort, None, size, language)
    return page


def _paged(query: QueryDict, cursor: str | None) -> str | None:
    return f"?{query_with(query, cursor=cursor)}" if cursor else None


def _known(query: QueryDict, filters: RecordFilters) -> QueryDict:
    """The part of the query that the filters understood."""
    known = query.copy()
    for name in query:
        if name not in filters.chosen:
            del known[name]
    return known


def _sorts(kind: str) -> list[tuple[str, str]]:
    sorts = [
        # Nothing asked for, so that it adds nothing to addresses.
        ("", _("Newest changes first")),
        ("updated", _("Oldest changes first")),
        ("title", _("Title, A to Z")),
        ("-title", _("Title, Z to A")),
    ]
    label = str(KINDS[kind].date_label)
    if label:
        sorts += [
            ("-date", _("%(date)s, newest first") % {"date": label}),
            ("date", _("%(date)s, oldest first") % {"date": label}),
        ]
    return sorts
