"""A browser that watches what pages do, and somebody who has signed in with it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.contracts.forms import PASSWORD
from tests.examples import world
from tests.worlds import publish

from .watching import Watch


@pytest.fixture
def portal(live_server) -> str:
    """The two governments, the report, the fund and an initiative, unless a test has a portal of its own."""
    publish(*world())
    return live_server.url


@pytest.fixture
def chief(live_server) -> Client:
    """Somebody who may do everything, whose own name is no name."""
    name = "<img src=x onerror=alert(1)>"
    names = {"first_name": "<script>alert(2)</script>", "last_name": '"><svg/onload=alert(3)>'}
    client = Client()
    client.force_login(User.objects.create_superuser(name, password=PASSWORD, **names))
    Group.objects.create(name="<script>alert(4)</script>")
    return client


@pytest.fixture
def watch(live_server, page, chief) -> Watch:
    """A browser in which that person has signed in."""
    session = chief.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return Watch(page, live_server.url)
