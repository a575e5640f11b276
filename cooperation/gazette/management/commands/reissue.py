"""Enters current documents anew when their schema has risen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cooperation.gazette.entering import Refusal, reissue
from cooperation.gazette.management.bars import progress_bar


class Command(BaseCommand):
    """Enters a refreshed edition of each current document whose schema has risen."""

    help = "Enter a refreshed edition of each current document whose schema has risen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a reason."""
        parser.add_argument("--reason", required=True, help="why, for all to read")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reissue and say how many editions were entered."""
        try:
            with transaction.atomic():
                editions = reissue(
                    reason=options["reason"],
                    office=settings.PORTAL_OFFICE,
                    progress=progress_bar(self.stderr),
                )
        except Refusal as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{len(editions):,} editions entered.")
