"""Search across all kinds."""

import pytest

from cooperation.gazette import listing, searching
from tests.worlds import publish, reference, sample, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    publish(
        sample("organization", "alibaba", title=texts("Alibaba Group", None, "阿里巴巴集团")),
        sample(
            "initiative",
            "link",
            title=texts("Link of shops"),
            participants=[participant("alibaba")],
        ),
        sample("fund", "fund", title=texts("Cultural fund"), purpose=texts("Films, not Alibaba")),
    )


def participant(key):
    return {
        "id": key,
        "organization": reference("organization", key),
        "role": "counterpart",
        "from": None,
        "until": None,
    }


def keys(q, cursor=None, size=50):
    return [row.key for row in searching.search(q, cursor, size).rows]


def test_titles_come_first_then_the_newest(world):
    assert keys("alibaba") == ["alibaba", "fund", "link"]


def test_what_bears_the_word_as_its_name_comes_before_titles_that_mention_it():
    publish(sample("organization", "alibaba", title=texts("Alibaba Group")))
    publish(sample("initiative", "ties", title=texts("Ties with Alibaba")))
    assert keys("alibaba") == ["alibaba", "ties"]


def test_records_are_not_found_by_what_their_sources_are_called():
    publish(
        sample("source", "report", title=texts("Report on Hangzhou")),
        sample("organization", "kita", citations=[citation("report")]),
    )
    assert keys("hangzhou") == ["report"]


def citation(source):
    return {
        "path": "title",
        "source": reference("source", source),
        **dict.fromkeys(["locator", "start", "end", "quote", "attributed_to", "note"]),
        **dict.fromkeys(["inferred", "preferred"], False),
    }


def test_every_word_asked_for_must_occur(world):
    assert keys("alibaba film") == ["fund"]
    assert keys("阿里 shops") == ["link"]
    assert keys("nothing") == keys("?") == []


def test_one_character_finds_the_words_that_begin_with_it_once_a_record(world):
    assert keys("阿") == ["alibaba", "link"]
    assert searching.found_count("阿", 10) == 2


def test_results_are_paged_through_completely(world):
    found, cursor = [], None
    while True:
        page = searching.search("alibaba", cursor, 1)
        found += [row.key for row in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert found == ["alibaba", "fund", "link"]


def test_a_foreign_cursor_is_refused(world):
    with pytest.raises(listing.BadCursor):
        searching.search("alibaba", "W10", 1)


def test_counting_stops_at_the_cap(world):
    assert searching.found_count("alibaba", 3) == 3
    assert searching.found_count("alibaba", 2) is None
