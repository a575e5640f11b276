"""The page of a document: everything it holds, in words, with the passages it stands on."""

import pytest

from cooperation.gazette.presenting import present, summary
from tests.examples import citation, commitment, fund, initiative, organizations, source
from tests.worlds import publish, reference, sample, texts

# What it shows does not depend on the engine.
pytestmark = pytest.mark.once


def table(page, name):
    return next(table for table in page.tables if table.name == name)


def cells(page, name):
    """The words in each row of a table of parts."""
    return [
        [" ".join(value.text for value in cell.values) for cell in row.cells]
        for row in table(page, name).rows
    ]


def fact(page, name):
    return next(fact for fact in page.facts if fact.name == name)


def notes_of(page, name):
    """What each footnote whose concerns begin with a label quotes."""
    return [note.quote for note in page.footnotes if note.concerns[0].label.startswith(name)]


def test_a_page_opens_with_its_title_its_lead_and_its_status():
    page = present(fund(), "en")
    assert (page.kind_label, page.title.text, page.url) == (
        "Fund",
        "Korea–China cultural fund",
        "/funds/korea-china-cultural-fund/",
    )
    assert page.lead.values[0].text == "To facilitate exchanges in the cultural sphere."
    assert page.status["value"].values[0].text == "Proposed"
    assert page.status["since"].values[0].text == "28 January 2015"
    assert not page.status["confirmed"].is_known


def test_a_page_speaks_the_language_that_is_asked_for_and_links_to_it():
    page = present(fund(), "ko")
    assert (page.kind_label, page.title.text, page.url) == (
        "기금",
        "한중 문화 펀드",
        "/ko/funds/korea-china-cultural-fund/",
    )
    assert page.status["value"].values[0].text == "제안"
    assert [value.text for value in fact(page, "countries").values] == ["대한민국", "중국"]


def test_a_text_that_stands_in_for_a_missing_translation_says_so():
    title = present(fund(), "zh-Hans").title
    assert (title.text, title.language) == ("Korea–China cultural fund", "en")
    assert [(tag.name, tag.text) for tag in title.tags] == [("fallback", "英语")]


def test_the_editors_own_wording_is_marked_and_official_wording_is_not():
    page = present(fund(), "en")
    assert page.title.tags == ()
    assert [tag.text for tag in page.lead.values[0].tags] == ["portal’s wording"]
    assert [tag.text for tag in present(fund(), "ko").title.tags] == ["편집 번역"]


def test_other_titles_stand_beside_the_one_that_is_shown():
    shown = [(title.language, title.text) for title in present(fund(), "en").other_titles]
    assert shown == [("ko", "한중 문화 펀드")]
    # Where the title itself stands in another language, that does not stand there twice.
    assert [title.text for title in present(fund(), "zh-Hans").other_titles] == ["한중 문화 펀드"]


def test_what_is_not_known_is_told_apart_from_what_is_not_recorded():
    page = present(sample("initiative", "a"), "en")
    assert not fact(page, "part_of").is_known
    # There may be none of which it is a part.
    assert fact(page, "part_of").many
    assert not fact(present(sample("platform", "a"), "en"), "operator").many
    assert fact(page, "sectors").many
    assert table(page, "participants").rows == ()


def test_parts_are_rows_under_the_labels_of_the_shape():
    document = fund(
        commitments=[
            commitment("korea", "government-of-korea", "40000000000"),
            commitment("private", None, "120000000000", contributor_class="private_sector"),
        ]
    )
    page = present(document, "en")
    commitments = table(page, "commitments")
    assert [column.label for column in commitments.columns] == [
        "Contributor",
        "Amount",
        "Stage",
        "Date",
    ]
    assert commitments.unknown == ("Title", "Reported as", "Replaces")
    assert cells(page, "commitments") == [
        ["government-of-korea", "₩40 billion", "Proposed", "28 January 2015"],
        ["Private sector", "₩120 billion", "Proposed", "28 January 2015"],
    ]


def test_a_part_that_another_replaces_names_the_other():
    newer = commitment("newer", None, "5", contributor_class="other", replaces="older")
    older = commitment("older", None, "7", contributor_class="other")
    page = present(fund(commitments=[older, newer]), "en")
    first, second = table(page, "commitments").rows
    assert (first.replaced_by.text, first.replaced_by.url) == (
        "Others, 28 January 2015 (newer)",
        "#commitments-newer",
    )
    assert second.replaced_by is None


def test_each_value_carries_the_numbers_of_the_passages_that_name_it():
    page = present(fund(), "en")
    amounts = [row.cells[1].values[0].footnotes for row in table(page, "commitments").rows]
    korea, china, private = amounts
    assert korea == china
    assert len(korea) == len(private) == 1
    assert korea != private
    countries = fact(page, "countries").values
    assert [len(value.footnotes) for value in countries] == [1, 0]


def test_footnotes_are_numbered_as_the_reader_meets_them():
    page = present(fund(), "en")
    assert [note.number for note in page.footnotes] == [1, 2, 3, 4]
    assert page.lead.values[0].footnotes == (1,)
    assert fact(page, "countries").values[0].footnotes == (2,)


def test_a_footnote_tells_everything_that_its_citation_holds():
    document = sample(
        "organization",
        "a",
        type="firm",
        citations=[
            citation(
                "type",
                quote="a firm",
                start=5,
                end=11,
                inferred=True,
                preferred=True,
                note="Two sources differ.",
            )
        ],
    )
    (note,) = present(document, "en", sources={"korea-bizwire-2015-01-29": source()}).footnotes
    assert (note.number, note.quote, note.quote_language, note.locator, note.place) == (
        1,
        "a firm",
        "en",
        "paragraph 6",
        (5, 11),
    )
    assert (note.is_inferred, note.is_preferred, note.attributed_to, note.note) == (
        True,
        True,
        "the ministry",
        "Two sources differ.",
    )
    assert note.concerns == (("Type", "fact-type"),)


def test_one_passage_that_supports_several_values_is_one_footnote():
    page = present(fund(), "en")
    inferred = [note for note in page.footnotes if note.is_inferred]
    assert len(inferred) == 1
    # Each leads back to where on the page the value stands.
    assert inferred[0].concerns == (
        ("Commitments › government-of-korea, 28 January 2015 › Amount", "commitments-korea"),
        ("Commitments › government-of-china, 28 January 2015 › Amount", "commitments-china"),
    )


def test_a_citation_of_something_that_is_not_shown_is_still_listed():
    document = sample("organization", "a", citations=[citation("nowhere/at/all", quote="words")])
    assert notes_of(present(document, "en"), "nowhere") == ["words"]


def test_a_reference_to_what_was_withdrawn_leads_to_the_reason_in_the_readers_language():
    value = table(present(initiative(), "ko"), "participants").rows[0].cells[0].values[0]
    assert (value.text, value.url) == (
        "government-of-korea",
        "/ko/organizations/government-of-korea/",
    )
    assert [tag.name for tag in value.tags] == ["gone"]


def test_a_reference_links_to_the_page_in_the_same_language():
    document = initiative()
    document["part_of"] = {
        **reference("initiative", "larger"),
        "url": "/initiatives/larger/",
        "title": texts("The larger one", None, "更大的项目"),
    }
    value = fact(present(document, "zh-Hans"), "part_of").values[0]
    assert (value.text, value.url) == ("更大的项目", "/zh-hans/initiatives/larger/")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a:b@example.org/", "ftp://x.org"])
def test_an_address_that_is_not_safe_is_text_and_no_link(url):
    page = present(sample("organization", "a", website=url), "en")
    value = fact(page, "website").values[0]
    assert (value.text, value.url) == (url, None)


def test_names_are_marked_with_their_own_language():
    name = {"id": "a", "type": "official", "text": "대한민국 정부", "lang": "ko"}
    document = sample("organization", "a", names=[{**name, "from": None, "until": None}])
    (row,) = table(present(document, "en"), "names").rows
    assert [cell.values[0].language for cell in row.cells if cell.name == "text"] == ["ko"]


def test_an_edition_is_told_in_words():
    header = {
        "number": 7,
        "action": "published",
        "kind": "fund",
        "key": "a",
        "published_at": "2026-11-24T00:30:00Z",
        "hash": "sha256:1",
        "reason": "First records.",
        "office": "Office of Tests",
        "successor": None,
        "previous": "sha256:0",
        "chain": "sha256:2",
    }
    entry = present(fund(), "ko", edition=header).edition
    assert (entry.number, entry.at_text, entry.url) == (
        7,
        "2026년 11월 24일 09:30 KST",
        "/ko/funds/a/editions/7/",
    )


@pytest.mark.django_db
def test_a_summary_shows_how_far_it_has_come_before_anything_else():
    from cooperation.gazette.models import Current

    publish(*organizations(), source(), fund())
    shown = summary(Current.objects.get(kind="fund"), "en")
    assert (shown.title.text, shown.badge.text) == ("Korea–China cultural fund", "Proposed")
    assert [(f.name, [v.text for v in f.values]) for f in shown.facts] == [
        ("country", ["South Korea", "China"]),
        ("announced", ["₩200 billion"]),
        (
            "commitments",
            [
                "Government of the Republic of Korea",
                "Government of China",
                "Private sector",
            ],
        ),
        ("date", ["28 January 2015"]),
    ]
