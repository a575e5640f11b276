"""Feeds, sitemaps and what crawlers look for."""

from xml.etree import ElementTree as ET

import pytest
import time_machine

from tests.examples import world
from tests.worlds import publish, sample, texts, withdraw

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def feed(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def titles(root):
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def locations(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return [found.text for found in ET.fromstring(response.content).iter(f"{SITEMAP}loc")]


def test_a_feed_holds_what_rfc_4287_demands(client):
    with time_machine.travel("2026-11-24T00:00:00Z", tick=False):
        publish(*world())
    for path in ("/feed.atom", "/funds/feed.atom", "/ko/funds/korea-china-cultural-fund/feed.atom"):
        root = feed(client, path)
        for name in ("id", "title", "updated"):
            assert root.findtext(ATOM + name), (path, name)
        assert root.findtext(f"{ATOM}author/{ATOM}name") == "Cooperation Portal editorial office"
        for entry in root.iter(f"{ATOM}entry"):
            assert entry.findtext(f"{ATOM}id").startswith("http://testserver/")
            assert entry.findtext(f"{ATOM}updated") == "2026-11-24T00:00:00+00:00"
            assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Office of Tests"


def test_the_portals_feed_tells_every_act(client):
    publish(sample("organization", "a"), sample("organization", "b"))
    withdraw("organization", "a")
    # What is withdrawn has no title any more.
    assert titles(feed(client, "/feed.atom")) == ["Withdrawn: a", "Published: B", "Published: a"]


def test_a_summary_says_in_which_language_it_is_told_where_that_is_not_the_feeds(client):
    """The reasons are kept in one language."""
    publish(sample("organization", "a"))
    for path in ("/ko/feed.atom", "/ko/organizations/feed.atom", "/ko/organizations/a/feed.atom"):
        (entry,) = feed(client, path).iter(f"{ATOM}entry")
        assert entry.find(f"{ATOM}summary").get(LANG) == "en", path
    (entry,) = feed(client, "/organizations/feed.atom").iter(f"{ATOM}entry")
    assert entry.find(f"{ATOM}summary").get(LANG) is None


def test_a_lists_filters_apply_to_its_feed(client):
    publish(sample("organization", "a", type="firm"), sample("organization", "b", type="agency"))
    assert titles(feed(client, "/organizations/feed.atom?type=firm")) == ["A"]
    assert titles(feed(client, "/organizations/feed.atom?q=b")) == ["B"]
    assert titles(feed(client, "/organizations/feed.atom")) == ["B", "A"]


def test_a_feed_with_a_filter_that_cannot_be_understood_is_refused(client):
    publish(sample("organization", "a", type="firm"))
    for query in ("type=bogus", "date_after=yesterday", "organization=A B"):
        kind = "funds" if "organization" in query else "organizations"
        assert client.get(f"/{kind}/feed.atom?{query}").status_code == 400
    assert titles(feed(client, "/organizations/feed.atom?utm_source=x")) == ["A"]


def test_a_records_feed_holds_its_editions(client):
    publish(sample("organization", "a", title=texts("First")))
    publish(sample("organization", "a", title=texts("Second")))
    root = feed(client, "/organizations/a/feed.atom")
    assert titles(root) == ["No. 2: Published", "No. 1: Published"]
    assert [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")] == [
        "http://testserver/organizations/a/editions/2/",
        "http://testserver/organizations/a/editions/1/",
    ]
    assert client.get("/organizations/nothing/feed.atom").status_code == 404


def test_an_empty_feed_is_the_same_at_any_time(client):
    with time_machine.travel("2026-11-24T00:00:00Z"):
        one = client.get("/feed.atom").content
    with time_machine.travel("2027-11-24T00:00:00Z"):
        assert client.get("/feed.atom").content == one


def test_markup_in_a_text_stays_text_in_a_feed(client):
    publish(sample("organization", "a", title=texts("<b>bold</b>")), reason="<script>x</script>")
    root = feed(client, "/feed.atom")
    assert titles(root) == ["Published: <b>bold</b>"]
    (entry,) = root.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}summary") == "&lt;script&gt;x&lt;/script&gt;"


def test_the_sitemap_holds_current_records_in_every_language_and_nothing_else(client):
    publish(sample("organization", "a"), sample("organization", "b"))
    withdraw("organization", "b")
    assert locations(client, "/sitemap.xml") == [
        "http://testserver/sitemaps/pages.xml",
        "http://testserver/sitemaps/0.xml",
    ]
    assert locations(client, "/sitemaps/0.xml") == [
        "http://testserver/organizations/a/",
        "http://testserver/ko/organizations/a/",
        "http://testserver/zh-hans/organizations/a/",
    ]
    assert "http://testserver/ko/funds/" in locations(client, "/sitemaps/pages.xml")


def test_each_address_of_a_sitemap_names_its_alternates(client):
    publish(sample("organization", "a"))
    root = ET.fromstring(client.get("/sitemaps/0.xml").content)
    (first, *_others) = root
    assert [link.attrib["hreflang"] for link in first.iter(LINK)] == ["en", "ko", "zh-Hans"]


@pytest.mark.parametrize("path", ["/sitemaps/7.xml", f"/sitemaps/{10**30}.xml"])
def test_a_sitemap_without_records_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_robots_are_led_to_the_sitemap_and_kept_from_the_desk(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_security_txt_has_a_contact_and_has_not_expired(client):
    with time_machine.travel("2026-11-24T00:00:00Z", tick=False):
        text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: http://testserver/" in text
    assert "Expires: 2027-05-01T00:00:00Z" in text


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("office+faults@portal.example", "Contact: mailto:office%2Bfaults@portal.example"),
        ("https://portal.example/write/", "Contact: https://portal.example/write/"),
    ],
)
def test_security_txt_names_the_contact_of_the_office_where_there_is_one(
    client, settings, contact, line
):
    settings.PORTAL_CONTACT = contact
    assert line in client.get("/.well-known/security.txt").content.decode().splitlines()
