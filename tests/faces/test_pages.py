"""The pages: lists, records as they stand and stood, histories, the register, search, errors."""

import re
from html import unescape

import pytest
import time_machine

from tests.examples import fund, initiative, organizations, source, world
from tests.faces.reading import body, cost
from tests.worlds import merge, publish, sample, texts, withdraw

pytestmark = pytest.mark.django_db

FUND = "/funds/korea-china-cultural-fund/"
XSS = "<script>alert(1)</script>\"'><img src=x>"


def page(client, path, status=200):
    """The page's HTML."""
    response = client.get(path)
    assert response.status_code == status, body(response)
    return response.content.decode()


def said(html):
    """The words of a page, in order."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def links(html):
    """Where a page leads."""
    return [unescape(url) for url in re.findall(r'href="([^"]*)"', html)]


def rows(html):
    """The titles in a list, in order."""
    return [
        said(title).removesuffix(" portal’s wording")
        for title in re.findall(r"<h3>(.*?)</h3>", html, re.S)
    ]


# ------------------------------------------------------------------------------------ every page


PATHS = [
    "/",
    "/funds/",
    FUND,
    f"{FUND}history/",
    f"{FUND}editions/4/",
    f"{FUND}?as_of=2100-01-01",
    "/search/?q=fund",
    "/gazette/",
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
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", html)
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
    assert "Nothing is here" in page(client, "/fr/funds/", 404)
    assert "Nothing is here" in page(client, "/en/funds/", 404)


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


# ----------------------------------------------------------------------------------------- lists


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


def test_paging_leads_on_and_back_with_the_filters(client):
    publish(*[sample("organization", f"org-{n}", type="firm") for n in range(5)])
    first = page(client, "/organizations/?type=firm&page_size=2")
    (following,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = page(client, "/organizations/" + unescape(following))
    (previous,) = re.findall(r'rel="prev" href="([^"]*)"', second)
    assert rows(first) == ["Org 4", "Org 3"]
    assert rows(second) == ["Org 2", "Org 1"]
    assert rows(page(client, "/organizations/" + unescape(previous))) == ["Org 4", "Org 3"]


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


# --------------------------------------------------------------------------------------- records


def test_a_record_shows_all_that_it_holds_with_its_sources(client):
    publish(*world())
    words = said(page(client, FUND))
    for phrase in [
        "₩40 billion + ₩40 billion + ₩120 billion = ₩200 billion",
        "The commitments add up to the amount announced.",
        "Government of the Republic of Korea",
        "Private sector",
        "US$37.1 million",
        "In CNY, USD: unknown",
        "the two countries will offer 40 billion (US$37.1 million) each",
        "according to the ministry",
        "inferred",
        "paragraph 6",
        "Proposed",
        "Since: 28 January 2015",
        "Allocations None recorded",
        "Manager Not known",
    ]:
        assert phrase in words, phrase


def test_a_quotation_is_marked_with_the_language_of_its_source(client):
    publish(*world())
    assert '<blockquote lang="en">' in page(client, f"/ko{FUND}")


def test_a_record_names_what_refers_to_it(client):
    publish(*world())
    words = said(page(client, "/organizations/government-of-korea/"))
    assert "Referred to by Initiatives Link between Tmall Global and Kmall24" in words
    assert "Funds Korea–China cultural fund" in words


def test_of_many_that_refer_to_a_record_the_newest_twenty_are_shown(client):
    publish(source(), sample("organization", "a"))
    citing = [
        sample("fund", f"f-{n}", citations=[{**fund()["citations"][0], "path": "title"}])
        for n in range(21)
    ]
    publish(*citing)
    html = page(client, "/sources/korea-bizwire-2015-01-29/")
    assert "F 20<" in html
    assert "F 0<" not in html
    assert "/funds/?source=korea-bizwire-2015-01-29" in links(html)


def test_an_absent_record_is_not_found(client):
    page(client, "/funds/nothing/", 404)
    page(client, "/funds/nothing/history/", 404)
    page(client, "/funds/nothing/editions/1/", 404)
    page(client, f"/funds/nothing/editions/{10**30}/", 404)


def test_a_withdrawn_record_is_gone_with_its_reason_and_its_history(client):
    publish(sample("organization", "a"))
    withdraw("organization", "a", reason="It was recorded twice.")
    html = page(client, "/ko/organizations/a/", 410)
    assert "It was recorded twice." in html
    assert "이 기록은 철회되었습니다" in html
    assert "/ko/organizations/a/history/" in links(html)
    assert "A" in page(client, "/organizations/a/editions/1/")


def test_a_merged_record_leads_to_its_successor_in_the_same_language(client):
    publish(sample("organization", "a"), sample("organization", "b"))
    merge("organization", "a", "b")
    response = client.get("/zh-hans/organizations/a/")
    assert (response.status_code, response["Location"]) == (301, "/zh-hans/organizations/b/")


def test_a_record_can_be_read_as_it_stood(client):
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
        publish(sample("organization", "a", title=texts("Before")))
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False):
        publish(sample("organization", "a", title=texts("After")))
    html = page(client, "/organizations/a/?as_of=2026-11-21")
    assert ">Before<" in html
    assert "as it stood on 21 November 2026" in html
    assert '<link rel="canonical" href="http://testserver/organizations/a/editions/1/">' in html
    assert ">After<" in page(client, "/organizations/a/?as_of=2026-11-22T12:00:00Z")


def test_before_the_register_began_there_was_nothing(client):
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
        publish(sample("organization", "a"))
    html = page(client, "/organizations/a/?as_of=2026-11-19", 404)
    assert "The register begins on 20 November 2026, 21:00 KST." in html


def test_a_record_that_was_withdrawn_then_is_gone_as_of_then(client):
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
        publish(sample("organization", "a"))
    with time_machine.travel("2026-11-21T12:00:00Z", tick=False):
        withdraw("organization", "a")
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False):
        publish(sample("organization", "a"))
    page(client, "/organizations/a/?as_of=2026-11-22", 410)
    page(client, "/organizations/a/?as_of=2026-11-20")


@pytest.mark.parametrize("as_of", ["yesterday", "2015-13-01", "9" * 5000, "0001-01-01T00:00:00"])
def test_a_day_that_cannot_be_read_is_refused_with_the_right_forms(client, as_of):
    publish(sample("organization", "a"))
    html = page(client, f"/organizations/a/?as_of={as_of}", 400)
    assert "2015-01-28T09:00:00Z" in html


# ----------------------------------------------------------------------------- history, register


def test_a_history_tells_each_edition_with_its_reason_and_what_it_changed(client):
    publish(sample("organization", "a", type="firm"), reason="First.")
    publish(sample("organization", "a", type="agency"), reason="It is no firm.")
    withdraw("organization", "a", reason="Twice.")
    words = said(page(client, "/organizations/a/history/"))
    assert words.index("Twice.") < words.index("It is no firm.") < words.index("First.")
    assert "Type Firm Agency" in words
    assert "The first edition." in words


def test_an_edition_stays_readable_and_says_whether_it_is_in_force(client):
    publish(sample("organization", "a", title=texts("Before")))
    publish(sample("organization", "a", title=texts("After")))
    old, new = (page(client, f"/organizations/a/editions/{number}/") for number in (1, 2))
    assert "It is not the edition in force." in old
    assert "It is the edition in force." in new
    assert ">Before<" in old
    assert re.search(r"<code>sha256:[0-9a-f]{64}</code>", old)


def test_an_edition_without_a_document_says_what_happened(client):
    publish(sample("organization", "a"))
    withdraw("organization", "a", reason="Twice.")
    words = said(page(client, "/organizations/a/editions/2/"))
    assert "Edition No. 2: Withdrawn" in words
    assert "This entry has no document" in words


def test_an_edition_of_another_record_is_not_found_here(client):
    publish(sample("organization", "a"), sample("organization", "b"))
    page(client, "/organizations/a/editions/2/", 404)


def test_the_register_lists_every_entry_and_its_head(client):
    editions = publish(sample("organization", "a"), sample("organization", "b"))
    html = page(client, "/gazette/")
    assert editions[-1].chain in html
    assert "Newest entry No. 2" in said(html)
    assert "http://testserver/api/v1/gazette/" in html


def test_the_register_is_read_page_by_page(client):
    publish(*[sample("organization", f"a-{n}") for n in range(51)])
    html = page(client, "/gazette/")
    assert "?before=2" in links(html)
    assert "/organizations/a-0/editions/1/" not in links(html)
    assert "/organizations/a-0/editions/1/" in links(page(client, "/gazette/?before=2"))


# -------------------------------------------------------------------------------- search and home


def test_search_finds_across_kinds_and_marks_the_words(client):
    publish(*world())
    html = page(client, "/search/?q=korea")
    assert "<mark>Korea</mark>" in html
    assert len(rows(html)) == 4


def test_search_shows_the_passage_in_which_the_word_stands(client):
    publish(*world())
    assert "Seoul and <mark>Beijing</mark>" in page(client, "/search/?q=beijing")


def test_a_search_that_finds_nothing_says_what_to_try(client):
    assert "No record holds all of these words." in page(client, "/search/?q=nothing")
    assert "no word in this that could be looked for" in page(client, "/search/?q=%21%3F")


def test_search_survives_a_cursor_that_is_not_its_own(client):
    publish(*world())
    assert "here is its beginning" in page(client, "/search/?q=korea&cursor=nonsense")


def test_the_first_page_counts_what_the_portal_holds(client):
    publish(*world())
    words = said(page(client, "/"))
    assert "1 Initiatives" in words
    assert "2 Organizations" in words
    assert "Newest editions" in words


def test_an_empty_portal_says_what_comes_next(client):
    assert "Records appear here as soon as staff publish them" in page(client, "/")


# ---------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nothing/", "Nothing is here"),
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
    assert "시스템 오류가 발생했습니다" in html
    assert "RuntimeError" not in html
