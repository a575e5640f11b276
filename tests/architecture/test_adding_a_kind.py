"""A kind is added to a copy of the project by doing what docs/adding-a-kind.md says, and nothing else."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

pytestmark = [pytest.mark.once, pytest.mark.long]

PAGE = ROOT / "docs" / "adding-a-kind.md"
BLOCK = re.compile(r"^```(python|diff|po) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What asks something of every kind and takes seconds; the whole suite passes on the copy too.
COVERING = [
    "tests/contracts/test_faces_agree.py::test_every_published_record_and_no_other_is_listed",
    "tests/contracts/test_faces_agree.py::test_mirror_that_follows_the_changes_holds_what_is_public",
    "tests/contracts/test_costs.py",
    "tests/contracts/test_access.py::test_table_names_every_route_and_no_other",
    "tests/desk/test_commands.py::test_roles_are_set_up_once_and_stay_as_the_table_says",
    "tests/desk/admin/test_home.py",
    "tests/desk/intake/test_faults.py",
    "tests/faces/test_api_about.py",
    "tests/faces/test_translations.py",
]
END_OF_KINDS = "    )\n}\nPLURALS"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a fifth kind, its migration made and in form."""
    place = tmp_path_factory.mktemp("fifth") / "portal"
    # What is compiled comes along, and is read where its file is the same.
    left_out = shutil.ignore_patterns(
        ".venv", ".git", "var", ".ruff_cache", ".pytest_cache", ".hypothesis"
    )
    shutil.copytree(ROOT, place, ignore=left_out)
    for sort, name, text in BLOCK.findall(PAGE.read_text()):
        file = place / name
        file.write_text(written(sort, name, text, file))
    made = in_copy(place, "manage.py", "makemigrations", "desk", "-n", "venues")
    assert made.returncode == 0, made.stderr
    # What `make format` does to code.
    for command in (["check", "--quiet", "--fix-only"], ["format", "--quiet"]):
        in_copy(place, "-m", "ruff", *command, "cooperation/desk/migrations")
    return place


def written(sort: str, name: str, text: str, file: Path) -> str:
    """What the file says after a block of the page: a new file, an entry, lines replaced or added."""
    if sort == "diff":
        return replaced(file.read_text(), text)
    if sort == "po":
        return f"{file.read_text().rstrip()}\n\n{text}"
    return with_entry(text) if name.endswith("/catalogue.py") else text


def replaced(before: str, difference: str) -> str:
    """The text with the lines behind `+` in place of those behind `-`; lines behind neither stay."""
    old, new = (
        "".join(f"{line[1:]}\n" for line in difference.splitlines() if line[0] in signs)
        for signs in (" -", " +")
    )
    assert before.count(old) == 1, f"docs/adding-a-kind.md takes this for what stands there:\n{old}"
    return before.replace(old, new)


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


def test_the_page_names_the_files_of_the_rooms_one_line_of_the_catalogue_and_what_grows():
    assert [(sort, name) for sort, name, _text in BLOCK.findall(PAGE.read_text())] == [
        ("python", "cooperation/catalogue.py"),
        ("python", "cooperation/gazette/shapes/venues.py"),
        ("python", "cooperation/desk/models/venues.py"),
        ("python", "tests/desk/test_venues.py"),
        ("diff", "tests/contracts/desks.py"),
        ("diff", "tests/desk/admin/test_home.py"),
        ("diff", "tests/desk/test_commands.py"),
        ("diff", "tests/contracts/test_costs.py"),
        ("po", "locale/ko/LC_MESSAGES/django.po"),
        ("po", "locale/zh_Hans/LC_MESSAGES/django.po"),
    ]


def test_a_fifth_kind_passes_its_own_tests_and_all_that_loops_over_the_catalogue(copy):
    ran = in_copy(copy, "-m", "pytest", "-q", "tests/desk/test_venues.py", *COVERING)
    assert re.search(r"^\d+ passed", ran.stdout, re.MULTILINE), ran.stdout + ran.stderr


@pytest.mark.parametrize(
    "check",
    [
        ["-m", "ruff", "format", "--check", "--quiet", "."],
        ["-m", "ruff", "check", "--quiet", "."],
        ["-m", "mypy", "--no-error-summary"],
        ["manage.py", "makemigrations", "--check", "--dry-run"],
    ],
    ids=["form", "faults", "types", "migrations"],
)
def test_a_fifth_kind_is_in_order_as_make_check_asks(copy, check):
    checked = in_copy(copy, *check)
    assert checked.returncode == 0, checked.stdout + checked.stderr
