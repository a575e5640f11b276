"""Lists, references, facets and downloads of the interface, and what its answers cost."""

import json

import pytest

from tests.examples import citation, organizations, source, world
from tests.worlds import publish, reference, sample, withdraw

from .reading import API, body, cost, get, keys

pytestmark = pytest.mark.django_db

ORGANIZATION_A = {
    "citations": [],
    "country": "KR",
    "dissolved": None,
    "editorial": [],
    "founded": "1999",
    "identifiers": [],
    "key": "a",
    "kind": "organization",
    "names": [],
    "part_of": None,
    "schema": "organization/1",
    "successions": [],
    "title": {"en": "A", "ko": None, "zh-Hans": None},
    "type": "firm",
    "url": "/organizations/a/",
    "website": None,
}


def many(count, kind="organization"):
    publish(*(sample(kind, f"r{number:03}") for number in range(count)))


def test_a_list_is_an_envelope_of_stored_documents_with_their_headers(client):
    (edition,) = publish(sample("organization", "a", country="KR", type="firm", founded="1999"))
    assert get(client, "organizations/") == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [{**ORGANIZATION_A, "edition": edition.header()}],
    }


def test_stored_bytes_are_passed_on(client):
    (edition,) = publish(sample("organization", "a", country="KR"))
    assert edition.document[:-1].encode() in client.get(f"{API}organizations/").content


def test_an_empty_list_is_a_list(client):
    assert get(client, "funds/") == {"count": 0, "next": None, "previous": None, "results": []}


def test_pages_lead_on_and_back_by_full_addresses_that_keep_the_filters(client):
    many(5)
    first = get(client, "organizations/?page_size=2&sort=title")
    assert keys(first) == ["r000", "r001"]
    assert first["count"] == 5
    assert first["previous"] is None
    assert first["next"].startswith(
        "http://testserver/api/v1/organizations/?page_size=2&sort=title"
    )
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    assert (keys(second), keys(third)) == (["r002", "r003"], ["r004"])
    assert third["next"] is None
    assert keys(client.get(third["previous"]).json()) == ["r002", "r003"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("updated", ["b", "a", "c"]),
        ("-updated", ["c", "a", "b"]),
        ("title", ["a", "b", "c"]),
        ("-title", ["c", "b", "a"]),
        ("date", ["c", "b", "a"]),
        ("-date", ["a", "b", "c"]),
    ],
)
def test_lists_come_in_the_order_asked_for(client, sort, order):
    publish(
        sample("organization", "b", founded="1999"),
        sample("organization", "a", founded="2001"),
        sample("organization", "c", founded="1950"),
    )
    assert keys(get(client, f"organizations/?sort={sort}")) == order


def test_fields_and_omit_choose_members(client):
    publish(sample("organization", "a"))
    only = get(client, "organizations/?fields=key,title")["results"]
    assert only == [{"key": "a", "title": {"en": "A", "ko": None, "zh-Hans": None}}]
    (rest,) = get(client, "organizations/?omit=title,edition,citations")["results"]
    assert {"title", "edition", "citations"} & rest.keys() == set()
    assert "country" in rest
    assert get(client, "organizations/a/?fields=key") == {"key": "a"}


def test_counts_are_exact_to_ten_thousand_and_beyond_only_when_asked(client, monkeypatch):
    from cooperation.gazette import listing

    monkeypatch.setattr(listing, "COUNT_CAP", 3)
    many(4)
    assert get(client, "organizations/")["count"] is None
    assert get(client, "organizations/?count=exact")["count"] == 4


def test_references_are_the_documents_of_any_kind_that_name_the_record(client):
    publish(*world())
    found = get(client, "organizations/government-of-korea/references/")
    assert found["count"] == 2
    assert [(one["kind"], one["key"]) for one in found["results"]] == [
        ("initiative", "tmall-global-kmall24-link"),
        ("fund", "korea-china-cultural-fund"),
    ]


def test_facets_have_titles_and_counts_each_under_the_other_filters(client):
    publish(
        *organizations(),
        sample("organization", "mosf", type="ministry", country="KR"),
        sample("organization", "association", type="association"),
    )
    government = {"en": "Government", "ko": "정부", "zh-Hans": "政府"}
    ministry = {"en": "Ministry", "ko": "부처", "zh-Hans": "部委"}
    found = get(client, "facets/organizations/?country=KR&type=government")
    assert [(one["value"], one["count"]) for one in found["type"]] == [
        ("government", 1),
        ("ministry", 1),
    ]
    assert [one["title"]["en"] for one in found["type"]] == [government["en"], ministry["en"]]
    assert found["country"] == [
        {
            "value": "CN",
            "title": {"en": "China", "ko": "중국", "zh-Hans": "中国"},
            "count": 1,
        },
        {
            "value": "KR",
            "title": {"en": "South Korea", "ko": "대한민국", "zh-Hans": "韩国"},
            "count": 1,
        },
    ]
    assert found["source"] == []


def test_facets_of_references_bear_the_titles_that_are_public(client):
    publish(*world())
    assert get(client, "facets/initiatives/")["organization"] == [
        {
            "value": "government-of-korea",
            "title": {
                "en": "Government of the Republic of Korea",
                "ko": "대한민국 정부",
                "zh-Hans": "韩国政府",
            },
            "count": 1,
        }
    ]
    withdraw("organization", "government-of-korea")
    assert get(client, "facets/initiatives/")["organization"] == [
        {
            "value": "government-of-korea",
            "title": {"en": None, "ko": None, "zh-Hans": None},
            "count": 1,
        }
    ]


def test_a_download_holds_every_document_of_the_filtered_list_one_a_line(client):
    publish(
        sample("organization", "a", country="KR"),
        sample("organization", "b", country="CN"),
        sample("organization", "c", country="KR"),
    )
    answer = client.get(f"{API}exports/organizations.ndjson?country=KR&sort=title")
    assert answer["Content-Type"] == "application/x-ndjson"
    assert answer["Content-Disposition"] == 'attachment; filename="organizations.ndjson"'
    lines = [json.loads(line) for line in body(answer).splitlines()]
    assert lines == get(client, "organizations/?country=KR&sort=title")["results"]


def test_a_download_goes_on_beyond_one_chunk(client, monkeypatch):
    from cooperation.faces.exports import documents

    monkeypatch.setattr(documents, "CHUNK", 3)
    many(8)
    lines = body(client.get(f"{API}exports/organizations.ndjson?sort=title")).splitlines()
    assert [json.loads(line)["key"] for line in lines] == [f"r{number:03}" for number in range(8)]


# Written by hand: how many times an answer asks the database for rows, whatever a page holds, however
# many values a filter has, and whichever members are wanted.
COSTS = {
    "organizations/": 3,
    "organizations/?page_size=1": 3,
    "organizations/?page_size=200&sort=title": 3,
    "organizations/?page_size=200&fields=key": 3,
    "organizations/?page_size=200&omit=title,edition&count=exact": 3,
    "organizations/?country=KR&type=firm&q=hub&source=s&date_after=2001": 3,
    "organizations/?country=KR&country=CN&country=JP&type=firm&type=other&source=a&source=b": 3,
    "organizations/hub/": 2,
    "organizations/hub/?fields=key,title": 2,
    "organizations/hub/?as_of=2100-01-01": 2,
    "organizations/hub/references/": 4,
    "organizations/hub/references/?page_size=1": 4,
    "organizations/hub/references/?page_size=200&count=exact": 4,
    "organizations/hub/editions/": 3,
    "organizations/hub/editions/?page_size=1": 3,
    "organizations/hub/editions/?page_size=200": 3,
    "organizations/hub/editions/1/": 3,
    "organizations/absent/": 3,
    "facets/organizations/": 5,
    # Of many words the places are read once, not once for each facet.
    "facets/organizations/?q=a+b+c+d+e+f+g": 5,
    "facets/organizations/?country=KR&country=CN&country=JP": 5,
    "facets/funds/": 8,
    "search/?q=hub": 4,
    "search/?q=hub&page_size=1": 4,
    "search/?q=hub&page_size=200": 4,
    "changes/?after=0": 2,
    "changes/?after=0&page_size=1": 2,
    "changes/?after=0&page_size=200": 2,
    "changes/?after=0&page_size=200&kind=fund&kind=source&kind=person": 2,
    "gazette/?after=0": 2,
    "gazette/?after=0&page_size=200": 2,
    "exports/organizations.ndjson": 2,
    "exports/organizations.csv": 2,
    "exports/organizations.xlsx": 2,
    "exports/organizations.ndjson?country=KR&country=CN&country=JP": 2,
    "exports/organizations.zip": 3,
    "exports/all.zip": 11,
    "": 1,
    "vocabularies/": 1,
    "schemas/fund.json": 1,
    "openapi.json": 1,
    "docs/": 1,
    "guide/api.md": 1,
    "nothing/": 1,
}


def test_what_an_answer_costs_does_not_grow_with_rows(client):
    hub = reference("organization", "hub")
    cited = {"citations": [citation("title")], "part_of": hub, "country": "KR"}
    funded = {"citations": [citation("title")], "manager": hub, "countries": ["KR"]}
    publish(sample("organization", "hub", **cited), sample("fund", "f", **funded), source())
    few = {path: cost(client, API + path) for path in COSTS}
    publish(
        *(sample("organization", f"o{n}", **cited) for n in range(60)),
        *(sample("fund", f"f{n}", **funded) for n in range(60)),
    )
    publish(sample("organization", "hub", **cited, website="https://hub.example"))
    assert few == COSTS
    assert {path: cost(client, API + path) for path in COSTS} == COSTS


def test_an_answer_that_has_not_changed_costs_one_query(client):
    publish(sample("organization", "hub", country="KR"), sample("fund", "f"))
    for path in COSTS.keys() - {"organizations/absent/", "nothing/"}:
        etag = client.get(API + path)["ETag"]
        assert client.get(API + path, headers={"If-None-Match": etag}).status_code == 304
        assert cost(client, API + path, **{"If-None-Match": etag}) == 1, path
