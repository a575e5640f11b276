"""The desk as a site of Django's admin: what it is called, in which order it stands, and its own pages."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from cooperation.catalogue import KINDS


class DeskSite(AdminSite):
    """The place where staff keep records."""

    # Django makes the site while it reads the rooms of the admin, so what they hold is asked for later.

    site_header = _("Cooperation Portal — desk")
    site_title = _("Cooperation Portal — desk")
    index_title = _("Records")
    empty_value_display = "–"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.site_url = f"{settings.PORTAL_URL}/"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The addresses of the admin, with those of the sessions before the one that takes what is left."""
        from .admin import progress, sessions

        return [
            path("sessions/", self.admin_view(sessions.listed), name="sessions"),
            path("sessions/end/", self.admin_view(sessions.end), name="sessions_end"),
            path("desk/progress/", self.admin_view(progress.chosen), name="progress"),
            *super().get_urls(),
        ]

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The first page: what needs whoever looks at it, and below it the tables."""
        from .admin.guards import signed_in
        from .admin.home import home

        return super().index(request, {**home(signed_in(request)), **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The page on which people sign in."""
        from .admin.accounts import SignInForm

        self.login_form = SignInForm
        return super().login(request, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The tables that may be seen, where staff look for them: records first, then rates, then people."""
        rooms: list[Any] = super().get_app_list(request, app_label)
        rooms.sort(key=lambda room: room["app_label"] != "desk")
        for room in rooms:
            room["models"].sort(key=_place)
        return rooms

    def autocomplete_view(self, request: HttpRequest) -> Any:
        """The records that a search for one to refer to finds."""
        from .admin.suggestions import Suggestions

        return Suggestions.as_view(admin_site=self)(request)


def _place(entry: dict[str, Any]) -> tuple[int, int]:
    """Where a table stands: as the catalogue orders kinds, ministries and firms below organizations."""
    kinds, model = list(KINDS), entry["model"]
    kind = model._meta.concrete_model._meta.model_name
    # Organizations come before those of one type, as the models do.
    return (
        kinds.index(kind) if kind in kinds else len(kinds),
        list(apps.get_models()).index(model),
    )
