"""Every sort of page keeps to the strict policy, those that say what is wrong among them.

The suite opens the pages of one kind, `make proof-payloads` those of all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from tests.contracts.routes import public_routes
from tests.contracts.test_hostile_desk import Desk

from .watching import Watch

pytestmark = pytest.mark.browser

IS_PROOF = "PAYLOADS" in os.environ
# These are saved, not shown, or lead elsewhere; to sitemaps a browser's own viewer adds styles of its own.
NOT_SHOWN = (
    "ndjson",
    "csv",
    "xlsx",
    "zip",
    "package",
    "sitemap",
    "logout",
    "view_on_site",
    "admin:admin/",
    "<rest>",
    "nothing",
)
WRONG = [
    "/nothing/", "/api/v1/nothing/", "/organizations/alibaba-group/?as_of=x", "/?q=%FF",
    "/admin/nothing/", "/admin/desk/fund/?title_en__regex=x", "/admin/autocomplete/",
]  # fmt: skip


def sorts(desk: Desk) -> Iterator[str]:
    """The address of each sort of page, in public and at the desk."""
    given = {"key": "alibaba-group", "number": 1, "rest": "x"}
    public = [r for r in public_routes() if IS_PROOF or r.kind in (None, "organization")]
    yield from (r.path(**given) for r in public if not any(no in r.name for no in NOT_SHOWN))
    for name, route in desk.shown.items():
        is_one_of_many = "_" in name and not any(
            f"{one}_" in name for one in ("fund", "user", "exchangerate")
        )
        if any(no in name for no in NOT_SHOWN) or (is_one_of_many and not IS_PROOF):
            continue
        acts = name.endswith(("_publish", "_withdraw"))
        yield desk.path(route) + ("?record=organization/alibaba-group" if acts else "")
    yield from WRONG


def test_every_sort_of_page_keeps_to_the_policy(live_server, page, client):
    client.force_login(User.objects.create_superuser("chief"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])
    watch = Watch(page, live_server.url)
    for address in sorts(Desk()):
        watch.open(address)
    print(f"{watch.opened} pages kept to the policy.")
    assert watch.opened > 30
    assert watch.noted == []


def test_page_with_a_script_in_it_is_noticed(live_server, page):
    """The control."""
    watch = Watch(page, live_server.url)
    headers = {"Content-Type": "text/html", "Content-Security-Policy": "script-src 'self'"}
    page.route(
        "**/inline/", lambda route: route.fulfill(body="<script>1</script>", headers=headers)
    )
    watch.open("/inline/")
    assert any("Content Security Policy" in said for said in watch.noted)
