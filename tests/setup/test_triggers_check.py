"""The check that the register's triggers stand is Django's own to run, in a process like any other."""

import os
import sqlite3
import subprocess
import sys


def test_check_of_the_database_names_a_missing_trigger(tmp_path):
    def manage(*command):
        surroundings = {n: v for n, v in os.environ.items() if "DATABASE" not in n}
        surroundings |= {"PORTAL_VAR": str(tmp_path), "PORTAL_LOCAL": "on"}
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            env=surroundings,
            capture_output=True,
            text=True,
        )

    assert manage("migrate", "-v0").returncode == 0
    assert manage("check", "--database", "default").returncode == 0
    with sqlite3.connect(tmp_path / "portal.sqlite3") as database:
        database.execute("DROP TRIGGER gazette_edition_stays")
    checked = manage("check", "--database", "default")
    assert checked.returncode == 1
    assert "The trigger gazette_edition_stays is missing" in checked.stderr
