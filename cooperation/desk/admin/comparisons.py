"""Two points in the history of a record side by side, and the way back to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cooperation.desk import editing
from cooperation.desk.chronicle import REASON_LENGTH
from cooperation.desk.models import Record
from cooperation.desk.past import NoSuchPoint, Past, Refused, as_it_was
from cooperation.desk.restoring import obstacles, restore
from cooperation.gazette.presenting import Change, changes
from cooperation.gazette.references import relabelled
from cooperation.rules.texts import clean_text

from .guards import signed_in, version_sent
from .ways import Way
from .widgets import LONGEST_NUMBER, ours


def urls(admin: Any) -> list[Any]:
    """The addresses of these pages, under those of the admin of one kind."""
    return [
        path(
            f"<path:object_id>/{name}/",
            admin.admin_site.admin_view(_page(admin, view)),
            name=f"desk_{admin.model._meta.model_name}_{name}",
        )
        for name, view in (("compare", _compare), ("restore", _restore))
    ]


def ways(admin: Any, request: HttpRequest, record: Record) -> list[Way]:
    """What leads there from the form of a record: nothing, for its history does."""
    return []


def choices(admin: Any, request: HttpRequest, row: Any) -> dict[str, str]:
    """Where the history of a row leads from each of its points: to a comparison, and back to that point."""
    if not isinstance(row, Record):
        return {}
    return {
        "compare_address": _address(row, "compare"),
        "restore_address": _address(row, "restore") if _may_restore(admin, request, row) else "",
    }


def _may_restore(admin: Any, request: HttpRequest, record: Record) -> bool:
    return bool(admin.has_change_permission(request)) and not record.successor


def _address(record: Record, page: str) -> str:
    return reverse(f"admin:desk_{record._meta.model_name}_{page}", args=[record.pk])


def _page(admin: Any, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    return lambda request, object_id: view(admin, request, object_id)


def _record(admin: Any, request: HttpRequest, object_id: str) -> Record:
    # Not as the form does, which locks what is sent to it.
    record: Record | None = ModelAdmin.get_object(admin, request, unquote(object_id))
    if record is None:
        raise Http404
    return record


def _asked(given: Mapping[str, Any], name: str, otherwise: int) -> int:
    """The version that is asked for; 0, which no record has, for what is no number."""
    text = given.get(name, "")
    if not text:
        return otherwise
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def _points(record: Record, versions: Sequence[int]) -> list[Past]:
    try:
        return [as_it_was(record, version) for version in versions]
    except NoSuchPoint:
        raise Http404(_("The history of this record has no such version.")) from None


def _differences(before: Past, after: Past) -> dict[str, Any]:
    """What differs between two points, in words; whether the documents differ at all."""
    labels = {**before.labels(), **after.labels()}
    old, new = (relabelled(point.document(), labels) for point in (before, after))
    told: list[Change] = changes(old, new, ours())
    return {"changes": told, "is_same": old == new}


# Comparing


def _compare(admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Two points of a record's history, and what differs; a fixed number of queries."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    record = _record(admin, request, object_id)
    last = _asked(request.GET, "to", record.version)
    first = _asked(request.GET, "from", max(last - 1, 1))
    context: dict[str, Any] = {"first": min(first, last), "last": max(first, last)}
    try:
        points = _points(record, [context["first"], context["last"]])
        context |= {"points": points, **_differences(*points)}
    except Refused as refused:
        context["refusals"] = refused.sentences
    context |= choices(admin, request, record)
    return _shown(admin, request, record, _("Compare: %(title)s"), "comparison", context)


# Restoring


def _restore(admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """What going back to a point would change, and on POST going back to it."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    record = _record(admin, request, object_id)
    version = _asked(request.POST or request.GET, "point", record.version)
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = _attempt(request, record, version)
        if "done" in context:
            _tell(admin, request, context["done"], record.version, version)
            return HttpResponseRedirect(
                reverse(f"admin:desk_{record._meta.model_name}_change", args=[record.pk])
            )
        record = _record(admin, request, object_id)
    return _asking(admin, request, record, version, context)


def _asking(
    admin: Any, request: HttpRequest, record: Record, version: int, context: dict[str, Any]
) -> HttpResponse:
    """The page that shows what would change and asks for the reason."""
    context |= {"version": version, "reason": request.POST.get("reason", "")}
    context |= {"reason_length": REASON_LENGTH, "is_tried": request.method == "POST"}
    try:
        now, then = _points(record, [record.version, version])
        context |= {"points": [then], **_differences(now, then)}
        context.setdefault("refusals", obstacles(record, then))
    except Refused as refused:
        context.setdefault("refusals", refused.sentences)
    is_settled = version == record.version or context.get("is_same")
    context["is_open"] = not is_settled and not context["refusals"]
    return _shown(admin, request, record, _("Restore: %(title)s"), "restoring", context)


def _attempt(request: HttpRequest, record: Record, version: int) -> dict[str, Any]:
    """What came of restoring: the record when it is done, or what the page has to say."""
    try:
        reason = clean_text(request.POST.get("reason", ""), REASON_LENGTH, one_line=True)
    except ValueError as fault:
        return {"reason_faults": [str(fault)]}
    if not reason:
        return {"reason_faults": [_("Say why it is restored; the history keeps it.")]}
    attempt = partial(
        restore,
        record,
        version,
        by=signed_in(request),
        reason=reason,
        expected_version=version_sent(request),
    )
    try:
        try:
            return {"done": attempt()}
        except IntegrityError:
            # What another has stored meanwhile is there to be found now, so the rules name it.
            return {"done": attempt()}
    except editing.Stale as stale:
        return {"overtaken": stale.record}
    except NoSuchPoint:
        raise Http404(_("The history of this record has no such version.")) from None
    except Refused as refused:
        return {"refusals": refused.sentences}


def _tell(admin: Any, request: HttpRequest, record: Record, before: int, version: int) -> None:
    if record.version == before:
        said = _("It says what it said at version %(version)s already; nothing was written.")
        admin.message_user(request, said % {"version": version}, messages.INFO)
        return
    said = _("Restored as it stood at version %(version)s; this is version %(new)s now.")
    address = f"{_address(record, 'compare')}?from={before}&to={record.version}"
    link = format_html('<a href="{}">{}</a>', address, _("See what changed"))
    text = said % {"version": version, "new": record.version}
    admin.message_user(request, format_html("{} {}", text, link), messages.SUCCESS)


def _shown(
    admin: Any,
    request: HttpRequest,
    record: Record,
    title: str,
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    context = {
        **admin.admin_site.each_context(request),
        "title": title % {"title": record},
        "opts": admin.opts,
        "object": record,
        **context,
    }
    return TemplateResponse(request, f"admin/desk/{template}.html", context)
