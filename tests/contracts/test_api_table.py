"""What the interface answers: every route, method, state of a record and reader, in one table written by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from cooperation.catalogue import KINDS
from cooperation.faces import answers
from cooperation.faces.api.records import Records
from cooperation.gazette.models import Edition
from tests.worlds import merge, publish, sample, withdraw

from .headers import faults
from .routes import Route, public_routes

# What faces show does not depend on the engine.
pytestmark = pytest.mark.once

WHOM = ("nobody", "editor")
READING = ("GET", "HEAD")

# GET and HEAD about a record, by how it stands, and with a parameter that there is not.
OF_A_RECORD = {
    #                        public withdrawn merged absent wrong
    "api:{kind}-detail":     (200,  410,      301,   404,   400),
    "api:{kind}-references": (200,  410,      301,   404,   400),
    "api:{kind}-editions":   (200,  200,      200,   404,   400),
    "api:{kind}-edition":    (200,  200,      200,   404,   400),
}  # fmt: skip
# GET and HEAD elsewhere, and with a parameter that there is not.
ELSEWHERE = {
    "api:root":          (200, 400),
    "api:vocabularies":  (200, 400),
    "api:search":        (200, 400),
    "api:changes":       (200, 400),
    "api:gazette":       (200, 400),
    "api:package":       (200, 400),
    "api:openapi":       (200, 400),
    # A page for people, which its own script asks with parameters.
    "api:docs":          (200, 200),
    "api:guide":         (200, 400),
    "api:names":         (200, 400),
    "api:mirror":        (200, 400),
    "api:verifier":      (200, 400),
    "api:{kind}-list":   (200, 400),
    "api:{kind}-facets": (200, 400),
    "api:{kind}-ndjson": (200, 400),
    "api:{kind}-csv":    (200, 400),
    "api:{kind}-xlsx":   (200, 400),
    "api:{kind}-zip":    (200, 400),
    "api:{kind}-schema": (200, 400),
    # Here nothing is, whatever is asked.
    "api:nothing":       (404, 404),
    "api/<rest>":        (404, 404),
}  # fmt: skip
# Every other method, whatever is there, and whoever asks.
WHATEVER = {
    "OPTIONS": 204,
    "POST": 405,
    "PUT": 405,
    "PATCH": 405,
    "DELETE": 405,
    "TRACE": 405,
}

KEYS = ("public", "withdrawn", "merged", "absent")


def api_routes() -> list[Route]:
    """The routes below `/api/`."""
    return [route for route in public_routes() if route.template.startswith("api/")]


def test_table_names_every_route_and_no_other():
    """A route that is added, or taken away, has to be entered here."""
    assert {route.general_name for route in api_routes()} == {*OF_A_RECORD, *ELSEWHERE}


@pytest.fixture
def records(db) -> dict[tuple[str, str], int]:
    """A record of each kind in each state, with the number of the edition that published it."""
    for kind in KINDS:
        publish(*(sample(kind, key) for key in KEYS[:3]))
        withdraw(kind, "withdrawn")
        merge(kind, "merged", "public")
    entered = Edition.objects.filter(action="published")
    return {(kind, key): number for kind, key, number in entered.values_list("kind", "key", "pk")}


def rows(records: dict[tuple[str, str], int]) -> Iterator[tuple[str, int]]:
    """Each address of the table, and what reading it answers."""
    for route in api_routes():
        if route.general_name in ELSEWHERE:
            path = route.path(rest="x")
            well, wrong = ELSEWHERE[route.general_name]
            yield from ((path, well), (f"{path}?wrong=1", wrong))
            continue
        *statuses, wrong = OF_A_RECORD[route.general_name]
        kind = route.kind or ""
        paths = [route.path(key=key, number=records.get((kind, key), 1)) for key in KEYS]
        yield from zip(paths, statuses, strict=True)
        yield f"{paths[0]}?wrong=1", wrong


def answered(client: Client, method: str, address: str) -> int:
    """The status, of an answer that carries all that public answers must."""
    response = client.generic(method, address, secure=True)
    assert faults(response, address) == [], (method, address)
    return response.status_code


def differing(
    clients: dict[str, Client], records: dict[tuple[str, str], int]
) -> list[tuple[str, str, str, int]]:
    """Where the portal answers something else than the table says."""
    found = []
    for address, status in rows(records):
        for method, wanted in {**dict.fromkeys(READING, status), **WHATEVER}.items():
            for who in WHOM:
                told = answered(clients[who], method, address)
                if told != wanted:
                    found.append((who, method, address, told))
    return found


@pytest.mark.django_db
def test_everybody_is_answered_as_the_table_says(production, clients, records):
    """As in production; a browser that has every cookie of ours is sent none back, refused or not."""
    for client in clients.values():
        client.cookies[settings.CSRF_COOKIE_NAME] = "c" * 32
    assert differing(clients, records) == []


@pytest.mark.django_db
def test_list_that_takes_what_is_sent_turns_the_table_red(
    production, clients, records, monkeypatch
):
    """The control."""
    monkeypatch.setattr(answers, "ALLOWED", (*answers.ALLOWED, "POST"))
    monkeypatch.setattr(Records, "post", Records.get, raising=False)
    assert answered(clients["nobody"], "POST", "/api/v1/funds/") != WHATEVER["POST"]
