"""Running a program that reads a file in a process of its own: whatever the file does to it, the office goes on."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO


class Ended(Exception):
    """The program came to its end before it could answer."""

    def __init__(self, *, by_limit: bool) -> None:
        super().__init__()
        self.by_limit = by_limit
        """Whether it took more time than it was given, rather than breaking over the file."""


@contextmanager
def answer(
    program: Path, words: Iterable[str], libraries: Iterable[str], content: bytes, seconds: float
) -> Iterator[IO[bytes]]:
    """What the program says of the content, from its beginning; Ended where it could not finish.

    Its words are followed by where the libraries lie, and the project: it looks nowhere else. The
    seconds are by the clock, so that a busy machine may make it wait; it limits its processor itself.
    """
    command = [sys.executable, "-I", "-S", str(program), *words, *_places(libraries)]
    with tempfile.TemporaryFile() as sent, tempfile.TemporaryFile() as said:
        sent.write(content)
        sent.seek(0)
        try:
            # Nothing of the surroundings is handed down: they hold passwords.
            done = subprocess.run(  # noqa: S603 -- our own program, and no word of the sender's
                command,
                stdin=sent,
                stdout=said,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Ended(by_limit=True) from None
        if done.returncode:
            raise Ended(by_limit=done.returncode < 0)
        said.seek(0)
        yield said


def _places(libraries: Iterable[str]) -> list[str]:
    specs = (find_spec(name) for name in libraries)
    places = (Path(spec.origin).parent.parent for spec in specs if spec and spec.origin)
    return list(dict.fromkeys(map(str, [*places, Path(__file__).parents[2]])))
