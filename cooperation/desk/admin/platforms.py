"""Platforms at the desk."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin

from cooperation.desk.models import Platform

from .lists import StateFilter
from .records import RecordAdmin


@admin.register(Platform)
class PlatformAdmin(RecordAdmin):
    """Marketplaces and systems."""

    list_display = ("titled", "key", "type", "opened", "badge", "saved")
    list_filter: ClassVar[Any] = (StateFilter, "type")
