"""What differs between two editions of a record, in words."""

import pytest

from cooperation.gazette.presenting import Wording, changes
from tests.examples import citation, commitment, fund, won
from tests.worlds import reference, sample, texts

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


def told(before, after, language="en"):
    """Each change as (label, before, after)."""
    return [
        (
            change.label,
            [value.text for value in change.before],
            [value.text for value in change.after],
        )
        for change in changes(before, after, language)
    ]


def test_a_text_is_named_with_its_language():
    before = sample("organization", "a", title=texts("Old", None, None))
    after = sample("organization", "a", title=texts("New", "새 이름", None))
    assert told(before, after) == [
        ("Title › English", ["Old"], ["New"]),
        ("Title › Korean", [], ["새 이름"]),
    ]
    assert told(before, after, "ko")[0] == ("제목 › 영어", ["Old"], ["New"])


def test_words_that_became_official_are_told():
    before = sample("organization", "a", editorial=["title/en", "title/ko"])
    after = sample("organization", "a", editorial=["title/en", "title/zh-Hans"])
    assert told(before, after) == [
        ("Portal’s wording", ["Title › Korean"], ["Title › Simplified Chinese"])
    ]


def test_codes_and_dates_are_told_as_a_page_tells_them():
    before = sample("organization", "a", type="firm", country=None, founded="1999")
    after = sample("organization", "a", type="agency", country="CN", founded="1999-06-28")
    assert sorted(told(before, after)) == [
        ("Country", [], ["China"]),
        ("Founded", ["1999"], ["28 June 1999"]),
        ("Type", ["Firm"], ["Agency"]),
    ]


def test_a_changed_value_of_a_part_names_the_part():
    before = fund()
    after = fund()
    after["commitments"][2]["amount"] = won("100000000000")
    assert told(before, after) == [
        (
            "Contributions › Private sector, 28 January 2015 › Amount",
            ["₩120 billion"],
            ["₩100 billion"],
        )
    ]


def test_parts_of_one_name_are_told_apart_by_their_codes_else_by_their_ids():
    def initiative(*since):
        roles = ("counterpart", "operator", "operator")
        participants = [
            {
                "id": f"kita-{n}",
                "organization": {**reference("organization", "kita"), "title": texts("KITA")},
                "role": role,
                "from": since[n],
                "until": None,
            }
            for n, role in enumerate(roles)
        ]
        return sample("initiative", "a", participants=participants)

    changed = told(initiative("2014", "2014", "2014"), initiative("2015", "2015", "2015"))
    assert [label for label, _before, _after in changed] == [
        "Participants › KITA (Counterpart) › From",
        "Participants › KITA (kita-1) › From",
        "Participants › KITA (kita-2) › From",
    ]


def test_a_part_that_was_added_or_removed_is_told_whole():
    before = fund(commitments=[commitment("a", None, "5", contributor_class="other")])
    after = fund(commitments=[])
    (change,) = changes(before, after, "en")
    assert change.label == "Contributions › Others, 28 January 2015"
    assert [fact.label for fact in change.before[0].facts] == [
        "Class of contributors",
        "Amount",
        "Stage",
        "Date",
    ]
    assert change.after == ()


def test_a_list_of_codes_is_told_before_and_after():
    before = sample("initiative", "a", sectors=["trade"])
    after = sample("initiative", "a", sectors=["trade", "culture"])
    assert told(before, after) == [
        ("Sectors", ["Trade and e-commerce"], ["Trade and e-commerce", "Culture and entertainment"])
    ]


def test_equal_documents_differ_in_nothing():
    assert told(fund(), fund()) == []


def test_any_two_documents_of_a_kind_can_be_compared():
    assert told(None, fund())
    assert told(fund(), None)


def test_telling_what_changed_takes_no_longer_a_row_where_there_are_many(monkeypatch):
    names = []
    named = Wording.part_name
    monkeypatch.setattr(Wording, "part_name", lambda *given: names.append(given) or named(*given))
    before = fund(commitments=[commitment(f"c-{n}", None, "5") for n in range(50)])
    after = fund(commitments=[commitment(f"c-{n}", None, "6") for n in range(50)])
    assert len(changes(before, after, "en")) == 50
    assert len(names) <= 2 * 50


def labelled(title):
    return {**reference("organization", "a"), "url": "/organizations/a/", "title": title}


def test_a_record_that_was_renamed_is_told_once_and_in_the_language_that_differs():
    before = sample("fund", "f", manager=labelled(texts("Old", "이름")))
    after = sample("fund", "f", manager=labelled(texts("New", "이름")))
    assert told(before, after) == [("Organization", ["Old"], ["New"])]
    assert told(before, after, "ko") == [("기관 › 영어", ["Old"], ["New"])]


def test_citations_of_a_source_that_was_renamed_do_not_change():
    def cited(title):
        one = {**citation("title"), "source": {**reference("source", "s"), "title": texts(title)}}
        return sample("fund", "f", citations=[one])

    assert told(cited("Old"), cited("New")) == [("Source", ["Old"], ["New"])]


def test_another_record_in_the_same_place_is_told_there():
    other = {**labelled(texts("B")), "key": "b"}
    before = sample("fund", "f", manager=labelled(texts("A")))
    assert told(before, sample("fund", "f", manager=other)) == [("Manager", ["A"], ["B"])]


def test_no_more_is_told_than_is_asked_for():
    before = sample("organization", "a", country="KR", type="firm", website="https://a.example/")
    assert len(changes(before, sample("organization", "a"), "en", most=2)) == 2
