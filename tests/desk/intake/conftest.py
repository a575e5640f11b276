"""What tests of the seed share."""

from io import StringIO

import pytest
from django.core.management import call_command

from cooperation.gazette.models import Current
from tests.lasting import lasting


def seed():
    """The documents that are public once the seed is, by kind and key."""
    said = StringIO()
    call_command("seed", stdout=said)
    assert said.getvalue().splitlines() == [
        "Entering the first records.",
        "26 records are published; their sources are shown with them.",
    ]
    return {(row.kind, row.key): row.content for row in Current.objects.all()}


@pytest.fixture(scope="module")
def published(django_db_setup, django_db_blocker):
    """The documents of the seed, for tests that read them alone; no test of the module finds an empty portal."""
    with lasting(django_db_blocker, seed) as documents:
        yield documents


@pytest.fixture
def seeded(published, db):
    """A portal with the seed, and its documents."""
    return published
