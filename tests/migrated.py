"""The migrated database of one run: the first worker makes it, and the others begin with a copy."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

from django.db import connections

MIGRATED = "migrated"


def on_postgresql() -> bool:
    """Whether the tests run on PostgreSQL."""
    return connections["default"].vendor == "postgresql"


class Turn:
    """A worker's turn to make its database, in a folder that all workers of the run share.

    Migrating an empty database takes seconds of a processor, copying one that is migrated does not.
    """

    def __init__(self, shared: Path) -> None:
        self.migrated = shared / MIGRATED
        self.lock = (shared / f"{MIGRATED}.lock").open("w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        self.has_copy = self.migrated.exists()
        if self.has_copy:
            self._begin_with_the_copy()

    def end(self) -> None:
        """Leaves a copy to the workers that come after, unless there is one, and lets them begin."""
        if not self.has_copy:
            self._leave_a_copy()
        self.lock.close()

    def _begin_with_the_copy(self) -> None:
        test = connections["default"].settings_dict["TEST"]
        if on_postgresql():
            test["TEMPLATE"] = MIGRATED
        else:
            shutil.copy(self.migrated, test["NAME"])

    def _leave_a_copy(self) -> None:
        connection = connections["default"]
        if not on_postgresql():
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self.migrated)])
            return
        # A database that anybody uses cannot be copied.
        connection.close()
        connection.close_pool()
        own = connection.ops.quote_name(connection.settings_dict["NAME"])
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {MIGRATED} TEMPLATE {own}")
        self.migrated.touch()
