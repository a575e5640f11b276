"""The project's own source files, read once, for tests that look at how they are written."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Source:
    """One Python file of the project."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def sources(*folders: str) -> list[Source]:
    """Every Python file under the folders, migrations left out: Django writes those."""
    return [
        Source(path)
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


ROOMS = sources("cooperation", "portal", "deploy")
TESTS = sources("tests")
EVERYTHING = [*ROOMS, *TESTS, *sources("docs", "benchmarks"), Source(ROOT / "manage.py")]
