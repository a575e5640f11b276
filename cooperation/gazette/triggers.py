"""The database's own wall around the register: what was entered can be neither changed nor removed.

Two updates are let through beside the head's rise: emptying the document of an edition that a later
`redacted` entry of its record names among those that it emptied, and counting that the register was indexed anew. Whoever can lift
triggers can still rewrite rows; then the chain shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 -- as Django calls it
from django.db import connections
from django.db.migrations.loader import MigrationLoader

KEPT = [
    "number",
    "action",
    "kind",
    "key",
    "published_at",
    "hash",
    "reason",
    "office",
    "successor",
    "previous",
    "chain",
    "schema",
]
REFUSAL = "The register is append-only."
EDITION, HEAD = "gazette_edition", "gazette_head"
HEAD_RISES = """(NEW.number > OLD.number AND NEW.indexings = OLD.indexings
          OR NEW.number = OLD.number AND NEW.indexings = OLD.indexings + 1
             AND NEW.chain = OLD.chain AND NEW.at {is_same_as} OLD.at)"""

# Each trigger by its name: before what, in which table, it refuses, and when.
SQLITE = {
    # What SQLite replaces because its number or its rowid is taken is not told to the other triggers.
    "gazette_edition_is_new": (
        "INSERT",
        EDITION,
        f"EXISTS (SELECT 1 FROM {EDITION} WHERE number = NEW.number OR rowid = NEW.rowid)",  # noqa: S608 -- of the constants above
    ),
    "gazette_edition_stays": (
        "UPDATE",
        EDITION,
        f"""NEW.document IS NOT NULL OR {" OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in [*KEPT, "rowid"])}
          OR NOT EXISTS (SELECT 1 FROM gazette_edition r WHERE r.kind = OLD.kind AND r.key = OLD.key
                         AND r.action = 'redacted' AND r.number > OLD.number
                         AND r.reason LIKE '%№' || OLD.number || ';%')""",  # noqa: S608 -- of the constants above
    ),
    "gazette_edition_is_kept": ("DELETE", EDITION, "true"),
    "gazette_head_is_one": ("INSERT", HEAD, f"EXISTS (SELECT 1 FROM {HEAD})"),  # noqa: S608 -- of the constants above
    "gazette_head_rises": ("UPDATE", HEAD, f"NOT {HEAD_RISES.format(is_same_as='IS')}"),
    "gazette_head_is_kept": ("DELETE", HEAD, "true"),
}
# Operators are PostgreSQL's own, whatever path is set by whoever writes.
SEARCH_PATH = "search_path=pg_catalog"
# Each function by its name, and each trigger: before what, in which table, for each what, it calls which.
REFUSES = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';"
POSTGRES_FUNCTIONS = {
    "gazette_refuse": f"BEGIN {REFUSES} END",
    "gazette_only_redact": f"""
        DECLARE is_named boolean;
        BEGIN
          -- By the table's full name: another of the same name may stand before it on the path.
          EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I r WHERE r.kind = $1 AND r.key = $2
                                         AND r.action = ''redacted'' AND r.number > $3
                                         AND r.reason LIKE ''%%№'' || $3 || '';%%'')',
                         TG_TABLE_SCHEMA, TG_TABLE_NAME)
            INTO is_named USING OLD.kind, OLD.key, OLD.number;
          IF NEW.document IS NOT NULL OR {" OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in KEPT)}
             OR NOT is_named THEN {REFUSES} END IF;
          RETURN NEW;
        END""",  # noqa: S608 -- of the constants above
    "gazette_only_rise": f"""
        BEGIN
          IF NOT {HEAD_RISES.format(is_same_as="IS NOT DISTINCT FROM")} THEN {REFUSES} END IF;
          RETURN NEW;
        END""",
}
POSTGRES = {
    "gazette_edition_stays": ("UPDATE", EDITION, "ROW", "gazette_only_redact"),
    "gazette_edition_is_kept": ("DELETE", EDITION, "ROW", "gazette_refuse"),
    "gazette_editions_are_kept": ("TRUNCATE", EDITION, "STATEMENT", "gazette_refuse"),
    "gazette_head_rises": ("UPDATE", HEAD, "ROW", "gazette_only_rise"),
    "gazette_head_is_kept": ("DELETE", HEAD, "ROW", "gazette_refuse"),
    "gazette_heads_are_kept": ("TRUNCATE", HEAD, "STATEMENT", "gazette_refuse"),
}
# Those that fire for everybody, as PostgreSQL itself writes them, with what they call.
FIRING = """
    SELECT t.tgname, pg_get_triggerdef(t.oid, true), f.proname, f.prosrc, f.proconfig
    FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid WHERE t.tgenabled IN ('O', 'A')"""


def _declared(connection: Any) -> dict[str, str]:
    """The statement that puts each trigger in its place."""
    if connection.vendor == "postgresql":
        return {
            name: f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
            for name, (event, table, each, function) in POSTGRES.items()
        }
    return {
        name: f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for name, (event, table, when) in SQLITE.items()
    }


def _table(trigger: str) -> str:
    return HEAD if "head" in trigger else EDITION


def install(connection: Any) -> None:
    """Put every trigger in its place; those that stand already are put there anew."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, body in POSTGRES_FUNCTIONS.items():
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
                    f" SET {SEARCH_PATH} AS $${body}$$"
                )
        for statement in _declared(connection).values():
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take every trigger away."""
    with connection.cursor() as cursor:
        for name in _declared(connection):
            on = f" ON {_table(name)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """A while without triggers, for tests that flush the tables or rewrite the past."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def missing(connection: Any) -> list[str]:
    """The names of triggers that do not stand as they are put: absent, disabled, or altered."""
    standing = _standing(connection)
    return sorted(
        name for name, put in _declared(connection).items() if put not in standing.get(name, ())
    )


def _standing(connection: Any) -> dict[str, set[str]]:
    """The statements of the triggers that stand and do what they say, by their names."""
    standing: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FIRING)
            rows = [
                (name, statement)
                for name, statement, function, body, path in cursor.fetchall()
                if path == [SEARCH_PATH] and body == POSTGRES_FUNCTIONS.get(function)
            ]
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            rows = cursor.fetchall()
    for name, statement in rows:
        standing.setdefault(name, set()).add(statement)
    return standing


@register("database")
def triggers_stand(
    app_configs: Any,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """System check gazette.E001: the register's triggers stand in every database looked at.

    Only a warning, gazette.W001, where a migration still has to put them, or it could not be run.
    """
    faults: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if "gazette_edition" not in connection.introspection.table_names():
            continue
        absent = missing(connection)
        fault = _not_yet if absent and _awaits_migration(connection) else _missing
        faults += [fault(name, alias) for name in absent]
    return faults


def _missing(trigger: str, alias: str) -> CheckMessage:
    return Error(
        f"The trigger {trigger} is missing from database '{alias}', or does not stand there as it was put: its register can be rewritten.",
        hint="Call cooperation.gazette.triggers.install(connection), then manage.py verify.",
        id="gazette.E001",
    )


def _not_yet(trigger: str, alias: str) -> CheckMessage:
    return Warning(
        f"The trigger {trigger} does not stand yet as this release puts it in database '{alias}'.",
        hint="Run manage.py migrate, then manage.py check.",
        id="gazette.W001",
    )


def _awaits_migration(connection: Any) -> bool:
    """Whether migrations of the gazette have been run there, but not yet all."""
    loader = MigrationLoader(connection)
    applied = {name for app, name in loader.applied_migrations if app == "gazette"}
    newest = {name for _app, name in loader.graph.leaf_nodes("gazette")}
    return bool(applied) and not newest <= applied
