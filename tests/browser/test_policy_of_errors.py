"""Every page that says what is wrong keeps to the strict policy too, and runs nothing."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from cooperation.desk.admin.funds import FundAdmin
from cooperation.desk.publishing import withdraw
from cooperation.gazette import listing
from tests.desk.records import organization, published, publisher

from .watching import Watch

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("without_logs")]

ATTACK = "<script>alert(1)</script><img src=/ran?1 onerror=alert(1)>"
POLICY = "; ".join(f"{name} {' '.join(said)}" for name, said in settings.SECURE_CSP.items())


@pytest.fixture
def stranger(live_server, page) -> Watch:
    """A browser in which nobody has signed in."""
    return Watch(page, live_server.url)


@pytest.fixture
def chief(stranger, client) -> Watch:
    """A browser in which somebody has signed in who may do everything."""
    client.force_login(User.objects.create_superuser("chief"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": stranger.origin}
    stranger.page.context.add_cookies([cookie])
    return stranger


def assert_strict(watch: Watch, status: int) -> None:
    """The page opened last has that status and the policy, and did nothing but show itself."""
    assert watch.answer.status == status
    assert watch.answer.headers["content-security-policy"] == POLICY
    assert watch.noted == []


def test_forged_form_is_refused_under_the_policy(stranger):
    attack = f"username={quote(ATTACK)}&q={quote(ATTACK)}"
    assert "did not come from here" in stranger.post("/admin/login/", attack)
    assert_strict(stranger, 403)
    # In public nothing takes a form.
    for address in ("/", "/ko/funds/", "/api/v1/funds/"):
        stranger.post(address, attack)
        assert_strict(stranger, 405)


def test_forged_form_of_the_desk_is_refused_under_the_policy(chief):
    said = chief.post("/admin/desk/fund/add/", f"title_en={quote(ATTACK)}")
    assert "did not come from here" in said
    assert_strict(chief, 403)


def test_whoever_has_no_right_is_told_so_under_the_policy(stranger, client):
    client.force_login(User.objects.create_user("somebody", is_staff=True))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": stranger.origin}
    stranger.page.context.add_cookies([cookie])
    assert "You may not do this" in stranger.open("/admin/auth/user/")
    assert_strict(stranger, 403)


def test_withdrawn_record_is_gone_under_the_policy(stranger):
    gone = organization("alibaba-group")
    published(gone)
    withdraw([gone], by=publisher(), reason=ATTACK)
    for address in ("/", "/ko/", "/zh-hans/", "/api/v1/"):
        said = stranger.open(f"{address}organizations/alibaba-group/")
        assert "<script>alert(1)</script>" in said
        assert_strict(stranger, 410)


def test_whoever_is_locked_out_is_told_so_under_the_policy(stranger):
    User.objects.create_superuser("chief", password="a long enough passphrase")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        Client().post("/admin/login/", {"username": "chief", "password": ATTACK})
    stranger.open("/admin/login/")
    stranger.page.fill("[name=username]", "chief")
    stranger.page.fill("[name=password]", ATTACK)
    with stranger.page.expect_navigation() as navigation:
        stranger.page.click("[type=submit]")
    stranger.answer = navigation.value
    assert_strict(stranger, 429)


def test_page_that_breaks_keeps_to_the_policy(stranger, monkeypatch):
    monkeypatch.setattr(listing, "matching", lambda queryset, q, kind="": queryset[: int(q)])
    for address in ("/", "/ko/", "/api/v1/"):
        stranger.open(f"{address}funds/?q={quote(ATTACK)}")
        assert_strict(stranger, 500)


def test_page_of_the_desk_that_breaks_keeps_to_the_policy(chief, monkeypatch):
    def numbered(self, request, queryset, search_term):
        return queryset.filter(pk=int(search_term)), False

    monkeypatch.setattr(FundAdmin, "get_search_results", numbered)
    assert "An error has occurred" in chief.open(f"/admin/desk/fund/?q={quote(ATTACK)}")
    assert_strict(chief, 500)


def test_error_page_without_the_policy_is_noticed(stranger):
    """The control: the same page, whose headers were taken off and whose text was not escaped."""
    stranger.page.route(
        "**/bare/", lambda route: route.fulfill(status=500, body=ATTACK, content_type="text/html")
    )
    stranger.open("/bare/")
    assert any("says 1" in one for one in stranger.noted)
    with pytest.raises(KeyError):
        assert_strict(stranger, 500)
