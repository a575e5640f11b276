"""Writes what a proxy answers by itself when it turns readers away, or the portal does not answer it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from cooperation.faces.pages.bare import STYLES, TROUBLES, bare_page

STATUSES = (400, 413, 414, 429, 431, 502, 503, 504)
STYLE = "errors.css"


class Command(BaseCommand):
    """Writes a page for each status and language, the one style that they need, and the interface's answers."""

    help = "Write the proxy's own answers: pages in each language, problem documents for programs."

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
            with override("en"):
                for status in STATUSES:
                    (folder / f"{status}.json").write_text(_problem(status))
        except OSError as fault:
            raise CommandError(f"{fault.filename} cannot be written: {fault.strerror}.") from None
        pages = len(STATUSES) * len(settings.LANGUAGES)
        self.stdout.write(f"{pages} pages and {len(STATUSES)} documents are in {folder}.")


def _problem(status: int) -> str:
    """The problem document of that status, with the sentence that pages say of it."""
    title, said = HTTPStatus(status).phrase, TROUBLES[status]
    detail = f"{said.title}. {said.sentence}"
    return json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail})


def _style(address: str) -> str:
    """The style at that address, as it stands in the source."""
    return Path(str(finders.find(address.removeprefix("/static/")))).read_text()
