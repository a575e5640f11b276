"""Tables that are imported: the file, what it would do row by row, and how far it has come."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cooperation.desk.models import Record

from .ways import Way


def urls(admin: Any) -> list[Any]:
    """The addresses of these pages, under those of the admin of one kind."""
    return []


def ways(admin: Any, request: HttpRequest, record: Record) -> list[Way]:
    """What leads there from the form of a record."""
    return []
