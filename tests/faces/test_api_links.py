"""Where an answer about a record leads, as its Link header says: editions, versions, pages, schemas."""

import re

import pytest
import time_machine

from cooperation.catalogue import KINDS
from cooperation.gazette.redacting import redact
from tests.worlds import OFFICE, merge, publish, sample, texts, withdraw

from .reading import API, get

# What an answer says of itself does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

SITE = "http://testserver"
LINK = re.compile(r'<([^>]+)>; rel="([\w-]+)"(?:; type="([^"]+)")?')
LICENCE = ("license", "https://creativecommons.org/licenses/by/4.0/", "")


def links(client, path):
    """Relation, address on this site and media type of each link."""
    answer = client.get(API + path)
    assert answer.status_code == 200
    found = LINK.findall(answer["Link"])
    assert len(found) == answer["Link"].count("<")
    return [(relation, address.removeprefix(SITE), form) for address, relation, form in found]


@pytest.fixture
def renamed(db):
    """A record with two editions, between which another record was published."""
    with time_machine.travel("2026-01-10T12:00:00Z", tick=False):
        publish(sample("organization", "a", title=texts("Old")))
    with time_machine.travel("2026-01-20T12:00:00Z", tick=False):
        publish(sample("organization", "b"))
        publish(sample("organization", "a", title=texts("New")))


def test_a_record_leads_to_its_edition_for_good_its_past_its_page_and_its_schema(client, renamed):
    assert links(client, "organizations/a/") == [
        ("cite-as", "/api/v1/organizations/a/editions/3/", ""),
        ("version-history", "/api/v1/organizations/a/editions/", ""),
        ("collection", "/api/v1/organizations/", ""),
        ("describedby", "/api/v1/schemas/organization.json", ""),
        ("alternate", "/organizations/a/", "text/html"),
        LICENCE,
    ]


def test_a_record_as_it_stood_leads_to_the_edition_that_was_in_force(client, renamed):
    assert links(client, "organizations/a/?as_of=2026-01-15") == [
        ("cite-as", "/api/v1/organizations/a/editions/1/", ""),
        ("version-history", "/api/v1/organizations/a/editions/", ""),
        ("collection", "/api/v1/organizations/", ""),
        ("describedby", "/api/v1/schemas/organization.json", ""),
        ("alternate", "/organizations/a/editions/1/", "text/html"),
        LICENCE,
    ]


def test_an_edition_leads_to_its_neighbours_about_the_same_record(client, renamed):
    withdraw("organization", "a")
    versions = [
        ("latest-version", "/api/v1/organizations/a/", ""),
        ("version-history", "/api/v1/organizations/a/editions/", ""),
    ]
    described = [("describedby", "/api/v1/schemas/organization.json", "")]
    page = "/organizations/a/editions/{}/"
    edition = f"/api/v1{page}"
    assert links(client, "organizations/a/editions/1/") == [
        ("successor-version", edition.format(3), ""),
        *versions,
        *described,
        ("alternate", page.format(1), "text/html"),
        LICENCE,
    ]
    assert links(client, "organizations/a/editions/3/") == [
        ("predecessor-version", edition.format(1), ""),
        ("successor-version", edition.format(4), ""),
        *versions,
        *described,
        ("alternate", page.format(3), "text/html"),
        LICENCE,
    ]
    # An end has no document that a schema could describe.
    assert links(client, "organizations/a/editions/4/") == [
        ("predecessor-version", edition.format(3), ""),
        *versions,
        ("alternate", page.format(4), "text/html"),
        LICENCE,
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_of_every_kind_leads_somewhere(client, kind):
    publish(sample(kind, "a"), sample(kind, "b"))
    publish(sample(kind, "a", title=texts("Again")))
    merge(kind, "b", "a")
    plural = KINDS[kind].plural
    for path in ("a/", "a/?as_of=2100-01-01", "a/editions/1/", "a/editions/3/", "b/editions/4/"):
        found = links(client, f"{plural}/{path}")
        for relation, address, form in found[:-1]:
            led = client.get(address)
            if relation == "latest-version" and path.startswith("b/"):
                # What was merged leads on from where its newest version would be.
                assert (led.status_code, led["Location"]) == (301, f"{API}{plural}/a/")
            else:
                assert led.status_code == 200, address
                assert led["Content-Type"].startswith(form or "application/json")


def test_links_stand_in_the_header_alone(client, renamed):
    """A document stays byte for byte what its edition holds."""
    found = get(client, "organizations/a/")
    assert "links" not in found.keys() | found["edition"].keys()


def test_links_are_full_addresses_of_the_public_side_where_it_has_one(client, renamed, settings):
    settings.PORTAL_URL = "https://portal.example"
    link = client.get(f"{API}organizations/a/")["Link"]
    assert link.count("<https://portal.example/") == 5


def test_an_answer_that_is_known_already_takes_no_link_from_whoever_keeps_it(client, renamed):
    """A cache puts the headers of a 304 in the place of those that it holds."""
    etag = client.get(f"{API}organizations/a/")["ETag"]
    known = client.get(f"{API}organizations/a/", headers={"If-None-Match": etag})
    assert (known.status_code, "Link" in known) == (304, False)


@pytest.mark.parametrize("path", ["", "references/", "?as_of=2026-01-15", "?as_of=2100-01-01"])
def test_what_is_gone_leads_to_its_editions_which_stay(client, renamed, path):
    redact([1], reason="An order of the court.", office=OFFICE)
    withdraw("organization", "a")
    answer = client.get(f"{API}organizations/a/{path}")
    assert answer.status_code == 410
    assert answer["Link"] == (
        '<http://testserver/api/v1/organizations/a/editions/>; rel="version-history", '
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    )


def test_lists_and_refusals_have_no_links_of_a_record(client, renamed):
    assert links(client, "organizations/") == [LICENCE]
    assert "Link" not in client.get(f"{API}organizations/absent/")
