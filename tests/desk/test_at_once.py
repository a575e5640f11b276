"""Publications that meet: on PostgreSQL, for SQLite lets only one begin."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction

from cooperation.desk import editing, publishing
from cooperation.desk.models import Organization, OrganizationCitation, Succession
from cooperation.desk.publishing import (
    publish,
)
from cooperation.gazette.models import Current, Edition, Head
from cooperation.gazette.verifying import verify
from tests.desk.records import (
    editor,
    in_all_languages,
    organization,
    published,
    publisher,
    report,
)

REASON = "Agreed in a test."
VERIFY = Path(__file__).resolve().parents[2] / "docs" / "verify.py"
PUBLISHERS = 200


@pytest.fixture
def two_hundred_connections(live_server) -> Iterator[str]:
    """The address of a portal whose pool is as wide as there are publishers, and one for the test."""
    options = connection.settings_dict["OPTIONS"]
    narrow = options["pool"]
    connection.close_pool()
    options["pool"] = {**narrow, "max_size": PUBLISHERS + 1}
    yield live_server.url
    connections["default"].close_pool()
    options["pool"] = narrow


def at_once(count, work):
    """Run the work in as many threads at once; what they raised."""
    raised, together = [], threading.Barrier(count)

    def run(number):
        try:
            together.wait(60)
            work(number)
        except Exception as fault:  # noqa: BLE001 # handed to the test
            raised.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(180)
    return raised


@pytest.mark.postgres
def test_two_hundred_concurrent_publications_leave_no_gap_and_a_whole_chain(
    two_hundred_connections,
):
    by = publisher()
    published(report())
    records = [
        Organization.objects.create(key=f"firm-{n}", type="firm", **columns(f"{n}{n}{n}"))
        for n in range(PUBLISHERS)
    ]
    for record in records:
        OrganizationCitation.objects.create(record=record, source=report())

    begun = threading.Barrier(PUBLISHERS)

    def work(number):
        # Each holds a connection of its own, within a transaction, before the first publishes.
        with transaction.atomic():
            connection.cursor().execute("SELECT 1")
            begun.wait(60)
            publish([records[number]], by=by, reason=REASON, confirmed="all")

    assert at_once(PUBLISHERS, work) == []
    numbers = list(Edition.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 202))
    assert Organization.objects.filter(state="published").count() == PUBLISHERS
    assert list(verify()) == []
    said = subprocess.run(
        [sys.executable, VERIFY, two_hundred_connections], capture_output=True, text=True
    )
    chain = Head.objects.get().chain
    assert said.stdout == f"201 editions, all whole. Keep this head: 201 {chain}\n", said.stderr


def columns(title):
    return {"title_en": title, "title_ko": title, "title_zh_hans": title}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_on_the_head_two_publications_would_take_the_same_number(monkeypatch):
    published(report())
    by, together = publisher(), threading.Barrier(2)
    records = [organization(key, title=in_all_languages(key * 5)) for key in "ab"]

    def head_without_lock():
        head = Head.objects.get()
        together.wait(30)
        return head

    def work(number):
        publish([records[number]], by=by, reason=REASON)

    monkeypatch.setattr(publishing, "lock_head", head_without_lock)
    assert [type(fault) for fault in at_once(2, work)] == [IntegrityError]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_concurrent_publications_of_one_record_one_enters_it():
    published(report())
    record, by = organization("a"), publisher()
    editions = []

    def work(number):
        editions.append(publish([record], by=by, reason=REASON))

    assert at_once(20, work) == []
    assert sorted(len(entered_now) for entered_now in editions) == [0] * 19 + [1]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_edit_and_a_publication_at_once_leave_either_order_whole():
    published(report())
    by, other = editor(), publisher()
    for round_ in range(20):
        record = organization(f"a-{round_}", title=in_all_languages(f"{round_}" * 5))

        def work(number, pk=record.pk):
            if number:
                with editing.changing(Organization, pk, by=by, reason="Edited.") as held:
                    held.website = "https://example.org/"
            else:
                publish([Organization(pk=pk)], by=other, reason=REASON, confirmed="all")

        assert at_once(2, work) == []
        record.refresh_from_db()
        said = Current.objects.get(kind="organization", key=record.key).content["website"]
        assert record.version == 2
        assert (record.state, said) in [
            ("changed", None),
            ("published", "https://example.org/"),
        ]


def naming_each_other(pair):
    """What two do at once: each gives one of the pair the other as its successor."""
    together = threading.Barrier(2)

    def work(number):
        own, other = pair[number], pair[1 - number]
        with editing.changing(Organization, own.pk, by=None, reason="Split.") as held:
            together.wait(30)
            Succession(record=held, type="successor", organization=other).save()

    return work


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_records_that_come_to_name_each_other_at_once_are_both_saved():
    assert at_once(2, naming_each_other([organization("a"), organization("b")])) == []
    assert Succession.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_with_their_keys_locked_they_would_wait_for_each_other(monkeypatch):
    """The control."""
    monkeypatch.setattr(editing, "hold", lambda rows: rows.select_for_update())
    work = naming_each_other([organization("a"), organization("b")])
    assert [type(fault) for fault in at_once(2, work)] == [OperationalError]
