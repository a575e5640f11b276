"""What differs between the sources and quotations of two editions, each citation by itself."""

import pytest

from cooperation.gazette.presenting import changes
from tests.examples import QUOTE, citation, fund
from tests.worlds import reference, sample, texts

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once

SOURCES = "Sources and quotations › "
OTHER = {**reference("source", "other"), "title": texts("Other")}


def told(before, after):
    """Each change as its label, and what both sides say by the labels of the members."""
    return [
        (
            change.label,
            *(
                {fact.name: said(fact) for fact in side[0].facts} if side else None
                for side in (change.before, change.after)
            ),
        )
        for change in changes(cited(before), cited(after), "en")
    ]


def said(fact):
    return [value.text for value in fact.values]


def cited(citations):
    return sample("organization", "a", citations=citations)


def test_each_citation_that_went_or_came_is_told_by_itself_and_whole():
    stays, goes = citation("type"), citation("country", quote="of China", attributed_to=None)
    comes = citation("founded", source=OTHER, quote=None, locator="page 3", attributed_to=None)
    assert told([stays, goes], [stays, comes]) == [
        (
            f"{SOURCES}Country",
            {
                "source": ["korea-bizwire-2015-01-29"],
                "locator": ["paragraph 6"],
                "quote": ["of China"],
            },
            None,
        ),
        (f"{SOURCES}Founded", None, {"source": ["Other"], "locator": ["page 3"]}),
    ]


def test_of_a_citation_that_changed_only_what_differs_is_told_and_its_words_are_marked():
    before = citation("type", locator=None)
    after = citation("type", quote=QUOTE.replace("40", "60"), inferred=True)
    assert told([before], [after]) == [
        (
            f"{SOURCES}Type",
            {"locator": [], "quote": [QUOTE], "inferred": ["No"]},
            {"locator": ["paragraph 6"], "quote": [after["quote"]], "inferred": ["Yes"]},
        )
    ]
    (change,) = changes(cited([before]), cited([after]), "en")
    assert [member.label for member in change.members] == [
        "Where in the source",
        "Quotation",
        "Inferred",
    ]
    words = [piece.text for piece in change.members[1].words if piece.kind != "same"]
    assert words == ["40", "60"]


def test_citations_are_matched_with_those_that_are_most_like_them():
    first, second = citation("type", quote="One."), citation("type", quote="Two.")
    moved = citation("country", quote="Moved.")
    after = [
        {**second, "note": "Seen."},
        {**first, "source": OTHER},
        {**moved, "path": "founded"},
    ]
    assert told([first, second, moved], after) == [
        (f"{SOURCES}Type", {"source": ["korea-bizwire-2015-01-29"]}, {"source": ["Other"]}),
        (f"{SOURCES}Type", {"note": []}, {"note": ["Seen."]}),
        (f"{SOURCES}Founded", {"path": ["Country"]}, {"path": ["Founded"]}),
    ]


def test_a_citation_of_a_part_that_went_is_named_as_the_part_was():
    before = fund(citations=[citation("commitments/private/amount")])
    labels = [
        c.label for c in changes(before, {**before, "commitments": [], "citations": []}, "en")
    ]
    assert f"{SOURCES}Contributions › Private sector, 28 January 2015 › Amount" in labels
