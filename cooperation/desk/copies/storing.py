"""Storing kept files: under names that nobody can guess, as long as the record or its history names them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cooperation.desk.models import Record, Source
from cooperation.gazette.shapes.sources import ENDINGS

from .examining import Examined

_stored: ContextVar[list[str] | None] = ContextVar("stored", default=None)


class Missing(ValueError):
    """The stored file is not there, or not as it was stored."""


def keep(source: Source, found: Examined, *, typed: str = "") -> None:
    """Let the source keep this file and what was read from it; whoever calls saves the source.

    `typed` are the words where none could be read. The same file again stays where it is, unless it
    is not there any more.
    """
    if source.kept_sha256 != found.sha256 or not _is_whole(source):
        source.kept_name = secrets.token_hex(16)
        source.kept_type = found.media_type
        source.kept_size = len(found.content)
        source.kept_sha256 = found.sha256
        default_storage.save(source.kept_path, ContentFile(found.content))
        made = _stored.get()
        if made is not None:
            made.append(source.kept_path)
    source.kept_text = found.text or typed
    source.kept_typed = bool(typed) and not found.text


def part_with(source: Source) -> None:
    """Let the source keep no file; the file stays while the history names it. Whoever calls saves the source."""
    source.kept_name = source.kept_type = source.kept_sha256 = ""
    source.kept_size = None  # type: ignore[assignment] # the stubs do not know that it may be null
    source.kept_typed = False


def content_of(source: Source) -> bytes:
    """The bytes of the kept copy, whose hash is that on record; Missing where they are not there any more."""
    if not source.kept_name:
        return source.kept_text.encode()
    if default_storage.exists(source.kept_path):
        with default_storage.open(source.kept_path) as file:
            content: bytes = file.read()
        if hashlib.sha256(content).hexdigest() == source.kept_sha256:
            return content
    raise Missing(
        _("the stored file of its kept copy is gone or was changed; upload the file again.")
    )


def is_there(source: Source) -> bool:
    """Whether the kept file, where there is one, still lies in its place; its bytes are not read."""
    return not source.kept_name or default_storage.exists(source.kept_path)


def _is_whole(source: Source) -> bool:
    try:
        return bool(source.kept_name and content_of(source))
    except Missing:
        return False


def opening(record: Record) -> Callable[[], bytes] | None:
    """How the gazette comes by the bytes of the copy that a record keeps; None where it keeps none."""
    if isinstance(record, Source) and record.kept:
        return partial(content_of, record)
    return None


@contextmanager
def no_orphans() -> Iterator[None]:
    """A while after which every file that was stored in it, and that no source came to name, is gone.

    To be put around the transaction: one that is rolled back takes no file back by itself.
    """
    made: list[str] = []
    token = _stored.set(made)
    try:
        yield
    finally:
        _stored.reset(token)
        for path in made:
            if not Source.history.filter(kept_name=path.partition(".")[0]).exists():
                default_storage.delete(path)


def parted_with(source: Source) -> QuerySet[Any]:
    """The entries of the history that name a file which the source itself does not keep any more."""
    entries = Source.history.filter(id=source.pk).exclude(kept_name="")
    return entries.exclude(kept_name=source.kept_name)


def remove(entries: QuerySet[Any]) -> None:
    """Remove the files that these entries name, once the transaction is done. One query."""
    for name, media_type in set(entries.values_list("kept_name", "kept_type")):
        transaction.on_commit(partial(default_storage.delete, f"{name}.{ENDINGS[media_type]}"))
