"""Programs that tests run are as alone as those that a shell starts."""

import os

import pytest

from tests.setup.processes import python

pytestmark = pytest.mark.once


def test_program_has_the_environment_that_it_was_given_and_knows_nothing_of_the_portal(monkeypatch):
    monkeypatch.setenv("PORTAL_SIDE", "public")
    told = python("import os; print(sorted(os.environ))", PORTAL_LOCAL="on").stdout
    given = ["DJANGO_SETTINGS_MODULE", "PATH", "PORTAL_LOCAL", "PYTHONPATH"]
    assert told == f"{given}\n"
    ours = (
        "print([m for m in __import__('sys').modules if m.startswith(('portal', 'cooperation'))])"
    )
    assert python(ours).stdout == "[]\n"


def test_programs_have_processes_of_their_own():
    asked = "import os; print(os.getpid())"
    assert len({python(asked).stdout, python(asked).stdout, f"{os.getpid()}\n"}) == 3


@pytest.mark.parametrize(
    ("program", "code", "last"),
    [
        ("raise SystemExit(3)", 3, ""),
        ("raise SystemExit('No.')", 1, "No."),
        ("import os; os.kill(os.getpid(), 9)", -9, ""),
        ("import warnings; warnings.warn('Old.')", 1, "UserWarning: Old."),
    ],
)
def test_program_ends_as_it_would_in_a_shell(program, code, last):
    done = python(program)
    assert (done.returncode, (done.stderr.splitlines() or [""])[-1]) == (code, last)
