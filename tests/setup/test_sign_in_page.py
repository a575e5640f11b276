"""The page on which people sign in: what it says, and where it leads."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

LOGIN = "/admin/login/"
PASSWORD = "a pass phrase of some length"


@pytest.fixture
def editor(db):
    return User.objects.create_user("editor", password=PASSWORD, is_staff=True)


def sign_in(password, language="en", next_page="/admin/"):
    """The answer to the form, filled in by somebody who reads that language."""
    client = Client(headers={"accept-language": language})
    form = {"username": "editor", "password": password, "next": next_page}
    return client.post(LOGIN, form, REMOTE_ADDR="192.0.2.1")


@pytest.mark.parametrize("next_page", ["//evil.example/", "https://evil.example/", "", "/funds/"])
def test_way_after_signing_in_leads_to_a_page_that_is_there(editor, next_page):
    answer = sign_in(PASSWORD, next_page=next_page)
    address = answer.headers["Location"]
    assert address in ("/admin/", "/funds/")
    assert answer.client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "These are not the name and password of anybody at the desk."),
        ("ko", "업무 화면"),
        ("zh-hans", "工作台"),
    ],
)
def test_whoever_is_not_let_in_is_told_so_in_their_language(editor, language, said):
    page = sign_in("wrong", language)
    assert said in re.search(r'class="errornote">(.*?)</p>', page.content.decode(), re.S)[1]


def test_whoever_is_locked_out_is_told_for_how_long_in_their_language(editor):
    answers = [sign_in("wrong", "ko") for _ in range(10)]
    assert answers[-1].headers["Retry-After"] == "300"
    page = answers[-1].content.decode()
    assert "5분 동안" in page
    assert 'href="/admin/login/"' in page


@pytest.mark.parametrize(
    "shown",
    ["aaaaaaaa\\000bbbb", "한글 열쇠".encode().decode("latin-1"), "' or 1=1 --", "a" * 4000],
)
def test_key_that_no_session_ever_had_is_that_of_a_stranger(db, shown):
    client = Client(headers={"cookie": f'{settings.SESSION_COOKIE_NAME}="{shown}"'})
    assert client.get("/admin/login/").status_code == 200
    answer = client.get("/admin/")
    assert answer.headers["Location"] == "/admin/login/?next=/admin/&over=ended"
