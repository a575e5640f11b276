"""Taking back what was set on one record or on many: each as a new change, where nobody has changed it since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cooperation.desk import editing, recording
from cooperation.desk.models import Record

from .guards import signed_in
from .parts import kind_of

SALT = "desk.takebacks"
STATUS, SECTORS = "status", "sectors"


@dataclass(frozen=True)
class Deed:
    """What was done to some records: for each the version that was written, and what undoes it."""

    kind: str
    act: str
    written: dict[int, tuple[int, Any]]


def urls(admin: Any) -> list[Any]:
    """The page that takes back what was set on records of the kind."""

    def view(request: HttpRequest) -> HttpResponse:
        return page(admin, request)

    name = f"desk_{admin.model._meta.model_name}_takeback"
    return [path("takeback/", admin.admin_site.admin_view(view), name=name)]


def token(act: str, done: Iterable[tuple[Record, Any]]) -> str:
    """Stands for what was done to the records, each with what undoes it: a report's id, or the sectors before."""
    rows = list(done)
    said = [rows[0][0].kind, act, [[record.pk, record.version, what] for record, what in rows]]
    return signing.dumps(said, salt=SALT, compress=True)


def address(kind: str, done: str) -> str:
    """Where that deed is taken back."""
    return f"{reverse(f'admin:desk_{kind}_takeback')}?{urlencode({'done': done})}"


def is_open(done: str, record: Record) -> bool:
    """Whether the token stands for what was done last to that record."""
    deed = _read(done)
    is_its = deed is not None and deed.kind == record.kind
    return is_its and deed is not None and deed.written.get(record.pk, (0,))[0] == record.version


def page(admin: Any, request: HttpRequest) -> HttpResponse:
    """Shows what would be taken back and what somebody has changed since; on POST takes it back."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    deed = _read((request.POST or request.GET).get("done", ""))
    if deed is None or deed.kind != kind_of(admin.model):
        raise Http404
    rows = admin.model._base_manager.filter(pk__in=deed.written).order_by("pk")
    if request.method != "POST":
        as_was, since = _sorted(deed, rows.select_related("changed_by"))
        context = {
            **admin.admin_site.each_context(request),
            "title": _("Take it back"),
            "opts": admin.opts,
            "done": request.GET["done"],
            "as_was": as_was,
            "since": since,
        }
        return TemplateResponse(request, "admin/desk/takeback.html", context)
    with transaction.atomic():
        as_was, since = _sorted(deed, editing.hold(rows))
        for record in as_was:
            _take_back(deed, record, signed_in(request))
    _tell(admin, request, as_was, since)
    return HttpResponseRedirect(_after(admin, deed, as_was))


def _sorted(deed: Deed, rows: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """The records that are still as they were written, and those that somebody has changed since."""
    as_was: list[Any] = []
    since: list[Any] = []
    for record in rows:
        is_same = record.version == deed.written[record.pk][0]
        (as_was if is_same else since).append(record)
    return as_was, since


def _take_back(deed: Deed, record: Any, by: Any) -> None:
    what = deed.written[record.pk][1]
    if deed.act == STATUS:
        recording.take_back(record, what, by=by, reason=_("Progress taken back"))
        return
    record.sectors = what
    editing.save(record, by=by, reason=_("Sectors taken back"), expected_version=record.version)


def _tell(admin: Any, request: HttpRequest, as_was: Sequence[Any], since: Sequence[Any]) -> None:
    if as_was:
        count = len(as_was)
        said = ngettext(
            "Taken back for %(count)s record.", "Taken back for %(count)s records.", count
        )
        admin.message_user(request, said % {"count": count}, messages.SUCCESS)
    if since:
        said = _("Not taken back, since it was changed again: %(records)s.")
        names = ", ".join(record.name for record in since)
        admin.message_user(request, said % {"records": names}, messages.WARNING)


def _after(admin: Any, deed: Deed, as_was: Sequence[Any]) -> str:
    model = admin.model._meta.model_name
    if deed.act == STATUS and len(deed.written) == 1:
        return reverse(f"admin:desk_{model}_progress", args=[*deed.written])
    return reverse(f"admin:desk_{model}_changelist")


def _read(done: str) -> Deed | None:
    """The deed for which the token stands; None where it is none of ours."""
    try:
        kind, act, rows = signing.loads(done, salt=SALT)
    except signing.BadSignature:
        return None
    return Deed(kind, act, {pk: (version, what) for pk, version, what in rows})
