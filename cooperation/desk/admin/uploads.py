"""Tables that are imported: the file, what it would do row by row, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from cooperation.catalogue import KINDS
from cooperation.desk.chronicle import REASON_LENGTH
from cooperation.desk.imports import steps
from cooperation.desk.imports.shelves import Shelf, sweep
from cooperation.desk.intake import planning, sheets, tables
from cooperation.desk.intake.blanks import template
from cooperation.desk.intake.columns import sheets_of
from cooperation.desk.models import Import, Record

from . import upload_columns, upload_rows
from .guards import signed_in
from .ways import Way

State = Import.State
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LONGEST_NAME = 200
View = Callable[..., HttpResponse]


def urls(admin: Any) -> list[Any]:
    """The addresses of these pages, under those of the admin of one kind."""
    model = admin.model._meta.model_name

    def page(view: View) -> Any:
        def answered(request: HttpRequest, **given: Any) -> HttpResponse:
            if not may_import(admin, request):
                raise PermissionDenied
            return view(admin, request, **given)

        return admin.admin_site.admin_view(answered)

    return [
        path("import/", page(_start), name=f"desk_{model}_import"),
        path("import/blank/<str:form>/", page(_blank), name=f"desk_{model}_import_blank"),
        path("import/<str:handle>/", page(_one), name=f"desk_{model}_import_one"),
        path(
            # Not `progress/`: that is the form by which somebody notes what became of a record.
            "import/<str:handle>/told/",
            page(_progress),
            name=f"desk_{model}_import_progress",
        ),
    ]


def ways(admin: Any, request: HttpRequest, record: Record) -> list[Way]:
    """Nothing leads there from the form of one record; the list does."""
    return []


def may_import(admin: Any, request: HttpRequest) -> bool:
    """Whether the user may both add and change records of the kind."""
    return bool(admin.has_add_permission(request) and admin.has_change_permission(request))


def address(admin: Any, one: Import | None = None, view: str = "one") -> str:
    """Where an import is found; without one, where a file is sent."""
    name = f"admin:desk_{admin.model._meta.model_name}_import"
    return reverse(f"{name}_{view}", args=[one.handle.hex]) if one else reverse(name)


# A file is sent


def _start(admin: Any, request: HttpRequest) -> HttpResponse:
    fault = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            fault = _("Choose a file: a table as CSV or XLSX.")
        elif (file.size or 0) > sheets.DESK.bytes:
            most = f"{sheets.DESK.bytes // 1_000_000:,}"
            fault = _("The file is larger than %(most)s MB; split it.") % {"most": most}
        else:
            one = _sent(admin, request, file)
            steps.begin(one, steps.READ)
            return HttpResponseRedirect(address(admin, one))
    known = KINDS[admin.kind]
    context = {
        "title": _("Import %(kinds)s") % {"kinds": str(known.label_plural).lower()},
        "fault": fault,
        "encodings": tables.ENCODINGS.items(),
        "most_bytes": f"{sheets.DESK.bytes // 1_000_000:,}",
        "sheets": [(one.label, one.name, one.enterable) for one in sheets_of(admin.kind)],
        "mine": [(one, address(admin, one)) for one in _mine(admin, request)[:20]],
    }
    return _shown(admin, request, "import", context)


def _sent(admin: Any, request: HttpRequest, file: Any) -> Import:
    """The import that begins with this file."""
    sweep()
    encoding = request.POST.get("encoding", "")
    data = file.read(sheets.DESK.bytes + 1)
    name = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(file.name))
    one = Import(
        kind=admin.kind,
        name=name[:LONGEST_NAME],
        sha256=steps.sha256(data),
        mapping={"encoding": encoding if encoding in tables.ENCODINGS else ""},
        state=State.READING,
        by=signed_in(request),
    )
    Shelf(one.handle).keep(data)
    one.save()
    return one


def _blank(admin: Any, request: HttpRequest, form: str) -> HttpResponse:
    """An empty table to fill in."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if form not in MEDIA_TYPES:
        raise Http404
    answer = HttpResponse(template(admin.kind, form), content_type=MEDIA_TYPES[form])
    name = f"{KINDS[admin.kind].plural}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


# One import


def _mine(admin: Any, request: HttpRequest) -> Any:
    """The imports of the kind that the user has sent; a superuser sees those of all."""
    found = Import.objects.filter(kind=admin.kind)
    user = signed_in(request)
    return found if user.is_superuser else found.filter(by=user)


def _found(admin: Any, request: HttpRequest, handle: str) -> Import:
    """The import; not found where there is none or it is somebody else's."""
    try:
        one: Import | None = _mine(admin, request).filter(handle=UUID(handle)).first()
    except ValueError:
        one = None
    if one is None:
        raise Http404(_("There is no such import; it may have been more than a day ago."))
    if one.state != State.ENTERED and one.state != State.REFUSED and not Shelf(one.handle).is_there:
        one.state, one.fault = State.REFUSED, _("The file is not kept any more; send it again.")
    return one


def _one(admin: Any, request: HttpRequest, handle: str) -> HttpResponse:
    one = _found(admin, request, handle)
    if request.method == "POST":
        if "discard" in request.POST and one.state not in (State.READING, State.ENTERING):
            Shelf(one.handle).remove()
            one.delete()
            return HttpResponseRedirect(address(admin))
        return _answered(admin, request, one)
    return _page(admin, request, one)


def _answered(admin: Any, request: HttpRequest, one: Import) -> HttpResponse:
    """What was asked for is done, where the import stands so that it can be."""
    here = HttpResponseRedirect(address(admin, one))
    if "retry" in request.POST and _has_ended(one):
        steps.begin(one, Shelf(one.handle).told()["step"] or steps.READ)
        return here
    if one.state == State.SENT:
        return upload_columns.answered(admin, request, one) or here
    if one.state != State.READ:
        return here
    if "columns" in request.POST:
        steps.pass_on(one, State.READ, State.SENT)
        return here
    return _confirmed(admin, request, one) or here


def _confirmed(admin: Any, request: HttpRequest, one: Import) -> HttpResponse | None:
    """Where the import leads; the page again where something speaks against it."""
    try:
        one.reason = planning.clean_reason(request.POST.get("reason", ""))
    except ValueError as fault:
        return _page(admin, request, one, reason_faults=[str(fault)])
    if request.POST.get("seal") != one.seal or one.counts.get("problems"):
        return None
    if not steps.pass_on(one, State.READ, State.ENTERING, reason=one.reason, fault=""):
        return None
    steps.begin(one, steps.ENTER)
    one.refresh_from_db()
    if one.state != State.ENTERED:
        return None
    admin.message_user(request, upload_rows.summary(one), messages.SUCCESS)
    model = admin.model._meta.model_name
    return HttpResponseRedirect(reverse(f"admin:desk_{model}_changelist"))


def _has_ended(one: Import) -> bool:
    """Whether the program that was to work on it works no more."""
    is_worked_on = one.state in (State.READING, State.ENTERING)
    return is_worked_on and not Shelf(one.handle).is_worked_on()


def _page(admin: Any, request: HttpRequest, one: Import, **more: Any) -> HttpResponse:
    """The page that goes with how far the import has come."""
    context = {"title": _("Import of %(file)s") % {"file": one.name}, "one": one, **more}
    if one.state == State.SENT:
        return _shown(admin, request, "import_columns", context | upload_columns.context(one))
    if one.state == State.READ:
        context |= upload_rows.context(one, request)
        return _shown(admin, request, "import_rows", context)
    told = Shelf(one.handle).told()
    context |= {
        "told": told,
        "has_ended": _has_ended(one),
        "is_working": one.state in (State.READING, State.ENTERING),
        "summary": upload_rows.summary(one) if one.state == State.ENTERED else "",
        "progress": address(admin, one, "progress"),
    }
    return _shown(admin, request, "import_progress", context)


def _progress(admin: Any, request: HttpRequest, handle: str) -> HttpResponse:
    """How far an import has come, for the script of its page."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    one = _found(admin, request, handle)
    told = Shelf(one.handle).told()
    is_working = one.state in (State.READING, State.ENTERING) and not _has_ended(one)
    return JsonResponse({"working": is_working, "done": told["done"], "of": told["of"]})


def _shown(admin: Any, request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
    whole = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "media": admin.media,
        "start": address(admin),
        "reason": request.POST.get("reason", ""),
        "reason_length": REASON_LENGTH,
        **context,
    }
    return TemplateResponse(request, f"admin/desk/{page}.html", whole)
