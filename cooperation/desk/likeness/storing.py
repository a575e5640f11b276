"""The file in which names lie in the forms by which they are compared, so that no question reads them all.

It holds nothing that the desk does not, is brought up to date before it is asked, and is made anew
where it is missing, broken, of another database, or written by another wording of the rules.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.db import connections

PATIENCE = 10.0
"""Seconds to wait for another process that writes."""
RULES = (*(f"cooperation.rules.{name}" for name in ("names", "sounds", "han", "words")), __name__)
TABLES = """
    DROP TABLE IF EXISTS name; DROP TABLE IF EXISTS record; DROP TABLE IF EXISTS pair; DROP TABLE IF EXISTS fact;
    CREATE TABLE fact (what TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE record (
        kind TEXT, pk INTEGER, saved TEXT NOT NULL, PRIMARY KEY (kind, pk)) WITHOUT ROWID;
    CREATE INDEX record_by_time ON record (kind, saved);
    CREATE TABLE name (
        kind TEXT, pk INTEGER, text TEXT, plain TEXT, plain_end TEXT, sound TEXT, sound_end TEXT, script TEXT);
    CREATE INDEX name_of_record ON name (kind, pk);
    CREATE INDEX name_by_plain ON name (kind, script, plain);
    CREATE INDEX name_by_plain_end ON name (kind, script, plain_end);
    CREATE INDEX name_by_sound ON name (kind, script, sound);
    CREATE INDEX name_by_sound_end ON name (kind, script, sound_end);
    CREATE TABLE pair (
        kind TEXT, place INTEGER, one INTEGER, other INTEGER, score REAL, name_of_one TEXT, name_of_other TEXT,
        PRIMARY KEY (kind, place)) WITHOUT ROWID;
"""


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """The file, with its tables."""
    path = Path(settings.NAMES_INDEX)
    try:
        file = _opened(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        # It is no such file, or a broken one; nothing is in it that is not in the database.
        for broken in (path, *(path.with_name(path.name + more) for more in ("-wal", "-shm"))):
            broken.unlink(missing_ok=True)
        file = _opened(path)
    try:
        yield file
    finally:
        file.close()


@contextmanager
def writing(file: sqlite3.Connection) -> Iterator[None]:
    """A change of the file, whole or not at all."""
    file.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        file.execute("ROLLBACK")
        raise
    file.execute("COMMIT")


def fact(file: sqlite3.Connection, what: str) -> str:
    """What is noted under that word; nothing where nothing is."""
    row = file.execute("SELECT value FROM fact WHERE what = ?", (what,)).fetchone()
    return str(row[0]) if row else ""


def note(file: sqlite3.Connection, what: str, value: str) -> None:
    """Note it under that word."""
    file.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (what, value))


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    file = sqlite3.Connection(path, timeout=PATIENCE, isolation_level=None)
    file.execute("PRAGMA synchronous = OFF")
    wording = _wording()
    if file.execute("PRAGMA user_version").fetchone()[0] != wording:
        file.execute("PRAGMA journal_mode = WAL")
        file.executescript(f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {wording}; COMMIT;")
    return file


def _wording() -> int:
    """A number that is another for other rules and another database."""
    told = connections["default"].settings_dict
    of = " ".join(str(told[part]) for part in ("ENGINE", "HOST", "PORT", "NAME"))
    return crc32(of.encode(), _rules()) & 0x7FFFFFFF


@cache
def _rules() -> int:
    found = 0
    for name in RULES:
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        found = crc32(Path(spec.origin).read_bytes(), found)
    return found
