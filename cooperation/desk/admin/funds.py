"""Funds at the desk."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin

from cooperation.desk.models import Fund

from .lists import StateFilter, StatusFilter, by_code
from .records import RecordAdmin


@admin.register(Fund)
class FundAdmin(RecordAdmin):
    """Money that was announced for a purpose."""

    list_display = ("titled", "key", "status", "badge", "saved")
    list_filter: ClassVar[Any] = (StateFilter, StatusFilter, by_code("fund", "countries"))
