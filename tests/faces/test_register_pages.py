"""Histories, editions, the register, search and the first page."""

import re

import pytest
import time_machine
from django.db import transaction

from cooperation.gazette.redacting import redact
from tests.examples import commitment, fund, world
from tests.faces.looking import FUND, links, page, rows, said
from tests.worlds import publish, sample, texts, withdraw

pytestmark = pytest.mark.django_db


def test_a_history_tells_each_edition_with_its_reason_and_what_it_changed(client):
    publish(sample("organization", "a", type="firm"), reason="First.")
    publish(sample("organization", "a", type="agency"), reason="It is no firm.")
    withdraw("organization", "a", reason="Twice.")
    words = said(page(client, "/organizations/a/history/"))
    assert words.index("Twice.") < words.index("It is no firm.") < words.index("First.")
    assert "Type Firm Agency" in words
    assert "The first edition." in words


def test_a_long_history_is_read_page_by_page_and_compares_across_the_pages(client):
    for n in range(32):
        publish(sample("organization", "a", title=texts(f"Name {n}")), reason=f"Reason {n}.")
    html = page(client, "/organizations/a/history/")
    assert "Name 1 Name 2" in said(html)
    assert "?before=3" in links(html)
    words = said(page(client, "/organizations/a/history/?before=3"))
    assert "Name 0 Name 1" in words
    assert "Reason 2." not in words
    assert "The first edition." in words
    assert words.startswith("History") or "Name 31" in words
    page(client, "/organizations/b/history/?before=3", 404)


def test_a_history_of_great_changes_says_that_there_are_more(client):
    publish(*world())
    publish(fund(commitments=[commitment(f"c-{n}", None, "5") for n in range(60)]))
    words = said(page(client, f"{FUND}history/"))
    assert "More values differ than are shown" in words


def test_a_history_without_any_text_left_is_headed_by_the_key(client):
    publish(sample("organization", "a", title=texts("Private")))
    with transaction.atomic():
        redact([1], reason="A court asked for it.", office="Office of Tests")
    assert "<h1>a</h1>" in page(client, "/organizations/a/history/")


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


def test_the_register_says_once_why_entries_were_made_that_were_made_together(client):
    with time_machine.travel("2026-11-21T09:00:00Z", tick=False):
        publish(sample("organization", "a"), sample("fund", "b"), reason="First records.")
        publish(sample("organization", "a", type="firm"), reason="It is a firm.")
    with time_machine.travel("2026-11-22T09:00:00Z", tick=False):
        publish(sample("organization", "c"), reason="First records.")
    html = page(client, "/gazette/")
    body = html.partition("</thead>")[2].partition("</table>")[0]
    assert [said(group) for group in re.findall(r"<tbody.*?</tbody>", body, re.S)] == [
        "First records. 22 November 2026, 18:00 KST 4 C Organization Published",
        "It is a firm. 21 November 2026, 18:00 KST 3 A Organization Published",
        "First records. 21 November 2026, 18:00 KST 2 B Fund Published 1 A Organization Published",
    ]


def test_the_register_is_read_page_by_page(client):
    publish(*[sample("organization", f"a-{n}") for n in range(51)])
    html = page(client, "/gazette/")
    assert "?before=2" in links(html)
    assert "/organizations/a-0/editions/1/" not in links(html)
    assert "/organizations/a-0/editions/1/" in links(page(client, "/gazette/?before=2"))


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


@pytest.mark.parametrize(
    ("asked", "notice"),
    [
        ("+".join(f"w{number}" for number in range(33)), "At most 32 words can be looked for"),
        ("korea" * 41, "Write at most 200 characters."),
    ],
)
def test_a_search_for_too_much_finds_nothing_and_says_why(client, asked, notice):
    publish(*world())
    html = page(client, f"/search/?q={asked}")
    assert notice in said(html)
    assert "No record holds" not in html
    assert "no word in this" not in html
    assert 'class="count"' not in html


def test_a_list_leaves_out_too_many_words_and_says_so(client):
    publish(*world())
    asked = "+".join(f"w{number}" for number in range(33))
    html = page(client, f"/funds/?q={asked}")
    assert "At most 32 words can be looked for" in said(html)
    assert len(rows(html)) == 1


def test_the_first_page_counts_what_the_portal_holds(client):
    publish(*world())
    words = said(page(client, "/"))
    assert "1 Initiative 1 Fund" in words
    assert "2 Organizations" in words
    assert "Newest editions" in words


def test_an_empty_portal_says_what_comes_next(client):
    assert "Records appear here as soon as staff publish them" in page(client, "/")
