"""The public process holds the register and its faces; the desk is not in it, nor in its database."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.setup.processes import ROOT, python

pytestmark = pytest.mark.once

GAZETTE = [
    "copy", "current", "edition", "facet", "figure", "head", "occasion", "reference", "word",
]  # fmt: skip

NOTHING_THERE = {"404 /api/v1/x", "404 /api/x"}
# Of the sources of the seed, and of the world, no copy is public.
NO_COPY = re.compile(r"404 (/ko|/zh-hans)?/sources/[a-z0-9-]+/copy/")

BEGINNING = """
import sys
import django
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
django.setup()
"""
SEED = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("seed", verbosity=0)
"""
WITHOUT_DESK = """
from django.apps import apps
from django.urls import Resolver404, resolve
try:
    resolve("/admin/")
    raise SystemExit("the desk is there")
except Resolver404:
    pass
assert not [name for name in sys.modules if name.startswith("cooperation.desk")]
print(sorted(model._meta.db_table for model in apps.get_models()))
"""
EVERY_FACE = """
from django.test import Client
from cooperation.gazette.models import Edition
from tests.contracts.routes import public_routes
for route in public_routes():
    about = Edition.objects.filter(kind=route.kind or "").first()
    if route.kind and "key" in route.arguments and not about:
        continue  # a kind of which the seed holds nothing
    given = {"key": about and about.key, "number": about.pk if about else 0, "rest": "x"}
    for path in route.paths(**given):
        client = Client(raise_request_exception=False, headers={"host": "localhost"})
        answer = client.get(path)
        answer.getvalue()
        print(answer.status_code, path)
"""


def test_public_process_has_neither_the_desk_nor_its_tables(tmp_path):
    answer = python(
        BEGINNING + WITHOUT_DESK,
        PORTAL_SIDE="public",
        PORTAL_LOCAL="on",
        PORTAL_VAR=str(tmp_path),
    )
    assert answer.stdout.splitlines() == [str([f"gazette_{table}" for table in GAZETTE])], (
        answer.stderr
    )


def test_office_process_has_the_desk(tmp_path):
    """The control."""
    answer = python(
        BEGINNING + WITHOUT_DESK,
        PORTAL_SIDE="office",
        PORTAL_LOCAL="on",
        PORTAL_VAR=str(tmp_path),
    )
    assert "the desk is there" in answer.stderr


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    """A database with the seed, the desk's tables among its own."""
    place = tmp_path_factory.mktemp("office")
    (place / "static").mkdir()
    made = python(BEGINNING + SEED, PORTAL_LOCAL="on", PORTAL_VAR=str(place))
    assert made.returncode == 0, made.stderr
    return place / "portal.sqlite3"


def copied(office: Path, tables: list[str]) -> str:
    """The address of a database that received those tables only."""
    public = office.with_name(f"public-{len(tables)}.sqlite3")
    with sqlite3.connect(public) as connection:
        connection.execute("ATTACH ? AS office", [str(office)])
        for table in tables:
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM office.{table}")
    return f"sqlite:///{public}"


def served(address: str, var: Path) -> list[str]:
    """What a public process on the database at that address answers at every public address."""
    answer = python(
        BEGINNING + EVERY_FACE,
        PORTAL_SIDE="public",
        PORTAL_LOCAL="on",
        PORTAL_VAR=str(var),
        PUBLIC_DATABASE_URL=address,
    )
    lines = [line for line in answer.stdout.splitlines() if line[:4].strip().isdigit()]
    assert len(lines) > 90, answer.stderr[-2000:]
    return lines


def unanswered(lines: list[str]) -> set[str]:
    """The lines that tell of no answer, where there should be one."""
    return {line for line in lines if not line.startswith("200 ") and not NO_COPY.fullmatch(line)}


def test_every_face_works_on_a_database_with_the_gazette_alone(office):
    alone = copied(office, [f"gazette_{table}" for table in GAZETTE])
    answers = served(alone, office.parent)
    assert unanswered(answers) == NOTHING_THERE


def test_missing_table_of_the_gazette_is_noticed(office):
    """The control."""
    tables = [f"gazette_{table}" for table in GAZETTE if table != "facet"]
    assert any(line.startswith("500 ") for line in served(copied(office, tables), office.parent))


SERVER = """
import sys
from tests import postgres
postgres.SETTINGS["wal_level"] = "logical"
with postgres.server() as address:
    print(address, flush=True)
    sys.stdin.read()
"""
README = ROOT / "deploy" / "README.md"
WORLD = """
from tests.examples import world
from tests.worlds import publish
from django.core.management import call_command
call_command("migrate", verbosity=0)
publish(*world())
"""
LATER = """
from cooperation.gazette.models import Edition
from django.db import transaction
from cooperation.gazette.redacting import redact
from tests.worlds import publish, sample
publish(sample("organization", "later"))
number = Edition.objects.last().pk
with transaction.atomic():
    redact([number], reason="An order.", office="Office of Tests")
"""


def typed() -> tuple[str, str]:
    """What the section of the README says is typed: up to the wait for what was entered, and after."""
    section = README.read_text().split("## A database for the public side\n")[1].split("\n## ")[0]
    blocks = re.findall(r"(?:^    .*\n)+", section, re.MULTILINE)
    addresses, *commands, verifying = map(textwrap.dedent, blocks)
    assert addresses.startswith("OFFICE=")
    return "".join(commands), verifying


class Pair:
    """An office's server with a register, and a public one that follows it."""

    def __init__(self, office: str, public: str, var: Path) -> None:
        self.office, self.public, self.var = office, public, var
        self.reader = public.replace("//portal@", "//reader:its-password@")

    def type(self, commands: str) -> subprocess.CompletedProcess[str]:
        """What a shell says to the commands."""
        names = {
            "OFFICE": self.office,
            "PUBLIC": self.public,
            "MIRROR": self.office.replace("//portal@", "//mirror:its-password@"),
            "READER": self.reader,
        }
        paths = [str(Path(sys.executable).parent), str(postgres.binaries()), os.environ["PATH"]]
        return subprocess.run(
            ["sh", "-eu", "-c", commands],
            cwd=ROOT,
            env={
                "PATH": ":".join(paths),
                "PORTAL_LOCAL": "on",
                "PORTAL_VAR": str(self.var),
                **names,
            },
            capture_output=True,
            text=True,
            timeout=120,
        )

    def at_the_office(self, program: str) -> None:
        """Run it in a process of the office."""
        done = python(
            BEGINNING + program,
            PORTAL_LOCAL="on",
            PORTAL_VAR=str(self.var),
            DATABASE_URL=self.office,
        )
        assert done.returncode == 0, done.stderr

    def has_followed(self) -> bool:
        """Whether the public head came to be the office's, within a minute."""
        query = "SELECT number, chain, (SELECT count(*) FROM gazette_word) FROM gazette_head"
        for _ in range(600):
            with psycopg.connect(self.office) as here, psycopg.connect(self.public) as there:
                if here.execute(query).fetchall() == there.execute(query).fetchall():
                    return True
            time.sleep(0.1)
        return False


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a PostgreSQL of its own that writes down what replication reads."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env=surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        # It ends when its input does.
        yield running.stdout.readline().strip()


@pytest.fixture(scope="module")
def pair(tmp_path_factory) -> Iterator[Pair]:
    """Two servers, the second made as the README says."""
    var = tmp_path_factory.mktemp("pair")
    (var / "static").mkdir()
    with server() as office, server() as public:
        made = Pair(office, public, var)
        made.at_the_office(WORLD)
        done = made.type(typed()[0])
        assert done.returncode == 0, done.stderr
        yield made


def test_a_public_database_made_as_the_readme_says_holds_the_register_alone_and_follows(pair):
    assert pair.has_followed()
    pair.at_the_office(LATER)
    assert pair.has_followed()
    with psycopg.connect(pair.public) as there:
        found = there.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert {name for (name,) in found} == {
            "django_migrations",
            *(f"gazette_{table}" for table in GAZETTE),
        }
    verified = pair.type(typed()[1])
    assert verified.stdout.startswith("The register is whole: 8 editions"), verified.stderr


def test_the_public_side_serves_every_face_from_it_as_a_role_that_may_only_read(pair):
    assert pair.has_followed()
    answers = served(pair.reader, pair.var)
    assert unanswered(answers) == NOTHING_THERE
    with (
        psycopg.connect(pair.reader) as reader,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        reader.execute("UPDATE gazette_head SET number = 99")


def test_the_triggers_stand_in_a_public_database_too(pair):
    assert pair.has_followed()
    with (
        psycopg.connect(pair.public) as owner,
        pytest.raises(psycopg.errors.RestrictViolation, match="append-only"),
    ):
        owner.execute("DELETE FROM gazette_head")
