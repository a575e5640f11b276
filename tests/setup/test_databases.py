import pytest
from django.core.exceptions import ImproperlyConfigured
from psycopg import IsolationLevel

from portal.databases import database


def test_postgresql_address_is_taken_apart():
    made = database("postgresql://por%40tal:se%2Fcret@db.example:5433/the%20base", pool=3)
    assert made["NAME"] == "the base"
    assert (made["USER"], made["PASSWORD"]) == ("por@tal", "se/cret")
    assert (made["HOST"], made["PORT"]) == ("db.example", "5433")
    assert made["OPTIONS"]["pool"]["max_size"] == 3


def test_postgresql_address_may_name_a_socket_folder_and_options():
    made = database("postgresql://portal@/postgres?host=/run/pg&sslmode=require", pool=8)
    assert made["HOST"] == "/run/pg"
    assert made["OPTIONS"]["sslmode"] == "require"


def test_reader_of_postgresql_sees_one_snapshot_and_may_not_write():
    options = database("postgresql://db.example/portal", pool=8, read_only=True)["OPTIONS"]
    assert options["isolation_level"] is IsolationLevel.REPEATABLE_READ
    assert options["options"] == "-c default_transaction_read_only=on"


@pytest.mark.parametrize(
    ("address", "path"),
    [("sqlite:///var/a.db", "var/a.db"), ("sqlite:////srv/a%20b.db", "/srv/a b.db")],
)
def test_sqlite_address_is_a_path(address, path):
    assert database(address, pool=8)["NAME"] == path


def test_writer_of_sqlite_takes_the_lock_when_it_begins():
    options = database("sqlite:///a.db", pool=8)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20


def test_reader_of_sqlite_takes_no_write_lock_and_may_not_write():
    options = database("sqlite:///a.db", pool=8, read_only=True)["OPTIONS"]
    assert options["transaction_mode"] == "DEFERRED"
    assert "query_only=ON" in options["init_command"]


@pytest.mark.parametrize("address", ["", "mysql://db/x", "sqlite:///", "sqlite://host/a", "a.db"])
def test_other_address_is_refused_with_a_sentence(address):
    with pytest.raises(ImproperlyConfigured, match="A database address is"):
        database(address, pool=8)


@pytest.mark.django_db(transaction=True)
def test_public_alias_cannot_write():
    from django.db import DatabaseError, connections

    with (
        pytest.raises(DatabaseError, match=r"(?i)read-?only"),
        connections["public"].cursor() as cursor,
    ):
        cursor.execute("DELETE FROM gazette_word")
