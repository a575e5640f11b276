"""The pages that explain say what is so, in each language, and name the office or that it cannot be reached."""

import pytest

from cooperation.catalogue import KINDS
from tests.browser.test_public_pages import LOOKS
from tests.examples import world
from tests.faces.looking import links, page, said
from tests.faces.reading import body
from tests.worlds import publish, sample

# What a page says does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
SILENT = "The office has not yet said how it can be reached."
REACHED = ["/about/", "/accessibility/", "/privacy/"]


def test_data_names_every_kind_with_its_number_and_forms(client):
    publish(*world())
    html = page(client, "/data/")
    for name, kind in KINDS.items():
        for address in (
            f"/{kind.plural}/",
            f"/{kind.plural}/feed.atom",
            f"/api/v1/{kind.plural}/",
            f"/api/v1/schemas/{name}.json",
            *(f"/api/v1/exports/{kind.plural}.{form}" for form in ("ndjson", "csv", "xlsx", "zip")),
        ):
            assert address in links(html)
    assert "/api/v1/exports/all.zip" in links(html)
    assert "The whole portal in one ZIP file 5 records" in said(html)
    assert "Organizations 2 XLSX" in said(html)
    assert "Agreements 0 XLSX" in said(html)


def test_more_records_than_are_counted_are_called_more(client, monkeypatch):
    monkeypatch.setattr("cooperation.gazette.listing.COUNT_CAP", 1)
    publish(sample("platform", "a"), sample("platform", "b"))
    words = said(page(client, "/data/"))
    assert "Platforms more than 1 XLSX" in words
    assert "The whole portal in one ZIP file More than 1 records" in words


def test_what_the_page_on_data_leads_to_is_there(client):
    publish(*world())
    html = page(client, "/data/")
    # The tables for spreadsheets are another face's work.
    ours = [
        url
        for url in links(html)
        if url.startswith("/") and not url.endswith((".csv", ".xlsx", "/docs/"))
    ]
    for url in {*ours} - {url for url in ours if url.startswith("/static/")}:
        response = client.get(url)
        assert response.status_code == 200, url
        body(response)


def test_changes_can_be_followed_as_the_page_says(client):
    publish(*world())
    html = page(client, "/data/")
    assert "next='http://testserver/api/v1/changes/?after=0&page_size=200'" in said(html).replace(
        "&#x27;", "'"
    )
    following, taken = "/api/v1/changes/?after=0&page_size=2", 0
    while following:
        answer = client.get(following).json()
        taken += len(answer["results"])
        following = answer["next"]
    assert taken == answer["head"]["number"]


def test_every_status_is_told_with_its_meaning(client):
    words = said(page(client, "/about/"))
    assert "Proposed Somebody has put it forward; nobody has yet taken it up." in words
    assert "Cancelled It has been given up." in words


def test_two_people_are_promised_only_where_two_are_needed(client, settings):
    promise = "Nobody publishes a record that they have changed themselves"
    assert promise in said(page(client, "/about/"))
    settings.PORTAL_FOUR_EYES = False
    assert promise not in said(page(client, "/about/"))


def test_the_statement_on_accessibility_names_every_look_that_is_tried(client):
    words = said(page(client, "/accessibility/"))
    schemes, widths = ([*dict.fromkeys(column)] for column in zip(*LOOKS, strict=True))
    tried = f"{' and '.join(schemes)}, {' and '.join(map(str, widths))} pixels wide"
    assert f"in English, Korean and Chinese, {tried}" in words
    assert f"a screen that is {min(widths)} pixels wide" in words


@pytest.mark.parametrize("path", REACHED)
def test_office_that_has_not_said_how_it_is_reached_is_said_not_to(client, path):
    html = page(client, path)
    assert 'id="contact"' in html
    assert "Cooperation Portal editorial office" in said(html)
    assert SILENT in said(html)
    assert not [url for url in links(html) if url.startswith("mailto:")]


@pytest.mark.parametrize("path", REACHED)
def test_office_is_reached_by_mail_or_by_its_page(client, settings, path):
    settings.PORTAL_CONTACT = "office@portal.example"
    html = page(client, path)
    assert "mailto:office@portal.example" in links(html)
    assert SILENT not in said(html)
    settings.PORTAL_CONTACT = "https://office.example/write/"
    assert "https://office.example/write/" in links(page(client, path))


def test_another_contact_makes_another_answer(client, settings):
    before = client.get("/about/")["ETag"]
    settings.PORTAL_CONTACT = "office@portal.example"
    assert client.get("/about/", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("path", ["/data/", *REACHED])
def test_every_heading_of_the_contents_is_on_the_page(client, path):
    html = page(client, path)
    inside = {url[1:] for url in links(html) if url.startswith("#")} - {"content"}
    assert len(inside) >= 5
    assert [anchor for anchor in inside if f'id="{anchor}"' not in html] == []


def test_a_map_of_the_site_names_the_pages_that_explain(client):
    text = client.get("/sitemaps/pages.xml").content.decode()
    for path in ("/data/", *REACHED):
        assert f"<loc>http://testserver/zh-hans{path}</loc>" in text
