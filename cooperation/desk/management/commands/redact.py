"""Empties editions, as a court or a privacy officer has ordered."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cooperation.desk.checks import Refused
from cooperation.desk.management.arguments import user_named
from cooperation.desk.models import Source
from cooperation.desk.publishing import redact
from cooperation.gazette.entering import Refusal
from cooperation.gazette.models import Edition
from cooperation.gazette.redacting import numbers_emptied, still_naming


class Command(BaseCommand):
    """Empties the documents of editions for good; number, hash and chain stay."""

    help = "Empty the documents of editions for good; number, hash and chain stay."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the numbers of editions, a user and a reason."""
        parser.add_argument("numbers", nargs="+", type=int, help="numbers of the editions to empty")
        parser.add_argument(
            "--by", required=True, help="name of the user who does it; stays at the desk"
        )
        parser.add_argument(
            "--reason", required=True, help="why, for all to read; without what is redacted"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Redact, and say in plain words what was done or what speaks against it."""
        try:
            editions = redact(
                options["numbers"], by=user_named(options["by"]), reason=options["reason"]
            )
        except (Refused, Refusal) as refused:
            self.stderr.write(str(refused))
            raise CommandError("Nothing was redacted.") from None
        for edition in editions:
            self.stdout.write(str(edition))
        self._tell(options["numbers"], numbers_emptied(editions))
        left = still_naming(options["numbers"])
        if left:
            self.stdout.write(
                f"Still named in {', '.join(map(str, left))}: redact these too, as far as the order reaches."
            )

    def _tell(self, numbers: list[int], emptied: list[int]) -> None:
        """Say what was passed over, and what was done at the desk."""
        before = sorted(set(numbers) - set(emptied))
        if before:
            self.stdout.write(
                f"Emptied before, so nothing new was entered: {', '.join(map(str, before))}."
            )
        records = Edition.objects.filter(number__in=numbers).values_list("kind", "key")
        named = ", ".join(sorted({f"{kind}/{key}" for kind, key in records}))
        self.stdout.write(f"No text is left in the history of {named} at the desk.")
        kept = Source.objects.filter(key__in=[key for kind, key in records if kind == "source"])
        for source in kept.exclude(kept_name="", kept_text="").only("key"):
            self.stdout.write(
                f"source/{source.key} still keeps a copy: an editor removes it, then redact once more."
            )
        if emptied:
            self.stdout.write(
                "What the desk says now is for an editor to change. That leaves the old text in the"
                " history: then redact once more."
            )
