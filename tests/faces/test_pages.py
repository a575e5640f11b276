"""What holds for every page: its language, its safety, its validators; and the errors."""

import re

import pytest

from tests.examples import initiative, organizations, source, world
from tests.faces.looking import FUND, links, page
from tests.worlds import publish, texts

# What pages and forms show does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

XSS = "<script>alert(1)</script>\"'><img src=x>"

PATHS = [
    "/",
    "/funds/",
    FUND,
    f"{FUND}history/",
    f"{FUND}editions/4/",
    f"{FUND}?as_of=2100-01-01",
    "/search/?q=fund",
    "/gazette/",
    "/data/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/initiatives/tmall-global-kmall24-link/",
    "/organizations/government-of-korea/",
    "/sources/korea-bizwire-2015-01-29/",
]


@pytest.mark.parametrize("prefix", ["", "/ko", "/zh-hans"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_names_its_language_and_the_same_page_in_the_others(client, path, prefix):
    publish(*world())
    html = page(client, prefix + path)
    assert f'<html lang="{ {"": "en", "/ko": "ko", "/zh-hans": "zh-Hans"}[prefix] }"' in html
    assert len(re.findall("<h1", html)) == 1
    assert len(re.findall('rel="canonical"', html)) == 1
    for language, other in (("en", ""), ("ko", "/ko"), ("zh-Hans", "/zh-hans")):
        assert other + path in links(html)
        assert f'hreflang="{language}" href="http://testserver{other}/' in html


@pytest.mark.parametrize("path", PATHS)
def test_every_page_holds_no_inline_code_and_sets_no_cookie(client, path):
    publish(*world())
    response = client.get(path)
    html = response.content.decode()
    assert not re.search(
        r'<script(?! src="/static/[^"]*" defer></script>| type="application/ld\+json">)'
        r"|<style|\sstyle=|\son\w+=|javascript:",
        html,
    )
    assert "csrfmiddlewaretoken" not in html
    assert not response.cookies


@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers_head_and_304(client, path):
    publish(*world())
    first = client.get(path)
    head = client.head(path)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_language_that_the_portal_does_not_speak_is_not_found(client):
    assert "Page not found" in page(client, "/fr/funds/", 404)
    assert "Page not found" in page(client, "/en/funds/", 404)


def test_texts_are_escaped_wherever_they_are_shown(client):
    document = initiative()
    document["title"] = texts(XSS)
    document["summary"] = texts(XSS)
    for citation in document["citations"]:
        citation |= {"quote": XSS, "note": XSS, "locator": XSS, "attributed_to": XSS}
    publish(*organizations(), source(), document, reason=XSS)
    publish({**document, "summary": texts(XSS + "2")}, reason=XSS)
    address = "/initiatives/tmall-global-kmall24-link/"
    paths = ["/", "/initiatives/", address, f"{address}history/", "/gazette/", "/search/?q=alert"]
    for path in [*paths, f"/search/?q={XSS}", f"/initiatives/?q={XSS}", "/feed.atom"]:
        html = client.get(path).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nothing/", "Page not found"),
        ("/ko/nothing/", "페이지를 찾을 수 없습니다"),
        ("/zh-hans/nothing/", "未找到页面"),
    ],
)
def test_errors_speak_the_language_of_the_path(client, path, words):
    assert words in page(client, path, 404)


def test_a_fault_of_ours_is_told_without_the_database(client, monkeypatch):
    from cooperation.gazette import reading

    def broken():
        raise RuntimeError

    monkeypatch.setattr(reading, "head", broken)
    client.raise_request_exception = False
    html = page(client, "/ko/", 500)
    assert "시스템 오류가 발생하였습니다" in html
    assert "RuntimeError" not in html
