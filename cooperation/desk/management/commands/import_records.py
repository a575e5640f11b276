"""Imports records from a table: all of its rows, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cooperation.catalogue import KINDS
from cooperation.desk.intake import planning, sheets, tables
from cooperation.desk.intake.layouts import SheetLayout
from cooperation.desk.intake.lines import Line
from cooperation.desk.intake.planning import Plan, clean_reason
from cooperation.desk.intake.reading import Unreadable
from cooperation.desk.management.arguments import user_named
from cooperation.desk.management.layouts import add_arguments, layouts_asked
from cooperation.gazette.management.bars import progress_bar


class Command(BaseCommand):
    """Imports records of one kind from CSV or a workbook."""

    help = "Import records from CSV or XLSX: all rows of the file, or none."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file, how it is read, a user and a reason."""
        parser.add_argument("file", type=Path, help="CSV or XLSX")
        parser.add_argument("--kind", required=True, choices=KINDS, help="the kind of its records")
        add_arguments(parser)
        parser.add_argument(
            "--encoding", choices=tables.ENCODINGS, default="", help="where it is not recognised"
        )
        parser.add_argument("--by", help="name of the user who does it; stays at the desk")
        parser.add_argument("--reason", default="", help="why; stays at the desk")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and do nothing"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask before importing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the records, and say in plain words what was done or what speaks against it."""
        by = user_named(options["by"] or "") if not options["dry_run"] else None
        reason = "" if options["dry_run"] else _reason(options["reason"])
        layouts = self._layouts(options)
        self._tell_units(layouts)
        kind, bar = options["kind"], progress_bar(self.stderr)
        made = planning.plan(kind, layouts, note=self._complain, progress=bar)
        if made.is_blocked:
            more = " Reading stopped there." if made.is_broken_off else ""
            errors = f"{made.problems:,} error" + "s" * (made.problems != 1)
            raise CommandError(f"Nothing was imported: {errors}.{more}")
        if options["dry_run"]:
            self.stdout.write(f"{counted(made)}. Nothing was imported: this was a dry run.")
            return
        if made.is_idle:
            self.stdout.write(f"{counted(made)}. There is nothing to import.")
            return
        if not options["yes"] and not self._is_confirmed(made):
            raise CommandError("Nothing was imported.")
        try:
            made = planning.carry_out(
                kind, layouts, by=by, reason=reason, seal=made.seal, progress=bar
            )
        except planning.Overtaken:
            raise CommandError(
                "Nothing was imported: somebody changed a record meanwhile. Run it again."
            ) from None
        self.stdout.write(f"{counted(made)}.")

    def _layouts(self, options: dict[str, Any]) -> list[SheetLayout]:
        path = options["file"]
        try:
            with path.open("rb") as file:
                data = file.read(sheets.COMMAND.bytes + 1)
            book = sheets.read(data, path.name, options["encoding"], sheets.COMMAND)
        except OSError as fault:
            raise CommandError(f"{path} cannot be read: {fault.strerror}.") from None
        except Unreadable as refusal:
            raise CommandError(f"Nothing was imported. {refusal}") from None
        return layouts_asked(book, options["kind"], options)

    def _tell_units(self, layouts: list[SheetLayout]) -> None:
        """Say which amounts are counted in what a line above the header says."""
        for layout in layouts:
            for one in layout.headings:
                if one.unit_above:
                    self.stderr.write(
                        f"{layout.sheet.name}, {one.text}: read in the unit that stands above the header, {one.unit_above}."
                    )

    def _complain(self, line: Line) -> None:
        place = f"{line.sheet}, row {line.number}" if line.sheet else f"row {line.number}"
        for found in line.problems:
            column = f", {found.column}" if found.column else ""
            given = f" (given: {found.value[:60]})" if found.value else ""
            self.stderr.write(f"{place}{column}: {found.mend}{given}")

    def _is_confirmed(self, made: Plan) -> bool:
        """Whether somebody at the keyboard says yes."""
        if not self.stdin_is_a_keyboard():
            raise CommandError(
                "Say --yes to import without being asked, or --dry-run to look only."
            )
        return input(f"{counted(made)}. Import? [y/N] ").strip().lower() in ("y", "yes")

    def stdin_is_a_keyboard(self) -> bool:
        """Whether anybody can be asked."""
        import sys

        return sys.stdin.isatty()


def _reason(given: str) -> str:
    try:
        return clean_reason(given)
    except ValueError as fault:
        raise CommandError(f"--reason: {fault}") from None


def counted(made: Plan) -> str:
    """What a plan does, in numbers."""
    counts = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(made.counts.items()))
    return counts or "No rows"
