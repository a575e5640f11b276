"""Makes the roles of the desk."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cooperation.desk.management.roles import set_up_roles


class Command(BaseCommand):
    """Makes the groups Editors and Publishers, or brings them up to date."""

    help = "Make the groups Editors and Publishers, or bring them up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the roles up; a second time changes nothing."""
        with transaction.atomic():
            set_up_roles()
