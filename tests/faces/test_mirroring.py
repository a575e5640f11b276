"""The program in docs/ that keeps a copy: it ends equal to the portal, whatever came and whenever it was stopped."""

import pytest
from django.db import transaction

from cooperation.gazette.models import Edition
from cooperation.gazette.redacting import redact
from tests.mirrors import files, mirrored, records
from tests.worlds import OFFICE, merge, publish, reference, sample, texts, withdraw


def emptied(*numbers):
    with transaction.atomic():
        redact(numbers, reason="An order.", office=OFFICE)


def beginning():
    """Editions 1 to 7: records of which some will end."""
    hub = reference("organization", "hub")
    publish(
        sample("organization", "hub"),
        sample("organization", "gone"),
        sample("organization", "double"),
        sample("fund", "named", manager=hub, title=texts("Ä “quoted” \t 한국 \\ \u007f")),
        sample("person", "somebody"),
        sample("platform", "back", operator=hub),
        sample("organization", "secret", title=texts("Sentinel")),
    )


def following():
    """Editions 8 to 20: all that can happen to a record."""
    publish(sample("organization", "hub", title=texts("Renamed")))
    withdraw("organization", "gone")
    merge("organization", "double", "hub")
    withdraw("platform", "back")
    publish(sample("person", "somebody", title=texts("Mended")))
    emptied(5, 7)
    publish(sample("platform", "back"), sample("source", "new"))


AFTER_ALL = {
    "organizations/hub.json", "funds/named.json", "people/somebody.json", "platforms/back.json",
    "sources/new.json",
}  # fmt: skip


@pytest.fixture
def base(live_server):
    """The address of a portal with records of which none has ended."""
    beginning()
    return live_server.url


def test_the_copy_holds_each_record_as_the_portal_answers_it_and_nothing_else(
    base, client, tmp_path
):
    assert mirrored(base, tmp_path) == (True, f"{tmp_path} was at edition 0 and is at edition 7.")
    assert files(tmp_path) == records(client)
    following()
    last = Edition.objects.last().number
    said = f"{tmp_path} was at edition 7 and is at edition {last}."
    assert mirrored(f"{base}/", tmp_path) == (True, said)
    assert files(tmp_path) == records(client)
    assert set(files(tmp_path)) == AFTER_ALL
    actions = set(Edition.objects.values_list("action", flat=True))
    assert actions == {"published", "refreshed", "withdrawn", "merged", "redacted"}
    assert mirrored(base, tmp_path / "later" / "begun")[0]
    assert files(tmp_path / "later" / "begun") == records(client)
