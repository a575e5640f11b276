"""What tests of the seed share."""

from io import StringIO

import pytest
from django.core.management import call_command

from cooperation.gazette.models import Current


@pytest.fixture
def published(db):
    """The documents that are public once the seed is, by kind and key."""
    said = StringIO()
    call_command("seed", stdout=said)
    assert said.getvalue().splitlines() == [
        "Entering the first records.",
        "26 records are published; their sources are shown with them.",
    ]
    return {(row.kind, row.key): row.content for row in Current.objects.all()}
