"""The records that a search for one to refer to finds, of one kind or of all that are open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse

from cooperation.desk.models import Link, Record

from .links import TARGET, told, written
from .widgets import told_apart

FEW = 7
"""How many records of each kind one search offers, where several are open."""


class Suggestions(AutocompleteJsonView):
    """The records that a search for one to refer to finds, namesakes told apart."""

    admin_site: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The records found; where a list may name several kinds, some of each."""
        links = _links(request)
        if links is None:
            return super().get(request, *args, **kwargs)
        kinds = links.columns()
        found = [
            {"id": written(record), "text": told(record, kinds)}
            for kind in kinds
            for record in self._found(request, kind)
        ]
        return JsonResponse({"results": found, "pagination": {"more": False}})

    def get_queryset(self) -> Any:
        """What the words are found in; nothing new names a record that was merged."""
        rows: Any = super().get_queryset()
        return rows.filter(successor="") if issubclass(rows.model, Record) else rows

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """What the script of the search shows, and what it sends."""
        return {"id": str(getattr(obj, to_field_name)), "text": told_apart(obj)}

    def _found(self, request: HttpRequest, kind: str) -> Iterable[Record]:
        model_admin = self.admin_site.get_model_admin(apps.get_model("desk", kind))
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        rows = model_admin.get_queryset(request).filter(successor="")
        term = request.GET.get("term", "").replace("\x00", "")
        rows, many = model_admin.get_search_results(request, rows, term)
        return (rows.distinct() if many else rows)[:FEW]


def _links(request: HttpRequest) -> type[Link] | None:
    """The table of links whose search asks; None where another field does."""
    asked = {model._meta.model_name: model for model in apps.get_app_config("desk").get_models()}
    model = asked.get(request.GET.get("model_name", ""))
    is_search = request.GET.get("field_name") == TARGET and request.GET.get("app_label") == "desk"
    return model if is_search and model is not None and issubclass(model, Link) else None
