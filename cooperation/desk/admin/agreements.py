"""Agreements at the desk."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin

from cooperation.desk.models import Agreement

from .lists import StateFilter
from .records import RecordAdmin


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    """Treaties and memoranda."""

    list_display = ("titled", "key", "type", "signed", "badge", "saved")
    list_filter: ClassVar[Any] = (StateFilter, "type")
