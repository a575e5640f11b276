"""The admin of any kind of record: one form, one list, and the ways to publish and to withdraw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk import editing, publishing, submitting
from cooperation.desk.chronicle import acting
from cooperation.desk.documents import document
from cooperation.desk.models import Record
from cooperation.gazette.presenting import Wording

from . import (
    acts,
    bulk,
    comparisons,
    conflicts,
    doubles,
    evidence,
    looks,
    merges,
    progress,
    uploads,
)
from .chronicles import Chronicled
from .deletions import in_the_way
from .guards import Guarded, RecordForm, signed_in, still_there, version_sent
from .inlines import inlines_of
from .layout import Fieldset, derived, record_fieldsets
from .lists import RecordList
from .parts import kind_of
from .widgets import FieldsOfRecords, ours

PAGES: Any = (progress, looks, comparisons, merges, doubles, evidence, uploads, bulk)
"""The pages that every kind of record has beside Django's; each gives its addresses and what leads there."""
HANDED_ON = {Record.State.PUBLISHED, Record.State.MERGED}
"""The states in which there is nothing to hand in."""
WITHDRAWABLE = {Record.State.PUBLISHED, Record.State.CHANGED}


class RecordAdmin(FieldsOfRecords, RecordList, Guarded, Chronicled):
    """Form, list, history and publication of one kind of record."""

    form = RecordForm
    change_form_template = "admin/desk/record_form.html"
    delete_confirmation_template = "admin/desk/deletion.html"
    readonly_fields = ("computed",)
    type_is_given = False
    """Whether the model stands for one type of organization, so that nobody has to choose it."""
    said_before: dict[str, Any]

    class Media:
        css = {"all": ("desk/doubles.css",)}
        js = ("desk/doubles.js",)

    @property
    def kind(self) -> str:
        """The kind of record, as the catalogue names it."""
        return kind_of(self.model)

    # What a form shows

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """The lists of parts of the shape, and the citations."""
        model: Any = self.model
        return inlines_of(model)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The fieldsets of the shape, the kind's own, and what follows from them."""
        leaving_out = ["type"] if self.type_is_given else []
        computed: list[Fieldset] = [(_("What follows from this"), {"fields": ["computed"]})]
        return [
            *record_fieldsets(self.kind, leaving_out),
            *self.own_fieldsets(),
            *(computed if obj and derived(self.kind) else []),
        ]

    def own_fieldsets(self) -> list[Fieldset]:
        """What the desk keeps of this kind and its documents do not show."""
        return []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The key is fixed once published."""
        return [*self.readonly_fields, *(["key"] if obj and obj.edition_number is not None else [])]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """The key is proposed from the English title."""
        return {} if obj and obj.edition_number is not None else {"key": ("title_en",)}

    @admin.display(description=_("Computed"))
    def computed(self, record: Record) -> SafeString:
        """What the desk computes of the record as it is stored: status, totals, hash of the kept copy."""
        stored = type(record)._base_manager.get(pk=record.pk)
        shown = document(stored)
        facts = Wording(shown, ours()).facts(derived(self.kind), shown)
        return render_to_string("admin/desk/facts.html", {"facts": list(facts)})

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form, with what the record's state allows; where it was saved meanwhile, the page to choose on."""
        record: Any = kwargs.get("obj")
        if record and record.state == Record.State.MERGED:
            return merges.led_on(self, request, record)
        if conflicts.is_met(request, context):
            return conflicts.answer(self, request, context)
        may = self.has_publish_permission(request)
        context["may_publish"] = bool(record) and may
        context["may_check"] = bool(record) and self.has_change_permission(request)
        may_hand_in = context["may_check"] and record.state not in HANDED_ON
        submission = record and submitting.open_submissions([record]).get((record.kind, record.pk))
        context["submission"] = submission
        context["may_submit"] = may_hand_in and not submission
        context["may_withdraw"] = bool(record) and may and record.state in WITHDRAWABLE
        context["state"] = record and Record.State(record.state).label
        context["act_address"] = record and acts.addresses([record])
        context["kind"] = KINDS[self.kind]
        context["evidence"] = evidence.beside(self, request, record)
        pages = PAGES if record else ()
        context["ways"] = [way for page in pages for way in page.ways(self, request, record)]
        return super().render_change_form(request, context, *args, **kwargs)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The public page, where there is one."""
        if obj is None or obj.state not in WITHDRAWABLE:
            return None
        return f"{settings.PORTAL_URL}/{KINDS[self.kind].plural}/{obj.key}/"

    # Saving

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The record; what is about to be saved is locked, and remembered as it was."""
        record = super().get_object(request, object_id, from_field)
        if record is None or request.method != "POST":
            return record
        try:
            record = editing.locked(self.model, record.pk)
        except self.model.DoesNotExist:
            return None
        record.said_before = editing.content(record)
        return record

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Where one is led who asks for what is not there; what was typed on it is shown once more."""
        kept = conflicts.gone(self, request, object_id)
        # Django has no public way to say what follows.
        return kept or super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc] # unknown to the stubs

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store a new record, so that its parts can name it; the rest is done when they are saved."""
        if not change:
            editing.add(obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows, and with them the record as one change; nothing where nothing changed."""
        by, reason = signed_in(request), form.cleaned_data["reason"]
        with acting(by, reason):
            super().save_related(request, form, formsets, change)
        record = form.instance
        if not change or editing.content(record) != record.said_before:
            editing.touch(record, by=by, reason=reason)

    def response_add(self, request: HttpRequest, obj: Any, *given: Any, **more: Any) -> Any:
        """Where a new record leads to, with a word about others of nearly the same name."""
        doubles.warn(self, request, obj)
        return super().response_add(request, obj, *given, **more)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete a draft, as it was when the page asked whether to."""
        version = version_sent(request)
        editing.delete(obj, by=signed_in(request), reason="", expected_version=version)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The page that asks once more; a draft that was changed meanwhile stays, and is shown again."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except editing.Stale as stale:
            self.message_user(request, still_there(stale.record), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What would go with a draft; where others refer to it, which records these are."""
        going, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return going, counts, lacking, in_the_way(objs) if protected else []

    # Who may do what

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"desk.add_{self.kind}")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(f"desk.change_{self.kind}")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj) or request.user.has_perm(
            f"desk.view_{self.kind}"
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts may be deleted; what has been published can only be withdrawn, what was merged leads on."""
        stays = obj is not None and (obj.edition_number is not None or obj.successor)
        return not stays and request.user.has_perm(f"desk.delete_{self.kind}")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the user may publish and withdraw records of this kind."""
        return publishing.may_publish(signed_in(request), self.kind)

    # Other pages

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, with the way to the import for those who may add and change records."""
        way = uploads.address(self) if uploads.may_import(self, request) else ""
        return super().changelist_view(request, {"import_address": way, **(extra_context or {})})

    def get_urls(self) -> list[Any]:
        """Django's pages of a record, those of the acts, and the others."""
        own = [address for page in PAGES for address in page.urls(self)]
        return [*self._acts(), *own, *super().get_urls()]

    def _acts(self) -> Iterator[URLPattern]:
        for act in acts.ACTS.values():
            page = self.admin_site.admin_view(self._page(act))
            yield path(f"{act.name}/", page, name=f"desk_{self.model._meta.model_name}_{act.name}")

    def _page(self, act: Any) -> Callable[[HttpRequest], HttpResponse]:
        return lambda request: act.page(self, request)
