"""Enters and publishes the first records, into an empty portal only."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cooperation.catalogue import KINDS
from cooperation.desk.intake.entering import enter
from cooperation.desk.intake.reading import SEED, read
from cooperation.desk.management.roles import set_up_roles
from cooperation.desk.publishing import publish
from cooperation.gazette.entering import lock_head

REASON = "First records, from a report of Korea Bizwire."


class Command(BaseCommand):
    """Enters the seed as `intake` and publishes it as `registrar`, once, into an empty portal."""

    help = "Enter and publish the first records, once, into an empty gazette and an empty desk."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Enter and publish all of the seed, or nothing of it."""
        if begun := _begun():
            self.stdout.write(f"{begun} already, so the seed was left out.")
            return
        self.stdout.write("Entering the first records.")
        result = enter(read(SEED), by=_clerk("intake"), reason=REASON)
        registrar = _clerk("registrar")
        _allow(registrar, to_publish=True)
        editions = publish(result.records, by=registrar, reason=REASON, confirmed="all")
        _allow(registrar, to_publish=False)
        self.stdout.write(
            f"{len(editions)} records are published; their sources are shown with them."
        )


def _begun() -> str:
    """What somebody has entered before, as the beginning of a sentence; empty in an empty portal."""
    if entered := lock_head().number:
        return f"The gazette holds {entered:,} editions"
    if any(apps.get_model("desk", kind).objects.exists() for kind in KINDS):
        return "The desk holds records"
    return ""


def _clerk(name: str) -> User:
    """A user under whose name a program works: nobody can sign in as it."""
    user, made = get_user_model().objects.get_or_create(
        username=name, defaults={"is_active": False}
    )
    if made:
        user.set_unusable_password()
        user.save()
    elif user.has_usable_password():
        raise CommandError(
            f"A person's account is named {name}; rename it, since the seed is entered under that name."
        )
    return user


def _allow(user: User, *, to_publish: bool) -> None:
    """Let the user publish, for as long as the seed needs it."""
    set_up_roles()
    user.is_active = to_publish
    user.save(update_fields=["is_active"])
    user.groups.set(Group.objects.filter(name="Publishers") if to_publish else [])
