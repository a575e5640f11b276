"""What is computed in the document of a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cooperation.desk.models import Source


def kept(source: Source, _document: Mapping[str, Any]) -> dict[str, Any] | None:
    """Hash, size and media type of the kept copy, never its text."""
    return source.kept


DERIVED = {"kept": kept}
