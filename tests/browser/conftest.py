"""A browser that watches what pages do, and somebody who has signed in with it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import Page

from tests.contracts.forms import PASSWORD
from tests.examples import world
from tests.worlds import publish

from .desks import let_in, watched
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
    let_in(page.context, live_server.url, chief)
    return Watch(page, live_server.url)


@pytest.fixture
def desk(live_server, page, client) -> Page:
    """A page whose browser is signed in as someone who may do everything; it notes what is amiss."""
    client.force_login(User.objects.create_superuser("chief"))
    let_in(page.context, live_server.url, client)
    return watched(page)
