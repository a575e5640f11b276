"""Merges one record into another of its kind."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cooperation.catalogue import KINDS
from cooperation.desk.checks import Refused
from cooperation.desk.management.arguments import records_named, user_named
from cooperation.desk.merging.acts import merge
from cooperation.gazette.management.bars import progress_bar


class Command(BaseCommand):
    """Merges a record into another, whatever the number of those that name it."""

    help = "Merge a record into another of its kind: its key leads there for good."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a kind, two keys, a user and a reason."""
        parser.add_argument("kind", choices=list(KINDS), help="the kind of both")
        parser.add_argument("loser", help="the key of the record that goes")
        parser.add_argument("survivor", help="the key of the record that stays")
        parser.add_argument(
            "--by", required=True, help="name of the user who does it; stays at the desk"
        )
        parser.add_argument("--reason", required=True, help="why, for all to read")
        parser.add_argument(
            "--choose",
            action="append",
            default=[],
            metavar="FIELD=SIDE",
            help="whose word stays, such as founded=loser; survivor, loser or both",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Merge, and say in plain words what was done or what speaks against it."""
        kind = options["kind"]
        loser, survivor = records_named([f"{kind}/{options[one]}" for one in ("loser", "survivor")])
        choices = dict(one.split("=", 1) for one in options["choose"] if "=" in one)
        try:
            done = merge(
                loser,
                into=survivor,
                by=user_named(options["by"]),
                reason=options["reason"],
                choices=choices,
                limit=None,
                progress=progress_bar(self.stderr),
            )
        except Refused as refused:
            for finding in refused.findings:
                self.stderr.write(f"{finding.level.value}: {finding.sentence}")
            raise CommandError("Nothing was merged.") from None
        for edition in done.editions:
            self.stdout.write(str(edition))
        self.stdout.write(f"{done.followed} records name {done.survivor.key} now.")
