"""People at the desk."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin

from cooperation.desk.models import Person

from .lists import RecordList
from .records import RecordAdmin


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    """Public figures."""

    search_fields: ClassVar[Any] = (*RecordList.search_fields, "names__text")
