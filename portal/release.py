"""Names for what runs: validators cover the release, so no cache outlives a change of code."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

SHOWN = ("cooperation", "portal", "templates", "static", "locale", "docs")
LOCK = "requirements-prod.lock"
WRITTEN = {".py", ".html", ".txt", ".xml", ".css", ".js", ".svg", ".png", ".woff2", ".po", ".md"}


def fingerprint(root: Path, paths: Iterable[Path]) -> str:
    """Twelve hex digits over names and contents of the files among the paths."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            digest.update(f"{path.relative_to(root)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


@cache
def release(root: Path) -> str:
    """The release by every source that can change an answer, other people's packages included."""
    sources = (path for folder in SHOWN for path in (root / folder).rglob("*"))
    ours = [path for path in sources if path.suffix in WRITTEN]
    return fingerprint(root, [*ours, root / LOCK])


def static_release(root: Path) -> str:
    """The styles and scripts by our own files and the packages that bring others."""
    return fingerprint(root, [*(root / "static").rglob("*"), root / LOCK])
