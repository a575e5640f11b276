"""A portal without a database whose downloads break off after their first documents: of sources, and where sorted by title."""

import json

# isort: off
# First, so that the rest finds Django set up.
from portal.wsgi import application
from django.db import OperationalError

# isort: on
from cooperation.faces.exports import documents
from cooperation.gazette import reading
from cooperation.gazette.models import Head
from tests.contracts.crowds import document

__all__ = ["application"]

HEADER = {"number": 1, "published_at": "2026-03-02T03:00:00Z"}
MANY = 500


def failing(filters):
    """Some documents, and then what is raised when a database goes away."""
    for _chunk in range(2):
        yield [
            json.dumps({**document(filters.kind, f"{filters.kind}-{n}"), "edition": HEADER})
            for n in range(MANY)
        ]
        if filters.sort == "title" or filters.kind == "source":
            raise OperationalError("The server closed the connection unexpectedly.")


documents.texts = failing
reading.head = lambda: Head(pk=1, number=1)
