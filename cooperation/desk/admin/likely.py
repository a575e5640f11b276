"""The page of a kind that lists pairs of records with nearly the same name, to be merged or told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.desk import editing
from cooperation.desk.chronicle import REASON_LENGTH
from cooperation.desk.likeness import apart, pairs
from cooperation.desk.likeness.index import names_of
from cooperation.desk.models import Apart, Record
from cooperation.rules.texts import clean_text

from .guards import signed_in
from .widgets import LONGEST_NUMBER, long_columns

PER_PAGE = 20
AT_ONCE = 5000
"""Among so many records pairs are looked for while the page is asked for; among more, by command."""
READ_AT_ONCE = 500
NEWEST = 100
"""How many of the pairs that are told apart the page shows."""
BEYOND = 2**63


class Refused(Exception):
    """What was asked cannot be done; says why, and what to do."""


class Looked(NamedTuple):
    """What was found when, and whether anything was saved since."""

    at: datetime | None
    pairs: list[pairs.Likely]
    is_current: bool


class Shown(NamedTuple):
    """A likely pair as the page shows it; the newer record is the one to be merged into the older."""

    one: Any
    other: Any
    names: list[str]
    score: int
    merge: str

    @property
    def sides(self) -> list[tuple[Any, str]]:
        """Both records, each with what its state is called."""
        return [
            (record, str(Record.State(record.state).label)) for record in (self.one, self.other)
        ]


class Told(NamedTuple):
    """A pair that is told apart, with the records that are still there."""

    note: Apart
    one: Any
    other: Any


def page(admin: Any, request: HttpRequest) -> HttpResponse:
    """The likely pairs and those told apart; on POST tells a pair apart, or takes that back."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if not admin.has_view_permission(request):
        raise PermissionDenied
    fault = ""
    if request.method == "POST":
        if not admin.has_change_permission(request):
            raise PermissionDenied
        try:
            admin.message_user(request, _done(admin, request), messages.SUCCESS)
            return HttpResponseRedirect(_back(request))
        except Refused as refused:
            fault = str(refused)
    return _shown(admin, request, fault)


def _done(admin: Any, request: HttpRequest) -> str:
    """Carry out what is asked, whole or not at all; what was done."""
    kind, (one, other) = admin.kind, _pair(request)
    if request.POST.get("act") == "forget":
        if not apart.forget(kind, one, other):
            raise Refused(
                _("These two were not told apart, or somebody has taken it back already.")
            )
        return _("They may be one again: the pair is listed wherever their names are alike.")
    reason = _reason(request)
    with transaction.atomic():
        rows = admin.model._base_manager.exclude(state=Record.State.MERGED).order_by("pk")
        if len(editing.hold(rows.filter(pk__in=(one, other)))) < 2:
            raise Refused(_("One of these two records is not there any more; choose another pair."))
        is_new = apart.tell_apart(kind, one, other, by=signed_in(request), reason=reason)
    if not is_new:
        raise Refused(_("These two are told apart already."))
    return _("The two are told apart: nobody is asked about this pair again.")


def _pair(request: HttpRequest) -> tuple[int, int]:
    given = [request.POST.get(name, "") for name in ("one", "other")]
    if not all(number.isdecimal() and len(number) <= LONGEST_NUMBER for number in given):
        raise Refused(_("Choose a pair of the list."))
    one, other = map(int, given)
    if one == other:
        raise Refused(_("Choose two different records."))
    return one, other


def _reason(request: HttpRequest) -> str:
    try:
        reason = clean_text(request.POST.get("reason", ""), REASON_LENGTH, one_line=True)
    except ValueError as fault:
        raise Refused(_("Reason: %(fault)s") % {"fault": fault}) from None
    if not reason:
        raise Refused(_("Reason: write by what these two are told apart."))
    return reason


def _back(request: HttpRequest) -> str:
    number = request.GET.get("p", "")
    return f"{request.path}?p={number}" if number.isdecimal() and len(number) < 5 else request.path


# What the page shows


def _shown(admin: Any, request: HttpRequest, fault: str) -> HttpResponse:
    looked = _looked(admin)
    likely = _open(admin, looked.pairs)
    told = Apart.objects.filter(kind=admin.kind)
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Likely doubles"),
        "opts": admin.opts,
        "kind": KINDS[admin.kind],
        "fault": fault,
        "asked": request.POST,
        "looked": looked,
        "command": f"manage.py find_doubles --kind {admin.kind}",
        "page": _page(admin, request, likely),
        "is_full": len(looked.pairs) >= pairs.MOST_PAIRS,
        "told": _told(admin, told.select_related("by").order_by("-at", "-pk")[:NEWEST]),
        "told_count": told.count(),
        "may_change": admin.has_change_permission(request),
        "may_merge": admin.has_publish_permission(request),
        "reason_length": REASON_LENGTH,
    }
    return TemplateResponse(request, "admin/desk/doubles.html", context)


def _looked(admin: Any) -> Looked:
    """The pairs: looked for now where that is quickly done and anything was saved since, else as found last."""
    is_quick = admin.model._base_manager.count() <= AT_ONCE
    with names_of(admin.kind) as names:
        left = names.catch_up(most=None if is_quick else READ_AT_ONCE)
        if is_quick and not pairs.is_current(names):
            pairs.find(names)
        return Looked(*pairs.kept(names), not left and pairs.is_current(names))


def _open(admin: Any, found: Sequence[pairs.Likely]) -> list[pairs.Likely]:
    """The pairs that nobody has told apart, of records that are still there; two queries."""
    told = apart.told_apart(admin.kind) if found else set()
    numbers = {number for pair in found for number in (pair.one, pair.other)}
    rows = admin.model._base_manager.exclude(state=Record.State.MERGED).filter(pk__in=numbers)
    there = set(rows.values_list("pk", flat=True)) if numbers else set()
    return [
        pair
        for pair in found
        if {pair.one, pair.other} <= there and (pair.one, pair.other) not in told
    ]


def _page(admin: Any, request: HttpRequest, likely: Sequence[pairs.Likely]) -> Any:
    page: Any = Paginator(likely, PER_PAGE).get_page(request.GET.get("p", "")[:9])
    some = page.object_list
    rows = _records(admin, [number for pair in some for number in (pair.one, pair.other)])
    page.object_list = [
        Shown(
            rows[pair.one],
            rows[pair.other],
            list(dict.fromkeys([pair.name_of_one, pair.name_of_other])),
            int(pair.score),
            _merge(admin, pair.other, pair.one),
        )
        for pair in some
        if pair.one in rows and pair.other in rows
    ]
    return page


def _told(admin: Any, notes: Iterable[Apart]) -> list[Told]:
    held = list(notes)
    rows = _records(admin, [number for note in held for number in (note.record, note.other)])
    return [Told(note, rows.get(note.record), rows.get(note.other)) for note in held]


def _records(admin: Any, numbers: Sequence[int]) -> dict[int, Any]:
    model = admin.model
    rows: dict[int, Any] = (
        model._base_manager.defer(*long_columns(model)).in_bulk(numbers) if numbers else {}
    )
    return rows


def _merge(admin: Any, record: int, into: int) -> str:
    """Where one record is merged into the other; nothing where the desk has no such page."""
    try:
        address = reverse(f"admin:desk_{admin.kind}_merge", args=[record])
    except NoReverseMatch:
        return ""
    return f"{address}?into={into}"
