"""Any edition can be cited, an error in it reported, and the record asked for as it stood on a day."""

import re
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import time_machine

from cooperation.gazette.presenting.citing import latex
from tests.faces.looking import links, page, said
from tests.worlds import publish, sample, texts, withdraw

# What a page says does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
HOSTILE = 'A } {$x$} \\input{/etc/passwd} 50% & "B" #1_~^ <i>|\n@misc{x, 기금 基金'
PLACE = "/funds/a/"
EDITION = "http://testserver/funds/a/editions/1/"


def published(title="Example fund", at="2026-11-24T16:00:00Z"):
    """A fund that was entered when it was already the next day in Seoul."""
    with time_machine.travel(at, tick=False):
        publish(sample("fund", "a", title=texts(title)))


def bibtex(html):
    """The entry for BibTeX on a page, as somebody copies it."""
    (found,) = re.findall(r"<pre>(.*?)</pre>", html, re.S)
    return unescape(found)


def letter(html):
    """To whom the letter that reports an error goes, its subject and its body."""
    (url,) = [url for url in links(html) if url.startswith("mailto:") and "?" in url]
    parts = urlsplit(url)
    asked = parse_qs(parts.query, strict_parsing=True)
    return unquote(parts.path), asked["subject"][0], asked["body"][0]


def test_a_record_is_cited_by_its_edition_with_the_day_where_the_portal_is(client):
    published()
    assert (
        "Office of Tests: “Example fund”. Cooperation Portal, edition No. 1 of the register, "
        f"entered on 25 November 2026. {EDITION}"
    ) in said(page(client, PLACE))


def test_bibtex_names_office_title_edition_and_address(client):
    published()
    assert bibtex(page(client, PLACE)) == (
        "@misc{a-1,\n"
        "  author = {{Office of Tests}},\n"
        "  title = {{Example fund}},\n"
        "  howpublished = {Cooperation Portal},\n"
        "  note = {Edition No. 1 of the register},\n"
        "  year = {2026},\n"
        "  month = nov,\n"
        f"  url = {{{EDITION}}},\n"
        "}"
    )


def test_an_older_edition_and_the_past_are_cited_as_themselves(client):
    published("First", at="2026-11-20T00:00:00Z")
    published("Second")
    for path in (f"{PLACE}editions/1/", f"{PLACE}?as_of=2026-11-21"):
        html = page(client, path)
        assert "title = {{First}}" in bibtex(html)
        assert EDITION in bibtex(html)
        assert "/funds/a/editions/1/" in links(html)
    assert "title = {{Second}}" in bibtex(page(client, PLACE))


@pytest.mark.parametrize("title", [HOSTILE, "}", "{", "\\", "}}, note = {x}, a = {{", "\\}{"])
def test_no_title_gets_out_of_its_field(client, title):
    published(title)
    entry = bibtex(page(client, PLACE))
    # BibTeX counts every brace, escaped or not.
    depth = [entry[:at].count("{") - entry[:at].count("}") for at in range(1, len(entry) + 1)]
    assert min(depth[:-1]) >= 0
    assert depth[-1] == 0
    assert len(re.findall(r"^  \w+ = ", entry, re.M)) == len(entry.splitlines()) - 2 == 7


def test_what_latex_would_act_on_is_written_so_that_it_is_printed():
    assert latex("50% & $1_000 #2") == r"50\% \& \$1\_000 \#2"
    assert latex("a\\b{c}~^") == (
        r"a\textbackslash{}b\textbraceleft{}c\textbraceright{}\textasciitilde{}\textasciicircum{}"
    )
    assert latex("한·중\u202e 基金\n\tÉ") == "한·중 基金 É"


def test_an_error_is_reported_in_a_letter_that_says_what_it_is_about(client, settings):
    settings.PORTAL_CONTACT = "office+errors@portal.example"
    published(HOSTILE + "&cc=x@y.example")
    to, subject, text = letter(page(client, PLACE))
    assert "mailto:office%2Berrors@portal.example" in links(page(client, PLACE))
    assert to == "office+errors@portal.example"
    assert subject.startswith("Error in the record “A } {$x$}")
    assert subject.endswith("&cc=x@y.example”, edition No. 1")
    assert "\n" not in subject
    assert f"Address: {EDITION}\r\n" in text
    assert "\n" not in text.replace("\r\n", "")


def test_an_error_is_reported_at_the_page_of_the_office_or_where_it_is_named(client, settings):
    published()
    html = page(client, "/ko" + PLACE)
    assert "/ko/about/#contact" in links(html)
    assert not [url for url in links(html) if url.startswith("mailto:")]
    settings.PORTAL_CONTACT = "https://office.example/write/"
    html = page(client, PLACE)
    assert "https://office.example/write/" in links(html)
    assert "/about/#contact" not in links(html)


def test_the_record_is_asked_for_as_it_stood_on_a_day(client):
    published("First", at="2026-11-20T00:00:00Z")
    published("Second")
    html = page(client, PLACE)
    assert re.search(r'<form method="get" action="/funds/a/">', html)
    assert '<label for="as_of">' in html
    html = page(client, f"{PLACE}?as_of=2026-11-21")
    assert 'name="as_of" value="2026-11-21"' in html
    assert "<h1>First</h1>" in html


@pytest.mark.parametrize(
    ("day", "status"), [("", 200), ("2026-02-30", 400), ("x", 400), ("1999-01-01", 404)]
)
def test_a_wrong_day_is_answered_in_words(client, day, status):
    published()
    assert "<h1" in page(client, f"{PLACE}?as_of={day}", status)


def test_what_has_no_document_is_not_cited(client):
    published()
    withdraw("fund", "a")
    assert "@misc" not in page(client, f"{PLACE}editions/2/")
    assert "@misc" in page(client, f"{PLACE}editions/1/")
