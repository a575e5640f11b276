"""Runs programs in processes of their own that need not read the libraries anew: `processes.py` asks it to.

It has read what the portal needs of others, nothing of the portal, and copies itself for each program.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import runpy
import signal
import sys
import time
import warnings
from typing import Any

PATIENCE_SECONDS = 120
LIBRARIES = (
    "anyascii",
    "argon2",
    "asyncio",
    "babel.dates",
    "defusedxml.ElementTree",
    "django.contrib.staticfiles",
    "django.core.management.commands.check",
    "django.core.management.commands.migrate",
    "django.db.backends.sqlite3.base",
    "django.forms",
    "django.template.backends.django",
    "django.test",
    "django.utils.translation.trans_real",
    "icalendar",
    "inspect",
    "openpyxl",
    "psycopg",
    "psycopg_pool",
    "pypdfium2",
    "rapidfuzz",
    "stdnum",
    "structlog",
    "whitenoise",
)


def read_the_libraries() -> None:
    """Reads them; whoever does without one of them is none the worse."""
    for name in LIBRARIES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()


def asked_for() -> dict[str, Any]:
    """Answers each line with how the program that it names ended; in that program's process, returns the line."""
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            return asked
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    sys.exit()


def become(asked: dict[str, Any]) -> None:
    """Takes on the environment and the ways out that were asked for, and those alone."""
    signal.alarm(PATIENCE_SECONDS)
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    for number, name in enumerate(("/dev/null", asked["stdout"], asked["stderr"])):
        flags = os.O_RDWR if number else os.O_RDONLY
        os.dup2(os.open(name, flags), number)


def run(arguments: list[str]) -> None:
    """Does what Python does with `-W error -c program`, `-m module …`, or the name of a program and what follows."""
    if arguments[0] == "-W":
        warnings.simplefilter(arguments[1])
        sys.argv = ["-c"]
        exec(compile(arguments[3], "<string>", "exec"), {"__name__": "__main__"})
    elif arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = arguments
        runpy.run_path(arguments[0], run_name="__main__")


if __name__ == "__main__":
    read_the_libraries()
    given = asked_for()
    become(given)
    run(given["arguments"])
