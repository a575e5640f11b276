"""What the portal lets people download comes back as it went: importing it again would change nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from cooperation.catalogue import KINDS
from cooperation.desk.intake import planning, sheets
from cooperation.desk.intake.layouts import recognised

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def exported(kind: str, form: str) -> bytes:
    """What the portal lets people download."""
    answer = Client().get(f"/api/v1/exports/{KINDS[kind].plural}.{form}")
    return b"".join(answer.streaming_content)


def test_every_table_of_the_portal_comes_back_unchanged(seeded):
    for kind in KINDS:
        for form in ("csv", "xlsx"):
            book = sheets.read(exported(kind, form), f"{KINDS[kind].plural}.{form}")
            layouts = recognised(book, kind)
            assert [one.text for layout in layouts for one in layout.undecided] == []
            noted = []
            made = planning.plan(kind, layouts, note=noted.append)
            wrong = [line.said() for line in noted if line.outcome != "unchanged"]
            assert wrong == [], (kind, form)
            rows = sum(len(layout.rows) for layout in layouts)
            assert made.counts == {"unchanged": rows}
