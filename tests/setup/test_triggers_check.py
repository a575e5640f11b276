"""The check that the register's triggers stand is Django's own to run, in a process like any other."""

import sqlite3

import pytest

from tests.setup import processes

# It makes a database of its own, on SQLite.
pytestmark = pytest.mark.once


@pytest.fixture
def manage(tmp_path):
    """Runs a command of the portal on a database of its own."""

    def run(*command):
        return processes.manage(*command, PORTAL_VAR=str(tmp_path), PORTAL_LOCAL="on")

    return run


def drop(folder, trigger):
    with sqlite3.connect(folder / "portal.sqlite3") as database:
        database.execute(f"DROP TRIGGER {trigger}")


def test_check_of_the_database_names_a_missing_trigger(manage, tmp_path):
    assert manage("migrate", "-v0", "gazette").returncode == 0
    assert manage("check", "--database", "default").returncode == 0
    drop(tmp_path, "gazette_edition_stays")
    checked = manage("check", "--database", "default")
    assert checked.returncode == 1
    assert "The trigger gazette_edition_stays is missing" in checked.stderr


def test_a_database_whose_triggers_are_those_of_an_older_release_can_be_migrated(manage, tmp_path):
    assert manage("migrate", "-v0", "gazette").returncode == 0
    assert manage("migrate", "-v0", "gazette", "0002").returncode == 0
    drop(tmp_path, "gazette_edition_is_new")
    checked = manage("check", "--database", "default")
    assert checked.returncode == 0
    assert "The trigger gazette_edition_is_new does not stand yet" in checked.stderr
    assert manage("migrate", "-v0", "gazette").returncode == 0
    assert manage("check", "--database", "default").stderr == ""
