"""Exchange rates at the desk: the reference table by which dated amounts are converted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from cooperation.desk import editing
from cooperation.desk.chronicle import acting
from cooperation.desk.intake.rates import day_fault, source_fault
from cooperation.desk.models import ExchangeRate

from . import rates_import
from .chronicles import Chronicled
from .guards import Guarded, ReasonedForm, signed_in
from .lists import Searched


class ExchangeRateForm(ReasonedForm):
    """The form of a rate; it carries the newest entry of the rate's history that was read."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.newest = self.instance.history.first() if self.instance.pk else None
        self.initial["seen"] = str(self.newest.pk) if self.newest else ""

    def clean_date(self) -> date | None:
        """A day on which a rate can be known."""
        day: date | None = self.cleaned_data["date"]
        if day and "date" in self.changed_data and (fault := day_fault(day)):
            raise ValidationError(fault)
        return day

    def clean_source(self) -> str:
        """A name that no spreadsheet takes for a formula."""
        source: str = self.cleaned_data["source"]
        if "source" in self.changed_data and (fault := source_fault(source)):
            raise ValidationError(fault)
        return source

    def clean(self) -> dict[str, Any] | None:
        """Refuse to save over what somebody else has saved since the form was opened."""
        cleaned = super().clean()
        if self.newest and self.cleaned_data.get("seen") != str(self.newest.pk):
            said = _(
                "Nothing was saved: %(who)s changed this rate at %(when)s UTC, after you had opened it. "
                "Look at it in another tab, and repeat there what of your change is still needed."
            )
            who = self.newest.history_user or _("somebody")
            when = f"{self.newest.history_date:%Y-%m-%d %H:%M}"
            raise ValidationError(said % {"who": who, "when": when}, code="stale")
        return cleaned


@admin.register(ExchangeRate)
class ExchangeRateAdmin(Searched, Guarded, Chronicled):
    """What one unit of a currency was worth in another on a day."""

    form = ExchangeRateForm
    change_form_template = "admin/desk/reasoned_form.html"
    change_list_template = "admin/desk/rates_list.html"
    fields = ("date", ("base", "quote"), "rate", "source")
    list_display = ("date", "base", "quote", "rate", "source")
    list_filter = (
        "date",
        ("base", admin.AllValuesFieldListFilter),
        ("quote", admin.AllValuesFieldListFilter),
    )
    search_fields = ("source",)
    date_hierarchy = "date"
    show_full_result_count = False
    ordering = ("-date", "base", "quote")

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The rate; what is about to be saved is locked."""
        rate = super().get_object(request, object_id, from_field)
        if rate is None or request.method != "POST":
            return rate
        return editing.hold(ExchangeRate.objects.filter(pk=rate.pk)).first()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the rate, with the reason, under the user's name."""
        before = ExchangeRate.objects.filter(pk=obj.pk).first() if change else None
        with acting(signed_in(request), form.cleaned_data["reason"]):
            super().save_model(request, obj, form, change)
        rates_import.tell_of_outdated(self, request, [obj, *([before] if before else [])])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete the rate; its history stays."""
        with acting(signed_in(request)):
            super().delete_model(request, obj)
        rates_import.tell_of_outdated(self, request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete the rates that were chosen in the list."""
        chosen = list(queryset)
        with acting(signed_in(request)):
            super().delete_queryset(request, queryset)
        rates_import.tell_of_outdated(self, request, chosen)

    # The import

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, with the way to the import for those who may add and change rates."""
        may = {"may_import": rates_import.may_import(self, request)}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def get_urls(self) -> list[Any]:
        """Django's pages of a rate, and that of the import."""
        page = self.admin_site.admin_view(self.import_view)
        return [path("import/", page, name="desk_exchangerate_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """The page that imports a table of rates."""
        return rates_import.page(self, request)
