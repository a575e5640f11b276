"""The roles of the desk: what editors and publishers may do, in one table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

EDITING = ("add_", "change_", "view_", "delete_")
"""What editors may do; of records, only drafts let themselves be deleted."""
PUBLISHING = ("publish_",)

ROLES: dict[str, Sequence[str]] = {
    "Editors": EDITING,
    "Publishers": (*EDITING, *PUBLISHING),
}


def set_up_roles(groups_of: Any = Group, permissions: Any = Permission) -> list[Group]:
    """The groups of the desk with the permissions of the table, made or brought up to date.

    A migration gives the models as they were at its time.
    """
    groups = []
    for name, prefixes in ROLES.items():
        group, _made = groups_of.objects.get_or_create(name=name)
        allowed = Q()
        for prefix in prefixes:
            allowed |= Q(codename__startswith=prefix)
        desk = permissions.objects.filter(allowed, content_type__app_label="desk")
        # What was is looked at, never changed.
        of_history = Q(content_type__model__startswith="historical") & ~Q(
            codename__startswith="view_"
        )
        group.permissions.set(desk.exclude(of_history))
        groups.append(group)
    return groups
