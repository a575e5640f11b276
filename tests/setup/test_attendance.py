"""How long somebody stays signed in, and what they are told when they are not any more."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cooperation.desk.models import Session

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once

PASSWORD = "a pass phrase of some length"
FUNDS = "/admin/desk/fund/"
TO_SIGN_IN = f"/admin/login/?next={FUNDS}"


@pytest.fixture
def clock(time_machine):
    """A clock that stands still until it is moved."""
    time_machine.move_to("2026-01-01 12:00:00+00:00", tick=False)
    return time_machine


@pytest.fixture
def editor(db):
    return User.objects.create_superuser("editor", password=PASSWORD)


def sign_in(client, next_page="/admin/"):
    form = {"username": "editor", "password": PASSWORD, "next": next_page}
    return client.post(f"/admin/login/?next={next_page}", form)


@pytest.fixture
def browser(editor, clock):
    client = Client()
    assert sign_in(client).status_code == 302
    return client


def after(browser, clock, minutes):
    """Where the way leads that long after the last request; nowhere for whoever is still signed in."""
    clock.shift(minutes * 60)
    return browser.get(FUNDS).headers.get("Location")


def test_whoever_asks_now_and_then_stays_signed_in(browser, clock):
    assert [after(browser, clock, 29) for _ in range(10)] == [None] * 10


def test_whoever_asks_for_nothing_for_half_an_hour_is_signed_off_and_told_why(browser, clock):
    assert after(browser, clock, 30) == f"{TO_SIGN_IN}&over=idle"
    page = browser.get(f"{TO_SIGN_IN}&over=idle").content.decode()
    assert "nothing had been asked of the desk for a while" in page
    assert f'name="next" value="{FUNDS}"' in page


def test_after_signing_in_again_the_way_leads_back_to_where_one_was(browser, clock):
    after(browser, clock, 31)
    assert sign_in(browser, FUNDS).headers["Location"] == FUNDS
    assert after(browser, clock, 0) is None


def test_how_long_may_be_set(browser, clock, settings):
    settings.SESSION_IDLE_SECONDS = 120
    after(browser, clock, 1)
    assert after(browser, clock, 1) is None
    assert after(browser, clock, 2) == f"{TO_SIGN_IN}&over=idle"


def test_whoever_is_busy_stays_signed_in_however_short_the_time(browser, clock, settings):
    settings.SESSION_IDLE_SECONDS = 60
    assert [after(browser, clock, 1 / 3) for _ in range(9)] == [None] * 9
    assert after(browser, clock, 1) == f"{TO_SIGN_IN}&over=idle"


def test_control_without_the_rule_nobody_is_signed_off_for_asking_nothing(editor, clock, settings):
    settings.SESSION_IDLE_SECONDS = settings.SESSION_COOKIE_AGE
    browser = Client()
    sign_in(browser)
    assert after(browser, clock, 300) is None


def test_nobody_stays_signed_in_for_longer_than_twelve_hours_however_busy(browser, clock):
    for _ in range(24 * 2 - 1):
        assert after(browser, clock, 15) is None
        kept = browser.session
        kept["note"] = "a message, say"
        kept.save()
    assert after(browser, clock, 15) == f"{TO_SIGN_IN}&over=longest"
    assert "half a day" in browser.get(f"{TO_SIGN_IN}&over=longest").content.decode()


def test_browser_is_told_to_forget_the_key_when_the_longest_time_is_over(browser):
    assert browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 12 * 60 * 60


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_whoever_may_not_come_in_any_more_is_out_at_the_next_request_and_for_good(
    browser, clock, change
):
    User.objects.update(**change)
    assert after(browser, clock, 0) == f"{TO_SIGN_IN}&over=ended"
    assert not Session.objects.filter(user__isnull=False).exists()
    # Let in again, they have to sign in again.
    User.objects.update(is_active=True, is_staff=True)
    assert after(browser, clock, 0) == TO_SIGN_IN


def test_control_a_change_that_touches_no_right_ends_nothing(browser, clock):
    User.objects.update(first_name="Min-ji")
    assert after(browser, clock, 0) is None


def test_new_password_ends_every_session_and_says_so(browser, clock, editor):
    editor.set_password("another pass phrase of some length")
    editor.save()
    assert after(browser, clock, 0) == f"{TO_SIGN_IN}&over=ended"


def test_whoever_changes_their_own_password_stays_and_gets_a_new_key(browser, editor):
    other = Client()
    sign_in(other)
    before = browser.cookies[settings.SESSION_COOKIE_NAME].value
    form = {"old_password": PASSWORD} | dict.fromkeys(
        ("new_password1", "new_password2"), "orchid lantern gravel mosaic"
    )
    assert browser.post("/admin/password_change/", form).status_code == 302
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert browser.get(FUNDS).status_code == 200
    assert other.get(FUNDS).status_code == 302


def test_stranger_without_a_session_is_told_nothing(db):
    client = Client()
    assert client.get(FUNDS).headers["Location"] == TO_SIGN_IN
    client.cookies[settings.SESSION_COOKIE_NAME] = "made-up"
    assert client.get(FUNDS).headers["Location"] == f"{TO_SIGN_IN}&over=ended"


def test_being_seen_is_written_down_once_a_minute_at_most(browser, clock):
    def writes():
        with CaptureQueriesContext(connection) as queries:
            browser.get(FUNDS)
        return sum(q["sql"].startswith(("UPDATE", "INSERT", "DELETE")) for q in queries)

    clock.shift(59)
    assert [writes(), writes()] == [0, 0]
    clock.shift(1)
    assert [writes(), writes(), writes()] == [1, 0, 0]


def test_sessions_that_ran_out_are_cleared_away_when_somebody_signs_in(browser, clock):
    clock.shift(26 * 60 * 60)
    sign_in(Client())
    assert Session.objects.count() == 1


def test_signing_in_leaves_nobody_with_two_rows(browser):
    assert Session.objects.count() == 1
    assert Session.objects.get().user.username == "editor"
    sign_in(browser)
    assert Session.objects.count() == 1
