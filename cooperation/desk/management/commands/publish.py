"""Publishes records as they stand at the desk."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cooperation.desk.checks import Level, Refused
from cooperation.desk.management.arguments import add_arguments, records_named, user_named
from cooperation.desk.publishing import publish
from cooperation.gazette.management.bars import progress_bar


class Command(BaseCommand):
    """Publishes records, all in one act, or none."""

    help = "Publish records as they stand at the desk: all in one act, or none."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take records, a user, a reason and a yes."""
        add_arguments(parser)
        parser.add_argument("--all", action="store_true", help="all drafts and changed records")
        parser.add_argument("--yes", action="store_true", help="confirm every warning")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish, and say in plain words what was done or what speaks against it."""
        records = records_named(options["records"], unpublished=options["all"])
        if not records:
            self.stdout.write("Nothing is waiting to be published.")
            return
        try:
            editions = publish(
                records,
                by=user_named(options["by"]),
                reason=options["reason"],
                confirmed="all" if options["yes"] else (),
                limit=None,
                progress=progress_bar(self.stderr),
            )
        except Refused as refused:
            for finding in refused.findings:
                self.stderr.write(f"{finding.level.value}: {finding.sentence}")
            only_warnings = all(f.level is Level.WARNING for f in refused.findings)
            mend = " Add --yes to confirm the warnings." if only_warnings else ""
            raise CommandError(f"Nothing was published.{mend}") from None
        for edition in editions:
            self.stdout.write(str(edition))
        self.stdout.write(f"{len(editions)} editions entered.")
