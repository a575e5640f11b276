"""Finds records whose names are nearly the same."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser

from cooperation.catalogue import KINDS
from cooperation.desk.likeness import pairs
from cooperation.desk.likeness.apart import told_apart
from cooperation.desk.likeness.index import names_of
from cooperation.gazette.management.bars import progress_bar


class Command(BaseCommand):
    """Finds the likely doubles of a kind, or of all, for the page that lists them."""

    help = "Find records whose names are nearly the same; the desk's pages then show them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a kind, and how many pairs are to be named."""
        parser.add_argument("--kind", choices=KINDS, help="only records of this kind")
        parser.add_argument(
            "--show", type=int, default=20, help="how many pairs of a kind are named (default: 20)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the pairs, and name the likeliest."""
        for kind in [options["kind"]] if options["kind"] else KINDS:
            with names_of(kind) as names:
                names.catch_up(progress=progress_bar(self.stderr))
                found = pairs.find(names, progress_bar(self.stderr))
                apart = told_apart(kind)
                left = [pair for pair in found if (pair.one, pair.other) not in apart]
                self.stdout.write(
                    f"{kind}: {len(left):,} likely pairs among {names.count():,} records."
                )
                self._say(kind, left[: max(0, options["show"])])

    def _say(self, kind: str, some: list[pairs.Likely]) -> None:
        numbers = {number for pair in some for number in (pair.one, pair.other)}
        rows = apps.get_model("desk", kind)._base_manager.filter(pk__in=numbers)
        keys = dict(rows.values_list("pk", "key"))
        for pair in some:
            self.stdout.write(
                f"{pair.score:.0f} %: {keys.get(pair.one)} ({pair.name_of_one}) –"
                f" {keys.get(pair.other)} ({pair.name_of_other})"
            )
