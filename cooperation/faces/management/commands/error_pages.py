"""Writes the pages that a proxy shows when it turns readers away, or the portal does not answer it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from cooperation.faces.pages.bare import STYLES, bare_page

STATUSES = (429, 502, 503)
STYLE = "errors.css"


class Command(BaseCommand):
    """Writes a page for each status and language, and the one style that they need."""

    help = "Write 429, 502 and 503 pages in each language, for the proxy to show by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path, help="The folder that the proxy reads.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Write them all; those of an earlier release are replaced."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / STYLE).write_text("".join(map(_style, STYLES)))
            for code, _name in settings.LANGUAGES:
                ending = "" if code == settings.LANGUAGE_CODE else f".{code}"
                with override(code):
                    for status in STATUSES:
                        page = bare_page(status, styles=[f"/errors/{STYLE}"])
                        (folder / f"{status}{ending}.html").write_text(page)
        except OSError as fault:
            raise CommandError(f"{fault.filename} cannot be written: {fault.strerror}.") from None
        self.stdout.write(f"{len(STATUSES) * len(settings.LANGUAGES)} pages are in {folder}.")


def _style(address: str) -> str:
    """The style at that address, as it stands in the source."""
    return Path(str(finders.find(address.removeprefix("/static/")))).read_text()
