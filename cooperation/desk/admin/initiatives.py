"""Initiatives at the desk."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin

from cooperation.desk.models import Initiative

from .lists import StateFilter, StatusFilter, by_code
from .records import RecordAdmin


@admin.register(Initiative)
class InitiativeAdmin(RecordAdmin):
    """What governments and firms have said that they will do together."""

    list_display = ("titled", "key", "status", "badge", "saved")
    list_filter: ClassVar[Any] = (
        StateFilter,
        StatusFilter,
        by_code("initiative", "sectors"),
        by_code("initiative", "countries"),
    )
