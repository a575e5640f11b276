"""Makes the first two accounts of a portal in local mode."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

ACCOUNTS = {"editor": "Editors", "publisher": "Publishers"}
PASSWORD_BYTES = 12


class Command(BaseCommand):
    """Makes the accounts editor and publisher with random passwords, once, in local mode."""

    help = "Make the accounts editor and publisher with random passwords, once, in local mode."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make the accounts and print their passwords; nothing where either exists."""
        if not settings.LOCAL:
            raise CommandError(
                "Accounts with printed passwords are made in local mode only; use createsuperuser."
            )
        users = get_user_model().objects
        if users.filter(username__in=ACCOUNTS).exists():
            return
        for name, role in ACCOUNTS.items():
            password = secrets.token_urlsafe(PASSWORD_BYTES)
            user = users.create_user(username=name, password=password, is_staff=True)
            user.groups.add(Group.objects.get(name=role))
            self.stdout.write(
                f"Account {name} ({role.lower()}), password shown only now: {password}"
            )
