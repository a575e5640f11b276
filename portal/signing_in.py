"""Who may sign in at the desk, and how often somebody may try.

Tries to sign in as the same person from the same address happen one after the other.
django-axes counts failures before it checks a password and writes them after. Tries made at the
same moment would all see the same count, and more than the limit would be let through.
"""

import hashlib
import unicodedata
from datetime import timedelta
from http import HTTPStatus
from ipaddress import ip_address
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from portal.middleware import Answer

QUEUES = [Lock() for _ in range(64)]


class StaffAlone(ModelBackend):
    """Knows the people of the desk: whoever is disabled, or no staff any more, is nobody to it.

    So a try with the right password of somebody who may not come in counts as a failure like any other.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether it is somebody whom the desk lets in."""
        return super().user_can_authenticate(user) and user.is_staff


class OneTryAtATime:
    """Holds a lock, named by user name and address, from counting a try to noting its outcome.

    Within a process tries wait in a queue first, so that a flood of them holds neither the database's
    connections nor its patience: one of them at a time asks for the lock.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or request.path_info != f"{settings.DESK}login/":
            return self.answer(request)
        number = lock_number(request)
        with QUEUES[number % len(QUEUES)], transaction.atomic():
            # On SQLite beginning to write is the lock.
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
            return self.answer(request)


def locked(request: HttpRequest, *_axes: Any, **_more: Any) -> HttpResponse:
    """What whoever has failed too often is told: 429, and after how long another try makes sense."""
    wait: timedelta = settings.AXES_COOLOFF_TIME
    # Not above: the public side has no desk.
    from django.contrib import admin

    context = {**admin.site.each_context(request), "minutes": int(wait.total_seconds()) // 60}
    answer = render(request, "admin/locked.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    answer.headers["Retry-After"] = str(int(wait.total_seconds()))
    return answer


def lock_number(request: HttpRequest) -> int:
    """64 bits that stand for the user name, as sign-in reads it, and the address."""
    name = unicodedata.normalize("NFKC", request.POST.get("username", "")).strip()
    named = f"{name}\0{client_address(request)}".encode()
    return int.from_bytes(hashlib.sha256(named).digest()[:8], "big", signed=True)


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks, as the outermost of our own proxies saw it; the connection's without any.

    What stands before that in X-Forwarded-For anybody may have written.
    """
    connected = str(request.META.get("REMOTE_ADDR", ""))
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    if not 0 < settings.PORTAL_PROXIES <= len(seen):
        return connected
    try:
        return str(ip_address(seen[-settings.PORTAL_PROXIES].strip()))
    except ValueError:
        return connected
