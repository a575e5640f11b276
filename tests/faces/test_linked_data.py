"""What pages tell machines: linked data, and what stands in their heads."""

from __future__ import annotations

import json
import re

import pytest

from tests.examples import world
from tests.faces.looking import FUND, page
from tests.gazette.schema_org import faults, nodes
from tests.worlds import publish, sample, texts

# What pages say to machines does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGES = {
    "/": "WebSite",
    "/funds/": "CollectionPage",
    "/funds/?status=proposed": "CollectionPage",
    FUND: "WebPage",
    f"{FUND}history/": "CollectionPage",
    f"{FUND}editions/4/": "WebPage",
    f"{FUND}?as_of=2100-01-01": "WebPage",
    "/gazette/": "CollectionPage",
    "/search/?q=fund": "SearchResultsPage",
}


def data(html):
    """The linked data of a page."""
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return json.loads(block)["@graph"]


def named(html, name):
    """The contents of the metadata of that name, in order."""
    return re.findall(rf'<meta [^>]*(?:name|property)="{name}" content="([^"]*)"', html)


@pytest.mark.parametrize("prefix", ["", "/ko", "/zh-hans"])
def test_every_page_says_what_it_is_under_its_canonical_address(client, prefix):
    publish(*world())
    for path, sort in PAGES.items():
        html = page(client, prefix + path)
        graph = data(html)
        (canonical,) = re.findall(r'rel="canonical" href="([^"]*)"', html)
        assert faults(graph) == [], path
        assert (graph[0]["@type"], graph[0]["url"]) == (sort, canonical), path


def test_a_page_that_is_not_there_says_nothing_to_machines(client):
    assert "ld+json" not in page(client, "/nothing/", 404)


def test_a_list_tells_the_rows_that_it_shows_and_how_many_there_are(client):
    publish(*[sample("organization", f"org-{n}") for n in range(3)])
    first = page(client, "/organizations/?page_size=2")
    (listed,) = [node for node in nodes(data(first)) if node["@type"] == "ItemList"]
    assert listed["numberOfItems"] == 3
    assert [(one["position"], one["name"]) for one in listed["itemListElement"]] == [
        (1, "Org 2"),
        (2, "Org 1"),
    ]
    (following,) = re.findall(r'<link href="([^"]*)" rel="next">', first)
    second = page(client, f"/organizations/{following.replace('&amp;', '&')}")
    (listed,) = [node for node in nodes(data(second)) if node["@type"] == "ItemList"]
    assert listed["itemListElement"] == [
        {"@type": "ListItem", "name": "Org 0", "url": "http://testserver/organizations/org-0/"}
    ]
    assert re.search(r'<link href="[^"]*" rel="prev">', second)


def test_the_first_page_tells_how_the_site_is_searched(client):
    (site,) = data(page(client, "/ko/"))
    action = site["potentialAction"]
    template = "http://testserver/ko/search/?q={search_term_string}"
    assert action["target"]["urlTemplate"] == template
    assert site["publisher"]["name"]["@value"] == "Cooperation Portal editorial office"


def test_no_title_of_a_record_ends_the_data_of_its_page(client):
    hostile = "</script><script>alert(1)</script>"
    publish(sample("organization", "a", title=texts(hostile)))
    for path in ("/organizations/a/", "/organizations/", "/organizations/a/history/"):
        html = page(client, path)
        # It ends where it is to end, and so do the scripts of the portal itself.
        assert len(re.findall("</script", html)) == 1 + html.count("<script src=")
        assert hostile in {
            node.get("name", "").removeprefix("History: ") for node in nodes(data(html))
        }


def test_only_searches_ask_not_to_be_found(client):
    publish(*world())
    asking = {path for path in PAGES if named(page(client, path), "robots")}
    assert asking == {"/search/?q=fund"}


def test_every_page_has_a_title_of_its_own(client):
    publish(*world())
    titles = [re.search("<title>(.*?)</title>", page(client, path))[1] for path in PAGES]
    assert len({*titles}) == len(titles)
    assert "Funds · Proposed – Cooperation Portal" in titles
    assert "Korea–China cultural fund – Fund – Cooperation Portal" in titles


def test_a_page_that_is_shared_says_what_it_is(client):
    publish(*world())
    html = page(client, f"/ko{FUND}")
    assert named(html, "og:title") == ["한중 문화 펀드"]
    assert named(html, "og:type") == ["article"]
    assert named(html, "og:description") == ["To facilitate exchanges in the cultural sphere."]
    assert named(html, "og:locale") == ["ko_KR"]
    assert named(html, "og:locale:alternate") == ["en_GB", "zh_CN"]
    assert f'hreflang="x-default" href="http://testserver{FUND}"' in html


def test_every_page_leads_to_the_feed_of_the_portal_and_to_its_own(client):
    publish(*world())
    own = {
        "/funds/": "/funds/feed.atom",
        FUND: f"{FUND}feed.atom",
        f"{FUND}history/": f"{FUND}feed.atom",
    }
    for path in ("/", "/funds/", FUND, f"{FUND}history/", "/gazette/"):
        found = re.findall(r'type="application/atom\+xml" href="([^"]*)"', page(client, path))
        assert found == ["/feed.atom", *([own[path]] if path in own else [])], path
