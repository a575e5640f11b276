"""The database's own wall around the register: what was entered can be neither changed nor removed.

Two updates are let through beside the head's rise: emptying the document of an edition whose record
has a later `redacted` entry, and counting that the register was indexed anew. Whoever can lift
triggers can still rewrite rows; then the chain shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db import connections

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
HEAD_RISES = """(NEW.number > OLD.number AND NEW.indexings = OLD.indexings
          OR NEW.number = OLD.number AND NEW.indexings = OLD.indexings + 1
             AND NEW.chain = OLD.chain AND NEW.at {is_same_as} OLD.at)"""

SQLITE = {
    "gazette_edition_stays": f"""
        CREATE TRIGGER gazette_edition_stays BEFORE UPDATE ON gazette_edition
        WHEN NEW.document IS NOT NULL OR {" OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in KEPT)}
          OR NOT EXISTS (SELECT 1 FROM gazette_edition r WHERE r.kind = OLD.kind AND r.key = OLD.key
                         AND r.action = 'redacted' AND r.number > OLD.number)
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",  # noqa: S608 -- of the constants above
    "gazette_edition_is_kept": f"""
        CREATE TRIGGER gazette_edition_is_kept BEFORE DELETE ON gazette_edition
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "gazette_head_rises": f"""
        CREATE TRIGGER gazette_head_rises BEFORE UPDATE ON gazette_head
        WHEN NOT {HEAD_RISES.format(is_same_as="IS")}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "gazette_head_is_kept": f"""
        CREATE TRIGGER gazette_head_is_kept BEFORE DELETE ON gazette_head
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
}
POSTGRES_FUNCTIONS = (
    f"""CREATE OR REPLACE FUNCTION gazette_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$""",
    f"""CREATE OR REPLACE FUNCTION gazette_only_redact() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.document IS NOT NULL OR {" OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in KEPT)}
             OR NOT EXISTS (SELECT 1 FROM gazette_edition r WHERE r.kind = OLD.kind AND r.key = OLD.key
                            AND r.action = 'redacted' AND r.number > OLD.number)
          THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF;
          RETURN NEW;
        END $$""",  # noqa: S608 -- of the constants above
    f"""CREATE OR REPLACE FUNCTION gazette_only_rise() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NOT {HEAD_RISES.format(is_same_as="IS NOT DISTINCT FROM")}
          THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF;
          RETURN NEW;
        END $$""",
)
POSTGRES = {
    "gazette_edition_stays": """CREATE TRIGGER gazette_edition_stays BEFORE UPDATE ON gazette_edition
        FOR EACH ROW EXECUTE FUNCTION gazette_only_redact()""",
    "gazette_edition_is_kept": """CREATE TRIGGER gazette_edition_is_kept BEFORE DELETE ON gazette_edition
        FOR EACH ROW EXECUTE FUNCTION gazette_refuse()""",
    "gazette_editions_are_kept": """CREATE TRIGGER gazette_editions_are_kept BEFORE TRUNCATE ON gazette_edition
        FOR EACH STATEMENT EXECUTE FUNCTION gazette_refuse()""",
    "gazette_head_rises": """CREATE TRIGGER gazette_head_rises BEFORE UPDATE ON gazette_head
        FOR EACH ROW EXECUTE FUNCTION gazette_only_rise()""",
    "gazette_head_is_kept": """CREATE TRIGGER gazette_head_is_kept BEFORE DELETE ON gazette_head
        FOR EACH ROW EXECUTE FUNCTION gazette_refuse()""",
    "gazette_heads_are_kept": """CREATE TRIGGER gazette_heads_are_kept BEFORE TRUNCATE ON gazette_head
        FOR EACH STATEMENT EXECUTE FUNCTION gazette_refuse()""",
}


def _declared(connection: Any) -> dict[str, str]:
    return POSTGRES if connection.vendor == "postgresql" else SQLITE


def _table(trigger: str) -> str:
    return "gazette_head" if "head" in trigger else "gazette_edition"


def install(connection: Any) -> None:
    """Put every trigger in its place; those that stand already are put there anew."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for function in POSTGRES_FUNCTIONS:
                cursor.execute(function)
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
    """The names of triggers that do not stand, or stand disabled."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(_declared(connection)) - present)


@register("database")
def triggers_stand(
    app_configs: Any,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """System check gazette.E001: the register's triggers stand in every database looked at."""
    faults: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if "gazette_edition" not in connection.introspection.table_names():
            continue
        faults += [
            Error(
                f"The trigger {name} is missing from database '{alias}': its register can be rewritten.",
                hint="Call cooperation.gazette.triggers.install(connection), then manage.py verify.",
                id="gazette.E001",
            )
            for name in missing(connection)
        ]
    return faults
