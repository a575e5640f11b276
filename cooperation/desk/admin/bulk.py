"""One value set on many records at once, with what it would do before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cooperation.desk import editing
from cooperation.desk.models import Record
from cooperation.gazette.shapes import shape
from cooperation.rules.canonical import canonical_text, digest

from . import acts, takebacks
from .bulk_settings import SETTINGS, Effect, Outcome, Setting, barred
from .guards import signed_in
from .parts import kind_of
from .ways import Way
from .widgets import LONGEST_NUMBER

# In the colours of the states of records.
LOOKS = {Outcome.CHANGES: "published", Outcome.STAYS: "draft", Outcome.REFUSED: "withdrawn"}


class Unwritable(Exception):
    """A record cannot be saved as it stands, so none was."""

    def __init__(self, record: Record, sentences: Sequence[str]):
        super().__init__(" ".join(sentences))
        self.record = record


@dataclass
class Sheet:
    """The records that were chosen, what was typed, and what that would do to each."""

    setting: Setting
    records: list[Any]
    form: Any
    effects: list[Effect] = field(default_factory=list)
    seal: str = ""
    is_overtaken: bool = False
    is_looked_at: bool = False

    def look(self, *, leave_out: bool = False) -> None:
        """See what it would do; without the records that are refused, where they are to be left out."""
        if not self.form.is_valid():
            self.effects = [Effect(record, self.setting.now(record)) for record in self.records]
            return
        self.is_looked_at = True
        self.effects = [self._effect(record) for record in self.records]
        if leave_out and len(self.refused) < len(self.records):
            self.effects = [one for one in self.effects if one.outcome is not Outcome.REFUSED]
            self.records = [one.record for one in self.effects]
        self.seal = _seal(self.setting, self.form, self.effects)

    def write(self, by: Any) -> list[tuple[Any, Any]]:
        """Set it on every record that it changes; each with what undoes it. Unwritable where one cannot be saved."""
        done = []
        for record in (effect.record for effect in self.changing):
            try:
                done.append((record, self.setting.write(record, self.form, by)))
            except ValidationError as refusal:
                raise Unwritable(record, refusal.messages) from refusal
        return done

    @property
    def refused(self) -> list[Effect]:
        """The records on which it cannot be set; while there is one, it is set on none."""
        return [one for one in self.effects if one.outcome is Outcome.REFUSED]

    @property
    def changing(self) -> list[Effect]:
        """The records that would change."""
        return [one for one in self.effects if one.outcome is Outcome.CHANGES]

    @property
    def is_open(self) -> bool:
        """Whether it can be done: something would change, and nothing is refused."""
        return bool(self.changing) and not self.refused

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many records would change, stay and are refused, where there are any."""
        words = {
            Outcome.CHANGES: _("Changes"),
            Outcome.STAYS: _("Stays as it is"),
            Outcome.REFUSED: _("Refused"),
        }
        counted = [(o, sum(one.outcome is o for one in self.effects)) for o in Outcome]
        return [(words[o], LOOKS[o], count) for o, count in counted if count]

    def _effect(self, record: Any) -> Effect:
        why = barred(record)
        if why:
            return Effect(record, self.setting.now(record), outcome=Outcome.REFUSED, why=why)
        return self.setting.effect(record, self.form)


def settings_of(admin: Any) -> list[Setting]:
    """What can be set on many records of the kind."""
    members = shape(kind_of(admin.model)).members
    return [setting for setting in SETTINGS if setting.member in members]


def urls(admin: Any) -> list[Any]:
    """A page for each value that can be set on many records of the kind, and one that takes it back."""
    model, site = admin.model._meta.model_name, admin.admin_site
    found = [
        path(f"{one.name}/", site.admin_view(_page(admin, one)), name=f"desk_{model}_{one.name}")
        for one in settings_of(admin)
    ]
    return [*found, *takebacks.urls(admin)] if found else []


def ways(admin: Any, request: HttpRequest, record: Record) -> list[Way]:
    """What leads there from the form of a record."""
    return []


def actions(admin: Any, request: HttpRequest) -> dict[str, Any]:
    """What the list of the kind offers to do with the rows that were ticked."""
    if IS_POPUP_VAR in request.GET or not admin.has_change_permission(request):
        return {}
    names = [(f"{setting.name}_selected", setting) for setting in settings_of(admin)]
    return {name: (_leading(setting), name, setting.action) for name, setting in names}


def _leading(setting: Setting) -> Callable[[Any, HttpRequest, Any], HttpResponse | None]:
    def lead(admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        numbers = list(queryset.order_by("pk").values_list("pk", flat=True)[: acts.MOST + 1])
        if len(numbers) > acts.MOST:
            said = _(
                "Choose at most %(most)s records at a time: narrow the list by a filter or a search, "
                "and do the others after these."
            )
            admin.message_user(request, said % {"most": acts.MOST}, messages.ERROR)
            return None
        query = urlencode([("record", number) for number in numbers])
        model = admin.model._meta.model_name
        return HttpResponseRedirect(f"{reverse(f'admin:desk_{model}_{setting.name}')}?{query}")

    return lead


def _page(admin: Any, setting: Setting) -> Callable[[HttpRequest], HttpResponse]:
    def page(request: HttpRequest) -> HttpResponse:
        """Asks what is to be set, shows what that would do, and on the word of the user does it."""
        if not admin.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            sheet = _sheet(admin, setting, request)
            return _shown(admin, request, sheet)
        return _answered(admin, setting, request)

    return page


def _answered(admin: Any, setting: Setting, request: HttpRequest) -> HttpResponse:
    is_told = "do" in request.POST
    try:
        with transaction.atomic():
            sheet = _sheet(admin, setting, request, locked=is_told)
            sheet.is_overtaken = is_told and sheet.seal != request.POST.get("seal")
            is_done = is_told and sheet.is_open and not sheet.is_overtaken
            done = sheet.write(signed_in(request)) if is_done else []
    except Unwritable as refusal:
        sheet.effects = [
            replace(one, after="", outcome=Outcome.REFUSED, why=str(refusal))
            if one.record.pk == refusal.record.pk
            else one
            for one in sheet.effects
        ]
        done = []
    if not done:
        return _shown(admin, request, sheet)
    return _finished(admin, request, sheet, done)


def _sheet(admin: Any, setting: Setting, request: HttpRequest, *, locked: bool = False) -> Sheet:
    records = found(admin, (request.POST or request.GET).getlist("record"), locked=locked)
    form = setting.form(request.POST or None, admin_site=admin.admin_site)
    sheet = Sheet(setting, records, form)
    sheet.look(leave_out="leave_out" in request.POST)
    return sheet


def found(admin: Any, numbers: Sequence[str], *, locked: bool = False) -> list[Any]:
    """The records of those numbers, in their order; not found where one is missing or too many are named."""
    if not all(one.isdecimal() and len(one) <= LONGEST_NUMBER for one in numbers):
        raise Http404(_("A record that you chose is not there any more."))
    wanted = {int(one) for one in numbers}
    if not 0 < len(wanted) <= acts.MOST:
        raise Http404(_("Choose between one and %(most)s records.") % {"most": acts.MOST})
    rows = admin.model._base_manager.filter(pk__in=wanted).order_by("pk")
    rows = editing.hold(rows) if locked else rows
    if "status_reports" in shape(kind_of(admin.model)).members:
        rows = rows.prefetch_related("status_reports")
    records = list(rows)
    if len(records) < len(wanted):
        raise Http404(_("A record that you chose is not there any more."))
    return records


def _seal(setting: Setting, form: Any, effects: Sequence[Effect]) -> str:
    """Stands for all that is shown: what was typed, the records and their versions, and what becomes of each."""
    typed = {name: str(getattr(value, "pk", value)) for name, value in form.cleaned_data.items()}
    shown = [
        [one.record.pk, one.record.version, one.before, one.after, str(one.outcome), one.why]
        for one in effects
    ]
    return digest(canonical_text([setting.name, typed, shown]))


def _shown(admin: Any, request: HttpRequest, sheet: Sheet) -> HttpResponse:
    context = {
        **admin.admin_site.each_context(request),
        "title": sheet.setting.title,
        "opts": admin.opts,
        "media": admin.media + sheet.form.media,
        "sheet": sheet,
        "form": sheet.form,
        "rows": [(one, LOOKS[one.outcome] if one.outcome else "") for one in sheet.effects],
    }
    return TemplateResponse(request, "admin/desk/bulk.html", context)


def _finished(
    admin: Any, request: HttpRequest, sheet: Sheet, done: Sequence[tuple[Any, Any]]
) -> HttpResponse:
    count, setting = len(done), sheet.setting
    address = reverse(f"admin:desk_{admin.model._meta.model_name}_changelist")
    narrowed = setting.filtered(sheet.form.cleaned_data)
    address = f"{address}?{urlencode(narrowed)}" if narrowed else address
    said = ngettext("%(count)s record was changed.", "%(count)s records were changed.", count)
    token = takebacks.token(setting.act, done)
    message = format_html(
        '{} <a href="{}">{}</a> · <a href="{}">{}</a>',
        said % {"count": count},
        address,
        _("See the list"),
        takebacks.address(kind_of(admin.model), token),
        _("Take it back"),
    )
    admin.message_user(request, message, messages.SUCCESS)
    return HttpResponseRedirect(address)
