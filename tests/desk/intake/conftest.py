"""What tests of the seed share."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from cooperation.gazette.models import Current


def seed():
    """The documents that are public once the seed is, by kind and key."""
    said = StringIO()
    call_command("seed", stdout=said)
    assert said.getvalue().splitlines() == [
        "Entering the first records.",
        "26 records are published; their sources are shown with them.",
    ]
    return {(row.kind, row.key): row.content for row in Current.objects.all()}


@pytest.fixture
def seeded(db):
    """A portal with the seed, and its documents."""
    return seed()


@pytest.fixture(scope="session")
def published(django_db_setup, django_db_blocker):
    """The documents of the seed alone, made once for all who read them."""
    with django_db_blocker.unblock(), transaction.atomic():
        documents = seed()
        transaction.set_rollback(True)
    return documents
