"""The interface's search across kinds."""

import pytest

from tests.examples import fund, initiative, organizations, source
from tests.worlds import publish, sample

from .reading import get, keys

pytestmark = pytest.mark.django_db


def test_search_finds_across_kinds_and_marks_where(client):
    publish(*organizations(), source(), fund())
    assert get(client, "search/?q=cultural fund") == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "kind": "fund",
                "key": "korea-china-cultural-fund",
                "url": "/funds/korea-china-cultural-fund/",
                "title": {
                    "en": "Korea–China cultural fund",
                    "ko": "한중 문화 펀드",
                    "zh-Hans": None,
                },
                "highlight": [
                    {"text": "Korea–China ", "match": False},
                    {"text": "cultural", "match": True},
                    {"text": " ", "match": False},
                    {"text": "fund", "match": True},
                ],
            }
        ],
    }


def test_search_shows_the_passage_where_the_title_has_none_of_the_words(client):
    publish(*organizations(), source(), initiative())
    (found,) = get(client, "search/?q=push")["results"]
    assert {"text": "push", "match": True} in found["highlight"]


def test_search_for_nothing_finds_nothing(client):
    publish(*organizations())
    for query in ("", "?q=", "?q=%20", "?q=!!!"):
        assert get(client, f"search/{query}")["count"] == 0


def test_search_leads_on(client):
    publish(*(sample("fund", f"fund-{number}") for number in range(3)))
    first = get(client, "search/?q=fund&page_size=2")
    second = client.get(first["next"]).json()
    assert (keys(first), keys(second)) == (["fund-2", "fund-1"], ["fund-0"])
    assert second["next"] is None
