"""Cookies are bound to the desk, this host and https; refusals carry every policy, as answers do."""

from __future__ import annotations

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.middleware.csrf import get_token
from django.test import Client

from tests.worlds import publish, sample, withdraw

from .desks import at_the_desk
from .headers import cookie_faults, faults
from .routes import routes

LOGIN = "/admin/login/"
PASSWORD = "a pass phrase of some length"

# What is sent does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(params=["production", "local"])
def mode(request) -> str:
    """Both ways in which a portal is run."""
    if request.param == "production":
        request.getfixturevalue("production")
    return request.param


def browser(**more) -> Client:
    """Somebody to whom a fault is an answer like any other."""
    return Client(raise_request_exception=False, **more)


def visit() -> list[tuple[str, int, set[str]]]:
    """A visit to the desk: what was asked, the status, and the cookies that were set, all without fault."""
    User.objects.create_user("editor", password=PASSWORD, is_staff=True)
    guest, told = browser(), []
    form = {"username": "editor", "password": PASSWORD, "next": "/admin/"}
    changed = {"old_password": PASSWORD} | dict.fromkeys(
        ("new_password1", "new_password2"), "orchid lantern gravel mosaic"
    )
    for method, address, data in (
        ("get", LOGIN, None),
        ("post", LOGIN, form),
        ("get", "/admin/", None),
        ("post", "/admin/password_change/", changed),
        ("post", "/admin/logout/", None),
    ):
        response = getattr(guest, method)(address, data, secure=not configured.LOCAL)
        assert faults(response, address) == [], address
        told.append((f"{method} {address}", response.status_code, set(response.cookies)))
    return told


def test_each_cookie_of_a_visit_is_bound_to_the_host_and_closed_to_scripts(mode):
    prefix = "__Host-" if mode == "production" else ""
    session, csrf = f"{prefix}session", f"{prefix}csrf"
    assert visit() == [
        (f"get {LOGIN}", 200, {csrf}),
        (f"post {LOGIN}", 302, {session, csrf}),
        ("get /admin/", 200, {csrf}),
        ("post /admin/password_change/", 302, {session}),
        ("post /admin/logout/", 200, {session}),
    ]


@pytest.mark.parametrize(
    ("setting", "value", "fault"),
    [
        ("CSRF_COOKIE_NAME", "csrf", "csrf has the name of the other mode"),
        ("CSRF_COOKIE_NAME", "__Host-token", "__Host-token is no cookie of ours"),
        ("CSRF_COOKIE_HTTPONLY", False, "scripts may read __Host-csrf"),
        ("CSRF_COOKIE_SAMESITE", "None", "other sites may send __Host-csrf"),
        ("CSRF_COOKIE_PATH", "/admin/", "__Host-csrf is not bound to this host alone"),
        ("CSRF_COOKIE_DOMAIN", "example", "__Host-csrf is not bound to this host alone"),
        ("CSRF_COOKIE_SECURE", False, "__Host-csrf goes over an open line"),
        ("SECURE_HSTS_SECONDS", 0, "it says something else of https than the mode demands"),
    ],
)
def test_a_cookie_or_a_line_that_is_less_safe_is_noticed(
    production, settings, setting, value, fault
):
    """The control."""
    setattr(settings, setting, value)
    assert faults(browser().get(LOGIN, secure=True), LOGIN) == [fault]


def test_a_session_that_scripts_may_read_is_noticed(production, settings):
    """The control."""
    settings.SESSION_COOKIE_HTTPONLY = False
    User.objects.create_user("editor", password=PASSWORD, is_staff=True)
    form = {"username": "editor", "password": PASSWORD}
    response = browser().post(LOGIN, form, secure=True)
    assert list(cookie_faults(response, local=False)) == ["scripts may read __Host-session"]


# What is refused, led elsewhere or out of order: method, address, host, status. Who asks may be signed in.
REFUSED = [
    ("GET", "/funds/%00", "testserver", 400),
    ("GET", "/funds/%FF", "testserver", 400),
    ("GET", "/funds/gone/?as_of=yesterday", "testserver", 400),
    ("GET", "/api/v1/funds/?page_size=many", "testserver", 400),
    ("GET", "/", "elsewhere.example", 400),
    ("GET", "/api/v1/funds/", "elsewhere.example", 400),
    ("GET", "/admin/", "elsewhere.example", 400),
    ("GET", "/admin/%00", "testserver", 400),
    ("GET", "/nothing/", "testserver", 404),
    ("GET", "/ko/nothing/", "testserver", 404),
    ("GET", "/static/nothing.css", "testserver", 404),
    ("GET", "/api/v1/nothing/", "testserver", 404),
    ("GET", "/funds/gone/", "testserver", 410),
    ("GET", "/api/v1/funds/gone/", "testserver", 410),
    ("GET", "/funds", "testserver", 301),
    ("POST", "/", "testserver", 405),
    ("POST", "/api/v1/funds/", "testserver", 405),
    ("GET", "/admin", "testserver", 301),
]
AT_THE_DESK = [
    ("GET", "/admin/desk/fund/?title_en__regex=a", 400),
    ("GET", "/admin/nothing/", 404),
    ("GET", "/admin/auth/user/", 403),
    ("POST", "/admin/sessions/", 405),
]


@pytest.fixture
def withdrawn(db) -> None:
    publish(sample("fund", "gone"))
    withdraw("fund", "gone")


def of_everything(client: Client) -> Client:
    """The same browser, with a cookie of each of ours, whoever it is."""
    if configured.SESSION_COOKIE_NAME not in client.cookies:
        client.cookies[configured.SESSION_COOKIE_NAME] = "s" * 32
    client.cookies[configured.CSRF_COOKIE_NAME] = "c" * 32
    return client


def test_refusals_carry_every_policy_whoever_asks_and_no_cookie_in_public(mode, clients, withdrawn):
    secure = mode == "production"
    for role in ("nobody", "editor"):
        client = of_everything(clients[role])
        for method, address, host, status in REFUSED:
            if role == "editor" and address == "/admin":
                continue
            response = client.generic(method, address, secure=secure, headers={"host": host})
            assert (faults(response, address), response.status_code) == ([], status), address
    for method, address, status in AT_THE_DESK:
        response = clients["editor"].generic(method, address, secure=secure)
        assert (faults(response, address), response.status_code) == ([], status), address


def test_whoever_is_locked_out_or_sends_a_form_not_ours_is_told_so_with_every_policy(
    production,
):
    form = {"username": "editor", "password": "wrong"}
    answers = [browser().post(LOGIN, form, secure=True) for _ in range(10)]
    answers.append(browser(enforce_csrf_checks=True).post(LOGIN, form, secure=True))
    assert [faults(answer, LOGIN) for answer in answers] == [[]] * 11
    assert [answer.status_code for answer in answers] == [200] * 9 + [429, 403]


def test_an_open_line_leads_to_https_and_sets_nothing(production):
    for address in ("/", "/funds/", "/api/v1/", "/admin/", LOGIN):
        response = of_everything(browser()).get(address)
        assert (response.status_code, response.headers["Location"]) == (
            301,
            f"https://testserver{address}",
        )
        assert not response.cookies
        # Browsers believe it over https alone.
        assert faults(response, address) == [
            "it says something else of https than the mode demands"
        ]


def breaking(answer):
    """A middleware with a fault, beside which nobody is answered."""

    def answered(request):
        raise ValueError("a fault of ours")

    return answered


def forming(answer):
    """A middleware that puts a token for forms into every page."""

    def answered(request):
        get_token(request)
        return answer(request)

    return answered


def test_a_fault_of_ours_carries_every_policy_too_and_is_kept_by_no_cache(mode, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.contracts.test_cookies.breaking"]
    for address in ("/", "/api/v1/", "/admin/"):
        response = of_everything(browser()).get(address, secure=mode == "production")
        assert (faults(response, address), response.status_code) == ([], 500), address
        assert response.headers["Cache-Control"] == "no-store"


def test_a_public_page_that_sets_a_cookie_is_noticed(production, settings):
    """The control: a page with a form of its own, cookies of the reader taken off or not."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.contracts.test_cookies.forming"]
    for address in ("/", "/nothing/"):
        found = faults(of_everything(browser()).get(address, secure=True), address)
        assert found[-1] == "it sets a cookie", address


def test_a_refusal_without_its_policies_is_noticed(production, settings):
    """The control: the wall taken away."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(".Policies")]
    found = faults(browser().get("/funds/%00", secure=True), "/funds/%00")
    assert {
        "its content policy does not begin with nothing",
        "x-content-type-options is None, not nosniff",
        "x-frame-options is None, not DENY",
        "it lets pages use the camera",
        "it says something else of https than the mode demands",
    } <= set(found)


def test_a_question_for_the_headers_alone_gets_those_of_the_desk(production, clients, rows):
    """HEAD at an address of each sort: strangers at every one, an editor at those of one table."""
    for route in routes():
        if route.at_the_desk and route.name != "admin:logout":
            address = at_the_desk(route, rows)
            of_one_table = "/desk/" not in route.template or "/desk/fund/" in route.template
            for role in ("nobody", "editor") if of_one_table else ("nobody",):
                response = clients[role].head(address, secure=True)
                assert faults(response, address) == [], (role, address)
