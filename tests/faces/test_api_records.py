"""One record of the interface: now, in the past, withdrawn, merged; and its editions."""

import pytest
import time_machine

from cooperation.gazette.redacting import redact
from tests.worlds import OFFICE, merge, publish, sample, texts, withdraw

from .reading import API, cost, get

pytestmark = pytest.mark.django_db


def at(moment, act, *arguments, **options):
    """Do something at that moment."""
    with time_machine.travel(moment, tick=False):
        return act(*arguments, **options)


@pytest.fixture
def renamed():
    """A record that was published on one day and renamed on another."""
    at("2026-01-10T12:00:00Z", publish, sample("organization", "a", title=texts("Old")))
    at("2026-01-20T12:00:00Z", publish, sample("organization", "a", title=texts("New")))


def test_a_record_is_its_document_with_the_header_of_its_edition(client):
    (edition,) = publish(sample("organization", "a"))
    found = get(client, "organizations/a/")
    assert found.pop("edition") == edition.header()
    assert found == edition.content


@pytest.mark.parametrize(
    ("as_of", "title"),
    [
        ("2026-01-10T12:00:00Z", "Old"),
        ("2026-01-20T11:59:59Z", "Old"),
        ("2026-01-20T12:00:00Z", "New"),
        ("2026-01-20T20:59:59%2B09:00", "Old"),
        ("2026-01-19", "Old"),
        ("2026-01-20", "New"),
        ("2100-01-01", "New"),
    ],
)
def test_a_record_can_be_asked_for_as_it_stood(client, renamed, as_of, title):
    assert get(client, f"organizations/a/?as_of={as_of}")["title"]["en"] == title


def test_a_day_ends_in_the_time_zone_of_the_portal(client):
    at("2026-01-10T14:59:59Z", publish, sample("organization", "a", title=texts("On the tenth")))
    at("2026-01-10T15:00:00Z", publish, sample("organization", "a", title=texts("On the eleventh")))
    assert get(client, "organizations/a/?as_of=2026-01-10")["title"]["en"] == "On the tenth"
    assert get(client, "organizations/a/?as_of=2026-01-11")["title"]["en"] == "On the eleventh"


def test_before_the_first_edition_the_answer_says_when_the_register_begins(client, renamed):
    found = get(client, "organizations/a/?as_of=2026-01-09", status=404)
    assert found == {
        "type": "/api/v1/#before-register",
        "title": "Not Found",
        "status": 404,
        "detail": "The date 2026-01-09 means its end in Asia/Seoul, 2026-01-09T14:59:59Z. "
        "The register begins at 2026-01-10T12:00:00Z.",
        "instance": "/api/v1/organizations/a/?as_of=2026-01-09",
        "begins": "2026-01-10T12:00:00Z",
    }


def test_before_its_own_first_edition_a_record_was_not_there(client, renamed):
    at("2026-02-01T00:00:00Z", publish, sample("organization", "b"))
    found = get(client, "organizations/b/?as_of=2026-01-15T00:00:00Z", status=404)
    assert found["detail"] == "At 2026-01-15T00:00:00Z there was no organization “b”."


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("b/?as_of=2026-01-15", "At 2026-01-15T14:59:59Z there was no organization “b”."),
        ("a/?as_of=2026-01-15", "The text of edition 1 was removed from the register by"),
        ("a/?as_of=2026-02-15", "Withdrawn at 2026-02-01T00:00:00Z: A test."),
    ],
)
def test_whatever_is_refused_of_a_day_says_when_that_day_ended(client, renamed, path, sentence):
    at("2026-02-01T00:00:00Z", withdraw, "organization", "a", reason="A test.")
    at("2026-02-02T00:00:00Z", redact, [1], reason="An order.", office=OFFICE)
    day = path.partition("=")[2]
    found = client.get(f"{API}organizations/{path}").json()
    meant = f"The date {day} means its end in Asia/Seoul, {day}T14:59:59Z. "
    assert found["detail"].startswith(meant + sentence)
    instant = client.get(f"{API}organizations/{path}T14:59:59Z").json()
    assert instant["detail"] == found["detail"].removeprefix(meant)
    # A plus sign that was not encoded.
    spaced = client.get(f"{API}organizations/{path}T23:59:59+09:00").json()
    assert spaced["detail"] == instant["detail"]


def test_withdrawn_record_answers_gone_with_its_reason(client, renamed):
    (entry,) = at("2026-02-01T00:00:00Z", withdraw, "organization", "a", reason="It was doubtful.")
    assert get(client, "organizations/a/", status=410) == {
        "type": "/api/v1/#withdrawn",
        "title": "Gone",
        "status": 410,
        "detail": "Withdrawn at 2026-02-01T00:00:00Z: It was doubtful.",
        "instance": "/api/v1/organizations/a/",
        "reason": "It was doubtful.",
        "edition": entry.header(),
    }
    assert get(client, "organizations/a/references/", status=410)["reason"] == "It was doubtful."
    assert get(client, "organizations/a/?as_of=2026-02-02", status=410)["status"] == 410


def test_withdrawal_ends_the_present_not_the_past(client, renamed):
    at("2026-02-01T00:00:00Z", withdraw, "organization", "a")
    assert get(client, "organizations/a/?as_of=2026-01-31")["title"]["en"] == "New"
    assert get(client, "organizations/a/editions/1/")["document"]["title"]["en"] == "Old"
    headers = get(client, "organizations/a/editions/")["results"]
    assert [(one["number"], one["action"]) for one in headers] == [
        (3, "withdrawn"),
        (2, "published"),
        (1, "published"),
    ]


@pytest.mark.parametrize("path", ["", "references/", "?as_of=2100-01-01", "?fields=key"])
def test_merged_record_leads_to_its_successor(client, path):
    publish(sample("organization", "a"), sample("organization", "b"))
    merge("organization", "a", "b")
    answer = client.get(f"{API}organizations/a/{path}")
    assert (answer.status_code, answer["Location"]) == (301, f"/api/v1/organizations/b/{path}")


@pytest.mark.parametrize("key", ["organizations", "v1", "api"])
def test_merged_record_may_bear_any_word_of_the_address_as_its_key(client, key):
    publish(sample("organization", key), sample("organization", "b"))
    merge("organization", key, "b")
    answer = client.get(f"{API}organizations/{key}/references/")
    assert answer["Location"] == "/api/v1/organizations/b/references/"


def test_record_that_was_never_published_is_not_there(client):
    assert get(client, "funds/a/", status=404)["detail"] == "There is no fund “a”."
    for path in ("references/", "editions/"):
        assert get(client, f"funds/a/{path}", status=404)["title"] == "Not Found"


def test_an_edition_is_its_header_and_its_document(client, renamed):
    found = get(client, "organizations/a/editions/1/")
    assert found.keys() == {"edition", "document", "redacted_by", "changes"}
    assert found["edition"]["number"] == 1
    assert found["edition"]["previous"] is None
    assert "edition" not in found["document"]


@pytest.mark.parametrize("number", ["3", "0", "9" * 18, "9" * 19, "9" * 40, "9" * 5000])
def test_an_edition_that_the_record_has_not_is_not_there(client, renamed, number):
    publish(sample("organization", "b"))
    assert get(client, f"organizations/a/editions/{number}/", status=404)["status"] == 404


def test_an_edition_without_document_has_null(client, renamed):
    withdraw("organization", "a")
    found = get(client, "organizations/a/editions/3/")
    assert (found["document"], found["redacted_by"]) == (None, None)


def test_redacted_text_is_gone_while_header_and_hash_stay(client, renamed):
    hashed = get(client, "organizations/a/editions/1/")["edition"]["hash"]
    redact([1], reason="An order of the court.", office=OFFICE)
    found = get(client, "organizations/a/editions/1/")
    assert (found["document"], found["edition"]["hash"]) == (None, hashed)
    assert get(client, "organizations/a/")["title"]["en"] == "New"


def test_redacted_text_says_which_entry_removed_it_and_why(client, renamed):
    redact([1], reason="An order of the court.", office=OFFICE)
    redact([2], reason="Another order.", office=OFFICE)
    reason = "An order of the court. Emptied: №1;"
    gone = get(client, "organizations/a/?as_of=2026-01-15T00:00:00Z", status=410)
    assert gone == {
        "type": "/api/v1/#redacted",
        "title": "Gone",
        "status": 410,
        "detail": "The text of edition 1 was removed from the register by edition 3, "
        f"which says why: “{reason}”.",
        "instance": "/api/v1/organizations/a/?as_of=2026-01-15T00:00:00Z",
        "reason": reason,
        "redacted_by": 3,
        "edition": get(client, "organizations/a/editions/1/")["edition"],
    }
    told = [get(client, f"organizations/a/editions/{n}/")["redacted_by"] for n in range(1, 6)]
    # The fourth withdraws the second, which the fifth emptied.
    assert told == [3, 5, None, None, None]


def test_who_removed_a_text_costs_one_query_where_one_is_gone(client, renamed):
    redact([1], reason="An order of the court.", office=OFFICE)
    assert cost(client, f"{API}organizations/a/?as_of=2026-01-15") == 3
    assert cost(client, f"{API}organizations/a/?as_of=2026-01-25") == 2
    assert cost(client, f"{API}organizations/a/editions/1/") == 3
    assert cost(client, f"{API}organizations/a/editions/2/") == 3
    assert cost(client, f"{API}organizations/a/editions/3/") == 2


def test_headers_of_editions_come_in_pages_newest_first(client):
    for number in range(1, 8):
        publish(sample("organization", "a", title=texts(f"Name {number}")))

    def numbers(page):
        return [header["number"] for header in page["results"]]

    first = get(client, "organizations/a/editions/?page_size=3")
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    assert [numbers(page) for page in (first, second, third)] == [[7, 6, 5], [4, 3, 2], [1]]
    assert [page["count"] for page in (first, second, third)] == [7, 7, 7]
    assert (first["previous"], third["next"]) == (None, None)
    assert numbers(client.get(third["previous"]).json()) == [4, 3, 2]
    back = client.get(second["previous"]).json()
    assert (numbers(back), back["previous"]) == ([7, 6, 5], None)
