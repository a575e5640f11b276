"""Who may do what where: every route, every method, every role, in one table written by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client

from cooperation.catalogue import KINDS
from cooperation.gazette.models import Edition
from tests.examples import world
from tests.kept import open_source
from tests.worlds import publish, sample

from .desks import RECORDS, at_the_desk
from .headers import faults
from .routes import Route, public_routes, routes

# What faces and forms show does not depend on the engine.
pytestmark = pytest.mark.once

ROLES = ("nobody", "outsider", "editor", "publisher", "superuser")
READING = ("GET", "HEAD")
WRITING = ("POST", "PUT", "PATCH", "DELETE")

# The public side only reads, and for everybody alike. What OPTIONS answers stands beside each route;
# those below `/api/` have a table of their own, in test_api_table.py.
PUBLIC = {
    "livez": 405,
    "readyz": 405,
    "crawlers:robots": 204,
    "crawlers:security": 204,
    "crawlers:sitemaps": 204,
    "crawlers:sitemap-pages": 204,
    "crawlers:sitemap-block": 204,
    "pages:home": 204,
    "pages:search": 204,
    "pages:gazette": 204,
    "pages:calendar": 204,
    "pages:data": 204,
    "pages:about": 204,
    "pages:accessibility": 204,
    "pages:privacy": 204,
    "pages:{kind}-list": 204,
    "pages:{kind}-detail": 204,
    "pages:{kind}-history": 204,
    "pages:{kind}-edition": 204,
    "pages:{kind}-copy": 204,
    "feeds:portal": 204,
    "feeds:{kind}-list": 204,
    "feeds:{kind}-detail": 204,
    "feeds:{kind}-calendar": 204,
}

TO_SIGN_IN = (302, 302, 302, 302, 302)
STAFF = (302, 302, 200, 200, 200)
PUBLISHERS = (302, 302, 403, 200, 200)
SUPERUSERS = (302, 302, 403, 403, 200)
NOT_POSTED = (302, 302, 405, 405, 405)
ABSENT = (302, 302, 404, 404, 404)

# The desk: for GET and for POST, what nobody, an outsider, an editor, a publisher, a superuser gets.
DESK = {
    "admin:index": (STAFF, STAFF),
    "admin:login": ((200, 200, 302, 302, 302), (200, 200, 200, 200, 200)),
    "admin:logout": (NOT_POSTED, STAFF),
    "admin:password_change": (STAFF, STAFF),
    "admin:password_change_done": (STAFF, NOT_POSTED),
    "admin:autocomplete": ((302, 302, 403, 403, 403), NOT_POSTED),
    "admin:jsi18n": (STAFF, NOT_POSTED),
    "admin:view_on_site": (ABSENT, ABSENT),
    "admin:app_list": (STAFF, STAFF),
    "admin:admin/<url>": (ABSENT, ABSENT),
    "admin:desk_source_copy": (STAFF, NOT_POSTED),
    "admin:auth_user_password_change": (SUPERUSERS, SUPERUSERS),
    "admin:sessions": (STAFF, NOT_POSTED),
    # Where no session is named, the way leads back to the list.
    "admin:sessions_end": (TO_SIGN_IN, TO_SIGN_IN),
    "admin:desk_exchangerate_import": (STAFF, STAFF),
    "admin:progress": (STAFF, NOT_POSTED),
    "admin:desk_initiative_progress": (STAFF, STAFF),
    "admin:desk_fund_progress": (STAFF, STAFF),
    "admin:desk_initiative_tag": (STAFF, STAFF),
    "admin:desk_initiative_status": (STAFF, STAFF),
    "admin:desk_fund_status": (STAFF, STAFF),
    # Nothing was done that could be taken back.
    "admin:desk_initiative_takeback": (ABSENT, ABSENT),
    "admin:desk_fund_takeback": (ABSENT, ABSENT),
}
VIEWS = {"changelist": STAFF, "add": STAFF, "change": STAFF, "delete": STAFF, "history": STAFF}
# Editors see what publishing would do, and what the checks find.
ACTS = {
    "publish": (STAFF, PUBLISHERS),
    "withdraw": (PUBLISHERS, PUBLISHERS),
    "submit": (STAFF, STAFF),
    "take_back": (STAFF, STAFF),
    "send_back": (PUBLISHERS, PUBLISHERS),
}
# What else can be asked of records of every kind and type, beside Django's own pages.
PAGES = {
    "look": (STAFF, NOT_POSTED),
    # Past points are compared by whoever may look, and restored by whoever may change.
    "compare": (STAFF, NOT_POSTED),
    "restore": (STAFF, STAFF),
    "alike": (STAFF, NOT_POSTED),
    "merge": (PUBLISHERS, PUBLISHERS),
    # The kept texts that are read beside its form.
    "evidence": (STAFF, NOT_POSTED),
    # Everybody finds their own imports alone; the addresses here lead to none.
    "import": (STAFF, STAFF),
    "import_blank": (ABSENT, NOT_POSTED),
    "import_one": (ABSENT, ABSENT),
    "import_progress": (ABSENT, NOT_POSTED),
}
TABLES = {
    **{f"desk_{record}": VIEWS for record in RECORDS},
    "desk_exchangerate": VIEWS,
    "auth_user": dict.fromkeys(VIEWS, SUPERUSERS),
    "auth_group": dict.fromkeys(VIEWS, SUPERUSERS),
}


def expected() -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    """The whole table of the desk."""
    table = dict(DESK)
    for record in RECORDS:
        table |= {f"admin:desk_{record}_{act}": roles for act, roles in (ACTS | PAGES).items()}
    table |= {f"admin:desk_{kind}_doubles": (STAFF, STAFF) for kind in KINDS}
    for model, views in TABLES.items():
        table |= {f"admin:{model}_{view}": (roles, roles) for view, roles in views.items()}
        # The address of old links, which leads to the form.
        old = f"admin:admin/{model.replace('_', '/')}/<path:object_id>/"
        table[old] = (TO_SIGN_IN, TO_SIGN_IN)
    return table


def pages() -> list[Route]:
    """The public routes that are not the interface's."""
    return [route for route in public_routes() if not route.template.startswith("api/")]


def test_table_names_every_route_and_no_other():
    """A route that is added, or taken away, has to be entered here."""
    assert {route.general_name for route in pages()} == PUBLIC.keys()
    desk = {route.name for route in routes() if route.at_the_desk}
    assert desk == expected().keys()


def desk_answers(
    clients: dict[str, Client], rows: dict[str, int], method: str
) -> dict[str, tuple[int, ...]]:
    """What each role gets at each route of the desk, with all policies, and kept by no cache."""
    found = {}
    for route in routes():
        if route.at_the_desk:
            statuses = []
            for role in ROLES:
                address = at_the_desk(route, rows)
                response = clients[role].generic(method, address, secure=not settings.LOCAL)
                statuses.append(response.status_code)
                assert faults(response, address) == [], (method, address, role)
                # Whoever has signed out signs in again.
                if route.name == "admin:logout" and role != "nobody":
                    clients[role].force_login(User.objects.get(username=role))
            found[route.name] = tuple(statuses)
    return found


@pytest.mark.django_db
def test_desk_shows_each_role_what_the_table_says_and_lets_no_cache_keep_it(
    production, clients, rows
):
    """As in production, with its cookies and over https; what is taken is tried as on one machine."""
    wanted = {name: get for name, (get, _post) in expected().items()}
    assert desk_answers(clients, rows, "GET") == wanted


@pytest.mark.django_db
def test_desk_takes_from_each_role_what_the_table_says(clients, rows):
    wanted = {name: post for name, (_get, post) in expected().items()}
    assert desk_answers(clients, rows, "POST") == wanted


@pytest.mark.django_db
def test_editor_with_the_right_to_publish_turns_the_table_red(clients, rows):
    """The control."""
    User.objects.get(username="editor").groups.add(Group.objects.get(name="Publishers"))
    route = next(r for r in routes() if r.name == "admin:desk_fund_publish")
    status = clients["editor"].post(at_the_desk(route, rows)).status_code
    assert status != expected()["admin:desk_fund_publish"][1][2]


@pytest.mark.django_db
def test_no_method_lets_strangers_in(clients, rows):
    """Nobody and outsiders are sent to sign in, whatever they send and whether or not it exists."""
    for role in ("nobody", "outsider"):
        for route in routes():
            if route.at_the_desk and route.name != "admin:login":
                for method in ("GET", "HEAD", "OPTIONS", *WRITING):
                    status = clients[role].generic(method, at_the_desk(route, rows)).status_code
                    assert status == 302, (role, method, route.name)


@pytest.mark.django_db
def test_stranger_cannot_tell_what_there_is_at_the_desk(clients, rows):
    for path in ("/admin/desk/fund/{}/change/", "/admin/desk/fund/{}/history/", "/admin/r/7/{}/"):
        there, absent = (
            clients["nobody"].get(path.format(number)) for number in (rows["desk_fund"], 7 * 10**6)
        )
        assert there.status_code == absent.status_code == 302
        assert there.headers["Location"] == f"/admin/login/?next={there.request['PATH_INFO']}"
        assert len(there.headers) == len(absent.headers)


@pytest.mark.django_db
def test_nothing_is_taken_from_a_form_that_is_not_ours(rows):
    forged = Client(enforce_csrf_checks=True, raise_request_exception=False)
    forged.force_login(User.objects.create_superuser("superuser"))
    for route in routes():
        if route.at_the_desk:
            for method in WRITING:
                status = forged.generic(method, at_the_desk(route, rows)).status_code
                assert status == 403, (method, route.name)


@pytest.fixture
def published(db) -> dict[str, str]:
    """A key of each kind that is public; edition 1 is the first of the last kind."""
    publish(*world())
    publish(*(sample(kind, "of-this-kind") for kind in KINDS))
    open_source("of-this-kind")
    return dict.fromkeys(KINDS, "of-this-kind")


def public_addresses(published: dict[str, str]) -> Iterator[tuple[Route, str]]:
    """Each public route in each language, about something that is there."""
    for route in pages():
        numbers = Edition.objects.filter(kind=route.kind or "", key="of-this-kind")
        number = numbers.values_list("pk", flat=True).first() or 0
        given = {"key": "of-this-kind", "number": number}
        yield from ((route, path) for path in route.paths(**given))


@pytest.mark.django_db
def test_everybody_may_read_everything_public_and_change_nothing(production, clients, published):
    """As in production; a browser that has every cookie of ours is sent none back, refused or not."""
    for client in clients.values():
        client.cookies[settings.CSRF_COOKIE_NAME] = "c" * 32

    def status(role: str, method: str, address: str) -> int:
        response = clients[role].generic(method, address, secure=True)
        assert faults(response, address) == [], (role, method, address)
        return response.status_code

    for route, address in public_addresses(published):
        # The superuser is answered with the same bytes, which test_headers.py compares.
        for role, reading in (("nobody", READING), ("superuser", ("HEAD",))):
            for method in reading:
                assert status(role, method, address) == 200, (role, method, address)
            for method in WRITING:
                assert status(role, method, address) == 405, (role, method, address)
            options = PUBLIC[route.general_name]
            assert status(role, "OPTIONS", address) == options, (role, address)
