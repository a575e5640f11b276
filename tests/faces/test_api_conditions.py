"""How long an answer of the interface holds: times of change, caches, HEAD and what other sites may read."""

import gzip
import re

import pytest
import time_machine
from django.test import Client

from tests.examples import world
from tests.worlds import publish, sample, texts, withdraw

from .reading import API, body, cost, get

# What an answer says of itself does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

ENTERED = "2026-01-10T12:00:00Z"
LATER = "2026-01-10T15:00:00Z"
SAID = "Sat, 10 Jan 2026 12:00:00 GMT"
BEFORE, AFTERWARDS = "Sat, 10 Jan 2026 11:59:59 GMT", "Sat, 10 Jan 2026 14:00:00 GMT"
RECORD = f"{API}organizations/a/"


@pytest.fixture
def record():
    """A record that was published some hours ago."""
    with time_machine.travel(ENTERED, tick=False):
        publish(sample("organization", "a", title=texts("First")))
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.mark.parametrize("path", ["", "organizations/", "organizations/a/", "changes/", "docs/"])
def test_an_answer_says_when_the_newest_edition_was_entered(client, record, path):
    answer = client.get(API + path)
    assert answer["Last-Modified"] == SAID
    known = client.get(API + path, headers={"If-None-Match": answer["ETag"]})
    assert (known.status_code, known["Last-Modified"]) == (304, SAID)


def test_nothing_is_dated_before_anything_was_entered_or_later_than_it_is_sent(client, record):
    assert "Last-Modified" not in client.get(f"{API}organizations/absent/")
    with time_machine.travel("2026-01-10T11:00:00Z", tick=False):
        assert client.get(RECORD)["Last-Modified"] == "Sat, 10 Jan 2026 11:00:00 GMT"


def test_an_empty_register_has_no_time_of_change(client):
    assert "Last-Modified" not in client.get(API)


@pytest.mark.parametrize("since", [BEFORE, SAID, AFTERWARDS, "nonsense"])
def test_whoever_has_a_time_alone_gets_the_whole_answer(client, record, since):
    answer = client.get(RECORD, headers={"If-Modified-Since": since})
    assert (answer.status_code, answer.json()["title"]["en"]) == (200, "First")


def test_the_validator_decides_where_a_time_is_sent_besides(client, record):
    etag = client.get(RECORD)["ETag"]
    both = {"If-Modified-Since": BEFORE, "If-None-Match": etag}
    assert client.get(RECORD, headers=both).status_code == 304
    assert cost(client, RECORD, **both) == 1
    other = {"If-Modified-Since": SAID, "If-None-Match": 'W/"another"'}
    assert client.get(RECORD, headers=other).status_code == 200


def in_the_same_second(client):
    """What a reader who has a time alone is told after a second act within that second."""
    seen = client.get(RECORD)["Last-Modified"]
    with time_machine.travel(ENTERED, tick=False):
        publish(sample("organization", "a", title=texts("Second")))
    return client.get(RECORD, headers={"If-Modified-Since": seen}).status_code


def test_a_second_act_within_the_same_second_is_not_kept_from_anybody(client, record):
    assert in_the_same_second(client) == 200


def remembering(answer):
    """A middleware that gives back to the others the time which the reader sent."""

    def answered(request):
        since = request.META.get("HTTP_IF_MODIFIED_SINCE")
        response = answer(request)
        if since:
            request.META["HTTP_IF_MODIFIED_SINCE"] = since
        return response

    return answered


def test_a_portal_that_goes_by_the_time_keeps_it_from_them(record, settings):
    """The control."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.remembering"]
    assert in_the_same_second(Client()) == 304


PROMISED = 120


def test_whatever_the_interface_answers_may_be_given_once_more_for_a_minute(client):
    """Twice that, in two caches that hide an answer's age, is within what is promised of a withdrawal."""
    publish(sample("organization", "a"), sample("organization", "b"))
    withdraw("organization", "b")
    statuses = set()
    for path in (
        "organizations/a/",
        "organizations/b/",
        "absent/",
        "organizations",
        "?q=",
        "?q=%00",
    ):
        answer = client.get(API + path)
        statuses.add(answer.status_code)
        assert answer["Cache-Control"] == "public, max-age=1, stale-while-revalidate=59", path
        assert 2 * sum(map(int, re.findall(r"=(\d+)", answer["Cache-Control"]))) <= PROMISED
    assert statuses == {200, 301, 400, 404, 410}


def test_programs_on_other_sites_may_read_what_they_need_to_go_on(client):
    exposed = client.get(API)["Access-Control-Expose-Headers"].split(", ")
    assert exposed == [
        "Allow",
        "Content-Disposition",
        "Deprecation",
        "ETag",
        "Last-Modified",
        "Link",
        "Location",
        "Retry-After",
        "Sunset",
    ]


PACKED = [
    "organizations/",
    "organizations/a/",
    "openapi.json",
    "docs/",
    "exports/organizations.ndjson",
    "exports/organizations.csv",
]


@pytest.mark.parametrize("path", PACKED)
def test_answers_are_packed_for_whoever_can_unpack_them_streams_too(client, path):
    publish(*world(), sample("organization", "a"))
    plain = client.get(API + path)
    packed = client.get(API + path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(body(packed)) == body(plain)
    assert (packed["Content-Encoding"], packed["ETag"]) == ("gzip", plain["ETag"])
    assert packed["ETag"].startswith('W/"')
    assert (packed["Vary"], plain["Vary"]) == ("Accept-Encoding", "Accept-Encoding")
    known = {"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}
    assert client.get(API + path, headers=known).status_code == 304


def test_a_workbook_is_packed_once(client):
    publish(*world())
    answer = client.get(f"{API}exports/funds.xlsx", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer
    assert answer["Vary"] == "Accept-Encoding"
    assert body(answer).startswith(b"PK")


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("path", [*PACKED, "exports/organizations.xlsx"])
def test_head_has_every_header_of_get(client, path, encoding):
    publish(*world(), sample("organization", "a"))
    headers = {"Accept-Encoding": encoding}
    whole, bare = client.get(API + path, headers=headers), client.head(API + path, headers=headers)
    assert body(bare) == b""
    # What is packed is filled up by chance, so that its length tells nothing.
    by_chance = {"Content-Length"} if encoding == "gzip" else set()
    assert whole.headers.keys() == bare.headers.keys()
    for name in whole.headers.keys() - by_chance:
        assert bare[name] == whole[name], name


def test_an_unpacked_body_is_as_long_as_its_header_says(client):
    publish(*world())
    answer = client.get(f"{API}funds/")
    assert answer["Content-Length"] == str(len(answer.content))
    assert get(client, "funds/")["count"] == 1
