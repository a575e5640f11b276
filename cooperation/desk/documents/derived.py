"""What it takes to compute a member of a document from the others."""

from collections.abc import Callable, Mapping
from typing import Any

Derivation = Callable[[Any, Mapping[str, Any]], Any]
"""From the row (a record or part) and the members rendered so far to the derived member."""
