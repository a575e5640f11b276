"""The program in docs/ that mirrors a portal: run, killed, and held against the portal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.test import Client

from cooperation.catalogue import KINDS

MIRROR = Path(__file__).resolve().parents[1] / "docs" / "mirror.py"
STATE = "mirror.json"
KILLED = 9
# Runs a program and ends the process before the write of that number, as a kill does: nothing is flushed or closed.
KILLING = f"""
import os, runpy, sys
program, left, sys.argv = sys.argv[2], int(sys.argv[1]), sys.argv[2:]
place = os.path.abspath(sys.argv[2])
def watch(event, given):
    global left
    writes = event in ("os.rename", "os.remove") or event == "open" and "w" in (given[1] or "")
    if writes and os.path.abspath(given[0]).startswith(place):
        left -= 1
        if left < 0:
            os._exit({KILLED})
sys.addaudithook(watch)
runpy.run_path(program, run_name="__main__")
"""


def mirrored(base: str, place: Path, *kinds: str, program: Path = MIRROR) -> tuple[bool, str]:
    """Whether the program was content, and what it said."""
    done = subprocess.run(command(program, base, place, *kinds), **_captured())
    assert done.returncode in (0, 1)
    return done.returncode == 0, (done.stdout + done.stderr).strip()


def killed(base: str, place: Path, number: int, program: Path = MIRROR) -> bool:
    """Whether the program was killed before its write of that number; it is whole where it has fewer."""
    given = ["-c", KILLING, str(number), str(program), base, str(place)]
    done = subprocess.run([sys.executable, "-I", *given], **_captured())
    assert done.returncode in (0, KILLED), done.stderr
    return done.returncode == KILLED


def command(program: Path, base: str, place: Path, *kinds: str) -> list[str]:
    """How the program is begun, apart from everything that is installed."""
    return [sys.executable, "-I", str(program), base, str(place), *kinds]


def altered(folder: Path, old: str, new: str) -> Path:
    """The program in which one thing is otherwise, in that folder; for controls."""
    text = MIRROR.read_text()
    assert text.count(old) == 1
    program = folder / "altered.py"
    program.write_text(text.replace(old, new))
    return program


def _captured() -> dict[str, Any]:
    return {
        "capture_output": True,
        "text": True,
        "timeout": 120,
        "env": {**os.environ, "PYTHONUTF8": "1"},
    }


def files(place: Path) -> dict[str, bytes]:
    """What a directory holds, but for how far the mirror came."""
    found = (path for path in place.rglob("*") if path.is_file())
    held = {str(path.relative_to(place)): path.read_bytes() for path in found}
    held.pop(STATE, None)
    return held


def records(client: Client, *kinds: str) -> dict[str, bytes]:
    """What the interface answers of each record that stands in its lists, under the name of the mirror's file."""
    found = {}
    for kind in kinds or KINDS:
        plural, page = KINDS[kind].plural, f"/api/v1/{KINDS[kind].plural}/?page_size=200"
        while page:
            listed = client.get(page).json()
            for document in listed["results"]:
                key = document["key"]
                found[f"{plural}/{key}.json"] = client.get(f"/api/v1/{plural}/{key}/").content
            page = listed["next"]
    return found
