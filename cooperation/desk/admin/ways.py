"""What leads from the form of a record to a page of its own."""

from __future__ import annotations

from typing import NamedTuple


class Way(NamedTuple):
    """A way that leads from a record to what can be done with it."""

    name: str
    words: str
    address: str
