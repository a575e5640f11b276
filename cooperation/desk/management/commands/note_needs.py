"""Notes anew for what records need somebody."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cooperation.desk import needs
from cooperation.gazette.management.bars import progress_bar


class Command(BaseCommand):
    """Notes what each record needs, which else is noted whenever a record is changed."""

    help = "Note anew for what records need somebody; once after upgrading from before there were needs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every record that can need anything, and say how many needs there are."""
        count = needs.note_all(progress_bar(self.stderr))
        self.stdout.write(f"{count:,} needs are noted.")
