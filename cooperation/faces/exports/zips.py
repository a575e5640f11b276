"""Zip files that are given away while they are packed: equal contents are equal bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# What is held back of an entry until its length is known. A longer one has to be marked as one that may
# be beyond 4 GB (zip64), and programs that read zips as they come, older Java among them, stumble on that.
HELD = 8 * 1024 * 1024


class Packed(NamedTuple):
    """What became of an entry: how long it is, unpacked, and the hash of its bytes."""

    bytes: int
    hash: str


class Parcel:
    """A zip file that leaves as it is written. Until it is ended it has no contents that can be read."""

    def __init__(self) -> None:
        self._leaving = _Leaving()
        # It asks for no more than this of a file on which it cannot go back.
        leaving: Any = self._leaving
        self._zip = ZipFile(leaving, "w", ZIP_DEFLATED)

    def put(self, name: str, pieces: Iterable[bytes]) -> Generator[bytes, None, Packed]:
        """Packs the pieces under that name; gives the bytes that are ready, and says in the end what they were."""
        coming = iter(pieces)
        held, is_long = _beginning(coming)
        entry = undated(name)
        entry.file_size = sum(map(len, held))
        size, seen = 0, hashlib.sha256()
        with self._zip.open(entry, "w", force_zip64=is_long) as place:
            for piece in chain(held, coming):
                size += len(piece)
                seen.update(piece)
                place.write(piece)
                yield from self._leaving.taken()
        yield from self._leaving.taken()
        return Packed(size, f"sha256:{seen.hexdigest()}")

    def end(self) -> Iterator[bytes]:
        """The last bytes, with which it can be opened."""
        self._zip.close()
        yield from self._leaving.taken()


class _Leaving:
    """A file that can only be written to, and keeps what was written until it is taken."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def taken(self) -> Iterator[bytes]:
        ready = b"".join(self._written)
        self._written.clear()
        if ready:
            yield ready


def undated(name: str) -> ZipInfo:
    """An entry of that name that says nothing of when it was made."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _beginning(pieces: Iterator[bytes]) -> tuple[list[bytes], bool]:
    """The first pieces, and whether they are too many to be held together."""
    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > HELD:
            return held, True
    return held, False
