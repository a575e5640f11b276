"""Engagements at the desk."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin

from cooperation.desk.models import Engagement

from .lists import StateFilter, by_code
from .records import RecordAdmin


@admin.register(Engagement)
class EngagementAdmin(RecordAdmin):
    """Visits, meetings, calls and forums."""

    list_display = ("titled", "key", "type", "dates", "badge", "saved")
    list_filter: ClassVar[Any] = (StateFilter, "type", by_code("engagement", "country"))
