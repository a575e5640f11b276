import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import EVERYTHING, ROOMS, ROOT, TESTS, Source

pytestmark = pytest.mark.once

LONGEST_MODULE = 300
VAGUE = {"base", "common", "core", "helper", "helpers", "misc", "mixins", "tools", "util", "utils"}
KINDS = {
    "initiative": "initiatives",
    "fund": "funds",
    "agreement": "agreements",
    "engagement": "engagements",
    "statement": "statements",
    "organization": "organizations",
    "person": "people",
    "platform": "platforms",
    "source": "sources",
}


def test_modules_stay_short_enough_to_read_at_once():
    long = {source.name: len(source.lines) for source in EVERYTHING}
    assert not {name: count for name, count in long.items() if count >= LONGEST_MODULE}


def test_every_module_opens_with_one_line_that_says_what_it_is_for():
    for source in ROOMS:
        purpose = ast.get_docstring(source.tree)
        assert purpose, source.name
        assert purpose.splitlines()[0].endswith((".", "?", "!")), source.name


def test_no_module_has_a_name_that_says_nothing():
    parts = {part for source in EVERYTHING for part in Path(source.name).with_suffix("").parts}
    assert not parts & VAGUE


def test_no_class_is_called_a_base_or_a_mixin():
    named = [
        f"{source.name}: {node.name}"
        for source in EVERYTHING
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and re.search(r"^Base[A-Z]|Mixin$", node.name)
    ]
    assert not named


def test_nothing_happens_by_signal_but_what_the_history_library_demands():
    listening = re.compile(r"@receiver|(?<!sqlite3)\.connect\(|import .*(post|pre)_(save|delete)")
    users = {source.name for source in ROOMS if listening.search(source.text)}
    assert users <= {"cooperation/desk/chronicle.py"}


def test_no_test_mocks_our_own_code():
    asked = re.compile(r"unittest.{0,8}mock|\bmocker\b|MagicMock")
    assert not [
        source.name for source in TESTS if source.path != _here() and asked.search(source.text)
    ]


def test_no_test_is_put_aside():
    aside = re.compile(r"mark\.(skip|xfail)|pytest\.(skip|xfail)\(|importorskip")
    assert not [
        source.name for source in TESTS if source.path != _here() and aside.search(source.text)
    ]


def test_nothing_is_left_for_later_in_a_comment():
    later = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
    assert not [
        source.name for source in EVERYTHING if source.path != _here() and later.search(source.text)
    ]


def test_every_exception_from_a_linter_carries_its_reason():
    bare = re.compile(r"#\s*(noqa(?!: [A-Z0-9, ]+ +(#|--) \S)|type: ignore(?!\[[a-z-, ]+\] +# \S))")
    found = [
        f"{source.name}:{number}"
        for source in EVERYTHING
        if source.path != _here()
        for number, line in enumerate(source.lines, 1)
        if bare.search(line)
    ]
    assert not found


def test_only_one_module_reads_the_environment():
    readers = {source.name for source in ROOMS for node in ast.walk(source.tree) if _reads(node)}
    assert readers == {"portal/environment.py"}


def _reads(node: ast.AST) -> bool:
    """Whether it looks into the environment; naming the settings module for Django is no look."""
    if not isinstance(node, ast.Attribute):
        return False
    if node.attr in {"getenv", "getenvb", "environb"}:
        return True
    of_environ = isinstance(node.value, ast.Attribute) and node.value.attr == "environ"
    return of_environ and node.attr != "setdefault"


def test_concept_has_the_same_plural_name_in_every_room():
    for room in ("cooperation/gazette/shapes", "cooperation/desk/models"):
        assert _stems(room) >= set(KINDS.values()), room
    for room in ("cooperation", "tests"):
        names = {path.stem.removeprefix("test_") for path in (ROOT / room).rglob("*.py")}
        assert not names & set(KINDS), f"{room}: the plural names the concept"


def _stems(room: str) -> set[str]:
    return {path.stem for path in (ROOT / room).glob("*.py")}


def test_rooms_are_those_of_the_plan():
    assert {path.name for path in (ROOT / "cooperation").iterdir() if path.name[0] != "_"} == {
        "catalogue.py",
        "desk",
        "faces",
        "gazette",
        "rules",
    }


def _here() -> Path:
    return Path(__file__).resolve()


def test_reader_of_the_environment_is_found_when_there_is_one(tmp_path):
    guilty = tmp_path / "guilty.py"
    guilty.write_text('import os\nSIDE = os.environ.get("SIDE")\n')
    assert any(_reads(node) for node in ast.walk(Source(guilty).tree))
