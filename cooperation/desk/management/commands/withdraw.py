"""Withdraws records from the public."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cooperation.desk.checks import Refused
from cooperation.desk.management.arguments import add_arguments, records_named, user_named
from cooperation.desk.publishing import withdraw
from cooperation.gazette.management.bars import progress_bar


class Command(BaseCommand):
    """Withdraws records; the public is told the reason."""

    help = "Withdraw records from the public, who are told the reason."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take records, a user and a reason."""
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Withdraw, and say in plain words what was done or what speaks against it."""
        records = records_named(options["records"])
        try:
            editions = withdraw(
                records,
                by=user_named(options["by"]),
                reason=options["reason"],
                limit=None,
                progress=progress_bar(self.stderr),
            )
        except Refused as refused:
            for finding in refused.findings:
                self.stderr.write(f"{finding.level.value}: {finding.sentence}")
            raise CommandError("Nothing was withdrawn.") from None
        for edition in editions:
            self.stdout.write(str(edition))
