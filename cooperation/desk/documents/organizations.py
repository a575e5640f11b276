"""What is computed in the document of an organization."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cooperation.rules import identifiers


def address(_row: Any, identifier: Mapping[str, Any]) -> str | None:
    """Where the register shows an identifier."""
    return identifiers.url(identifier["scheme"], identifier["value"])


DERIVED = {"identifiers.url": address}
