"""The page of promises names tests that exist, with a control for each promise."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "promises.md").read_text()
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows(page: str) -> list[list[str]]:
    """The cells of each promise."""
    lines = [line for line in page.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] not in ("Promise", "---")]


def missing(page: str) -> list[str]:
    """What the page names and no file defines."""
    found = []
    for path, name in NAMED.findall(page):
        file = ROOT / path
        tree = ast.parse(file.read_text()) if file.exists() else ast.Module([], [])
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        if name not in functions:
            found.append(f"{path}::{name}")
    return found


def test_every_test_that_is_named_exists():
    assert missing(PAGE) == []


def test_test_that_does_not_exist_is_noticed():
    """The control."""
    assert missing("`tests/contracts/test_promises.py::test_of_nothing`") != []
    assert missing("`tests/contracts/test_of_nothing.py::test_of_nothing`") != []


def test_every_promise_has_a_proof_and_a_control():
    assert len(rows(PAGE)) > 20
    assert [row[0] for row in rows(PAGE) if len(row) != 3 or not NAMED.search(row[1])] == []
    assert [row[0] for row in rows(PAGE) if not NAMED.search(row[2])] == []
