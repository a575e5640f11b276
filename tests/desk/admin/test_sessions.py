"""Where somebody is signed in: seen at the desk, and ended there."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cooperation.desk.models import Session
from portal.attendance import device

LIST, END = "/admin/sessions/", "/admin/sessions/end/"
PASSWORD = "a pass phrase of some length"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1"
)
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"


@pytest.fixture
def editor(db):
    return User.objects.create_user("editor", password=PASSWORD, is_staff=True)


@pytest.fixture
def chief(db):
    return User.objects.create_superuser("chief", password=PASSWORD)


def signed_in(user, agent=FIREFOX):
    """A browser of that sort in which the user has signed in and looked at the desk."""
    browser = Client(headers={"user-agent": agent})
    browser.force_login(user)
    assert browser.get("/admin/").status_code == 200
    return browser


def key(browser):
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def handle(browser):
    return str(Session.objects.get(pk=key(browser)).handle)


def is_in(browser):
    return browser.get("/admin/").status_code == 200


def test_somebody_signed_in_sees_where_and_which_session_is_in_use(editor):
    here, there = signed_in(editor), signed_in(editor, IPHONE)
    page = here.get(LIST).content.decode()
    assert re.search(r"Firefox on Windows <span[^>]*>this session</span>", page)
    assert re.search(r"<td>Safari on iPhone</td>", page)
    assert "this session" in there.get(LIST).content.decode()


def test_no_page_shows_the_key_of_a_session(chief, editor):
    browsers = [signed_in(chief), signed_in(chief, IPHONE), signed_in(editor)]
    query = "&".join(f"session={handle(browser)}" for browser in browsers)
    for address in (LIST, f"{END}?{query}"):
        page = browsers[0].get(address).content.decode()
        for browser in browsers:
            assert handle(browser) in page
            assert key(browser) not in page


def test_an_editor_sees_and_ends_nobody_elses_session(editor, chief):
    mine, theirs = signed_in(editor), signed_in(chief, CHROME)
    assert "Chrome on Linux" not in mine.get(LIST).content.decode()
    assert handle(theirs) not in mine.get(f"{END}?session={handle(theirs)}").content.decode()
    mine.post(END, {"session": [handle(theirs)]})
    assert is_in(theirs)


def test_what_is_not_there_and_what_is_somebody_elses_are_answered_alike(editor, chief):
    mine, theirs = signed_in(editor), signed_in(chief)
    for named in (handle(theirs), str(uuid4()), "no handle"):
        for answer in (mine.get(f"{END}?session={named}"), mine.post(END, {"session": named})):
            assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
        assert "had ended already" in mine.get(LIST).content.decode()


def test_looking_at_the_question_ends_nothing(editor):
    here, there = signed_in(editor), signed_in(editor)
    page = here.get(f"{END}?session={handle(there)}").content.decode()
    assert "This session ends at once." in page
    assert is_in(there)


def test_ended_session_is_out_at_its_next_request_and_told_so(editor):
    here, there = signed_in(editor), signed_in(editor, IPHONE)
    assert here.post(END, {"session": handle(there)}).status_code == 302
    answer = there.get("/admin/desk/fund/")
    assert answer.headers["Location"] == "/admin/login/?next=/admin/desk/fund/&over=ended"
    assert "1 session was ended." in here.get(LIST).content.decode()


def test_all_others_are_ended_together_and_the_one_in_use_stays(editor):
    here, *others = (signed_in(editor) for _ in range(3))
    named = re.findall(r'name="session" value="([^"]+)"', here.get(LIST).content.decode())
    assert sorted(named) == sorted(map(handle, others))
    here.post(END, {"session": named})
    assert [is_in(browser) for browser in (here, *others)] == [True, False, False]


def test_ending_the_session_in_use_signs_out(editor):
    here = signed_in(editor)
    assert "you will be signed out" in here.get(f"{END}?session={handle(here)}").content.decode()
    assert here.post(END, {"session": handle(here)}).status_code == 200
    assert not is_in(here)
    assert not Session.objects.exists()


def test_ending_asks_for_a_form_of_ours(editor):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    assert browser.post(END, {"session": handle(browser)}).status_code == 403
    assert is_in(browser)


def test_superuser_sees_everybodys_sessions_and_ends_one_on_record(chief, editor):
    mine, theirs = signed_in(chief), signed_in(editor, IPHONE)
    page = mine.get(LIST).content.decode()
    assert re.search(r'<th scope="row">editor</th><td>Safari on iPhone</td>', page)
    assert "No session has been ended by hand." in page
    mine.post(END, {"session": handle(theirs)})
    assert not is_in(theirs)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr) == (chief, "editor, Safari, iPhone")
    page = mine.get(LIST).content.decode()
    assert re.search(r"UTC</td><td>chief</td><td>editor, Safari, iPhone</td>", page)
    assert "Nobody else is signed in." in page


def test_whoever_is_signed_in_once_is_told_that_it_is_nowhere_else(editor):
    assert "You are signed in nowhere else." in signed_in(editor).get(LIST).content.decode()


def test_sessions_of_people_who_are_out_are_not_listed(chief, editor):
    mine = signed_in(chief)
    for change in ({"is_active": False}, {"is_staff": False}, {"password": "!"}):
        editor.refresh_from_db()
        signed_in(editor)
        User.objects.filter(pk=editor.pk).update(**change)
        assert "Nobody else is signed in." in mine.get(LIST).content.decode(), change
        User.objects.filter(pk=editor.pk).update(is_active=True, is_staff=True)


def test_a_request_that_is_still_answered_brings_no_ended_session_back(editor):
    browser = signed_in(editor)
    late = browser.session
    assert late["browser"] == "Firefox"
    Session.objects.all().delete()
    late["words"] = "written late"
    with pytest.raises(UpdateError):
        late.save()
    assert not Session.objects.exists()


def test_a_new_password_brings_no_session_back_that_was_ended_meanwhile(editor, monkeypatch):
    browser, save = signed_in(editor), PasswordChangeForm.save

    def ended_meanwhile(form, commit=True):
        Session.objects.all().delete()
        return save(form, commit)

    monkeypatch.setattr(PasswordChangeForm, "save", ended_meanwhile)
    new = "orchid lantern gravel mosaic"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert browser.post("/admin/password_change/", sent).status_code == 400
    assert not Session.objects.exists()
    assert not is_in(browser)


def test_ending_costs_the_same_however_many_are_ended(chief, editor):
    mine, costs = signed_in(chief), []
    for count in (1, 1, 4):
        named = [handle(signed_in(editor)) for _ in range(count)]
        with CaptureQueriesContext(connection) as queries:
            mine.post(END, {"session": named})
        costs.append(len(queries))
    # What Django looks up once in a process is not counted.
    assert costs[1] == costs[2]
    assert LogEntry.objects.count() == 6


def test_the_list_costs_the_same_however_many_are_signed_in(chief, editor):
    mine = signed_in(chief)
    # What Django looks up once in a process is not counted.
    mine.get(LIST)
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            mine.get(LIST)
        costs.append(len(queries))
        for _ in range(3):
            signed_in(editor)
    assert costs[0] == costs[1]


def test_only_what_the_list_shows_is_kept_of_a_browser(editor):
    browser = signed_in(editor)
    row = Session.objects.get()
    assert (row.browser, row.system, row.user) == ("Firefox", "Windows", editor)
    assert set(row.get_decoded()) == {
        "_auth_user_id",
        "_auth_user_backend",
        "_auth_user_hash",
        "handle",
        "signed_in_at",
        "browser",
        "system",
    }
    assert "128" not in str(row.get_decoded())
    assert key(browser) not in str(row)


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (IPHONE, ("Safari", "iPhone")),
        (CHROME, ("Chrome", "Linux")),
        (f"{CHROME} Edg/130.0", ("Edge", "Linux")),
        ("Mozilla/5.0 (Linux; Android 14) SamsungBrowser/25.0 Chrome/121", ("Samsung Internet", "Android")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17.0 Safari/605", ("Safari", "macOS")),
        ("curl/8.0 <script>", ("", "")),
        ("", ("", "")),
    ],
)  # fmt: skip
def test_browsers_are_told_in_short_words(agent, named):
    assert device(agent) == named


def test_browser_that_says_nothing_is_called_unknown(editor):
    assert "Unknown browser" in signed_in(editor, "<b>x</b>").get(LIST).content.decode()
