"""Which records stand in the way of a deletion, because they refer to what would go."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cooperation.desk.models import Record

from .widgets import long_columns, told_apart


def in_the_way(records: Any) -> list[SafeString]:
    """The records that refer to these, themselves or in a row, each once with a link to its form.

    A query for each kind of record, and those by which Django finds what refers to what.
    """
    collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=records)
    collector.collect(records)
    named: dict[Any, set[int]] = {}
    row: Any
    for row in collector.protected:
        if isinstance(row, Record):
            named.setdefault(type(row), set()).add(row.pk)
        else:
            owner = row._meta.get_field("record").related_model
            named.setdefault(owner, set()).add(row.record_id)
    return [
        _linked(record)
        for model, numbers in named.items()
        for record in model._base_manager.filter(pk__in=numbers).defer(*long_columns(model))
    ]


def _linked(record: Any) -> SafeString:
    address = reverse(f"admin:desk_{record.kind}_change", args=[record.pk])
    label = record._meta.verbose_name
    return format_html('{}: <a href="{}">{}</a>', label, address, told_apart(record))
