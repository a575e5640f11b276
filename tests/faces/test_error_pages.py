"""Where something is wrong, the page says what, and what to do next, in the language of the path."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from cooperation.faces.pages.errors import broken
from portal.middleware import refusal
from tests.faces.looking import links, page, said
from tests.worlds import publish, sample, withdraw

# What a page says does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
LANGUAGES = [("", "en"), ("/ko", "ko"), ("/zh-hans", "zh-Hans")]


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_every_error_leads_on(client, prefix, language):
    publish(sample("fund", "a"), sample("fund", "b"))
    withdraw("fund", "b", reason="It was a hoax.")
    for path, status in (("/nothing/", 404), ("/funds/a/?as_of=x", 400), ("/funds/b/", 410)):
        html = page(client, prefix + path, status)
        assert f'<html lang="{language}"' in html
        assert f'action="{prefix}/search/"' in html
        assert {f"{prefix}/", f"{prefix}/gazette/", f"{prefix}/about/#contact"} <= {*links(html)}


def test_who_looks_for_a_record_that_is_not_there_is_led_to_its_kind(client):
    assert 'href="/ko/funds/"' in onward(page(client, "/ko/funds/nothing/", 404))
    assert "/funds/" not in onward(page(client, "/nothing/", 404))


def onward(html):
    """The ways that a page names at its end."""
    return html.partition('class="onward"')[2].partition("</nav>")[0]


def test_what_was_withdrawn_says_why_and_where_it_can_still_be_read(client):
    publish(sample("fund", "a"))
    withdraw("fund", "a", reason="It was a hoax.")
    html = page(client, "/funds/a/", 410)
    assert "It was a hoax." in said(html)
    assert {"/funds/a/history/", "/funds/"} <= {*links(html)}
    assert said(html.partition("<main")[2]).count("history") == 1


@pytest.mark.parametrize(("prefix", "language"), LANGUAGES)
def test_a_fault_of_ours_leads_back_in_the_language_of_the_path(
    client, monkeypatch, prefix, language
):
    monkeypatch.setattr("cooperation.gazette.reading.head", lambda: 1 / 0)
    client.raise_request_exception = False
    html = page(client, f"{prefix}/funds/", 500)
    assert f'<html lang="{language}">' in html
    assert f"{prefix}/" in links(html)
    assert "ZeroDivision" not in html


def test_an_error_without_database_and_list_of_files_has_a_page(
    settings, django_assert_num_queries
):
    settings.STATIC_ROOT = "/nowhere"
    with django_assert_num_queries(0):
        answer = broken(RequestFactory().get("/"))
    assert "/static/css/tokens.css" in links(answer.content.decode())


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/ko/funds/", "text/html; charset=utf-8"),
        ("/ko/funds/feed.atom", "text/plain; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/api/v1/funds/", "application/problem+json"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_the_form_that_was_asked_for(path, form):
    answer = refusal(RequestFactory().get(path), 503, "Not <now>.")
    assert (answer.status_code, answer["Content-Type"]) == (503, form)
    said_by = json.loads(answer.content)["detail"] if "json" in form else answer.content.decode()
    assert ("Not &lt;now&gt;." if "html" in form else "Not <now>.") in said_by


def test_a_proxy_gets_a_page_for_each_status_and_language(tmp_path):
    call_command("error_pages", tmp_path / "errors", stdout=StringIO())
    statuses = (400, 413, 414, 429, 431, 502, 503, 504)
    names = [f"{status}{tongue}.html" for status in statuses for tongue in ("", ".ko", ".zh-hans")]
    documents = {f"{status}.json" for status in statuses}
    written = {file.name for file in (tmp_path / "errors").iterdir()}
    assert written == {*names, *documents, "errors.css"}
    for name in names:
        html = (tmp_path / "errors" / name).read_text()
        assert re.findall(r'<link rel="stylesheet" href="([^"]*)"', html) == ["/errors/errors.css"]
        assert not re.search(r"<script|<style|\sstyle=|src=", html)
        assert f">{name[:3]}<" in html
        assert ('href=""' in html) == (name[:3] in {"429", "502", "503", "504"}), name
    assert '<html lang="zh-Hans">' in (tmp_path / "errors" / "429.zh-hans.html").read_text()
    assert "--accent" in (tmp_path / "errors" / "errors.css").read_text()


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match=r"file/errors cannot be written"):
        call_command("error_pages", tmp_path / "file" / "errors")
