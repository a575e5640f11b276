"""How every public answer is given: one snapshot, a validator of one query, nothing for one reader only."""

import pytest
import time_machine
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from cooperation.faces.answers import conditional, head_of, validator
from cooperation.gazette import listing, reading
from cooperation.gazette.indexing import reindex
from cooperation.gazette.models import Head
from portal.middleware import Policies
from tests.worlds import publish, sample

pytestmark = pytest.mark.django_db

HEAD = Head(number=3, chain="sha256:abc")


@conditional("text")
def shown(request):
    return HttpResponse(f"head {head_of(request).number}")


def ask(view, method="GET", path="/", **headers):
    return view(RequestFactory().generic(method, path, headers=headers))


def test_an_answer_says_that_it_may_be_kept_by_anyone_and_asked_for_again():
    answer = ask(shown)
    assert {name: answer[name] for name in ("Cache-Control", "Vary", "Link")} == {
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Vary": "Accept-Encoding",
        "Link": '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
    }
    assert answer["ETag"].startswith('W/"0-')
    assert not answer.cookies


def test_whoever_has_the_newest_answer_is_told_so():
    etag = ask(shown)["ETag"]
    again = ask(shown, **{"If-None-Match": f'"other", {etag}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)


def test_a_new_edition_ends_the_validity_of_every_answer():
    etag = ask(shown)["ETag"]
    publish(sample("organization", "a"))
    assert ask(shown, **{"If-None-Match": etag}).content == b"head 1"


def test_indexing_anew_ends_the_validity_of_every_answer():
    publish(sample("organization", "a"))
    etag = ask(shown)["ETag"]
    reindex()
    assert ask(shown, **{"If-None-Match": etag}).content == b"head 1"


@pytest.mark.parametrize("header", ["*", "nonsense", "", '"' * 5000])
def test_a_validator_that_is_not_ours_gets_the_whole_answer(header):
    assert ask(shown, **{"If-None-Match": header}).status_code == 200


def test_the_validator_covers_head_address_form_and_release(settings):
    same = validator(HEAD, "http://a/b?c=1", "html")
    others = {
        validator(Head(number=4, chain="sha256:abc"), "http://a/b?c=1", "html"),
        validator(Head(number=3, chain="sha256:abd"), "http://a/b?c=1", "html"),
        validator(HEAD, "http://a/b?c=2", "html"),
        validator(HEAD, "http://a/b?c=1", "json"),
    }
    settings.PORTAL_RELEASE = "another"
    others.add(validator(HEAD, "http://a/b?c=1", "html"))
    assert len(others) == 5
    assert same not in others


def test_the_validator_of_an_answer_with_ages_ends_with_the_day_of_the_portal():
    with time_machine.travel("2026-01-01T14:59:59Z", tick=False):
        evening = validator(HEAD, "/", "html", daily=True)
        timeless = validator(HEAD, "/", "html")
    with time_machine.travel("2026-01-01T15:00:00Z", tick=False):
        assert validator(HEAD, "/", "html", daily=True) != evening
        assert validator(HEAD, "/", "html") == timeless


def test_head_gives_the_same_headers_without_a_body():
    whole, bare = ask(shown), ask(Policies(shown), "HEAD")
    assert bare.content == b""
    assert bare["Content-Length"] == "6"
    assert bare["ETag"] == whole["ETag"]
    assert bare["Content-Type"] == whole["Content-Type"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "NONSENSE"])
def test_nothing_can_be_written(method):
    answer = ask(shown, method)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_options_tells_other_origins_what_they_may_send():
    answer = ask(shown, "OPTIONS")
    assert (answer.status_code, answer["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert answer["Access-Control-Allow-Headers"] == "If-None-Match"


def test_an_answer_that_is_not_the_thing_itself_has_no_validator_of_ours():
    missing = conditional("text")(lambda _request: HttpResponse(status=404))
    broken = conditional("text")(lambda _request: HttpResponse(status=500))
    assert "ETag" not in ask(missing)
    assert "Link" not in ask(missing)
    assert ask(broken)["Cache-Control"] == "no-store"


class Noted:
    """Notes when a snapshot is left."""

    def __init__(self, notes):
        self.notes = notes

    def __enter__(self):
        self.notes.append("begun")

    def __exit__(self, *_fault):
        self.notes.append("ended")


@pytest.fixture
def notes(monkeypatch):
    notes = []
    monkeypatch.setattr(reading, "snapshot", lambda: Noted(notes))
    return notes


@conditional("lines")
def lines(request):
    return StreamingHttpResponse(_each_asked_for_by_itself())


def _each_asked_for_by_itself():
    place = 0
    while row := listing.currents("organization").filter(pk__gt=place).order_by("pk").first():
        yield row.key
        place = row.pk


def test_a_stream_is_read_in_one_snapshot(notes):
    publish(sample("organization", "a"), sample("organization", "b"))
    answer = ask(lines)
    assert notes == ["begun", "ended"]
    rows = iter(answer)
    assert next(rows) == b"a"
    assert notes == ["begun", "ended", "begun"]
    assert list(rows) == [b"b"]
    assert notes == ["begun", "ended", "begun", "ended"]


def test_a_reader_who_leaves_lets_the_snapshot_go(notes):
    publish(sample("organization", "a"), sample("organization", "b"))
    answer = ask(lines)
    assert next(iter(answer)) == b"a"
    answer.close()
    assert notes == ["begun", "ended", "begun", "ended"]


def test_a_stream_that_nobody_reads_holds_nothing(notes):
    publish(sample("organization", "a"))
    bare = ask(Policies(lines), "HEAD")
    assert (b"".join(bare), "Content-Length" in bare) == (b"", False)
    ask(lines)
    assert notes == ["begun", "ended"] * 2


@pytest.mark.django_db(transaction=True, databases=["default", "public"])
def test_what_is_published_while_a_stream_is_read_is_not_in_it():
    publish(sample("organization", "a"))
    publish(sample("organization", "b"))
    rows = iter(ask(lines))
    assert next(rows) == b"a"
    publish(sample("organization", "c"))
    assert list(rows) == [b"b"]
    assert b"".join(ask(lines)) == b"abc"
