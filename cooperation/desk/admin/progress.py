"""What became of it: the small form by which a report is added to an initiative or fund."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin as django_admin
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cooperation.catalogue import KINDS
from cooperation.desk import editing, recording
from cooperation.desk.models import Record, Source
from cooperation.gazette.shapes import shape
from cooperation.gazette.shapes.vocabularies import FINDINGS

from . import acts, takebacks
from .guards import signed_in
from .parts import kind_of
from .progress_forms import ReportForm, SourceForm
from .ways import Way
from .widgets import LONGEST_NUMBER, ours

LATELY = 3
"""How many of the last reports stand above the form."""
SHOWN = 10
"""How many records of each kind a search for one shows."""
LONGEST_SEARCH = 200


def has_status(kind: str) -> bool:
    """Whether records of the kind have status reports."""
    return "status_reports" in shape(kind).members


def urls(admin: Any) -> list[Any]:
    """The form of one record, for the kinds that have a status."""
    if not has_status(kind_of(admin.model)):
        return []

    def view(request: HttpRequest, object_id: str) -> HttpResponse:
        return page(admin, request, object_id)

    name = f"desk_{admin.model._meta.model_name}_progress"
    return [path("<path:object_id>/progress/", admin.admin_site.admin_view(view), name=name)]


def ways(admin: Any, request: HttpRequest, record: Record) -> list[Way]:
    """The way to the form, for those who may change the record."""
    is_open = has_status(record.kind) and not record.successor
    if not is_open or not admin.has_change_permission(request):
        return []
    return [Way("progress", _("Record progress…"), address(record))]


def address(record: Record) -> str:
    """Where the form of that record is."""
    return reverse(f"admin:desk_{record.kind}_progress", args=[record.pk])


@require_safe
def chosen(request: HttpRequest) -> HttpResponse:
    """Asks which initiative or fund it is about: a search, and what was saved last."""
    term = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    site: Any = django_admin.site
    rooms = [
        site.get_model_admin(apps.get_model("desk", kind)) for kind in KINDS if has_status(kind)
    ]
    context = {
        **site.each_context(request),
        "title": _("Record progress"),
        "term": term,
        "longest": LONGEST_SEARCH,
        "groups": [
            (KINDS[room.kind].label_plural, [*_candidates(room, request, term)])
            for room in rooms
            if room.has_change_permission(request)
        ],
    }
    return TemplateResponse(request, "admin/desk/progress_choice.html", context)


def _candidates(room: Any, request: HttpRequest, term: str) -> Iterator[tuple[Any, str, str]]:
    """Each record with the address of its form and its status in words."""
    rows = room.get_queryset(request).exclude(state=Record.State.MERGED)
    rows, many = room.get_search_results(request, rows.order_by(*room.ordering), term)
    for record in (rows.distinct() if many else rows)[:SHOWN]:
        yield record, address(record), recording.in_words(record.status)


def page(admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """The form; on POST what was found becomes part of the record, or the form is shown again."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return _shown(admin, request, _record(admin, object_id), None)
    try:
        with transaction.atomic():
            record = _record(admin, object_id, is_locked=True)
            sheet = Sheet(admin, record, request)
            done = sheet.recorded()
    except IntegrityError:
        # Somebody else has entered a source of that key in the same moment.
        record = _record(admin, object_id)
        sheet, done = Sheet(admin, record, request), ""
        sheet.report.full_clean()
        sheet.report.add_error(
            None, _("Nothing was saved: somebody else saved in the same moment. Send it again.")
        )
    if not done:
        return _shown(admin, request, record, sheet)
    admin.message_user(request, _("Recorded."), messages.SUCCESS)
    return HttpResponseRedirect(f"{address(record)}?done={done}")


class Sheet:
    """What was typed about one record: the report, and a source that is not on record yet."""

    def __init__(self, admin: Any, record: Any, request: HttpRequest):
        sent = request.POST if request.method == "POST" else None
        self.record, self.by = record, signed_in(request)
        self.reports = recording.reports(record)
        standing = recording.standing(self.reports)["value"] or ""
        self.may_enter = self.by.has_perm("desk.add_source")
        self.new = SourceForm(sent, prefix="new")
        self.report = ReportForm(sent, admin_site=admin.admin_site, initial={"status": standing})
        self.report.is_entered_here = self.may_enter and self.new.is_filled_in
        self.seen = sent.get("seen", "") if sent else ""

    def recorded(self) -> str:
        """The token by which it is taken back, once it is stored; empty, with nothing stored, where it is not."""
        is_new = self.report.is_entered_here
        self._check(self.new.source if is_new and self.new.is_valid() else None)
        if not self.report.is_valid() or (is_new and not self.new.is_valid()):
            return ""
        return self._stored(self.report.found(self.new.source if is_new else None))

    def _check(self, entered: Source | None) -> None:
        """Say all at once what speaks against what was typed, as far as it can be read."""
        report = self.report
        if not report.is_readable:
            return
        found = report.found(entered)
        if entered and report.cleaned_data.get("source"):
            report.add_error("source", _("Choose a source or enter a new one, not both."))
        said = recording.misquoted(found)
        if said:
            report.add_error("quote", said)
        said = recording.fault(self.record, self.reports, recording.completed(found, self.reports))
        if said:
            where = "status" if found.finding == recording.CHANGED else "finding"
            report.add_error(where, _("Not recorded: %(why)s") % {"why": said})
        if self.seen != recording.seen(self.reports):
            report.add_error(None, overtaken(self.record))

    def _stored(self, found: recording.Found) -> str:
        word = FINDINGS.label(found.finding, ours())
        reason = _("Progress recorded: %(finding)s") % {"finding": word}
        if found.source and found.source.pk is None:
            editing.save(found.source, by=self.by, reason=reason)
        try:
            part_id = recording.record(self.record, found, by=self.by, reason=reason)
        except ValidationError as refusal:
            # What the record held before breaks a rule that came later; its form says where.
            transaction.set_rollback(True)
            self.report.add_error(None, refusal.messages)
            return ""
        return takebacks.token(takebacks.STATUS, [(self.record, part_id)])


def overtaken(record: Record) -> str:
    """Who changed the reports of the record meanwhile, when, and what to do now."""
    said = _(
        "Nothing was saved: %(who)s changed this record at %(when)s UTC, and its status reports are "
        "no longer those that you saw. They stand above as they are now, and what you typed stands "
        "below; send it again if it still holds."
    )
    who = record.changed_by or _("somebody")
    return said % {"who": who, "when": f"{record.updated_at:%Y-%m-%d %H:%M}"}


def _record(admin: Any, object_id: str, *, is_locked: bool = False) -> Any:
    """The record of that number; not found where there is none, or where it was merged into another."""
    if not object_id.isdecimal() or len(object_id) > LONGEST_NUMBER:
        raise Http404
    try:
        model = admin.model
        record = (
            editing.locked(model, object_id)
            if is_locked
            else model._default_manager.get(pk=object_id)
        )
    except admin.model.DoesNotExist as absent:
        raise Http404 from absent
    if record.successor:
        said = _("This record was merged into %(key)s; record its progress there.")
        raise Http404(said % {"key": record.successor})
    return record


def _shown(admin: Any, request: HttpRequest, record: Any, sheet: Sheet | None) -> HttpResponse:
    reports = recording.reports(record)
    done = "" if sheet else request.GET.get("done", "")
    done = done if takebacks.is_open(done, record) else ""
    sheet = sheet or Sheet(admin, record, request)
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Record progress"),
        "opts": admin.opts,
        "media": admin.media + sheet.report.media,
        "record": record,
        "state": Record.State(record.state).label,
        "standing": {
            **recording.standing(reports),
            "words": recording.in_words(recording.standing(reports)["value"] or ""),
        },
        "reports": [
            (one, FINDINGS.label(one.finding, ours()), recording.in_words(one.status))
            for one in reports[: -LATELY - 1 : -1]
        ],
        "count": len(reports),
        "seen": recording.seen(reports),
        "sheet": sheet,
        "report": sheet.report,
        "done": done,
        "next": _next(admin, request, record) if done else [],
    }
    return TemplateResponse(request, "admin/desk/progress.html", context)


def _next(admin: Any, request: HttpRequest, record: Record) -> list[tuple[str, str]]:
    """Where one goes on once it is recorded: to hand the record in, to publish it, or to its form."""
    found = []
    try:
        submit = reverse(f"admin:desk_{record.kind}_submit")
        found.append((f"{submit}?record={record.kind}/{record.key}", _("Submit…")))
    except NoReverseMatch:
        pass
    words = _("Publish…") if admin.has_publish_permission(request) else _("Check…")
    found.append((acts.addresses([record])["publish"], words))
    found.append(
        (reverse(f"admin:desk_{record.kind}_change", args=[record.pk]), _("Open the record"))
    )
    return [*found, (reverse("admin:progress"), _("Record something else"))]
