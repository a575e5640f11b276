"""Four at once call each service of the desk again and again, and nothing is lost.

On PostgreSQL alone: SQLite lets one write at a time, and so hides what these look for.
`make proof-races` asks each service 4 × 250 times.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connections, transaction

from cooperation.desk import editing
from cooperation.desk.chronicle import acting
from cooperation.desk.intake.entering import enter
from cooperation.desk.merging.acts import merge
from cooperation.desk.models import Initiative, Organization, Participant, Source
from cooperation.desk.publishing import publish, withdraw
from cooperation.gazette.models import Current, Edition, Head
from cooperation.gazette.verifying import verify
from tests.desk.records import initiative, organization, published, report

WORKERS = 4
CALLS = int(os.environ.get("RACE_CALLS", "10"))
ALL = {f"{worker}-{call}" for worker in range(WORKERS) for call in range(CALLS)}

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def called_at_once(service: Callable[[int, int], None]) -> list[Exception]:
    """What was raised while each worker called the service, one call after the other."""
    raised: list[Exception] = []
    start = threading.Barrier(WORKERS)

    def work(worker: int) -> None:
        try:
            start.wait(60)
            for call in range(CALLS):
                service(worker, call)
        except Exception as fault:  # noqa: BLE001  # handed to the test
            raised.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return raised


def publisher() -> User:
    return User.objects.get_or_create(username="publisher", defaults={"is_superuser": True})[0]


def add_author(worker: int, call: int) -> None:
    """A change that reads what is there and adds to it."""
    with editing.changing(Source, Source.objects.get().pk, by=None, reason="Added.") as source:
        source.authors = [*source.authors, f"{worker}-{call}"]


def add_author_by_form(worker: int, call: int) -> None:
    """The same as a form does it: opened, changed, saved; and opened again when it was stale."""
    while True:
        source = Source.objects.get()
        source.authors = [*source.authors, f"{worker}-{call}"]
        try:
            editing.save(source, by=None, reason="Added.")
        except editing.Stale:
            continue
        return


@pytest.mark.parametrize("service", [add_author, add_author_by_form])
def test_no_change_is_lost(service):
    report()
    assert called_at_once(service) == []
    source = Source.objects.get()
    assert set(source.authors) == ALL
    assert source.version == 1 + len(ALL)
    assert source.history.count() == 1 + len(ALL)


def test_without_lock_and_version_changes_are_lost(monkeypatch):
    """The control."""
    report()
    monkeypatch.setattr(editing, "locked", lambda model, pk, version=None: model.objects.get(pk=pk))
    called_at_once(add_author)
    assert len(Source.objects.get().authors) < len(ALL)


def test_no_publication_is_lost():
    published(report())
    records = [organization(f"firm-{worker}") for worker in range(WORKERS)]
    by = publisher()

    def rename_and_publish(worker: int, call: int) -> None:
        pk = records[worker].pk
        with editing.changing(Organization, pk, by=None, reason="Renamed.") as record:
            record.title = dict.fromkeys(("en", "ko", "zh-Hans"), f"Firm {worker} {call}" * 3)
        publish([record], by=by, reason="Renamed.", confirmed="all")

    assert called_at_once(rename_and_publish) == []
    numbers = list(Edition.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 2 + len(ALL)))
    assert list(verify()) == []
    assert {record.state for record in Organization.objects.all()} == {"published"}


def test_no_withdrawal_is_lost():
    published(report())
    records = [organization(f"firm-{worker}") for worker in range(WORKERS)]
    by = publisher()

    def publish_and_withdraw(worker: int, call: int) -> None:
        publish([records[worker]], by=by, reason="Shown.", confirmed="all")
        withdraw([records[worker]], by=by, reason="Taken back.")

    assert called_at_once(publish_and_withdraw) == []
    assert Head.objects.get().number == 1 + 2 * len(ALL)
    assert list(Current.objects.values_list("kind", flat=True)) == ["source"]
    assert list(verify()) == []


def test_no_merger_is_lost_nor_what_others_change_meanwhile(settings):
    """Of what one record names, each call merges one into the same other, changes that record, and publishes."""
    settings.PORTAL_FOUR_EYES = False
    survivor, by = organization("shared"), publisher()
    losers = {name: organization(f"firm-{name}") for name in sorted(ALL)}
    rows = [Participant(organization=one, role="operator") for one in losers.values()]
    link = initiative("a-link", *rows, summary={"en": ""})
    published(survivor, *losers.values(), link)

    def merge_and_edit(worker: int, call: int) -> None:
        name = f"{worker}-{call}"
        merge(losers[name], into=survivor, by=by, reason="One firm.", choices={"names": "none"})
        with editing.changing(Initiative, link.pk, by=None, reason="Told.") as record:
            record.summary = {"en": f"{record.summary['en'] or ''} {name}"}
        publish([link, survivor], by=by, reason="Shown.", confirmed="all")

    assert called_at_once(merge_and_edit) == []
    link.refresh_from_db()
    assert set((link.summary["en"] or "").split()) == ALL
    assert [row.organization for row in link.participants.all()] == [survivor]
    assert link.version == 1 + 2 * len(ALL)
    merged = Organization.objects.filter(state="merged", successor="shared")
    assert merged.count() == len(ALL)
    assert {row.key for row in Current.objects.filter(kind="organization")} == {"shared"}
    assert list(verify()) == []


def test_no_entry_is_lost():
    def enter_one(worker: int, call: int) -> None:
        written = [
            {"kind": "organization", "key": "shared", "type": "firm", "title": {"en": "Shared"}},
            {
                "kind": "organization",
                "key": f"firm-{worker}-{call}",
                "type": "firm",
                "title": {"en": "Firm"},
                "part_of": "shared",
            },
        ]
        enter(written, by=None, reason="Entered.")

    enter_one(9, 9)
    assert called_at_once(enter_one) == []
    entered = set(Organization.objects.exclude(key="shared").values_list("key", flat=True))
    assert entered == {f"firm-{name}" for name in ALL} | {"firm-9-9"}
    assert Organization.objects.get(key="shared").version == 1


def test_reason_of_one_is_never_written_under_another():
    """Who is at work, and why, belongs to one thread."""

    def edit(worker: int, call: int) -> None:
        with acting(None, f"by {worker}"), transaction.atomic():
            record = Source(key=f"s-{worker}-{call}", title={"en": "S"}, type="law")
            editing.save(record, by=None, reason=f"by {worker}")

    assert called_at_once(edit) == []
    for source in Source.objects.all():
        assert source.history.get().history_change_reason == f"by {source.key.split('-')[1]}"
