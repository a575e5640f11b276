"""History at the desk: who changed what, and why."""

import pytest

from cooperation.desk.models import OrganizationName
from cooperation.gazette.models import Edition
from tests.desk.admin.filling import (
    change_page,
    filled,
    signed_in,
)
from tests.desk.records import organization, published

pytestmark = pytest.mark.django_db


def test_history_tells_who_changed_what_and_why():
    record = organization("a", OrganizationName(type="alias", text="X"))
    client = signed_in("edith")
    values = {
        **filled(client.get(change_page(record))),
        "title_ko": "새 이름",
        "names-0-text": "Y",
        "reason": "It was misspelt.",
    }
    client.post(change_page(record), values)
    published(record)
    entries = client.get(change_page(record).replace("change", "history")).context["page"]
    shown = [
        (e.act, str(e.by), e.reason, [(c.label, c.before, c.after) for c in e.changes])
        for e in entries
    ]
    number = Edition.objects.get(key="a").number
    assert shown == [
        (f"Published as edition {number}", "publisher", "Agreed in a test.", []),
        (
            "Changed",
            "edith",
            "It was misspelt.",
            [("Title (Korean)", "A 한국어", "새 이름"), ("Name “alias” › Name", "X", "Y")],
        ),
        (
            "Created",
            "editor",
            "Entered in a test.",
            [("Name “alias”", "", "Also known as · X"), ("Citation", "", "Report")],
        ),
    ]
