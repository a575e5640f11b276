"""Parts of records: which of them still stand where later ones replace earlier ones."""

from collections.abc import Mapping, Sequence
from typing import Any

Part = Mapping[str, Any]


def standing(parts: Sequence[Part]) -> list[Part]:
    """Return the parts that no other part of the list replaces, in their order."""
    replaced = {part.get("replaces") for part in parts}
    return [part for part in parts if part["id"] not in replaced]
