"""Funds at the desk."""

from __future__ import annotations

from django.contrib import admin

from cooperation.desk.models import Fund

from .lists import StateFilter, StatusFilter, by_code
from .records import RecordAdmin


@admin.register(Fund)
class FundAdmin(RecordAdmin):
    """Money that was announced for a purpose."""

    list_display = ("titled", "key", "status", "badge", "updated_at", "changed_by")
    list_filter = (StateFilter, StatusFilter, by_code("fund", "countries"))
