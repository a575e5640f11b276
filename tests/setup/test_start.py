import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time

import pytest

from tests.setup.processes import ROOT

pytestmark = pytest.mark.once
PATIENCE_SECONDS = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Portal:
    """A portal started as `make run` starts it, in a folder of its own."""

    def __init__(self, folder, port=None, **environment):
        self.port = port or free_port()
        self.log = folder / f"log-{self.port}"
        surroundings = {"PATH": os.environ["PATH"], "PORTAL_VAR": str(folder / "var")}
        surroundings |= {"PORTAL_LOCAL": "on", "PORT": str(self.port), **environment}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "portal.start"],
                cwd=ROOT,
                env=surroundings,
                stdout=log,
                stderr=log,
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


def test_portal_starts_twice_and_loses_nothing(tmp_path):
    with Portal(tmp_path, SEED="0") as first:
        assert first.get("/readyz")[0] == 200
        assert first.get("/")[0] == 200
        said = first.said()
    assert len(re.findall(r"password shown only now: \S{16}", said)) == 2
    assert f"The portal is at http://127.0.0.1:{first.port}" in said
    key = (tmp_path / "var" / "secret_key").read_text()
    with Portal(tmp_path, SEED="0") as second:
        assert second.get("/readyz")[0] == 200
    assert "password" not in second.said()
    assert "Gathering" not in second.said()
    assert (tmp_path / "var" / "secret_key").read_text() == key


def test_taken_port_is_said_in_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        portal = Portal(tmp_path, port=port)
        assert portal.process.wait(PATIENCE_SECONDS) == 1
    assert portal.said().startswith(f"Port {port} is taken")
    assert len(portal.said().splitlines()) == 1


@pytest.mark.parametrize(("port", "sentence"), [("x", "PORT must be"), ("70000", "Port 70000")])
def test_port_that_is_none_is_refused_in_one_sentence(tmp_path, port, sentence):
    portal = Portal(tmp_path, port=port)
    assert portal.process.wait(PATIENCE_SECONDS) == 1
    assert portal.said().startswith(sentence)
    assert len(portal.said().splitlines()) == 1


def make(folder, *arguments):
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copy(ROOT / "requirements-prod.lock", folder)
    asked = ["make", "--no-print-directory", *arguments]
    surroundings = {"PATH": os.environ["PATH"]}  # not what an outer make says
    return subprocess.run(asked, cwd=folder, env=surroundings, capture_output=True, text=True)


def test_missing_python_is_said_in_one_sentence(tmp_path):
    done = make(tmp_path, "run", "PYTHON=")
    assert done.returncode != 0
    assert done.stdout.startswith("Python 3.11 or newer is needed and none was found")


def test_python_without_environments_is_said_in_one_sentence(tmp_path):
    done = make(tmp_path, "run", "PYTHON=false")
    assert done.returncode != 0
    assert done.stdout.startswith("false cannot make environments, as its venv or ensurepip")


def test_continuous_integration_does_nothing_cleverer_than_check_and_test():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines == [
        "#!/usr/bin/env bash",
        "set -eu",
        'cd "$(dirname "$0")/.."',
        "exec make check test",
    ]
