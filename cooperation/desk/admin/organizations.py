"""Organizations at the desk, with lists of their own for ministries, firms and associations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin

from cooperation.desk.models import Association, Firm, Ministry, Organization

from .lists import RecordList, StateFilter, by_code
from .records import RecordAdmin


@admin.register(Organization)
class OrganizationAdmin(RecordAdmin):
    """Organizations of every type."""

    list_display: Any = ("titled", "key", "type", "country", "badge", "saved")
    list_filter: ClassVar[Any] = (StateFilter, "type", by_code("organization", "country"))
    search_fields: ClassVar[Any] = (*RecordList.search_fields, "names__text")


@admin.register(Ministry, Firm, Association)
class OrganizationOfTypeAdmin(OrganizationAdmin):
    """Organizations of one type; a new one is of that type."""

    type_is_given = True
    list_display: Any = ("titled", "key", "country", "badge", "saved")
    list_filter: ClassVar[Any] = (StateFilter, by_code("organization", "country"))
