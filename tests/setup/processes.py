"""Runs a piece of the portal in a process of its own, with exactly the environment given."""

import atexit
import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 120
KEY = "k" * 25 + "0123456789" * 3
PRODUCTION = {
    "PORTAL_SECRET_KEY": KEY,
    "PORTAL_HOSTS": "portal.example",
    "PORTAL_URL": "https://portal.example",
    "DATABASE_URL": "postgresql://portal:secret@db.example/portal",
}


def python(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the program printed, and how it ended."""
    return run(["-W", "error", "-c", program], environment)


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a management command printed, and how it ended."""
    return run(["manage.py", *arguments], environment)


def run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What Python printed with these arguments, and how it ended."""
    surroundings = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **environment}
    surroundings.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    with tempfile.NamedTemporaryFile("w+") as out, tempfile.NamedTemporaryFile("w+") as err:
        asked = {"arguments": arguments, "environment": surroundings}
        code = _forking().ask({**asked, "stdout": out.name, "stderr": err.name})
        return subprocess.CompletedProcess(arguments, code, out.read(), err.read())


class Forking:
    """The process that has read the libraries and runs each program in a copy of itself."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.setup.forking"],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self.end)

    def ask(self, asked: dict[str, object]) -> int:
        """The code with which the program ended."""
        self.process.stdin.write(f"{json.dumps(asked)}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self) -> None:
        """It ends when nothing more can be asked."""
        self.process.communicate()


@cache
def _forking() -> Forking:
    return Forking()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _heed_ctrl_c():
    """Shells let what they start in the background ignore it, and what that starts too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Portal:
    """A portal started as `make run` starts it, in a folder of its own."""

    command = ("-m", "portal.start")

    def __init__(self, folder, port=None, **environment):
        self.folder = folder
        self.port = port or free_port()
        self.log = folder / f"log-{self.port}"
        surroundings = {"PATH": os.environ["PATH"], "PORTAL_VAR": str(folder / "var")}
        surroundings |= {"PORTAL_LOCAL": "on", "PORT": str(self.port), **environment}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.command],
                cwd=ROOT,
                env=surroundings,
                stdout=log,
                stderr=log,
                preexec_fn=_heed_ctrl_c,  # noqa: PLW1509  # it calls one function of the system alone
            )

    def __enter__(self):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.get("/livez")[0] == 200:
                    return self
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.said())

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)

    def get(self, path):
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(asked):
            asked.request("GET", path)
            answer = asked.getresponse()
            return answer.status, answer.read()

    def said(self):
        return self.log.read_text()
