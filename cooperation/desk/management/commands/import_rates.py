"""Imports exchange rates from a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cooperation.desk import conversion
from cooperation.desk.intake import rate_entry, tables
from cooperation.desk.intake.rates import COLUMNS, Table, read
from cooperation.desk.intake.reading import Unreadable
from cooperation.desk.management.arguments import user_named
from cooperation.gazette.management.bars import progress_bar


class Command(BaseCommand):
    """Imports exchange rates, all rows of a file or none."""

    help = "Import exchange rates from a CSV file: all of its rows, or none."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file, a user and a reason."""
        parser.add_argument(
            "file", type=Path, help=f"CSV whose first line names {', '.join(COLUMNS)}"
        )
        parser.add_argument(
            "--by", required=True, help="name of the user who does it; stays at the desk"
        )
        parser.add_argument("--reason", required=True, help="why; stays at the desk")
        parser.add_argument(
            "--encoding", choices=tables.ENCODINGS, default="", help="where it is not recognised"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and do nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the rates, and say in plain words what was done or what speaks against it."""
        by, reason = user_named(options["by"]), _reason(options["reason"])
        table = self._table(options["file"], options["encoding"])
        plan = rate_entry.plan(table)
        if options["dry_run"]:
            self._say(plan)
            self.stdout.write(f"{_counted(plan)}. Nothing was imported: this was a dry run.")
            return
        try:
            made, rates = rate_entry.enter(
                table, by=by, reason=reason, seal=plan.seal, progress=progress_bar(self.stderr)
            )
        except rate_entry.Overtaken:
            raise CommandError(
                "Nothing was imported: somebody changed a rate meanwhile. Run it again."
            ) from None
        self.stdout.write(f"{_counted(made)}.")
        for kind, key in conversion.outdated(rates):
            self.stdout.write(
                f"{kind}/{key} is public with amounts converted otherwise; publish it again."
            )

    def _table(self, path: Path, encoding: str) -> Table:
        """The rows of the file; CommandError where it cannot be read or anything is wrong with it."""
        try:
            with path.open("rb") as file:
                data = file.read(tables.MAX_BYTES + 1)
            text, _encoding = tables.decoded(data, encoding)
            table = read(text)
        except OSError as fault:
            raise CommandError(f"{path} cannot be read: {fault.strerror}.") from None
        except Unreadable as refusal:
            raise CommandError(f"Nothing was imported. {refusal}") from None
        if not table.faults:
            return table
        for found in table.faults:
            self.stderr.write(str(found))
        more = " Reading stopped there." if table.is_broken_off else ""
        raise CommandError(f"Nothing was imported: {len(table.faults):,} errors.{more}")

    def _say(self, plan: rate_entry.Plan) -> None:
        for item in plan.items:
            given, before = item.row.given, item.before
            after = f"{given['rate']:f} ({given['source']})"
            if before and item.outcome == rate_entry.Outcome.CHANGED:
                after = f"{before.rate:f} ({before.source}) → {after}"
            pair = f"{given['date']} {given['base']}/{given['quote']}"
            self.stdout.write(f"line {item.row.line}: {item.outcome.value}: {pair} {after}")


def _reason(given: str) -> str:
    try:
        return rate_entry.clean_reason(given)
    except ValueError as fault:
        raise CommandError(f"--reason: {fault}") from None


def _counted(plan: rate_entry.Plan) -> str:
    return ", ".join(
        f"{count:,} {outcome.value}" for outcome, count in plan.counts.items() if count
    )
