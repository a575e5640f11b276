"""Lists of records: what each row shows, how it is searched and narrowed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cooperation.desk.models import Record
from cooperation.desk.needs import KINDS_IN_NEED
from cooperation.gazette.shapes import shape
from cooperation.gazette.shapes.types import Code
from cooperation.gazette.shapes.vocabularies import STATUSES

from . import acts, bulk
from .filters import MineFilter, NeedFilter, SubmissionFilter, submitted
from .parts import kind_of
from .widgets import LONGEST_NUMBER, long_columns, ours

PER_PAGE = 50
MOST_WORDS = 10
LONGEST_SEARCH = 200
OFFERED = frozenset(("exact", "isnull", "gte", "lt", "year", "month", "day", "id"))


class StateFilter(admin.SimpleListFilter):
    """Narrows a list by state; what was merged is shown where it is asked for, or searched for by words."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Record.State.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value():
            return queryset.filter(state=self.value())
        return queryset if request.GET.get(SEARCH_VAR) else queryset.filter(successor="")


class StatusFilter(admin.SimpleListFilter):
    """Narrows a list by the status that the newest report gives."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return STATUSES.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(status=self.value()) if self.value() else queryset


class CodesFilter(admin.SimpleListFilter):
    """Narrows a list by a code; offers those that occur."""

    column = ""
    member: Code

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        stored = model_admin.model._default_manager.order_by().values_list(self.column, flat=True)
        codes = set(self.codes(stored.distinct()))
        vocabulary = self.member.vocabulary
        return sorted(((c, vocabulary.label(c, ours())) for c in codes), key=lambda pair: pair[1])

    def codes(self, stored: Iterable[Any]) -> Iterable[str]:
        """The codes in the values of the column."""
        for value in stored:
            yield from value if isinstance(value, list) else [value] if value else []

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        code = self.value()
        if not code:
            return queryset
        if not self.member.many:
            return queryset.filter(**{self.column: code})
        # Neither engine's own operator for lists is known to the other.
        return queryset.alias(as_text=Cast(self.column, TextField())).filter(
            as_text__contains=f'"{code}"'
        )


def by_code(kind: str, name: str) -> type[CodesFilter]:
    """The filter by a member of the kind that holds codes."""
    member = shape(kind)[name]
    words = {"title": member.label, "parameter_name": name, "column": name, "member": member}
    return type(f"By{name.capitalize()}", (CodesFilter,), words)


class Lookups(ChangeList):
    """A list that says of a number too large for calendar or database what Django says of other wrong parameters."""

    def get_filters(self, request: HttpRequest) -> Any:
        try:
            return super().get_filters(request)
        except OverflowError as fault:
            raise IncorrectLookupParameters(fault) from fault

    def get_results(self, request: HttpRequest) -> None:
        try:
            super().get_results(request)
        except OverflowError as fault:
            raise IncorrectLookupParameters(fault) from fault


class Searched(admin.ModelAdmin):
    """A table whose list is narrowed only as it offers itself and searched for few words, and whose rows go by number."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Lookups

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The row; by a field without a name, as by none, it is asked for by its number."""
        return super().get_object(request, object_id, from_field or None)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only what a filter offers: Django would take any, such as patterns on which a database breaks."""
        name, *how = lookup.split("__")
        filters = [
            one[0] if isinstance(one, tuple) else getattr(one, "parameter_name", one)
            for one in self.get_list_filter(request)
        ]
        is_offered = name in [*filters, self.date_hierarchy] and OFFERED.issuperset(how)
        return is_offered and super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """What the words are found in; Hangul typed as single letters is put together first."""
        words = unicodedata.normalize("NFC", search_term[:LONGEST_SEARCH]).split()[:MOST_WORDS]
        return super().get_search_results(request, queryset, " ".join(words))


class RecordList(Searched):
    """A list of records of one kind."""

    change_list_template = "admin/desk/records_list.html"
    list_display: Any = ("titled", "key", "badge", "saved")
    list_display_links = ("titled",)
    list_filter: ClassVar[Any] = (StateFilter,)
    """The filters of the kind's own; those of every kind stand before and after them."""
    list_select_related: ClassVar[Any] = ("changed_by",)
    list_per_page = PER_PAGE
    search_fields: ClassVar[Any] = ("title_en", "title_ko", "title_zh_hans", "key")
    show_full_result_count = False
    ordering: ClassVar[Any] = ("-updated_at", "-pk")
    actions: Any = ("submit_selected", "publish_selected", "withdraw_selected")

    @admin.display(description=_("Title"), ordering="title_en")
    def titled(self, record: Record) -> str:
        """The title in the language of the desk."""
        return str(record)

    @admin.display(description=_("State"), ordering="state")
    def badge(self, record: Record) -> SafeString:
        """How the record stands to what is public of it."""
        label = Record.State(record.state).label
        shown = format_html('<span class="state state-{}">{}</span>', record.state, label)
        if not getattr(record, "is_submitted", False):
            return shown
        return format_html(
            '{} <span class="state state-submitted">{}</span>', shown, _("Submitted")
        )

    @admin.display(description=_("Updated"), ordering="updated_at")
    def saved(self, record: Record) -> SafeString:
        """When it was last saved, in UTC, and by whom."""
        who = record.changed_by or self.get_empty_value_display()
        return format_html("{} <small>{}</small>", f"{record.updated_at:%Y-%m-%d %H:%M}", who)

    @admin.display(description=_("Status"), ordering="status")
    def status(self, record: Any) -> str:
        """The status that the newest report gives."""
        return STATUSES.label(record.status, ours()) if record.status else ""

    def get_list_filter(self, request: HttpRequest) -> Any:
        """The kind's own filters, after what is handed in or lacking."""
        shared = [
            SubmissionFilter,
            *([NeedFilter] if kind_of(self.model) in KINDS_IN_NEED else []),
            MineFilter,
        ]
        first, *own = self.list_filter
        return [first, *shared, *own]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The records, without their long texts, with their status where they have one."""
        records: QuerySet[Any] = super().get_queryset(request)
        records = records.defer(*long_columns(self.model)).annotate(
            is_submitted=submitted(kind_of(self.model))
        )
        if "status_reports" not in shape(kind_of(self.model)).members:
            return records
        reports = self.model._meta.get_field("status_reports").related_model._default_manager
        newest = (
            reports.filter(record=OuterRef("pk")).exclude(status="").order_by("-position", "-pk")
        )
        return records.annotate(status=Coalesce(Subquery(newest.values("status")[:1]), Value("")))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The list, with the way to the pairs of its kind that bear nearly the same name."""
        kind = self.model._meta.concrete_model._meta.model_name
        context = {
            "doubles_address": reverse(f"admin:desk_{kind}_doubles"),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def response_action(
        self, request: HttpRequest, queryset: Any, *more: Any, **options: Any
    ) -> Any:
        """Do what was chosen to the rows that were chosen; anything that is no row's number is refused."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(number.isdecimal() and len(number) <= LONGEST_NUMBER for number in chosen):
            return HttpResponseBadRequest(_("Choose rows of the list."))
        return super().response_action(request, queryset, *more, **options)

    def get_actions(self, request: HttpRequest) -> Any:
        """Publish, withdraw and set; drafts are deleted one by one, where what hangs on them is shown."""
        found = super().get_actions(request)
        found.pop("delete_selected", None)
        return {**found, **bulk.actions(self, request)}

    @admin.action(description=_("Submit selected records for review…"), permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Lead to the page that shows what would be handed in."""
        return self._lead(request, queryset, "submit")

    @admin.action(description=_("Publish selected records…"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Lead to the page that shows what would be published."""
        return self._lead(request, queryset, "publish")

    @admin.action(description=_("Withdraw selected records…"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Lead to the page that asks for the reason."""
        return self._lead(request, queryset, "withdraw")

    def _lead(self, request: HttpRequest, queryset: Any, act: str) -> HttpResponse | None:
        chosen = list(queryset[: acts.MOST + 1])
        if len(chosen) > acts.MOST:
            said = _(
                "Choose at most {most} records; more are published or withdrawn by command: manage.py {act}."
            )
            self.message_user(request, said.format(most=acts.MOST, act=act), messages.ERROR)
            return None
        return HttpResponseRedirect(acts.addresses(chosen)[act])
