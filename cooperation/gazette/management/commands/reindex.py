"""Makes anew what is looked up about current documents."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cooperation.gazette.indexing import Tampered, reindex
from cooperation.gazette.management.bars import progress_bar


class Command(BaseCommand):
    """Makes current documents, facets, references, words and sort keys anew from the register."""

    help = "Make current documents, facets, references, words and sort keys anew from the register."

    def handle(self, *args: Any, **options: Any) -> None:
        """Reindex and say how many documents there are."""
        try:
            count = reindex(progress_bar(self.stderr))
        except Tampered as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{count:,} current documents are indexed.")
