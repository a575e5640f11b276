"""A kind is added to a copy of the project by doing what docs/adding-a-kind.md says, and nothing else."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

pytestmark = pytest.mark.once

PAGE = ROOT / "docs" / "adding-a-kind.md"
BLOCK = re.compile(r"^```python (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONTRACTS = ["tests/contracts/test_agreement.py", "tests/contracts/test_canaries.py"]
END_OF_KINDS = "    )\n}\nPLURALS"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a fifth kind, its migration made."""
    place = tmp_path_factory.mktemp("fifth") / "portal"
    left_out = shutil.ignore_patterns(
        ".venv", ".git", "var", "__pycache__", ".*_cache", ".hypothesis"
    )
    shutil.copytree(ROOT, place, ignore=left_out)
    for name, text in BLOCK.findall(PAGE.read_text()):
        (place / name).write_text(with_entry(text) if name.endswith("/catalogue.py") else text)
    made = in_copy(place, "manage.py", "makemigrations", "desk", "-n", "venues")
    assert made.returncode == 0, made.stderr
    return place


def with_entry(entry: str) -> str:
    """The catalogue with one more entry, after the others."""
    catalogue = (ROOT / "cooperation" / "catalogue.py").read_text()
    assert catalogue.count(END_OF_KINDS) == 1
    return catalogue.replace(END_OF_KINDS, entry + END_OF_KINDS)


def in_copy(place: Path, *command: str) -> subprocess.CompletedProcess[str]:
    surroundings = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "DATABASE"))
    }
    surroundings |= {"PORTAL_VAR": str(place / "var"), "PORTAL_LOCAL": "on"}
    return subprocess.run(
        [sys.executable, *command], cwd=place, env=surroundings, capture_output=True, text=True
    )


def test_the_page_names_the_files_of_the_rooms_and_one_line_of_the_catalogue():
    assert [name for name, _text in BLOCK.findall(PAGE.read_text())] == [
        "cooperation/catalogue.py",
        "cooperation/gazette/shapes/venues.py",
        "cooperation/desk/models/venues.py",
        "tests/desk/test_venues.py",
    ]


def test_a_fifth_kind_passes_its_own_tests_from_the_desk_to_every_face(copy):
    ran = in_copy(copy, "-m", "pytest", "-q", "tests/desk/test_venues.py")
    assert "3 passed" in ran.stdout, ran.stdout + ran.stderr


def test_a_fifth_kind_is_covered_by_the_contracts_that_loop_over_the_catalogue(copy):
    ran = in_copy(copy, "-m", "pytest", "-q", *CONTRACTS)
    assert re.search(r"^\d+ passed", ran.stdout, re.MULTILINE), ran.stdout + ran.stderr


def test_the_kind_is_clean_to_the_linter_and_its_migration_is_complete(copy):
    names = [name for name, _text in BLOCK.findall(PAGE.read_text())]
    linted = in_copy(copy, "-m", "ruff", "check", *names)
    assert linted.returncode == 0, linted.stdout
    complete = in_copy(copy, "manage.py", "makemigrations", "--check", "--dry-run")
    assert complete.returncode == 0, complete.stdout
