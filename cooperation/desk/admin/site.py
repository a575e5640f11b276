"""What the desk is called, in which order it stands, where it leads, and how records are suggested."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS
from cooperation.desk.models import Link

from .links import TARGET, suggestions
from .widgets import told_apart


class Suggestions(AutocompleteJsonView):
    """The records that a search for one to refer to finds, namesakes told apart."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The records found; where a list may name several kinds, some of each."""
        links = _links(request)
        if links is None:
            return super().get(request, *args, **kwargs)
        found = suggestions(admin.site, request, links)
        return JsonResponse({"results": found, "pagination": {"more": False}})

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """What the script of the search shows, and what it sends."""
        return {"id": str(getattr(obj, to_field_name)), "text": told_apart(obj)}


def _links(request: HttpRequest) -> type[Link] | None:
    """The table of links whose search asks; None where another field does."""
    asked = {model._meta.model_name: model for model in apps.get_app_config("desk").get_models()}
    model = asked.get(request.GET.get("model_name", ""))
    is_search = request.GET.get("field_name") == TARGET and request.GET.get("app_label") == "desk"
    return model if is_search and model is not None and issubclass(model, Link) else None


def _place(entry: dict[str, Any]) -> tuple[int, int]:
    """Where a table stands: as the catalogue orders kinds, ministries and firms below organizations."""
    kinds, model = list(KINDS), entry["model"]
    kind = model._meta.concrete_model._meta.model_name
    # Organizations come before those of one type, as the models do.
    return (
        kinds.index(kind) if kind in kinds else len(kinds),
        list(apps.get_models()).index(model),
    )


def in_order(request: HttpRequest, app_label: str | None = None) -> list[Any]:
    """The tables that may be seen, where staff look for them: records first, then rates, then people."""
    rooms = sorted(_by_name(request, app_label), key=lambda room: room["app_label"] != "desk")
    for room in rooms:
        room["models"].sort(key=_place)
    return rooms


admin.site.site_header = _("Cooperation Portal — desk")
admin.site.site_title = _("Cooperation Portal — desk")
admin.site.index_title = _("Records")
admin.site.site_url = f"{settings.PORTAL_URL}/"
admin.site.empty_value_display = "–"
_by_name = admin.site.get_app_list
admin.site.get_app_list = in_order  # type: ignore[method-assign] # the site has no setting for it
_suggest: Any = Suggestions.as_view(admin_site=admin.site)
admin.site.autocomplete_view = _suggest  # type: ignore[method-assign] # the site has no setting for it
