"""The name of the release that runs: validators cover it, so no cache outlives a change of code."""

import hashlib
from functools import cache
from pathlib import Path

SHOWN = ("cooperation", "portal", "templates", "static", "locale")
WRITTEN = {".py", ".html", ".txt", ".xml", ".css", ".js", ".svg", ".po"}


@cache
def release(root: Path) -> str:
    """Twelve hex digits over every source that can change an answer."""
    digest = hashlib.sha256()
    for folder in SHOWN:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in WRITTEN:
                digest.update(str(path.relative_to(root)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
