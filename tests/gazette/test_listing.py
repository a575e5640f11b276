"""Lists of current documents."""

import datetime

import pytest

from cooperation.gazette import listing, reading
from cooperation.gazette.indexing import reindex
from cooperation.gazette.models import Facet
from tests.worlds import publish, reference, sample, texts

pytestmark = pytest.mark.django_db


def keys(page):
    return [row.key for row in page.rows]


def walk(sort, size, language="en"):
    """All keys, page by page, then all the way back."""
    forth, cursor = [], None
    while True:
        page = listing.page(listing.currents("organization"), sort, cursor, size, language)
        forth += keys(page)
        if page.next is None:
            break
        cursor = page.next
    back = keys(page)
    while page.previous:
        page = listing.page(listing.currents("organization"), sort, page.previous, size, language)
        back = keys(page) + back
    assert back == forth
    return forth


@pytest.mark.parametrize("size", [1, 2, 3, 200])
@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("-updated", "dcba"),
        ("updated", "abcd"),
        ("title", "badc"),
        ("-title", "cdab"),
        ("date", "dabc"),
        ("-date", "cbad"),
    ],
)
def test_every_order_is_paged_through_completely_forth_and_back(sort, order, size):
    publish(
        sample("organization", "a", title=texts("beta"), founded="1999"),
        sample("organization", "b", title=texts("Alpha"), founded="1999"),
        sample("organization", "c", title=texts("delta"), founded="2015-01-28"),
        sample("organization", "d", title=texts("Delta"), founded=None),
    )
    if "title" in sort:
        order = order.replace("dc", "cd") if sort == "title" else order.replace("cd", "dc")
    assert "".join(walk(sort, size)) == order


def test_titles_sort_in_the_language_of_the_page():
    publish(
        sample("organization", "a", title=texts("Alpha", "하늘")),
        sample("organization", "b", title=texts("Beta", "가람")),
    )
    assert walk("title", 10, "ko") == ["b", "a"]
    assert walk("title", 10, "zh-Hans") == ["a", "b"]


def test_paging_goes_on_undisturbed_while_editions_are_published():
    publish(*(sample("organization", key) for key in "abcd"))
    first = listing.page(listing.currents("organization"), "-updated", None, 2)
    publish(sample("organization", "e"), sample("organization", "a", country="KR"))
    second = listing.page(listing.currents("organization"), "-updated", first.next, 2)
    assert (keys(first), keys(second)) == (["d", "c"], ["b"])


@pytest.mark.parametrize(
    "cursor", ["", "x", "é", "W10", "bnVsbA", "WyItdXBkYXRlZCIsMCwiIiwxXQ" * 50]
)
def test_a_cursor_that_no_list_gave_out_is_refused(cursor):
    with pytest.raises(listing.BadCursor, match="not one that this list gave out"):
        listing.page(listing.currents("organization"), "-updated", cursor or "x", 2)


def test_a_cursor_of_another_order_is_refused():
    publish(*(sample("organization", key) for key in "abc"))
    cursor = listing.page(listing.currents("organization"), "title", None, 1).next
    with pytest.raises(listing.BadCursor):
        listing.page(listing.currents("organization"), "-title", cursor, 1)


def test_a_cursor_of_another_language_is_refused():
    publish(*(sample("organization", key) for key in "abc"))
    cursor = listing.page(listing.currents("organization"), "title", None, 1, "ko").next
    with pytest.raises(listing.BadCursor):
        listing.page(listing.currents("organization"), "title", cursor, 1, "en")


@pytest.mark.parametrize("sort", ["-updated", "updated", "title", "-title", "date", "-date"])
def test_beyond_the_end_there_is_a_way_back(sort):
    publish(*(sample("organization", key, country="KR" if key == "b" else None) for key in "abcd"))
    everything = listing.currents("organization")
    last = listing.page(everything, sort, None, 3)
    end = listing.page(everything, sort, last.next, 3)
    place = listing.page(everything.filter(key=keys(end)[-1]), sort, last.next, 3)
    assert keys(place) == keys(end)
    beyond = listing.page(everything.filter(key="b"), sort, last.next, 3)
    assert (beyond.rows, beyond.next) == ([], None)
    assert keys(listing.page(everything.filter(key="b"), sort, beyond.previous, 3)) == ["b"]


def test_repeated_facet_values_mean_any_of_and_facets_are_counted():
    publish(
        sample("organization", "a", country="KR", type="ministry"),
        sample("organization", "b", country="CN", type="firm"),
        sample("organization", "c", country="CN", type="ministry"),
        sample("organization", "d", country="US", type="firm"),
    )
    rows = listing.currents("organization")
    either = listing.with_facet(rows, "organization", "country", ["KR", "CN"])
    assert keys(listing.page(either, "updated", None, 9)) == ["a", "b", "c"]
    both = listing.with_facet(either, "organization", "type", ["ministry"])
    assert keys(listing.page(both, "updated", None, 9)) == ["a", "c"]
    assert counts(either) == {"ministry": 2, "firm": 1}
    assert counts() == {"ministry": 2, "firm": 2}


def counts(among=None):
    """How many organizations there are of each type, most first."""
    found = listing.facet_counts("organization", "type", reading.head(), among)
    return {one.value: one.count for one in found}


def test_facets_are_counted_once_as_long_as_nothing_is_published(django_assert_num_queries):
    publish(sample("organization", "a", type="firm"), sample("organization", "b", type="agency"))
    firms = listing.with_facet(listing.currents("organization"), "organization", "type", ["firm"])
    assert counts(firms) == {"firm": 1}
    with django_assert_num_queries(1):  # the head
        assert counts(firms) == {"firm": 1}
    assert counts() == {"agency": 1, "firm": 1}
    publish(sample("organization", "c", type="firm"))
    assert counts() == {"firm": 2, "agency": 1}
    assert counts(firms) == {"firm": 2}
    assert counts(listing.matching(firms, listing.places("!?"))) == {}


def test_facets_are_counted_again_once_forged_rows_are_mended():
    publish(sample("organization", "a", type="firm"))
    Facet.objects.filter(name="type").update(value="agency")
    assert counts() == {"agency": 1}
    reindex()
    assert counts() == {"firm": 1}


def test_partial_dates_match_by_overlap():
    publish(
        sample("organization", "year", founded="2015"),
        sample("organization", "month", founded="2015-02"),
        sample("organization", "day", founded="2015-01-28"),
        sample("organization", "unknown"),
    )

    def found(after, before):
        days = (datetime.date.fromisoformat(day) if day else None for day in (after, before))
        return keys(
            listing.page(listing.dated(listing.currents("organization"), *days), "updated", None, 9)
        )

    assert found("2015-01-28", "2015-01-28") == ["year", "day"]
    assert found("2015-02-10", None) == ["year", "month"]
    assert found(None, "2014-12-31") == []


def test_search_words_find_korean_chinese_and_plurals_and_all_must_occur():
    publish(
        sample(
            "organization",
            "kita",
            title=texts("Korea International Trade Association", "한국무역협회", "韩国贸易协会"),
        ),
        sample(
            "organization", "alibaba", title=texts("Alibaba Group", "알리바바 그룹", "阿里巴巴集团")
        ),
    )

    def found(q):
        rows = listing.matching(listing.currents("organization"), listing.places(q))
        return keys(listing.page(rows, "updated", None, 9))

    assert found("무역") == ["kita"]
    assert found("贸易") == ["kita"]
    assert found("한") == ["kita"]
    assert found("ALIBABA groups") == ["alibaba"]
    assert found("alibaba trade") == []
    assert found("!!!") == []


def test_counting_stops_at_the_cap(monkeypatch):
    monkeypatch.setattr(listing, "COUNT_CAP", 2)
    publish(*(sample("organization", key) for key in "abc"))
    assert listing.count(listing.currents("organization")) is None
    assert listing.count(listing.currents("organization"), exact=True) == 3
    assert listing.count(listing.currents("fund")) == 0


def test_what_refers_to_a_record_is_found_across_kinds():
    publish(
        sample("organization", "a"),
        sample("organization", "b", part_of=reference("organization", "a")),
        sample("source", "s", publisher=reference("organization", "a")),
    )
    found = listing.referring_to("organization", "a")
    assert sorted((row.kind, row.key) for row in found) == [("organization", "b"), ("source", "s")]


@pytest.mark.parametrize("rows", [3, 30])
def test_a_page_costs_one_query_whatever_its_length(rows, django_assert_num_queries):
    publish(*(sample("organization", f"o{n}") for n in range(rows)))
    with django_assert_num_queries(1):
        page = listing.page(listing.currents("organization"), "-updated", None, 200)
        assert all(row.response() for row in page.rows)
