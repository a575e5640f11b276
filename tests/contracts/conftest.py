"""What the contract tests share: thousands of requests, each of which would write its line of log."""

import json
import logging
from functools import cache
from typing import Any

import pytest
from django.test import Client

from tests.setup.processes import PRODUCTION, python

from .desks import staffed, stocked

TELL = """
import json
from django.conf import settings
of_safety = ("SECURE_", "SESSION_", "CSRF_")
print(json.dumps({n: getattr(settings, n) for n in dir(settings) if n.startswith(of_safety)}))
"""


@pytest.fixture(autouse=True)
def _without_a_line_for_each_request():
    logger = logging.getLogger("django_structlog")
    level, logger.level = logger.level, logging.CRITICAL
    yield
    logger.level = level


@pytest.fixture
def client() -> Client:
    """A reader, to whom a fault is an answer like any other."""
    return Client(raise_request_exception=False)


@cache
def _told() -> dict[str, Any]:
    """What a process of its own reads in production of cookies, https and policies."""
    told = python(TELL, **PRODUCTION)
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


@pytest.fixture
def production(settings) -> None:
    """Cookies, https and policies are as in production; asked for before anybody signs in."""
    settings.LOCAL = False
    for name, value in _told().items():
        setattr(settings, name, value)


@pytest.fixture
def clients(db) -> dict[str, Client]:
    """Somebody in each role, signed in."""
    return staffed()


@pytest.fixture
def rows(db) -> dict[str, int]:
    """One row of each table of the desk, by its model."""
    return stocked()
