"""Two records that are one: what would move, and the choice field by field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin as site
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.catalogue import KINDS
from cooperation.desk import editing, publishing
from cooperation.desk.checks import Refused
from cooperation.desk.merging import acts as merging
from cooperation.desk.models import EngagementSubject, Record
from cooperation.gazette.entering import lock_head

from . import acts
from .guards import signed_in
from .merge_previews import chosen, form_of, preview, seal
from .ways import Way
from .widgets import LONGEST_NUMBER, Autocomplete, ReferenceChoice

CHOICE = "choice-"
"""How the page's choices are called, before the name of the field."""
LOOK = "look"
"""What is asked for where the choices are only to be looked at."""


class OtherForm(forms.Form):
    """The choice of the record into which another is merged: searched for, or named by its key."""

    into = ReferenceChoice(
        queryset=None, required=False, label=gettext_lazy("The record that stays")
    )
    key = forms.CharField(
        required=False,
        label=gettext_lazy("Or its key"),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, record: Record, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        model: Any = type(record)
        self.rows = model._base_manager.filter(successor="").exclude(pk=record.pk)
        # Subjects may be of any kind, so the search of their column finds what is wanted.
        widget = Autocomplete(EngagementSubject._meta.get_field(record.kind), site.site)
        chosen: Any = self.fields["into"]
        chosen.widget, widget.choices = widget, chosen.choices
        chosen.queryset = self.rows

    def clean(self) -> dict[str, Any]:
        """The other record, whichever way it was named."""
        cleaned = super().clean() or {}
        if self.errors or cleaned.get("into"):
            return cleaned
        key = cleaned.get("key", "").strip()
        cleaned["into"] = self.rows.filter(key=key).first() if key else None
        if cleaned["into"] is None:
            said = _("No other record of this kind has this key.") if key else _("Choose a record.")
            self.add_error("key" if key else "into", said)
        return cleaned


def urls(admin: Any) -> list[Any]:
    """The addresses of these pages, under those of the admin of one kind."""
    view = admin.admin_site.admin_view(lambda request, object_id: _page(admin, request, object_id))
    name = f"desk_{admin.model._meta.model_name}_merge"
    return [path("<path:object_id>/merge/", view, name=name)]


def ways(admin: Any, request: HttpRequest, record: Record) -> list[Way]:
    """What leads there from the form of a record."""
    if not admin.has_publish_permission(request):
        return []
    return [Way("merge", _("Merge…"), _address(record))]


def led_on(admin: Any, request: HttpRequest, record: Record) -> HttpResponse:
    """Leads from a merged record to the form of the one that it has become, for good."""
    survivor = merging.led_to(record)
    if survivor is None:
        raise Http404
    said = _("%(record)s was merged into this record; its address leads here for good.")
    admin.message_user(request, said % {"record": record.name}, messages.WARNING)
    return HttpResponsePermanentRedirect(form_of(survivor))


def _page(admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Asks for the other record, shows what merging would do, and on POST does it."""
    if not admin.has_publish_permission(request):
        raise PermissionDenied
    loser = _found(admin, unquote(object_id))
    if loser.state == Record.State.MERGED:
        return led_on(admin, request, loser)
    asked = request.GET.keys() & {"into", "key"}
    form = OtherForm(loser, request.GET if asked else None)
    if not asked or not form.is_valid():
        return _asking(admin, request, loser, form)
    survivor = form.cleaned_data["into"]
    if not request.GET.get("into"):
        return HttpResponseRedirect(f"{request.path}?into={survivor.pk}")
    if request.method == "POST":
        return _sent(admin, request, loser, survivor)
    return _shown(admin, request, loser, survivor)


def _sent(admin: Any, request: HttpRequest, loser: Record, survivor: Record) -> HttpResponse:
    """Merge, if everything stands and is chosen as the page showed it; else show it again, as it is now."""
    if request.POST.get("act") == LOOK:
        return _shown(admin, request, loser, survivor)
    by, reason = signed_in(request), request.POST.get("reason", "")
    try:
        with transaction.atomic():
            lock_head()
            is_as_shown = seal(loser, survivor) == request.POST.get("seal")
            if not is_as_shown:
                return _shown(admin, request, loser, survivor, overtaken=True)
            if chosen(loser, survivor, _choices(request)) != request.POST.get("chosen"):
                return _shown(admin, request, loser, survivor, rechosen=True)
            expected = {loser.key: loser.version, survivor.key: survivor.version}
            done = merging.merge(
                loser,
                into=survivor,
                by=by,
                reason=reason,
                choices=_choices(request),
                expected=expected,
            )
    except editing.Stale:
        return _shown(admin, request, loser, survivor, overtaken=True)
    except Refused as refused:
        faults = [one.sentence for one in refused.findings if one.code == "reason"]
        others = [one for one in refused.findings if one.code != "reason"]
        return _shown(
            admin, request, loser, survivor, asked=True, reason_faults=faults, others=others
        )
    admin.message_user(request, _done(loser, done), messages.SUCCESS)
    return HttpResponseRedirect(form_of(done.survivor))


def _done(loser: Record, done: merging.Merged) -> str:
    """What was done, and what is left to do."""
    survivor = done.survivor
    said = _("%(loser)s was merged into %(survivor)s; %(count)s records name it now.") % {
        "loser": loser.name,
        "survivor": survivor.name,
        "count": f"{done.followed:,}",
    }
    register = format_html(" {}", acts.done(done.editions)) if done.editions else ""
    if survivor.state != Record.State.CHANGED:
        return format_html("{}{}", said, register)
    publish = acts.addresses([survivor])["publish"]
    more = _("What it has gained is not public yet.")
    return format_html('{}{} {} <a href="{}">{}</a>', said, register, more, publish, _("Publish…"))


def _asking(admin: Any, request: HttpRequest, loser: Record, form: OtherForm) -> HttpResponse:
    """The page that asks for the other record."""
    return _answer(admin, request, loser, form=form, media=admin.media + form.media)


def _shown(
    admin: Any, request: HttpRequest, loser: Record, survivor: Record, **more: Any
) -> HttpResponse:
    """The page that shows what merging would do."""
    # As they are stored now, whatever was tried.
    loser, survivor = merging.concrete(loser), merging.concrete(survivor)
    if loser.state == Record.State.MERGED:
        return led_on(admin, request, loser)
    shown = preview(loser, survivor, signed_in(request), _choices(request))
    context = {
        "preview": shown,
        "choice": CHOICE,
        "look": LOOK,
        "swap": f"{_address(survivor)}?into={loser.pk}",
        "reason": request.POST.get("reason", ""),
        "reason_length": publishing.REASON_LENGTH,
        **more,
    }
    return _answer(admin, request, loser, **context)


def _answer(admin: Any, request: HttpRequest, loser: Record, **more: Any) -> HttpResponse:
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Merge %(record)s") % {"record": loser},
        "opts": admin.opts,
        "media": admin.media,
        "loser": loser,
        "kind": KINDS[loser.kind],
        **more,
    }
    return TemplateResponse(request, "admin/desk/merge.html", context)


def _choices(request: HttpRequest) -> dict[str, str]:
    """Whose word is to stay, by field, as the page was filled in."""
    sent = request.POST.items()
    return {name.removeprefix(CHOICE): str(v) for name, v in sent if name.startswith(CHOICE)}


def _address(record: Record) -> str:
    return reverse(f"admin:desk_{record.kind}_merge", args=[record.pk])


def _found(admin: Any, number: str) -> Record:
    """The record of that number, of the type of this admin; not found where there is none."""
    if number.isdecimal() and len(number) <= LONGEST_NUMBER:
        row = admin.model._default_manager.filter(pk=number).first()
        if row is not None:
            return merging.concrete(row)
    raise Http404(_("A record that you chose is not there any more."))
