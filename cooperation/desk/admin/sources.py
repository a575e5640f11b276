"""Sources at the desk: what they say of themselves, and the copy kept as evidence."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cooperation.desk.models import Source

from .layout import Fieldset
from .lists import RecordList, StateFilter, by_code
from .records import RecordAdmin


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Reports, laws and releases."""

    list_display = ("titled", "key", "type", "published", "badge", "saved")
    list_filter: ClassVar[Any] = (StateFilter, "type", by_code("source", "language"), "rights")
    search_fields: ClassVar[Any] = (*RecordList.search_fields, "website")

    def own_fieldsets(self) -> list[Fieldset]:
        """The kept copy."""
        return [(_("Kept copy"), {"fields": ["kept_text"]})]
