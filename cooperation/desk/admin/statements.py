"""Statements at the desk."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin

from cooperation.desk.models import Statement

from .records import RecordAdmin


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    """What people in office have said."""

    list_display = ("titled", "key", "speaker", "date", "badge", "saved")
    list_select_related: ClassVar[Any] = ("changed_by", "speaker")
