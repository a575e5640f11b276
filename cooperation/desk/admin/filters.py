"""What the first page of the desk leads to: lists narrowed to what is handed in, lacking, or one's own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cooperation.desk import needs, submitting
from cooperation.desk.models import Need, Submission

from .guards import signed_in


def submitted(kind: str) -> Exists:
    """Whether a record of that kind is handed in."""
    return Exists(
        Submission.objects.filter(kind=kind, record=OuterRef("pk"), outcome=Submission.Outcome.OPEN)
    )


class SubmissionFilter(admin.SimpleListFilter):
    """Narrows a list to what is handed in, waits for the user's review, or was sent back to them."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [
            ("open", _("Submitted")),
            ("mine", _("Waiting for my review")),
            ("returned", _("Sent back to me")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        kind, user = queryset.model._meta.concrete_model._meta.model_name, signed_in(request)
        if self.value() == "open":
            return queryset.filter(submitted(kind))
        if self.value() == "mine":
            return queryset.filter(pk__in=submitting.waiting_for(user, kind).values("record"))
        if self.value() == "returned":
            rows = submitting.returned_to(user).filter(kind=kind)
            return queryset.filter(pk__in=rows.order_by().values("record"))
        return queryset


class NeedFilter(admin.SimpleListFilter):
    """Narrows a list to the records that lack something, or whose time has come."""

    title = _("what it needs")
    parameter_name = "need"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Need.What.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if not self.value():
            return queryset
        kind = queryset.model._meta.concrete_model._meta.model_name
        rows = Need.objects.filter(needs.due(needs.today()), kind=kind, what=self.value())
        return queryset.filter(pk__in=rows.values("record"))


class MineFilter(admin.SimpleListFilter):
    """Narrows a list to what the user has changed last."""

    title = _("changed last by")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("1", _("me"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(changed_by=signed_in(request)) if self.value() == "1" else queryset
