"""The whole suite on one engine after the other: `python -m tests.run sqlite postgresql`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from portal import environment
from portal.catalogues import compile_catalogues
from tests import browsers, postgres

# One more than the processors of a small machine: some tests wait for other programs.
# Whoever is done takes tests over from others, so that none waits for the longest.
PYTEST = [sys.executable, "-m", "pytest", "--quiet", "-n", "3", "--dist", "worksteal"]


def on_sqlite() -> int:
    """The suite's exit code on SQLite, browser tests among it."""
    if browsers.install() is None:
        print("Browser tests are skipped: no Chromium could be found or installed.", flush=True)
        if os.environ.get("CI") == "true":
            return 1
        return _run([*PYTEST, "-m", "not browser and not postgres"])
    return _run([*PYTEST, "-m", "not postgres"])


def on_postgresql() -> int:
    """The suite's exit code on PostgreSQL, without what has nothing to ask of a second engine."""
    return postgres.run([*PYTEST, "-m", "not browser and not once"])


def say_what_is_left_out() -> None:
    """A sentence for each program that the guide uses and this machine does not have."""
    for program in ("bash", "curl", "jq", "node"):
        if not shutil.which(program):
            print(
                f"Without {program} its steps of docs/api.md are not tried: install it to try them."
            )


def _run(command: list[str]) -> int:
    """The exit code of a run in local mode."""
    return subprocess.run(command, env={**os.environ, "PORTAL_LOCAL": "on"}).returncode


def forget_other_portals() -> None:
    """Takes away what the shell says of a portal elsewhere: the tests try what they say themselves."""
    foreign = {"DJANGO_SETTINGS_MODULE", "GUNICORN_CMD_ARGS"}
    foreign |= {variable.name for variable in environment.VARIABLES}
    for name in [*os.environ]:
        if name in foreign or name.startswith("PORTAL_"):
            del os.environ[name]


def keep_what_is_compiled() -> None:
    """Lets Python and pytest keep the code that they compile, where the shell forbids it.

    Each worker, and each program that a test starts, would compile the same files anew.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


ENGINES = {"sqlite": on_sqlite, "postgresql": on_postgresql}


def main() -> int:
    """0 when the suite passed on every engine named."""
    forget_other_portals()
    keep_what_is_compiled()
    compile_catalogues(Path(__file__).resolve().parent.parent)
    say_what_is_left_out()
    codes = []
    for engine in sys.argv[1:]:
        print(f"The tests on {engine}:", flush=True)
        codes.append(ENGINES[engine]())
    # A run that was ended by a signal has a code below zero.
    return 0 if codes and not any(codes) else 1


if __name__ == "__main__":
    sys.exit(main())
