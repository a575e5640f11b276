"""Every line of code in docs/api.md is run against a portal, and prints what the guide shows."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.docs.guide import DOCS, differences, program, steps

# What the guide shows does not depend on the engine.
pytestmark = pytest.mark.once
GUIDE = (DOCS / "api.md").read_text()
PAGE = '<!doctype html><meta charset="utf-8"><script type="module" src="guide.js"></script>'
DONE = "all steps were run"


@pytest.fixture
def portal(live_server) -> str:
    """The address of a portal with the first records."""
    call_command("seed", verbosity=0)
    return live_server.url


def run(command: list[str], folder: Path, code: str) -> str:
    """What the program prints, run in a folder in which nothing else lies."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        [*command, code],
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout + done.stderr


def test_python_in_the_guide_prints_what_it_shows(portal, tmp_path):
    said = run([sys.executable, "-c"], tmp_path, program(GUIDE, "python", portal))
    assert differences(GUIDE, "python", said) == []


@pytest.mark.programs("bash", "curl", "jq")
def test_shell_commands_in_the_guide_print_what_it_shows(portal, tmp_path):
    said = run(["bash", "-c"], tmp_path, program(GUIDE, "sh", portal))
    assert differences(GUIDE, "sh", said) == []


@pytest.mark.programs("node")
def test_javascript_in_the_guide_prints_what_it_shows_in_node(portal, tmp_path):
    code = program(GUIDE, "js", portal)
    said = run(["node", "--input-type=module", "--eval"], tmp_path, code)
    assert differences(GUIDE, "js", said) == []


@pytest.mark.browser
def test_javascript_in_the_guide_prints_what_it_shows_on_a_page_of_another_origin(
    portal, page, tmp_path
):
    printed = []
    page.on("console", lambda said: printed.append(said.text) if said.type == "log" else None)
    page.on("pageerror", lambda fault: printed.append(f"{fault}\n{DONE}"))
    (tmp_path / "guide.js").write_text(program(GUIDE, "js", portal) + f'console.log("{DONE}");')
    (tmp_path / "index.html").write_text(PAGE)
    with elsewhere(tmp_path) as address:
        page.goto(address)
        for _turn in range(600):
            if DONE in "".join(printed):
                break
            page.wait_for_timeout(50)
    assert differences(GUIDE, "js", "\n".join(printed)) == []


@contextlib.contextmanager
def elsewhere(folder: Path) -> Iterator[str]:
    """The address of another site, which serves the files of that folder."""
    handler = partial(Files, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Files(SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *_said: object) -> None:
        pass


def test_guide_says_each_step_in_three_languages():
    by_language = {name: len(steps(GUIDE, name)) for name in ("sh", "python", "js")}
    assert by_language == {"sh": 17, "python": 15, "js": 15}


@pytest.mark.parametrize("line", ["200000000000", "3 Under discussion", "whole"])
def test_guide_with_one_wrong_line_is_noticed(portal, tmp_path, line):
    """The control."""
    wrong = GUIDE.replace(f"\n{line}\n", f"\n{line}.\n", 1)
    said = run([sys.executable, "-c"], tmp_path, program(wrong, "python", portal))
    assert len(differences(wrong, "python", said)) == 1
