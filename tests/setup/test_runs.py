"""The runs of the suite hear nothing of other portals, and take away what they started."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import run
from tests.setup.processes import ROOT

pytestmark = pytest.mark.once
PATIENCE_SECONDS = 60
SLEEP = (
    "import os, time; print(os.environ['DATABASE_URL'], os.getpid(), flush=True); time.sleep(99)"
)


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_run_that_is_ended_takes_its_server_and_its_command_away():
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.postgres", "--", sys.executable, "-c", SLEEP],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    address, command = running.stdout.readline().split()
    home = Path(address.partition("host=")[2])
    server = int((home / "data" / "postmaster.pid").read_text().split()[0])
    assert is_alive(server)
    running.send_signal(signal.SIGTERM)
    assert running.wait(PATIENCE_SECONDS) == 143
    running.stdout.close()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (is_alive(server) or is_alive(int(command))) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_alive(server)
    assert not is_alive(int(command))
    assert not home.exists()


def test_runs_forget_what_the_shell_says_of_other_portals(monkeypatch):
    for name in list(os.environ):
        if name.startswith("PORTAL_"):
            monkeypatch.delenv(name)
    said = {"PORTAL_SIDE": "public", "PORTAL_UNHEARD_OF": "x", "DATABASE_URL": "sqlite:////p/a.db"}
    said |= {"DJANGO_SETTINGS_MODULE": "elsewhere.settings", "PORT": "1"}
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    run.forget_other_portals()
    assert not said.keys() & os.environ.keys()
    assert "PATH" in os.environ


def test_runs_keep_what_is_compiled_where_the_shell_forbids_it(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    run.keep_what_is_compiled()
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
