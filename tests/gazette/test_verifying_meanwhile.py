"""Recomputing the register while others publish: on PostgreSQL, for SQLite lets only one begin."""

import io
import threading

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from cooperation.gazette import triggers, verifying
from cooperation.gazette.models import Edition, Head
from cooperation.gazette.verifying import one_moment, verify
from tests.worlds import publish, sample, withdraw

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def meanwhile(work):
    """Do the work on a connection of its own, to its end."""

    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()


def test_what_is_published_meanwhile_is_not_taken_for_a_difference():
    publish(sample("organization", "a"), sample("organization", "b"))
    withdraw("organization", "a")
    with triggers.lifted(connection):
        Edition.objects.filter(number=1).update(document=None)
    looking = verify()
    assert next(looking).startswith("Edition 1 (organization/a): its document is gone")
    meanwhile(
        lambda: publish(sample("organization", "c"), sample("organization", "b", country="KR"))
    )
    assert Edition.objects.count() == 3
    assert list(looking) == []
    assert Edition.objects.count() == Head.objects.get().number == 5


def test_looking_at_one_moment_writes_nothing():
    with pytest.raises(DatabaseError, match="read-only"), one_moment():
        Head.objects.update(indexings=1)
    with transaction.atomic(), one_moment():  # joins what was begun
        Head.objects.update(indexings=1)


class Watched(io.StringIO):
    """A terminal on which somebody publishes as soon as the bar begins to fill."""

    def isatty(self):
        return True

    def write(self, text):
        if not self.getvalue():
            meanwhile(lambda: publish(sample("organization", "b")))
        return super().write(text)


def test_the_command_names_the_head_that_it_has_verified(monkeypatch):
    monkeypatch.setattr(verifying, "CHUNK", 1)
    publish(sample("organization", "a"))
    out = io.StringIO()
    call_command("verify", stdout=out, stderr=Watched())
    assert out.getvalue().startswith("The register is whole: 1 editions")
    assert Edition.objects.count() == 2
