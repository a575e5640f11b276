"""The log tells of every request, and of nothing that a reader searched for or a person typed."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from cooperation.catalogue import KINDS
from portal.logs import RequestLog

from .routes import public_routes
from .sweeping import ask

TYPED = "zq-typed-by-somebody"

# What it shows does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def log(caplog) -> pytest.LogCaptureFixture:
    """All that is written at the level of production."""
    logging.getLogger("django_structlog").setLevel(logging.INFO)
    return caplog


def ask_everything(client: Client) -> None:
    """Every list and search is asked for the word, and a sign-in is tried with it."""
    for route in public_routes():
        if not route.arguments:
            ask(client, f"{route.path()}?q={TYPED}")
    client.post("/admin/login/", {"username": TYPED, "password": TYPED})


def test_no_line_holds_what_was_typed(client, log):
    ask_everything(client)
    assert log.text.count("request_finished") > 5 * len(KINDS)
    assert TYPED not in log.text


def test_log_of_whole_addresses_is_noticed(client, log, monkeypatch):
    """The control."""

    def whole(request) -> str:
        return f"{request.method} {request.get_full_path()}"

    monkeypatch.setattr(RequestLog, "format_request", staticmethod(whole))
    ask_everything(client)
    assert TYPED in log.text
