"""The public process holds the register and its faces; the desk is not in it, nor in its database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.setup.processes import python

pytestmark = pytest.mark.once

GAZETTE = ["current", "edition", "facet", "head", "reference", "word"]

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


def copied(office: Path, tables: list[str]) -> Path:
    """A database that received those tables only."""
    public = office.with_name(f"public-{len(tables)}.sqlite3")
    with sqlite3.connect(public) as connection:
        connection.execute("ATTACH ? AS office", [str(office)])
        for table in tables:
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM office.{table}")
    return public


def served(public: Path) -> list[str]:
    """What a public process on that database answers at every public address."""
    answer = python(
        BEGINNING + EVERY_FACE,
        PORTAL_SIDE="public",
        PORTAL_LOCAL="on",
        PORTAL_VAR=str(public.parent),
        PUBLIC_DATABASE_URL=f"sqlite:///{public}",
    )
    lines = [line for line in answer.stdout.splitlines() if line[:4].strip().isdigit()]
    assert len(lines) > 90, answer.stderr[-2000:]
    return lines


def test_every_face_works_on_a_database_with_the_gazette_alone(office):
    answers = served(copied(office, [f"gazette_{table}" for table in GAZETTE]))
    assert {line for line in answers if not line.startswith("200 ")} == {
        "404 /api/v1/x",
        "404 /api/x",
    }


def test_missing_table_of_the_gazette_is_noticed(office):
    """The control."""
    tables = [f"gazette_{table}" for table in GAZETTE if table != "facet"]
    assert any(line.startswith("500 ") for line in served(copied(office, tables)))
