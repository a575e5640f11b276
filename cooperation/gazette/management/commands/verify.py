"""Proves that the register is whole."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cooperation.gazette.management.bars import progress_bar
from cooperation.gazette.models import Head
from cooperation.gazette.verifying import one_moment, verify

SHOWN = 100


class Command(BaseCommand):
    """Recomputes the register and all that follows from it, and names what differs."""

    help = "Recompute the register and all that follows from it, and name what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Name what differs, a hundred things at most, and end with 1; else say that all is whole."""
        count = 0
        with one_moment():
            for count, sentence in enumerate(verify(progress_bar(self.stderr)), start=1):
                if count <= SHOWN:
                    self.stdout.write(sentence)
            head = Head.objects.filter(pk=1).first()
        if count or head is None:
            raise CommandError(f"The register is not whole: {count:,} differences.")
        self.stdout.write(
            f"The register is whole: {head.number:,} editions, chain {head.chain or 'not begun'}."
        )
