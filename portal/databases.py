"""Django's database settings, made from a database address."""

from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import IsolationLevel

BUSY_SECONDS = 20
# A reader who waits for longer has left, and the thread that waits answers nobody else.
READER_SECONDS = 3
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
READ_ONLY = " PRAGMA query_only=ON;"


def database(address: str, *, pool: int, read_only: bool = False) -> dict[str, Any]:
    """Settings of the database at `postgresql://…` or `sqlite:///path`; `read_only` for the faces."""
    with suppress(ValueError):  # a port that is no number, a bracket that is not closed
        parts = urlsplit(address)
        if parts.scheme in {"postgresql", "postgres"}:
            return _postgresql(address, pool=pool, read_only=read_only)
        if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
            return _sqlite(Path(unquote(parts.path[1:])), read_only=read_only)
    raise ImproperlyConfigured(
        "A database address is postgresql://user:password@host:port/name or sqlite:///path."
    )


def _sqlite(path: Path, *, read_only: bool) -> dict[str, Any]:
    """A file: writers take the lock when they begin, so that none is refused half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            "transaction_mode": "DEFERRED" if read_only else "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS + (READ_ONLY if read_only else ""),
        },
    }


def _postgresql(address: str, *, pool: int, read_only: bool) -> dict[str, Any]:
    """A server: connections come from a pool; a reader sees one snapshot and may not write."""
    parts = urlsplit(address)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    patience = READER_SECONDS if read_only else BUSY_SECONDS
    options["pool"] = {"min_size": 0, "max_size": pool, "timeout": patience}
    if read_only:
        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
        options["options"] = "-c default_transaction_read_only=on"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
