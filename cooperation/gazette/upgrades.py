"""Leading documents of older schemas to the newest, so that old editions can be shown as pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .shapes import shape


def upgraded(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same document in its kind's newest schema, step by step; pure, the original stays."""
    current = dict(document)
    kind, _slash, version = current["schema"].partition("/")
    for step in range(int(version), shape(kind).version):
        current = {**shape(kind).upgrades[step](current), "schema": f"{kind}/{step + 1}"}
    return current
