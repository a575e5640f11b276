"""The page on which whoever is signed in sees where, and the page that ends a session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cooperation.desk.models import Session

from .guards import signed_in

LATELY = 20
"""How many of the sessions that were ended a superuser is shown."""


def within_reach(user: User) -> list[Session]:
    """The live sessions that somebody may see and end: their own, and of superusers everybody's; one query."""
    sessions = Session.objects.all()
    return (sessions if user.is_superuser else sessions.filter(user=user)).live()


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """One's own sessions; for superusers also everybody else's, and who ended which."""
    user = signed_in(request)
    found = within_reach(user)
    own = [session for session in found if session.user_id == user.pk]
    # The one in use first, since it is the one that is known.
    own.sort(key=lambda session: not _is_this(session, request))
    context = {
        "own": own,
        "others": [session for session in found if session.user_id != user.pk],
        "lately": _lately_ended() if user.is_superuser else [],
    }
    return _page(request, "list", _("Sessions"), context)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """Asks whether to end the sessions named, and on POST ends them; ending the one in use signs out."""
    found = _named(request)
    if not found:
        said = _("There was nothing to end: what you chose had ended already.")
        messages.info(request, said)
        return HttpResponseRedirect(reverse("admin:sessions"))
    if request.method != "POST":
        title = ngettext("End a session", "End sessions", len(found))
        return _page(request, "end", title, {"sessions": found})
    _end(found, signed_in(request))
    if any(_is_this(session, request) for session in found):
        return admin.site.logout(request)
    said = ngettext(
        "%(count)s session was ended. Its browser has to sign in again.",
        "%(count)s sessions were ended. Their browsers have to sign in again.",
        len(found),
    )
    messages.success(request, said % {"count": len(found)})
    return HttpResponseRedirect(reverse("admin:sessions"))


def _named(request: HttpRequest) -> list[Session]:
    """The sessions that the request names by their handles, as far as they live and are within reach."""
    handles = set()
    for raw in (request.POST or request.GET).getlist("session"):
        try:
            handles.add(UUID(raw))
        except ValueError:
            continue
    found = within_reach(signed_in(request)) if handles else []
    return [session for session in found if session.handle in handles]


def _end(sessions: Sequence[Session], by: User) -> None:
    """Takes the sessions away and puts on record who did so; one that somebody else ended first stays theirs."""
    about = ContentType.objects.get_for_model(Session)
    with transaction.atomic():
        keys = [session.pk for session in sessions]
        # In one order, so that two who end the same ones wait for each other instead of for good.
        rows = Session.objects.filter(pk__in=keys).select_related("user").order_by("pk")
        held = list(rows.select_for_update(of=("self",)))
        LogEntry.objects.bulk_create(
            LogEntry(
                user=by,
                content_type=about,
                object_id=str(session.handle),
                object_repr=str(session),
                action_flag=CHANGE,
                change_message="Ended.",
            )
            for session in held
        )
        Session.objects.filter(pk__in=[session.pk for session in held]).delete()


def _lately_ended() -> Sequence[LogEntry]:
    """Who ended whose session, the newest first; one query."""
    about = ContentType.objects.get_for_model(Session)
    entries = LogEntry.objects.filter(content_type=about).select_related("user")
    return list(entries.order_by("-action_time", "-pk")[:LATELY])


def _is_this(session: Session, request: HttpRequest) -> bool:
    return session.pk == request.session.session_key


def _page(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    shown = {
        **admin.site.each_context(request),
        "title": title,
        "idle_minutes": settings.SESSION_IDLE_SECONDS // 60,
        "longest_hours": settings.SESSION_COOKIE_AGE // 3600,
        "this": request.session.session_key,
        **context,
    }
    return TemplateResponse(request, f"admin/desk/sessions_{name}.html", shown)
