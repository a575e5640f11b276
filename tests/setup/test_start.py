import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.setup.processes import PATIENCE_SECONDS, ROOT, Portal

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A portal that has been started in an empty folder, has answered and was ended."""
    with Portal(tmp_path_factory.mktemp("first"), SEED="0") as portal:
        assert portal.get("/readyz")[0] == 200
        assert portal.get("/")[0] == 200
    return portal


@pytest.fixture
def prepared(first, tmp_path):
    """A folder of its own in which a portal was started before."""
    shutil.copytree(first.folder / "var", tmp_path / "var")
    return tmp_path


def test_portal_starts_twice_and_loses_nothing(first, prepared):
    said = first.said()
    assert len(re.findall(r"password shown only now: \S{16}", said)) == 2
    assert f"The portal is at http://127.0.0.1:{first.port}" in said
    key = (first.folder / "var" / "secret_key").read_text()
    assert (first.folder / "var").stat().st_mode & 0o777 == 0o700
    # What a shell tells other servers is not heard.
    told = {"GUNICORN_CMD_ARGS": "--no-such-option", "DJANGO_SETTINGS_MODULE": "elsewhere"}
    with Portal(prepared, SEED="0", PORTAL_LOCAL="", **told) as second:
        assert second.get("/readyz")[0] == 200
    assert "password" not in second.said()
    assert "Gathering" not in second.said()
    assert (prepared / "var" / "secret_key").read_text() == key


def test_taken_port_is_said_in_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        portal = Portal(tmp_path, port=port)
        assert portal.process.wait(PATIENCE_SECONDS) == 1
    assert portal.said().startswith(f"Port {port} is taken")
    assert len(portal.said().splitlines()) == 1


def refused(folder, **environment):
    """The one line with which a start ends."""
    portal = Portal(folder, **environment)
    assert portal.process.wait(PATIENCE_SECONDS) == 1
    [line] = portal.said().splitlines()
    return line


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "x", "PORT must be a whole number"),
        ("PORT", "70000", "PORT must be a whole number from 1 to 65535"),
        ("SEED", "no", "SEED must be one of 0, 1, not 'no'."),
        ("PORTAL_WORKERS", "0", "PORTAL_WORKERS must be 1 or more"),
        ("DATABASE_URL", "postgresql://db.example/p", "DATABASE_URL is set in this shell"),
        ("DATABASE_URL", "sqlite:////p/a.db", "DATABASE_URL is set in this shell"),
        ("PUBLIC_DATABASE_URL", "sqlite:////p/a.db", "PUBLIC_DATABASE_URL is set in this shell"),
        ("PORTAL_SIDE", "public", "PORTAL_SIDE is set in this shell"),
    ],
)
def test_what_the_shell_says_wrongly_is_refused_in_one_sentence(tmp_path, name, value, sentence):
    assert refused(tmp_path, **{name: value}).startswith(sentence)
    assert not (tmp_path / "var" / "portal.sqlite3").exists()


def test_refusal_says_how_to_mend_it(tmp_path):
    assert refused(tmp_path, DATABASE_URL="postgresql://db.example/p").endswith(
        "`unset DATABASE_URL` and start again; for production see deploy/README.md."
    )


def test_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path):
    (tmp_path / "var").write_text("a file")
    assert refused(tmp_path).startswith(f"{tmp_path / 'var'} has to be a folder in which")


def last_line(folder):
    portal = Portal(folder, SEED="0")
    assert portal.process.wait(PATIENCE_SECONDS) == 1
    assert "Traceback" not in portal.said()
    return portal.said().splitlines()[-1]


def test_styles_that_cannot_be_written_are_said_in_one_sentence(prepared):
    styles = prepared / "var" / "static"
    shutil.rmtree(styles)
    styles.write_text("a file")
    assert last_line(prepared).startswith(str(styles))


def test_database_that_is_none_is_said_in_one_sentence(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "portal.sqlite3").write_text("no database" * 1000)
    assert "cannot be brought up to date (file is not a database)" in last_line(tmp_path)


def test_ctrl_c_during_preparation_is_said_in_one_sentence(tmp_path):
    portal = Portal(tmp_path)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "Bringing" not in portal.said() and time.monotonic() < deadline:
        time.sleep(0.05)
    portal.process.send_signal(signal.SIGINT)
    assert portal.process.wait(PATIENCE_SECONDS) == 1
    assert portal.said().splitlines()[-1].startswith("Stopped; the next start takes up")
    assert "Traceback" not in portal.said()


def test_two_first_starts_at_once_come_one_after_the_other(tmp_path):
    started = [Portal(tmp_path, SEED="0", PORTAL_WORKERS="1") for _ in "12"]
    with started[0] as first, started[1] as second:
        said = first.said() + second.said()
    assert said.count("password shown only now") == 2


def test_start_waits_for_another_one_that_prepares(prepared):
    with (prepared / "var" / "starting.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        portal = Portal(prepared, SEED="0", PORTAL_WORKERS="1")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not portal.said() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert portal.said().startswith("Another start is preparing this portal; waiting")
    with portal:
        assert portal.get("/readyz")[0] == 200


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


@pytest.mark.parametrize(
    ("stamp", "made_anew"), [("{here}\n", False), ("", False), ("/elsewhere/.venv\n", True)]
)
def test_environment_that_was_made_elsewhere_is_made_anew(tmp_path, stamp, made_anew):
    environment = tmp_path / ".venv"
    environment.mkdir()
    (environment / "made.stamp").write_text(stamp.format(here=environment.resolve()))
    done = make(tmp_path, "--dry-run", "run")
    assert done.returncode == 0
    assert ("Making an environment" in done.stdout) is made_anew


def test_check_of_templates_is_not_content_with_none(tmp_path):
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "djade").symlink_to(shutil.which("djade", path=Path(sys.executable).parent))
    for stamp in ("made", "dev"):
        (tmp_path / ".venv" / f"{stamp}.stamp").touch()
    assert make(tmp_path, "--assume-old=.venv/dev.stamp", "templates").returncode != 0


def test_continuous_integration_does_nothing_cleverer_than_check_and_test():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert lines == [
        "#!/usr/bin/env bash",
        "set -eu",
        'cd "$(dirname "$0")/.."',
        "make check",
        "exec make test",
    ]
