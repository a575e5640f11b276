"""One value set on many records at once, with what it would do before it is done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cooperation.desk.models import Record

from . import takebacks
from .parts import kind_of
from .progress import has_status
from .ways import Way


def urls(admin: Any) -> list[Any]:
    """The addresses of these pages, under those of the admin of one kind."""
    return takebacks.urls(admin) if has_status(kind_of(admin.model)) else []


def ways(admin: Any, request: HttpRequest, record: Record) -> list[Way]:
    """What leads there from the form of a record."""
    return []
