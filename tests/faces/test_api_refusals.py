"""What the interface refuses, and how: problem documents that name what is wrong and what is right."""

import pytest
from django.test import Client

from cooperation.faces.api.about import Vocabularies
from tests.worlds import publish, reference, sample, texts

from .reading import API, get

pytestmark = pytest.mark.django_db

LONG_QUERY = "+".join(f"w{number}" for number in range(33))
SORTS = ["updated", "-updated", "date", "-date", "title", "-title"]


def fault(client, path):
    """The one fault that the interface names."""
    answer = client.get(API + path)
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    (found,) = answer.json()["errors"]
    return found


def test_a_refusal_is_a_problem_document(client):
    assert get(client, "organizations/?sort=size", status=400) == {
        "type": "/api/v1/#wrong-parameter",
        "title": "Bad Request",
        "status": 400,
        "detail": "sort: “size” is not an order; choose from updated, -updated, date, -date, title, -title.",
        "instance": "/api/v1/organizations/?sort=size",
        "errors": [
            {
                "parameter": "sort",
                "value": "size",
                "detail": "sort: “size” is not an order; choose from updated, -updated, date, -date, title, -title.",
                "allowed": SORTS,
            }
        ],
    }


def test_an_unknown_parameter_is_named_with_those_that_there_are(client):
    assert fault(client, "changes/?since=1") == {
        "parameter": "since",
        "value": "1",
        "detail": "“since” is not a parameter here; there are: after, kind, page_size.",
        "allowed": ["after", "kind", "page_size"],
    }


def test_an_unknown_code_is_named_with_those_that_there_are(client):
    found = fault(client, "funds/?status=proposed&status=done")
    assert (found["parameter"], found["value"]) == ("status", "done")
    assert found["allowed"] == [
        "proposed",
        "under_discussion",
        "agreed",
        "active",
        "completed",
        "suspended",
        "cancelled",
    ]


def test_an_unknown_field_is_named_with_those_that_there_are(client):
    found = fault(client, "sources/?fields=key,name")
    assert (found["parameter"], found["value"]) == ("fields", "key,name")
    assert sorted(found["allowed"]) == [
        "accessed",
        "authors",
        "citations",
        "edition",
        "editorial",
        "kept",
        "key",
        "kind",
        "language",
        "published",
        "publisher",
        "rights",
        "schema",
        "title",
        "type",
        "url",
        "website",
    ]


def test_every_fault_is_named_at_once(client):
    found = get(client, "organizations/?a=1&page_size=0&count=all&q=x&q=y", status=400)
    assert [one["parameter"] for one in found["errors"]] == ["a", "q", "page_size", "count"]


@pytest.mark.parametrize(
    ("path", "parameter", "detail"),
    [
        ("organizations/?page_size=0", "page_size", "give a whole number from 1 to 200."),
        ("organizations/?page_size=201", "page_size", "give a whole number from 1 to 200."),
        ("organizations/?page_size=1e2", "page_size", "give a whole number"),
        ("organizations/?page_size=%D9%A3", "page_size", "give a whole number"),
        ("organizations/?page_size=-1", "page_size", "give a whole number"),
        ("organizations/?page_size=" + "9" * 3000, "page_size", "give a whole number"),
        ("changes/?after=" + "1" + "0" * 30, "after", "give a whole number from 0 to 92"),
        ("changes/?after=9223372036854775808", "after", "give a whole number from 0 to 92"),
        ("gazette/?after=-1", "after", "give a whole number"),
        ("organizations/?sort=title&sort=date", "sort", "give it once"),
        ("organizations/a/?as_of=2015-01-28&as_of=2016-01-28", "as_of", "give it once"),
        ("organizations/a/?as_of=2015", "as_of", "neither a date (2015-01-28) nor an instant"),
        ("organizations/a/?as_of=2015-01-28T09:00:00", "as_of", "lacks its offset from UTC"),
        ("organizations/a/?as_of=9999-12-31", "as_of", "too near an end of the calendar"),
        ("organizations/a/?as_of=2015-02-30", "as_of", "not in the calendar"),
        ("organizations/?sort=", "sort", "give a value, or leave the parameter out."),
        ("organizations/?sort=%1E", "sort", "is not an order"),
        ("organizations/?date_after=2015%20", "date_after", "not a date as it is written"),
        ("organizations/?cursor=" + "W" * 401, "cursor", "not one that this list gave out"),
        (
            "organizations/a/editions/?cursor=older-1%0A",
            "cursor",
            "not one that this list gave out",
        ),
        ("organizations/?type=firm&type=", "type", "give a value, or leave the parameter out."),
        ("organizations/?cursor=nonsense", "cursor", "not one that this list gave out"),
        ("organizations/?cursor=WyJ1cGRhdGVkIiwwLCIiLDFd", "cursor", "not one that this list"),
        ("organizations/?cursor=" + "W" * 3000, "cursor", "not one that this list gave out"),
        ("search/?q=a&cursor=bm9uc2Vuc2U", "cursor", "not one that this search gave out"),
        ("search/?q=" + "a" * 201, "q", "give at most 200 characters"),
        ("organizations/a/editions/?cursor=older-x", "cursor", "not one that this list gave out"),
        ("organizations/?organization=a", "organization", "“organization” is not a parameter"),
        ("organizations/?format=api", "format", "“format” is not a parameter here"),
        ("exports/funds.ndjson?page_size=3", "page_size", "“page_size” is not a parameter here"),
        ("exports/funds.zip?fields=key", "fields", "“fields” is not a parameter here"),
        ("exports/all.zip?country=KR", "country", "“country” is not a parameter here"),
        ("facets/funds/?cursor=a", "cursor", "“cursor” is not a parameter here"),
        ("?a=1", "a", "“a” is not a parameter here; this address takes none."),
        ("vocabularies/?a=1", "a", "“a” is not a parameter"),
        ("schemas/fund.json?a=1", "a", "“a” is not a parameter"),
        ("openapi.json?a=1", "a", "“a” is not a parameter"),
        ("organizations/?date_after=2015-13", "date_after", "not in the calendar"),
        ("organizations/?q=" + "a" * 201, "q", "at most 200 characters"),
        ("organizations/?q=" + " " * 201, "q", "at most 200 characters"),
        ("organizations/?q=" + LONG_QUERY, "q", "At most 32 words can be looked for at once"),
        ("facets/organizations/?q=" + LONG_QUERY, "q", "in Korean and Chinese each pair"),
        ("exports/organizations.csv?q=" + LONG_QUERY, "q", "At most 32 words"),
        ("search/?q=" + LONG_QUERY, "q", "in Korean and Chinese each pair of neighbouring"),
        ("funds/?organization=" + "&organization=".join(["a"] * 51), "organization", "At most 50"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(client, path, parameter, detail):
    publish(sample("organization", "a"))
    found = fault(client, path)
    assert found["parameter"] == parameter
    assert detail in found["detail"]
    assert len(found["value"]) <= 80


def test_a_cursor_of_another_order_is_refused(client):
    publish(sample("organization", "a"), sample("organization", "b"))
    cursor = get(client, "organizations/?page_size=1&sort=title")["next"].partition("cursor=")[2]
    assert fault(client, f"organizations/?sort=-title&cursor={cursor}")["parameter"] == "cursor"


@pytest.mark.parametrize("query", ["q=%00", "q=%FF", "%C0%80=1", "status=%ED%A0%80"])
def test_what_is_not_text_is_refused(client, query):
    answer = client.get(f"{API}funds/?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_more_parameters_than_anybody_sends_are_refused(client):
    answer = client.get(f"{API}funds/?" + "&".join(f"a{number}=1" for number in range(6000)))
    assert answer.status_code == 400


def test_so_much_is_asked_at_once_and_no_more(client):
    longest = "q=a&organization=" + "&organization=".join(["b" * 76] * 44)
    longest += "&source=" + "c" * (4_000 - len(longest) - len("&source="))
    assert client.get(f"{API}funds/?{longest}").status_code == 200
    answer = client.get(f"{API}funds/?{longest}c")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "may be 4,000 bytes long; ask for less at once" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v2/",
        "/api/v1/nothing/",
        "/api/v1/funds/a/nothing/",
        "/api/v1/exports/funds.csv.exe",
        "/api/v1/schemas/rumour.json",
        "/api/v1/funds/a/editions/x/",
        "/api/v1/funds/%00/",
        "/api/v1//",
        "/api/v1/funds/../funds/",
    ],
)
def test_where_nothing_is_the_answer_is_a_problem_too(client, path):
    answer = client.get(path)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.status_code in (400, 404)
    assert answer.json()["title"] in ("Bad Request", "Not Found")


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client):
    answer = client.get(f"{API}funds?status=proposed")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/funds/?status=proposed")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(method):
    client = Client(enforce_csrf_checks=True)
    for path in ("", "funds/", "funds/a/", "changes/", "exports/funds.ndjson", "docs/", "nothing/"):
        answer = client.generic(method, API + path, b"{}", content_type="application/json")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("accept", ["text/csv", "text/html,*/*;q=0.1", "nonsense", ""])
def test_everybody_gets_the_one_form_that_an_address_has(client, accept):
    for path in ("funds/", "exports/funds.ndjson", "docs/", "changes/"):
        plain, asked = client.get(API + path), client.get(API + path, headers={"accept": accept})
        assert (asked.status_code, asked["Content-Type"]) == (200, plain["Content-Type"])
        assert asked["ETag"] == plain["ETag"]


def test_a_fault_of_ours_is_a_problem_that_tells_nothing(client, monkeypatch):
    def fail(*_arguments):
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(Vocabularies, "get", fail)
    client.raise_request_exception = False
    answer = client.get(f"{API}vocabularies/")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert answer["Cache-Control"] == "no-store"
    assert b"secret" not in answer.content


@pytest.mark.parametrize("language", ["ko", "zh-hans"])
def test_a_refusal_is_in_english_whatever_the_reader_prefers(client, language):
    address = "organizations/?date_after=2015-13&sort=size"
    preferred = get(client, address, status=400, **{"accept-language": language})
    assert preferred == get(client, address, status=400)
    assert "“2015-13” is not in the calendar; write a real day" in preferred["detail"]


def test_what_is_wrong_in_filters_is_told_together_with_all_else(client):
    wrong = "a=1&status=x&sort=z&page_size=0&fields=no&date_after=q&amount_min=1"
    told = get(client, f"funds/?{wrong}", status=400)["errors"]
    assert sorted(fault["parameter"] for fault in told) == [
        "a", "amount_min", "date_after", "fields", "page_size", "sort", "status",
    ]  # fmt: skip
    allowed = {fault["parameter"]: fault["allowed"] for fault in told}
    assert allowed["status"][0] == "proposed"
    assert [allowed[name] for name in ("page_size", "date_after", "amount_min")] == [None] * 3


def test_a_sentence_that_names_some_of_many_values_says_that_there_are_more(client):
    (fault,) = get(client, "funds/?country=kr", status=400)["errors"]
    assert fault["detail"].endswith("BD, BE ….")
    assert "KR" in fault["allowed"]


def test_the_next_page_of_the_longest_question_is_given(client):
    """Titles of which a cursor holds as much as it can, and a query as long as is taken."""
    hub = reference("organization", "hub")
    titles = [texts("한" * 40 + str(number)) for number in range(2)]
    funds = [sample("fund", f"f{n}", title=title, manager=hub) for n, title in enumerate(titles)]
    publish(sample("organization", "hub"), *funds)
    others = "".join(f"&organization={'a' * 78}{number}" for number in range(10, 51))
    query = f"page_size=1&sort=title&fields=key,title,url&organization=hub{others}"
    query += "&q=" + "+" * (4_000 - len(query) - 3)
    first = client.get(f"/api/v1/funds/?{query}")
    assert first.status_code == 200, first.content
    following = first.json()["next"]
    assert len(following.partition("?")[2]) > 4_000
    assert client.get(following).json()["results"][0]["key"] == "f1"
