"""The database's own wall around the register."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from cooperation.gazette import triggers
from cooperation.gazette.indexing import reindex
from cooperation.gazette.models import Edition, Head
from cooperation.gazette.redacting import redact
from tests.worlds import publish, sample

pytestmark = pytest.mark.django_db

REWRITES = {
    "a changed document": lambda: Edition.objects.filter(number=1).update(document="{}"),
    "a changed reason": lambda: Edition.objects.filter(number=1).update(reason="another"),
    "a changed number": lambda: Edition.objects.filter(number=1).update(number=7),
    "a document emptied without redaction": lambda: Edition.objects.filter(number=1).update(
        document=None
    ),
    "a deleted edition": lambda: Edition.objects.filter(number=1)._raw_delete("default"),
    "a head set back": lambda: Head.objects.update(number=0),
    "a head's chain": lambda: Head.objects.update(chain="another"),
    "a head's time": lambda: Head.objects.update(at=None),
    "a head's chain while it counts an indexing": lambda: Head.objects.update(
        indexings=1, chain="another"
    ),
    "a head's time while it counts an indexing": lambda: Head.objects.update(indexings=1, at=None),
    "two indexings at once": lambda: Head.objects.update(indexings=2),
    "an indexing while the head rises": lambda: Head.objects.update(indexings=1, number=2),
    "a deleted head": lambda: Head.objects.all()._raw_delete("default"),
}


@pytest.mark.parametrize("rewrite", REWRITES.values(), ids=REWRITES.keys())
def test_the_database_refuses(rewrite):
    publish(sample("organization", "a"))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rewrite()
    assert Edition.objects.get().document


@pytest.mark.parametrize("rewrite", REWRITES.values(), ids=REWRITES.keys())
def test_without_the_triggers_each_rewrite_goes_through(rewrite):
    """The control: what the test above sees refused is refused by the triggers and nothing else."""
    publish(sample("organization", "a"))
    with transaction.atomic():
        triggers.remove(connection)
        rewrite()
        transaction.set_rollback(True)


def test_the_head_rises_and_counts_indexings_one_by_one():
    publish(sample("organization", "a"))
    before = Head.objects.get()
    for count in (1, 2):
        reindex()
        head = Head.objects.get()
        assert (head.indexings, head.number) == (count, 1)
        assert (head.chain, head.at) == (before.chain, before.at)
    publish(sample("organization", "b"))
    assert (Head.objects.get().number, Head.objects.get().indexings) == (2, 2)


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["gazette_edition", "gazette_head"])
def test_the_database_refuses_to_truncate(table):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


COLUMNS = "number, action, kind, key, published_at, hash, reason, office, previous, chain"
OVERWRITES = {
    "sqlite": [
        f"INSERT OR REPLACE INTO gazette_edition ({COLUMNS}) SELECT {COLUMNS} FROM gazette_edition",
        f"REPLACE INTO gazette_edition ({COLUMNS}) SELECT {COLUMNS} FROM gazette_edition",
        (
            f"INSERT OR REPLACE INTO gazette_edition (rowid, {COLUMNS}) SELECT rowid, 7, "
            f"{COLUMNS.removeprefix('number, ')} FROM gazette_edition WHERE number = 1"
        ),
        "UPDATE OR REPLACE gazette_edition SET number = 1 WHERE number = 2",
        "UPDATE OR REPLACE gazette_edition SET rowid = 2 WHERE number = 1",
        (
            f"INSERT INTO gazette_edition ({COLUMNS}) SELECT {COLUMNS} FROM gazette_edition WHERE true"
            " ON CONFLICT (number) DO UPDATE SET document = '{}'"
        ),
        "INSERT OR REPLACE INTO gazette_head (id, number, chain, indexings) VALUES (1, 9, '', 0)",
        (
            "INSERT OR REPLACE INTO gazette_head (id, number, chain, indexings)"
            " SELECT id, number, 'another', indexings FROM gazette_head"
        ),
    ],
    "postgresql": [
        (
            f"INSERT INTO gazette_edition ({COLUMNS}) SELECT {COLUMNS} FROM gazette_edition"
            " ON CONFLICT (number) DO UPDATE SET document = '{}'"
        ),
        (
            "INSERT INTO gazette_head (id, number, chain, indexings) VALUES (1, 1, '', 0)"
            " ON CONFLICT (id) DO UPDATE SET chain = 'another'"
        ),
    ],
}


STAYS, RISES = "gazette_edition_stays", "gazette_head_rises"


def change(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def drop(trigger):
    table = "gazette_head" if trigger == RISES else "gazette_edition"
    change(
        f"DROP TRIGGER {trigger}" + (f" ON {table}" if connection.vendor == "postgresql" else "")
    )


def test_the_database_refuses_what_overwrites_a_row_by_entering_it_again():
    publish(sample("organization", "a"), sample("organization", "b"))
    redact([1], reason="Order of a court.", office="Office")
    before = [*Edition.objects.values(), *Head.objects.values()]
    for statement in OVERWRITES[connection.vendor]:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(statement)
    assert [*Edition.objects.values(), *Head.objects.values()] == before


def test_without_the_triggers_each_overwriting_goes_through():
    """The control of the one above."""
    publish(sample("organization", "a"), sample("organization", "b"))
    redact([1], reason="Order of a court.", office="Office")
    before = [*Edition.objects.values(), *Head.objects.values()]
    for statement in OVERWRITES[connection.vendor]:
        with transaction.atomic():
            triggers.remove(connection)
            change(statement)
            assert [*Edition.objects.values(), *Head.objects.values()] != before, statement
            transaction.set_rollback(True)


def test_a_document_is_emptied_once_a_redaction_stands_in_the_register():
    publish(sample("organization", "a"))
    redact([1], reason="Order of a court.", office="Office")
    assert Edition.objects.get(number=1).document is None


def test_one_redaction_does_not_open_other_editions_of_its_record():
    for year in range(1, 13):
        publish(sample("organization", "a", founded=f"20{year:02}"))
    redact([12], reason="Order of a court.", office="Office")
    for number in (1, 2):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Edition.objects.filter(number=number).update(document=None)
    assert Edition.objects.filter(document=None).count() == 3  # 12, the withdrawal, the redaction


@pytest.mark.postgres
@pytest.mark.parametrize(
    "shadow",
    [
        "CREATE TEMPORARY TABLE gazette_edition (LIKE public.gazette_edition)",
        (
            "CREATE SCHEMA shadows;"
            " CREATE TABLE shadows.gazette_edition (LIKE public.gazette_edition);"
            " SET LOCAL search_path = shadows, public"
        ),
    ],
    ids=["a temporary table", "another schema"],
)
def test_a_redaction_in_another_table_of_the_same_name_opens_nothing(shadow):
    publish(sample("organization", "a"))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(shadow)
        cursor.execute(
            "INSERT INTO gazette_edition SELECT * FROM public.gazette_edition;"
            "UPDATE gazette_edition SET number = 2, action = 'redacted', reason = '№1;'"
        )
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("UPDATE public.gazette_edition SET document = NULL")
        transaction.set_rollback(True)


def test_a_check_names_the_trigger_that_is_missing():
    assert triggers.missing(connection) == []
    drop(STAYS)
    faults = triggers.triggers_stand(None, databases=["default"])
    triggers.install(connection)
    (fault,) = faults
    assert fault.msg == (
        "The trigger gazette_edition_stays is missing from database 'default', or does not stand there"
        " as it was put: its register can be rewritten."
    )
    call_command("check", databases=["default"])


OF_REFUSE = [
    "gazette_edition_is_kept",
    "gazette_editions_are_kept",
    "gazette_head_is_kept",
    "gazette_heads_are_kept",
]
REDACT = "EXECUTE FUNCTION gazette_only_redact()"
RISE = "EXECUTE FUNCTION gazette_only_rise()"
WITHOUT_EFFECT = {
    "sqlite": [
        (STAYS, "BEFORE UPDATE ON gazette_edition WHEN false BEGIN SELECT 1; END"),
        (RISES, "BEFORE UPDATE ON gazette_word BEGIN SELECT RAISE(ABORT, 'append-only'); END"),
    ],
    "postgresql": [
        (STAYS, f"BEFORE UPDATE ON gazette_edition FOR EACH ROW WHEN (false) {REDACT}"),
        (STAYS, f"BEFORE UPDATE OF reason ON gazette_edition FOR EACH ROW {REDACT}"),
        (RISES, f"AFTER UPDATE ON gazette_head FOR EACH ROW {RISE}"),
        (RISES, f"BEFORE UPDATE ON gazette_head FOR EACH STATEMENT {RISE}"),
        (RISES, f"BEFORE UPDATE ON gazette_word FOR EACH ROW {RISE}"),
        (RISES, f"BEFORE UPDATE ON gazette_head FOR EACH ROW {REDACT}"),
    ],
}
CHANGED_FUNCTION = (
    "CREATE OR REPLACE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql SET search_path=pg_catalog"
    " AS $$BEGIN RETURN NEW; END$$"
)
DISARMED = [
    (f"ALTER TABLE gazette_edition DISABLE TRIGGER {STAYS}", [STAYS]),
    (f"ALTER TABLE gazette_edition ENABLE REPLICA TRIGGER {STAYS}", [STAYS]),
    (CHANGED_FUNCTION.format("gazette_only_redact"), [STAYS]),
    (CHANGED_FUNCTION.format("gazette_only_rise"), [RISES]),
    (CHANGED_FUNCTION.format("gazette_refuse"), OF_REFUSE),
    ("ALTER FUNCTION gazette_only_redact() RESET search_path", [STAYS]),
]


def test_a_trigger_that_stands_otherwise_than_it_was_put_is_named():
    for name, standing in WITHOUT_EFFECT[connection.vendor]:
        with transaction.atomic():
            drop(name)
            change(f"CREATE TRIGGER {name} {standing}")
            assert triggers.missing(connection) == [name], standing
            transaction.set_rollback(True)
    assert triggers.missing(connection) == []


@pytest.mark.postgres
@pytest.mark.parametrize(("statement", "named"), DISARMED)
def test_a_trigger_that_was_disarmed_where_it_stands_is_named(statement, named):
    change(statement)
    assert triggers.missing(connection) == named


@pytest.mark.postgres
def test_a_trigger_that_is_always_enabled_stands():
    change(f"ALTER TABLE gazette_edition ENABLE ALWAYS TRIGGER {STAYS}")
    assert triggers.missing(connection) == []
