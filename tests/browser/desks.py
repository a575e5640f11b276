"""A browser at the desk: somebody signed in with it, what it complains of, and what shuts anybody out."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

# WCAG 2.2 asks for targets that a finger can hit; the tool leaves that out unless told.
# Only what is amiss is gathered.
STRICT = {
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "elementRef": False,
}


def let_in(context: Any, address: str, client: Client) -> None:
    """Give the browser the session of whoever has signed in with the client."""
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}
    context.add_cookies([cookie])


def watched(page: Any) -> Any:
    """The page, which notes as `amiss` what the browser complains of."""
    page.amiss = []
    page.on("console", lambda said: page.amiss.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.amiss.append(str(error)))
    return page


def signed_in(context: Any, address: str, client: Client) -> Any:
    """A new page of the browser in which somebody who may do everything has signed in."""
    client.force_login(User.objects.create_superuser("chief"))
    let_in(context, address, client)
    return watched(context.new_page())


def is_too_wide(page: Any) -> bool:
    """Whether anything reaches beyond the width of the page."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def barriers(page: Any, **where: Any) -> list[Any]:
    """What axe finds amiss, and whether anything reaches beyond the width of the page."""
    found = Axe().run(page, options=STRICT, **where).response["violations"]
    if hasattr(page, "amiss"):
        page.amiss.clear()  # the policy stops the styles that axe itself writes
    told = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
    return [*told, *(["wide"] if is_too_wide(page) else [])]
