import os
import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.models import User
from django.db import connections
from django.db.models import Sum
from django.test import Client

from cooperation.desk.models import Session
from portal import signing_in
from tests.setup.processes import python

PASSWORD = "a pass phrase of some length"
LOGIN = "/admin/login/"
# Which follow from the clock and from the length of the name, and from nothing that is kept.
TIMED = {"Content-Length", "Expires"}
# How many try at once; `make proof-signing-in` lets 500.
TRIES = int(os.environ.get("SIGN_IN_TRIES", "40"))


HASH = """
import django
django.setup()
from django.contrib.auth.hashers import make_password
print(make_password("a pass phrase of some length"))
"""


@pytest.fixture
def editor(db):
    return User.objects.create_user("editor", password=PASSWORD, is_staff=True)


def sign_in(password=PASSWORD, name="editor", address="192.0.2.1", client=None):
    form = {"username": name, "password": password, "next": "/admin/"}
    return (client or Client()).post(LOGIN, form, REMOTE_ADDR=address)


@pytest.mark.once
def test_password_is_kept_as_argon2():
    """In a process of its own, since the tests hash with less work."""
    hashed = python(HASH)
    assert hashed.stdout.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$"), hashed.stderr


def test_right_password_signs_in(editor):
    assert sign_in().status_code == 302


def test_tenth_failure_locks_even_the_right_password_out(editor):
    assert [sign_in("wrong").status_code for _ in range(10)] == [200] * 9 + [429]
    assert sign_in().status_code == 429


def test_nine_failures_lock_nobody_out(editor):
    for _ in range(9):
        sign_in("wrong")
    assert sign_in().status_code == 302


def test_lock_holds_for_one_address_only(editor):
    for _ in range(10):
        sign_in("wrong")
    assert sign_in(address="192.0.2.2").status_code == 302


def behind(proxies, settings, *seen):
    """A try with a wrong password that came through proxies which have seen these addresses."""
    settings.PORTAL_PROXIES = proxies
    client = Client(headers={"x-forwarded-for": ", ".join(seen)})
    return sign_in("wrong", address="127.0.0.1", client=client).status_code


def test_behind_a_proxy_the_lock_holds_for_the_address_that_the_proxy_saw(editor, settings):
    tries = [behind(1, settings, "8.8.8.8", "203.0.113.7") for _ in range(10)]
    assert tries == [200] * 9 + [429]
    assert behind(1, settings, "203.0.113.7", "198.51.100.9") == 200
    assert behind(1, settings, "1.1.1.1", "203.0.113.7") == 429
    assert behind(2, settings, "198.51.100.9", "203.0.113.7") == 200


def test_what_strangers_write_into_the_header_is_not_believed(editor, settings):
    for n in range(10):
        behind(0, settings, f"203.0.113.{n}")
    assert behind(0, settings, "198.51.100.9") == 429
    assert behind(1, settings, "no address") == 429


@pytest.mark.parametrize(("minutes", "status"), [(4, 429), (6, 302)])
def test_lock_ends_after_five_minutes(editor, time_machine, minutes, status):
    time_machine.move_to("2026-01-01 12:00:00+00:00", tick=False)
    for _ in range(10):
        sign_in("wrong")
    time_machine.shift(minutes * 60)
    assert sign_in().status_code == status


def test_other_ways_to_write_a_name_count_as_the_same_name(editor):
    for name in ["editor", "ｅditor", " editor "] * 3:
        sign_in("wrong", name=name)
    assert sign_in("wrong", name="editoｒ").status_code == 429


@pytest.fixture
def hashes(monkeypatch):
    """Notes each time that a password is hashed, to be compared or for the time that it takes."""
    noted = []
    for name in ("encode", "verify"):
        hashing = getattr(Argon2PasswordHasher, name)

        def counted(*given, _hashing=hashing, **named):
            noted.append(1)
            return _hashing(*given, **named)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    return noted


@pytest.fixture
def people(editor):
    """Everybody who cannot come in with this password, beside whoever does not exist."""
    User.objects.create_user("disabled", password=PASSWORD, is_staff=True, is_active=False)
    User.objects.create_user("outsider", password=PASSWORD)
    User.objects.create_user("registrar", is_staff=True)
    return {
        "editor": "wrong",
        "disabled": PASSWORD,
        "outsider": PASSWORD,
        "registrar": PASSWORD,
        "nobody": PASSWORD,
    }


def told(name, password, hashes):
    """All that a try is answered, with how many hashes it took; the name and what is random left out."""
    hashes.clear()
    response = sign_in(password, name)
    body = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", response.content.decode())
    headers = {key: value for key, value in response.headers.items() if key not in TIMED}
    cookies = sorted(response.cookies)
    return response.status_code, body.replace(name, "NAME"), str(headers), cookies, len(hashes)


def test_answer_does_not_tell_whether_a_user_exists(people, hashes):
    answers = {name: told(name, password, hashes) for name, password in people.items()}
    assert len(set(map(str, answers.values()))) == 1
    status, _body, _headers, cookies, hashed = answers["nobody"]
    assert (status, cookies, hashed) == (200, ["csrf"], 1)


@pytest.mark.once
def test_lock_does_not_tell_either(people, hashes):
    """With the right password of somebody who may not come in a try counts as much as with a wrong one."""
    for name, password in people.items():
        answers = [told(name, password, hashes) for _ in range(11)]
        assert [(answer[0], answer[-1]) for answer in answers] == [(200, 1)] * 9 + [
            (429, 1),
            (429, 0),
        ], name
        people[name] = str(answers)
    assert len(set(people.values())) == 1


def test_control_a_backend_that_lets_outsiders_in_halfway_is_found_out(people, hashes, settings):
    settings.AUTHENTICATION_BACKENDS = [
        settings.AUTHENTICATION_BACKENDS[0],
        "django.contrib.auth.backends.ModelBackend",
    ]
    statuses = [told("outsider", PASSWORD, hashes)[0] for _ in range(11)]
    assert statuses == [200] * 11


def test_changing_a_password_tells_nothing_to_strangers_and_asks_staff_for_the_old_one(editor):
    change = "/admin/password_change/"
    assert Client().post(change).headers["Location"] == f"{LOGIN}?next={change}"
    client = Client()
    sign_in(client=client)
    form = {
        "old_password": "wrong",
        "new_password1": "unimarspa2010",
        "new_password2": "unimarspa2010",
    }
    errors = client.post(change, form).context["form"].errors
    assert set(errors) == {"old_password", "new_password2"}
    assert "known from breaches" in errors["new_password2"][0]


def test_unknown_name_is_locked_like_a_known_one(db):
    statuses = [sign_in("wrong", name="nobody").status_code for _ in range(11)]
    assert statuses == [200] * 9 + [429] * 2


def test_session_is_kept_on_the_server_and_renewed_by_signing_in(editor):
    client = Client()
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in(client=client)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert kept != session.session_key
    assert Session.objects.filter(pk=kept).exists()
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_disabled_user_is_signed_out_at_once(editor):
    client = Client()
    sign_in(client=client)
    assert client.get("/admin/").status_code == 200
    editor.is_active = False
    editor.save()
    assert client.get("/admin/").status_code == 302


def test_new_password_ends_other_sessions(editor):
    client = Client()
    sign_in(client=client)
    editor.set_password("another pass phrase")
    editor.save()
    assert client.get("/admin/").status_code == 302


def test_logs_name_neither_who_failed_nor_what_was_searched(editor, caplog, capsys):
    sign_in("secret-word", name="mistyped-name")
    for _ in range(10):
        sign_in("secret-word", name="mistyped-name")
    Client().get("/nothing/?q=searched-for")
    written = caplog.text + capsys.readouterr().out
    assert "/nothing/" in written
    for private in ("secret-word", "mistyped-name", "searched-for", "192.0.2.1"):
        assert private not in written


@pytest.mark.parametrize("password", ["short", "1q2w3e4r5t6y", "123456789012345", "publisher-x"])
def test_weak_password_is_refused(password):
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        validate_password(password, User(username="publisher-xy"))


def passwords_checked(tries=TRIES):
    """How many of the tries, all made at the same moment, got as far as their password."""
    barrier = threading.Barrier(tries)

    def one(_):
        barrier.wait(timeout=60)
        try:
            return sign_in("wrong").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(tries) as pool:
        statuses = Counter(pool.map(one, range(tries)))
    assert set(statuses) <= {200, 429}
    counted = AccessAttempt.objects.aggregate(failures=Sum("failures_since_start"))["failures"]
    print(f"{tries} tries at once: {counted} passwords checked, {dict(statuses)} answered")
    return counted


@pytest.mark.django_db(transaction=True)
def test_limit_is_exact_however_many_try_at_once(editor):
    assert passwords_checked() == 10


@pytest.mark.django_db(transaction=True)
def test_limit_is_exact_among_processes_which_share_the_database_alone(editor, monkeypatch):
    """Without the queue that a process has of its own."""
    monkeypatch.setattr(signing_in, "QUEUES", [nullcontext()])
    assert passwords_checked(24) == 10


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_limit_would_be_passed_without_the_lock(editor, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "OneTryAtATime" not in name]
    assert passwords_checked(40) > 10
