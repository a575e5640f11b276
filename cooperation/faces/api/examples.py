"""What the description shows as examples: requests, and what the portal with its first records answers.

They are kept in a file, so that nothing has to be asked when the description is drawn. `make examples`
writes it, and a test asks every one of them again.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

FILE = Path(__file__).with_name("examples.json")
# Where the answers in the file come from; the description shows the address of the portal instead.
ORIGIN = "https://portal.example"


class Example(NamedTuple):
    """A request by its parameters, and its answer; None where that is too long to be shown, or no text."""

    request: dict[str, Any]
    answer: Any


def example(operation: str) -> Example | None:
    """The example of that operation; None where the first records hold nothing that it could show."""
    found = _examples().get(operation)
    return Example(found["request"], found.get("answer")) if found else None


def address(path: str, request: dict[str, Any]) -> str:
    """The address of a request that names no members: a value of the path in its place, the others as query."""
    query = {name: value for name, value in request.items() if f"{{{name}}}" not in path}
    asked = urlencode(query, doseq=True)
    return f"{ORIGIN}{path.format(**request)}" + (f"?{asked}" if asked else "")


@cache
def _examples() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text())
    return found
