"""Does a step of a large import; the pages of the desk start it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from cooperation.desk.imports import steps
from cooperation.desk.models import Import


class Command(BaseCommand):
    """Reads, looks at or enters the file of an import."""

    help = "Do a step of an import that was sent to the desk; the desk starts this by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the import and the step."""
        parser.add_argument("handle", type=UUID, help="what the import is called")
        parser.add_argument("step", choices=steps.STEPS, help="what is to be done")
        parser.add_argument("--language", default="en", help="in which it is told what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the step, or nothing where another program does it."""
        with translation.override(options["language"]):
            steps.run(Import.objects.get(handle=options["handle"]), options["step"])
