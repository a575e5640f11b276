"""A record that the desk has merged: every face leads on, and none shows it as if it were there."""

import time

import pytest

from cooperation.desk.merging.acts import merge
from cooperation.desk.models import Participant
from cooperation.desk.publishing import publish
from cooperation.gazette.models import Edition
from tests.desk.records import initiative, organization, published, publisher
from tests.lasting import lasting

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REASON = "One firm under two names."


@pytest.fixture(scope="module", autouse=True)
def _merged(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker, merged):
        yield


def merged():
    """Three records become one by way of another."""
    one, two, three = (organization(key) for key in ("one", "two", "three"))
    link = initiative("a-link", Participant(organization=one, role="operator"))
    published(one, two, three, link)
    for loser, survivor in ((one, two), (two, three)):
        merge(loser, into=survivor, by=publisher(), reason=REASON)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/organizations/one/", "/organizations/three/"),
        ("/ko/organizations/two/", "/ko/organizations/three/"),
        ("/zh-hans/organizations/one/", "/zh-hans/organizations/three/"),
        ("/api/v1/organizations/one/", "/api/v1/organizations/three/"),
        ("/api/v1/organizations/two/references/", "/api/v1/organizations/three/references/"),
    ],
)
def test_pages_and_interface_lead_to_the_last_one_for_good(client, path, leads_to):
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (301, leads_to)


def test_editions_and_the_list_of_changes_say_what_became_of_it(client):
    changes = client.get("/api/v1/changes/").json()["results"]
    told = [
        (one["edition"]["key"], one["edition"]["successor"], one["document"])
        for one in changes
        if one["edition"]["action"] == "merged"
    ]
    assert told == [("one", "two", None), ("two", "three", None)]
    first = Edition.objects.filter(kind="organization", key="one").earliest("number")
    page = client.get(f"/organizations/one/editions/{first.number}/")
    assert page.status_code == 200
    named = client.get("/api/v1/initiatives/a-link/").json()["participants"][0]["organization"]
    assert named["key"] == "three"


@pytest.mark.parametrize(
    "path",
    [
        "/organizations/",
        "/sitemaps/0.xml",
        "/organizations/feed.atom",
        "/api/v1/organizations/",
        "/api/v1/exports/organizations.csv",
    ],
)
def test_what_lists_records_no_longer_has_it(client, path):
    answer = client.get(path)
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert (b"organizations/three/" in said, b"organizations/one/" in said) == (True, False)


def test_what_it_was_before_is_still_shown_as_of_then(client):
    firm, other = organization("firm"), organization("other")
    then = publish([firm, other], by=publisher(), reason=REASON, confirmed="all")[0].published_at
    time.sleep(1.1)  # The register counts seconds.
    merge(firm, into=other, by=publisher(), reason=REASON)
    asked = {"as_of": then.isoformat()}
    assert client.get("/organizations/firm/", asked).status_code == 200
    assert client.get("/api/v1/organizations/firm/", asked).json()["title"]["en"] == "Firm"
