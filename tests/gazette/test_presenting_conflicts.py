"""Where sources tell a value differently: what a page shows of it."""

import pytest
from django.template.loader import render_to_string

from cooperation.gazette.presenting import present
from tests.examples import citation, fund, won

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


def differing(**members):
    """A fund of which one report tells the purpose in a way that is preferred to another's."""
    cited = [
        citation("purpose", preferred=True, note="It quotes the ministry itself."),
        citation("purpose", quote="to earn money", attributed_to=None),
        citation("countries/KR"),
    ]
    return fund(citations=cited, **members)


def test_where_sources_differ_their_passages_stand_side_by_side():
    (conflict,) = present(differing(), "en").conflicts
    assert conflict.label == "Purpose"
    assert [value.text for value in conflict.says] == [
        "To facilitate exchanges in the cultural sphere."
    ]
    assert [
        (account.is_taken, [(note.note, note.attributed_to) for note in account.passages])
        for account in conflict.accounts
    ] == [
        (True, [("It quotes the ministry itself.", "the ministry")]),
        (False, [(None, None)]),
    ]


def test_a_figure_that_sources_tell_differently_is_shown_as_the_record_has_it():
    path = "commitments/korea/amount"
    cited = [citation(path, preferred=True), citation(path, quote="other")]
    (conflict,) = present(fund(citations=cited), "ko").conflicts
    assert [value.text for value in conflict.says] == ["400억 원"]


def test_announcements_that_stand_side_by_side_are_compared():
    (said,) = fund()["announcements"]
    other = {**said, "id": "other", "amount": won("180000000000"), "date": "2014-12"}
    (conflict,) = present(fund(announcements=[other, said]), "en").conflicts
    assert [(one.name, one.is_taken, len(one.passages)) for one in conflict.accounts] == [
        ("₩180 billion, December 2014", False, 0),
        ("₩200 billion, 28 January 2015", True, 1),
    ]


def test_nothing_is_said_of_differences_where_sources_agree():
    assert present(fund(), "en").conflicts == ()


def test_page_says_why_a_passage_is_preferred_and_leads_to_its_footnote():
    html = render_to_string("record/body.html", {"page": present(differing(), "en")})
    section = html.split('id="conflicts"', 1)[1].split("</section>", 1)[0]
    for words in ("Why it is preferred", "It quotes the ministry itself.", 'href="#note-1"'):
        assert words in section, words
    agreed = render_to_string("record/body.html", {"page": present(fund(), "en")})
    assert 'id="conflicts"' not in agreed
