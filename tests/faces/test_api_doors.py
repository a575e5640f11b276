"""Whatever goes wrong below `/api/`, whichever layer says so: a problem document of a named sort."""

import sqlite3
from http import HTTPStatus

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError, connection
from django.http import Http404, HttpResponse
from django.test import Client
from rest_framework.exceptions import NotAcceptable, Throttled

from cooperation.faces.api.about import Docs, Vocabularies
from cooperation.gazette import reading
from tests.examples import world
from tests.worlds import publish, sample, withdraw

from .reading import API, get

# What is answered before the register is asked does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("without_logs")]

# Written by hand: programs go by these names.
SORTS = [
    "wrong-parameter",
    "unreadable",
    "no-address",
    "no-record",
    "not-yet",
    "before-register",
    "method",
    "withdrawn",
    "redacted",
    "condition",
    "fault",
    "unavailable",
]


def ask(path, method="GET", **headers):
    """The answer, to a client to whom a fault is an answer like any other."""
    return Client(raise_request_exception=False).generic(method, path, headers=headers)


def faults(answer, status, sort):
    """What is wrong with a problem document of that status and sort."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    found = answer.json()
    assert found["type"] == (f"/api/v1/#{sort}" if sort else "about:blank")
    assert (found["status"], found["title"]) == (status, HTTPStatus(status).phrase)
    assert found["detail"].endswith((".", "…", "?")), found["detail"]
    assert found["instance"].startswith("/api/")
    assert answer["Access-Control-Allow-Origin"] == "*"
    kept = "no-store" if status >= 500 else "public, max-age=1, stale-while-revalidate=59"
    assert answer["Cache-Control"] == kept
    assert int(answer["Content-Length"]) == len(answer.content)


FUNDS = f"{API}funds/"


@pytest.mark.parametrize(
    ("path", "method", "headers", "status", "sort"),
    [
        # Before any address is looked at.
        (FUNDS, "GET", {"host": "elsewhere.example"}, 400, "unreadable"),
        (FUNDS, "GET", {"host": "a b"}, 400, "unreadable"),
        (f"{FUNDS}?q=%FF", "GET", {}, 400, "unreadable"),
        (f"{FUNDS}%00/", "GET", {}, 400, "unreadable"),
        (f"{FUNDS}%C3%28/", "GET", {}, 400, "unreadable"),
        ("/api/%ED%A0%80", "GET", {}, 400, "unreadable"),
        # Where nothing is.
        ("/api/", "GET", {}, 404, "no-address"),
        ("/api/v2/funds/", "GET", {}, 404, "no-address"),
        (f"{API}nothing/", "GET", {}, 404, "no-address"),
        (f"{FUNDS}a/b/", "GET", {}, 404, "no-address"),
        (f"{API}exports/funds.exe", "GET", {}, 404, "no-address"),
        # By the endpoints.
        (f"{FUNDS}absent/", "GET", {}, 404, "no-record"),
        (f"{FUNDS}absent/references/", "GET", {}, 404, "no-record"),
        (f"{FUNDS}absent/editions/", "GET", {}, 404, "no-record"),
        (f"{FUNDS}absent/editions/1/", "GET", {}, 404, "no-record"),
        (f"{FUNDS}absent/?as_of=2000-01-01", "GET", {}, 404, "before-register"),
        (f"{FUNDS}absent/?as_of=2100-01-01", "GET", {}, 404, "not-yet"),
        (f"{FUNDS}gone/", "GET", {}, 410, "withdrawn"),
        (f"{FUNDS}?unknown=1", "GET", {}, 400, "wrong-parameter"),
        (f"{FUNDS}?cursor=nonsense", "GET", {}, 400, "wrong-parameter"),
        # By the method, whatever it is called and whatever is there.
        (FUNDS, "POST", {}, 405, "method"),
        (FUNDS, "TRACE", {}, 405, "method"),
        (f"{FUNDS}gone/", "DELETE", {}, 405, "method"),
        (f"{API}docs/", "PUT", {}, 405, "method"),
        (f"{API}nothing/", "PATCH", {}, 405, "method"),
        ("/api/v2/", "NONSENSE", {}, 405, "method"),
        # By what compares validators.
        (FUNDS, "GET", {"if-match": '"another"'}, 412, "condition"),
    ],
)
def test_what_is_refused_is_a_problem_of_its_sort(path, method, headers, status, sort):
    publish(*world(), sample("fund", "gone"))
    withdraw("fund", "gone")
    faults(ask(path, method, **headers), status, sort)


def test_a_request_of_too_many_parameters_is_refused_wherever_they_are_counted(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    for path in (FUNDS, f"{API}docs/"):
        faults(ask(f"{path}?a=1&b=1&c=1&d=1"), 400, "unreadable")


@pytest.mark.parametrize(
    ("fault", "status", "sort"),
    [
        (RuntimeError("the secret of the house"), 500, "fault"),
        (Http404("the secret of the house"), 404, "no-address"),
        (SuspiciousOperation("the secret of the house"), 400, "unreadable"),
        (NotAcceptable(), 406, None),
        (Throttled(), 429, None),
    ],
)
@pytest.mark.parametrize(
    ("endpoint", "path"), [(Vocabularies, "vocabularies/"), (Docs, "docs/")], ids=str
)
def test_what_an_endpoint_raises_is_a_problem(monkeypatch, endpoint, path, fault, status, sort):
    def fail(*_arguments, **_named):
        raise fault

    monkeypatch.setattr(endpoint, "get", fail)
    answer = ask(API + path)
    faults(answer, status, sort)
    assert b"secret" not in answer.content


def test_a_fault_before_the_endpoint_is_a_problem(monkeypatch):
    def fail():
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(reading, "head", fail)
    faults(ask(FUNDS), 500, "fault")


def failing(answer):
    """A middleware that fails whenever it is asked."""

    def answered(request):
        raise RuntimeError("the secret of the house")

    return answered


def refusing(answer):
    """A middleware that refuses as a page does."""

    def answered(request):
        return HttpResponse("<p>Too large.</p>" * 100, status=413)

    return answered


@pytest.mark.parametrize(
    ("middleware", "status", "sort"), [("failing", 500, "fault"), ("refusing", 413, None)]
)
def test_what_a_middleware_says_is_a_problem(settings, middleware, status, sort):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.{middleware}"]
    for headers in ({}, {"accept-encoding": "gzip"}):
        answer = ask(FUNDS, **headers)
        faults(answer, status, sort)
        assert b"secret" not in answer.content


def test_pages_are_refused_in_their_own_form(settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.refusing"]
    assert ask("/funds/")["Content-Type"] == "text/html; charset=utf-8"


def test_without_the_last_look_what_a_middleware_says_is_a_page(settings):
    """The control."""
    kept = [name for name in settings.MIDDLEWARE if not name.endswith(".Policies")]
    settings.MIDDLEWARE = [*kept, f"{__name__}.refusing"]
    assert ask(FUNDS)["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("table", ["gazette_head", "gazette_current"])
def test_a_database_out_of_reach_is_a_problem_that_says_when_to_ask_again(table):
    """At the first query, and where it goes away between two."""

    def gone(execute, sql, params, many, context):
        if f'FROM "{table}"' not in sql:
            return execute(sql, params, many, context)
        fault = sqlite3.OperationalError("unable to open database file")
        fault.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise OperationalError("unable to open database file") from fault

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(gone):
        answer = client.get(FUNDS)
    faults(answer, 503, "unavailable")
    assert answer["Retry-After"] == "5"
    assert client.get(FUNDS).status_code == 200


@pytest.mark.parametrize(
    "path", [f"{FUNDS}?q=%FF", f"{API}nothing/", f"{FUNDS}absent/", f"{FUNDS}?unknown=1"]
)
def test_a_refused_head_has_the_headers_of_the_refusal_and_no_body(path):
    whole, bare = ask(path), ask(path, "HEAD")
    assert (bare.status_code, bare.content) == (whole.status_code, b"")
    # An answer that is kept by nobody's validator is given a digest of its body, where it has one.
    assert dict(bare.headers) == {n: v for n, v in whole.headers.items() if n != "ETag"}


def test_each_sort_is_told_in_a_sentence_where_its_name_leads(client):
    told = get(client, "")["problems"]
    assert list(told) == SORTS
    assert all(sentence.endswith(".") for sentence in told.values())
    described = get(client, "openapi.json")["components"]["schemas"]["Problem"]
    said = described["properties"]["type"]["description"]
    assert all(f"`/api/v1/#{sort}`" in said for sort in SORTS)
