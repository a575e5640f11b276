"""The page of one record: as it stands, as it stood, or why it is gone."""

import re

import pytest
import time_machine
from django.db import transaction

from cooperation.catalogue import KINDS
from cooperation.gazette.redacting import redact
from tests.contracts.crowds import FIRST, document
from tests.examples import world
from tests.faces.looking import FUND, links, page, said
from tests.worlds import merge, publish, sample, texts, withdraw

pytestmark = pytest.mark.django_db


def test_a_record_shows_all_that_it_holds_with_its_sources(client):
    publish(*world())
    words = said(page(client, FUND))
    for phrase in [
        "₩40 billion + ₩40 billion + ₩120 billion = ₩200 billion",
        "The contributions add up to the amount announced.",
        "Government of the Republic of Korea",
        "Private sector",
        "US$37.1 million",
        "In Chinese Yuan, US Dollar: unknown",
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
    response = client.get("/organizations/a/?as_of=2100-01-01")
    assert response["Location"] == "/organizations/b/?as_of=2100-01-01"


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


@pytest.mark.parametrize("as_of", ["yesterday", "2015-13-01", "9" * 3000, "0001-01-01T00:00:00"])
def test_a_day_that_cannot_be_read_is_refused_with_the_right_forms(client, as_of):
    publish(sample("organization", "a"))
    html = page(client, f"/organizations/a/?as_of={as_of}", 400)
    assert "2015-01-28T09:00:00Z" in html


def test_a_record_whose_text_was_removed_is_gone_as_of_then_and_says_why_nothing_is_left(client):
    with time_machine.travel("2026-11-20T12:00:00Z", tick=False):
        publish(sample("organization", "a", title=texts("Private")))
    with transaction.atomic():
        redact([1], reason="A court asked for it.", office="Office of Tests")
    html = page(client, "/organizations/a/?as_of=2026-11-21", 410)
    assert "The text of this edition has been removed." in html
    for path in ("/organizations/a/editions/1/", "/organizations/a/history/", "/gazette/", "/"):
        assert "Private" not in page(client, path)
    assert "A court asked for it." in page(client, "/organizations/a/history/")


SECTION = re.compile(r'<h2 id="([^"]+)">(.*?)\s*(?:<sup|</h2>)', re.S)


@pytest.mark.parametrize("prefix", ["", "/ko", "/zh-hans"])
def test_a_long_page_lists_its_sections_in_the_order_in_which_they_are_read(client, prefix):
    publish(*world())
    publish(*(document(kind, FIRST) for kind in KINDS))
    places = [FUND, f"{FUND}?as_of=2100-01-01"]
    places += [f"/{kind.plural}/{FIRST}/" for kind in KINDS.values()]
    for place in places:
        html = page(client, prefix + place)
        listed = re.search(r'<nav class="sections".*?</nav>', html, re.S)
        assert listed, place
        named = re.findall(r'<a href="#([^"]+)">(.*?)</a>', listed[0])
        article = re.search(r"<article>.*</article>", html, re.S)[0]
        assert named == SECTION.findall(article), place
        assert len(named) >= 4, place


def test_a_page_of_few_sections_lists_none(client, monkeypatch):
    publish(sample("person", "a"))
    html = page(client, "/people/a/")
    sections = SECTION.findall(re.search(r"<article>.*</article>", html, re.S)[0])
    monkeypatch.setattr("cooperation.faces.pages.contents.LEAST", len(sections))
    assert 'class="sections"' in page(client, "/people/a/")
    monkeypatch.setattr("cooperation.faces.pages.contents.LEAST", len(sections) + 1)
    assert 'class="sections"' not in page(client, "/people/a/")
