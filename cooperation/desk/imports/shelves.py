"""Where the file of an import lies while it is looked at, and all that was found in it."""

from __future__ import annotations

import fcntl
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

from cooperation.desk.intake.sheets import Row, Sheet, Workbook
from cooperation.desk.models import Import

KEPT_FOR = timedelta(days=1)
STARTING_SECONDS = 20
"""How long a program that was started may need until it is at work."""
BEGINNING = 30
"""How many rows of each sheet the page of the columns looks at."""


class Shelf:
    """The folder of one import; nobody can guess its name, and no address leads there."""

    def __init__(self, handle: UUID):
        assert isinstance(default_storage, FileSystemStorage)
        self.folder = Path(default_storage.path(f"imports/{handle.hex}"))

    @property
    def is_there(self) -> bool:
        """Whether the file is still kept."""
        return (self.folder / "file").exists()

    def keep(self, data: bytes) -> None:
        """Lay the file there."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.folder / "file").write_bytes(data)

    def data(self) -> bytes:
        """The bytes of the file."""
        return (self.folder / "file").read_bytes()

    def remove(self) -> None:
        """Take everything away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    # What was read

    def keep_book(self, book: Workbook) -> None:
        """Lay the rows there, so that the file is read only once; and those of its beginning apart."""
        self._write("book.json", _plain(book))
        self._write("counts.json", [len(sheet.rows) for sheet in book.sheets])
        start = Workbook([Sheet(s.name, s.rows[:BEGINNING]) for s in book.sheets], book.encoding)
        self._write("beginning.json", _plain(start))

    @property
    def is_read(self) -> bool:
        """Whether the file has been read."""
        return (self.folder / "beginning.json").exists()

    def book(self) -> Workbook:
        """All rows of the file."""
        return _book(self._read("book.json"))

    def beginning(self) -> Workbook:
        """The first rows of each sheet."""
        return _book(self._read("beginning.json"))

    def row_counts(self) -> list[int]:
        """How many rows each sheet has."""
        found: list[int] = self._read("counts.json")
        return found

    # How far it has come

    def tell(self, step: str, done: int, of: int) -> None:
        """Note how far the program has come."""
        self._write("progress.json", {"step": step, "done": done, "of": of, "at": time.time()})

    def told(self) -> dict[str, Any]:
        """How far the program has come."""
        try:
            found: dict[str, Any] = self._read("progress.json")
        except (OSError, ValueError):
            return {"step": "", "done": 0, "of": 0, "at": 0}
        return found

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """A while in which no other program works on this import; false where one does."""
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    def is_worked_on(self) -> bool:
        """Whether a program works on it, or was started a moment ago."""
        if not self.folder.exists():
            return False
        with self.alone() as is_alone:
            return not is_alone or time.time() - self.told()["at"] < STARTING_SECONDS

    # The files of it

    def path(self, name: str) -> Path:
        """Where a file of the shelf lies."""
        return self.folder / name

    def _write(self, name: str, value: Any) -> None:
        # Whoever reads it meanwhile reads the old one or the new one.
        fresh = self.folder / f"{name}.new"
        fresh.write_text(json.dumps(value, ensure_ascii=False), errors="surrogatepass")
        fresh.replace(self.folder / name)

    def _read(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text(errors="surrogatepass"))


def sweep() -> None:
    """Take away what was sent more than a day ago."""
    old = timezone.now() - KEPT_FOR
    for one in Import.objects.filter(at__lt=old).exclude(state__in=(Import.State.ENTERED,)):
        shelf = Shelf(one.handle)
        if not shelf.is_worked_on():
            shelf.remove()
            one.delete()


def _plain(book: Workbook) -> dict[str, Any]:
    return {
        "encoding": book.encoding,
        "sheets": [
            [sheet.name, [[row.number, *row.cells] for row in sheet.rows]] for sheet in book.sheets
        ],
    }


def _book(plain: dict[str, Any]) -> Workbook:
    return Workbook(
        [
            Sheet(name, [Row(number, cells) for number, *cells in rows])
            for name, rows in plain["sheets"]
        ],
        plain["encoding"],
    )
