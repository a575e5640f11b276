"""The lists: filters, facets, order, paging, and what they do with nonsense."""

import re
from html import unescape

import pytest

from cooperation.faces.pages.entries import entries
from tests.examples import fund, world
from tests.faces.looking import FUND, links, page, rows, said
from tests.faces.reading import cost
from tests.worlds import publish, sample, texts

pytestmark = pytest.mark.django_db


def test_a_list_shows_the_newest_changes_first(client):
    publish(sample("organization", "one"), sample("organization", "two"))
    publish(sample("organization", "three"))
    assert rows(page(client, "/organizations/")) == ["Three", "Two", "One"]


def test_a_list_counts_its_facets_and_ticks_what_was_chosen(client):
    publish(
        sample("organization", "one", type="firm"),
        sample("organization", "two", type="firm"),
        sample("organization", "three", type="agency"),
    )
    html = page(client, "/organizations/?type=firm")
    assert rows(html) == ["Two", "One"]
    assert re.search(r'value="firm" checked>\s*<span>Firm</span> <span class="tally">2<', html)
    assert re.search(r'value="agency">\s*<span>Agency</span> <span class="tally">1<', html)


def test_an_active_filter_can_be_taken_away_alone(client):
    publish(sample("organization", "one", type="firm", country="CN"))
    html = page(client, "/organizations/?type=firm&country=CN&q=one")
    assert {"?country=CN&q=one", "?type=firm&q=one", "?type=firm&country=CN"} <= {*links(html)}


def test_a_list_leads_to_itself_as_feed_and_data_with_the_same_filters(client):
    publish(sample("organization", "one", type="firm"))
    found = links(page(client, "/organizations/?type=firm&cursor=&utm=1"))
    assert "/organizations/feed.atom?type=firm" in found
    assert "/api/v1/organizations/?type=firm" in found
    assert "/api/v1/exports/organizations.ndjson?type=firm" in found
    assert "/api/v1/exports/organizations.csv?type=firm" in found
    assert "/api/v1/exports/organizations.xlsx?type=firm" in found
    assert "/api/v1/exports/organizations.zip?type=firm" in found


def test_paging_leads_on_and_back_with_the_filters(client):
    publish(*[sample("organization", f"org-{n}", type="firm") for n in range(5)])
    first = page(client, "/organizations/?type=firm&page_size=2")
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = page(client, "/organizations/" + unescape(following))
    (previous,) = re.findall(r'rel="prev" href="([^"]*)"', second)
    assert rows(first) == ["Org 4", "Org 3"]
    assert rows(second) == ["Org 2", "Org 1"]
    assert rows(page(client, "/organizations/" + unescape(previous))) == ["Org 4", "Org 3"]


def test_a_place_in_one_language_leads_to_the_beginning_in_another(client):
    publish(
        *[
            sample("organization", f"org-{n}", title=texts(f"Org {n}", f"기관 {9 - n}"))
            for n in range(5)
        ]
    )
    first = page(client, "/ko/organizations/?page_size=3&sort=title")
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = page(client, "/ko/organizations/" + unescape(following))
    assert "/organizations/?page_size=3&sort=title" in links(second)
    strange = page(client, "/organizations/" + unescape(following))
    assert "here is its beginning" in strange
    assert rows(strange) == ["Org 0", "Org 1", "Org 2"]


def test_the_languages_keep_the_place_in_an_order_that_is_the_same_in_all(client):
    titles = (texts(f"Org {n}", f"Org {n}") for n in range(5))
    publish(*(sample("organization", f"org-{n}", title=t) for n, t in enumerate(titles)))
    first = page(client, "/organizations/?page_size=3")
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = page(client, "/organizations/" + unescape(following))
    (korean,) = (link for link in links(second) if link.startswith("/ko/organizations/?p"))
    assert rows(page(client, korean)) == rows(second) == ["Org 1", "Org 0"]


def test_a_place_beyond_the_end_leads_to_the_beginning(client):
    publish(*[sample("organization", f"org-{n}", type="firm" if n else "agency") for n in range(5)])
    first = page(client, "/organizations/?page_size=4&sort=updated")
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    beyond = page(client, f"/organizations/{unescape(following)}&type=agency")
    assert "here is its beginning" in beyond
    assert rows(beyond) == ["Org 0"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("type=nonsense", "Type"),
        ("date_after=yesterday", "Not before"),
        ("date_before=2015-02-30", "Not after"),
        ("sort=size", "Order"),
        ("page_size=0", "Records on a page"),
        ("page_size=201", "Records on a page"),
        ("cursor=nonsense", "Page"),
    ],
)
def test_what_a_list_cannot_understand_is_left_out_and_named(client, query, field):
    publish(sample("organization", "one"))
    html = page(client, f"/organizations/?{query}")
    assert rows(html) == ["One"]
    assert "Not everything in the address could be understood" in html
    assert f"<strong>{field}</strong>" in html


def test_a_list_ignores_parameters_that_it_does_not_know(client):
    publish(sample("organization", "one"))
    assert "could be understood" not in page(client, "/organizations/?utm_source=x")


def test_an_empty_list_says_what_to_do_next(client):
    assert "No record of this kind has been published yet." in page(client, "/funds/")
    publish(sample("fund", "one"))
    assert "No record fits all of these filters." in page(client, "/funds/?q=nothing")


def test_an_empty_list_says_how_many_records_there_would_be_without_each_filter(client):
    publish(
        sample("organization", "one", type="firm", country="KR"),
        sample("organization", "two", type="firm", country="KR"),
        sample("organization", "three", type="agency", country="CN"),
    )
    html = page(client, "/organizations/?type=firm&type=ministry&country=CN&sort=title")
    assert "Without “Type: Firm, Ministry” 1 record Without “Country: China” 2 records" in said(
        html
    )
    assert "?country=CN&sort=title" in links(html)
    assert "/search/?q=three" in links(page(client, "/organizations/?q=three&type=firm"))
    hopeless = page(client, "/organizations/?type=ministry&country=US")
    assert "Taking one of them away is not enough." in hopeless


def test_a_list_says_where_each_filter_stands_however_rare_its_value(client):
    for code in ("KR", "CN", "US", "JP", "DE", "FR", "IT", "GB", "ES"):
        publish(sample("organization", f"one-of-{code.lower()}", country=code))
    publish(sample("organization", "another-of-kr", country="KR"))
    html = page(client, "/organizations/?country=US")
    assert "Country: United States × remove" in said(html)
    assert re.search(r'<details id="more-country" open>', html)
    assert "more-country" in page(client, "/organizations/")
    assert not re.search(r'<details id="more-country" open>', page(client, "/organizations/"))


@pytest.mark.parametrize(
    ("query", "heading", "further"),
    [
        ("type=ministry", "Ministries", ""),
        ("type=firm", "Firms", ""),
        ("type=association", "Associations", ""),
        ("type=firm&country=KR", "Firms", " · South Korea"),
        ("type=agency", "Organizations", " · Agency"),
        ("type=firm&type=ministry", "Organizations", " · Firm · Ministry"),
        ("", "Organizations", ""),
    ],
)
def test_ministries_firms_and_associations_have_lists_of_their_own(client, query, heading, further):
    html = page(client, f"/organizations/?{query}")
    assert f"<h1>{heading}</h1>" in html
    assert f"<title>{heading}{further} – Cooperation Portal</title>" in html
    assert f'<meta property="og:title" content="{heading}">' in html


def test_what_is_called_firms_elsewhere_leads_to_the_list_of_firms(client):
    for entry in entries():
        assert f"<h1>{entry.label}</h1>" in page(client, entry.url)
    assert len(entries()) == 3


def test_a_search_leads_to_each_kind_in_which_it_found_something(client):
    publish(*world())
    html = page(client, "/search/?q=korea")
    ways = re.findall(r'href="(/\w+/\?q=korea)">\s*[^<]+ <span class="tally">(\d+)<', html)
    assert len(ways) > 2
    for url, count in ways:
        assert re.search(rf'class="count">\s*{count} record', page(client, url)), url
    assert re.search(rf'class="count">\s*{sum(int(n) for _url, n in ways)} records', html)


def test_a_search_for_words_that_never_meet_leads_to_those_that_occur(client):
    publish(sample("organization", "one"), sample("fund", "two"))
    html = page(client, "/search/?q=one+two+three")
    assert "“one” alone 1 record “two” alone 1 record" in said(html)
    assert "three” alone" not in html
    assert "?q=one" in links(html)


def test_a_list_is_sorted_by_title_in_the_language_of_the_page(client):
    publish(
        sample("organization", "one", title=texts("B", "가")),
        sample("organization", "two", title=texts("A", "나")),
    )
    assert rows(page(client, "/organizations/?sort=title")) == ["A", "B"]
    assert rows(page(client, "/ko/organizations/?sort=title")) == ["가", "나"]


def test_more_records_cost_no_more_queries(client):
    publish(*world())
    paths = ["/", "/organizations/", "/search/?q=government", "/gazette/"]
    paths += ["/organizations/government-of-korea/", f"{FUND}history/"]
    few = [cost(client, path) for path in paths]
    publish(*[sample("organization", f"government-{n}", type="firm") for n in range(30)])
    publish(fund(purpose=texts("Another purpose.")))
    for path, before in zip(paths, few, strict=True):
        assert cost(client, path) <= before, path
