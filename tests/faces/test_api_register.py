"""The register over HTTP: changes for mirrors, headers for verifiers, and the program that verifies."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction

from cooperation.gazette import triggers
from cooperation.gazette.entering import Act, lock_head, write
from cooperation.gazette.models import Edition
from cooperation.gazette.redacting import redact
from tests.worlds import OFFICE, merge, publish, reference, sample, texts, withdraw

from .reading import cost, get

VERIFY = Path(__file__).resolve().parents[2] / "docs" / "verify.py"


def numbers(page):
    return [entry["edition"]["number"] for entry in page["results"]]


@pytest.mark.django_db
def test_an_empty_register_has_a_head_of_nothing(client):
    nothing = {"number": 0, "published_at": None, "chain": None}
    empty = {"head": nothing, "next": None, "results": []}
    assert get(client, "changes/?after=0") == empty
    assert get(client, "gazette/") == empty


@pytest.mark.django_db
def test_changes_are_all_that_came_since_in_order_withdrawals_and_mergers_included(client):
    publish(sample("organization", "a"), sample("organization", "b"), sample("organization", "c"))
    withdraw("organization", "c")
    merge("organization", "b", "a")
    last = Edition.objects.get(number=5)
    found = get(client, "changes/?after=2")
    assert [
        (entry["edition"]["number"], entry["edition"]["action"], entry["document"] is None)
        for entry in found["results"]
    ] == [(3, "published", False), (4, "withdrawn", True), (5, "merged", True)]
    assert found["results"][2]["edition"]["successor"] == "a"
    assert found["head"] == {
        "number": 5,
        "published_at": last.header()["published_at"],
        "chain": last.chain,
    }
    assert found["next"] is None


@pytest.mark.django_db
def test_changes_lead_on_until_they_are_drained(client):
    publish(*(sample("organization", f"o{number}") for number in range(5)))
    first = get(client, "changes/?page_size=2")
    assert first["next"] == "http://testserver/api/v1/changes/?page_size=2&after=2"
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    assert [numbers(page) for page in (first, second, third)] == [[1, 2], [3, 4], [5]]
    assert third["next"] is None


@pytest.mark.django_db
def test_whoever_has_everything_gets_nothing_more(client):
    publish(sample("organization", "a"))
    for after in ("1", "2", str(2**63 - 1)):
        page = get(client, f"changes/?after={after}")
        assert (page["results"], page["next"], page["head"]["number"]) == ([], None, 1)


@pytest.mark.django_db
def test_changes_and_headers_can_be_of_some_kinds_only(client):
    publish(sample("organization", "a"), sample("fund", "f"), sample("platform", "p"))
    publish(sample("organization", "b"))
    withdraw("fund", "f")
    for door in ("changes/", "gazette/"):
        of_funds = get(client, f"{door}?kind=fund")
        assert len(of_funds["results"]) == 2
        assert (of_funds["next"], of_funds["head"]["number"]) == (None, 5)
        assert len(get(client, f"{door}?kind=fund&kind=platform&after=2")["results"]) == 2
        assert get(client, f"{door}?kind=person")["results"] == []
        first = get(client, f"{door}?kind=organization&page_size=1")
        second = client.get(first["next"]).json()
        assert second["next"] is None
    refused = get(client, "changes/?kind=fund&kind=ministry&kind=person", status=400)
    (fault,) = refused["errors"]
    assert (fault["parameter"], fault["value"]) == ("kind", "ministry")
    assert fault["allowed"] == [
        "agreement", "engagement", "fund", "initiative", "organization", "person", "platform",
        "source", "statement",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["changes/", "gazette/"])
@pytest.mark.parametrize("query", ["after=2", "after=2&kind=fund", "after=1&kind=fund&kind=source"])
def test_whoever_has_everything_is_told_so_for_one_query(client, door, query):
    publish(sample("organization", "a"), sample("fund", "a"))
    address = f"/api/v1/{door}?{query}"
    etag = client.get(address)["ETag"]
    asked = {"if-none-match": etag}
    assert client.get(address, headers=asked).status_code == 304
    assert (cost(client, address, **asked), cost(client, address)) == (1, 2)
    withdraw("organization", "a")
    assert client.get(address, headers=asked).status_code == 200


@pytest.mark.django_db
def test_the_gazette_is_the_headers_alone(client):
    publish(sample("organization", "a"), sample("organization", "b"))
    headers = [entry["edition"] for entry in get(client, "changes/")["results"]]
    assert get(client, "gazette/")["results"] == headers
    assert get(client, "gazette/?after=1")["results"] == headers[1:]


@pytest.mark.django_db
def test_a_mirror_made_from_changes_holds_what_the_lists_show(client):
    hub = reference("organization", "hub")
    publish(sample("organization", "hub"), sample("fund", "f", manager=hub))
    publish(sample("organization", "hub", title=texts("Renamed")), sample("organization", "x"))
    withdraw("organization", "x")
    mirror = {}
    for entry in get(client, "changes/?after=0&page_size=200")["results"]:
        header, document = entry["edition"], entry["document"]
        if header["action"] in ("published", "refreshed"):
            mirror[header["kind"], header["key"]] = {**document, "edition": header}
        elif header["action"] in ("withdrawn", "merged"):
            del mirror[header["kind"], header["key"]]
    shown = [*get(client, "organizations/")["results"], *get(client, "funds/")["results"]]
    assert mirror == {(document["kind"], document["key"]): document for document in shown}


def verified(*arguments):
    """What the program says, and whether it is content."""
    done = subprocess.run(
        [sys.executable, VERIFY, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    return done.returncode == 0, (done.stdout + done.stderr).strip()


def rewritten(number=2, **values):
    with triggers.lifted(connection):
        Edition.objects.filter(number=number).update(**values)


@pytest.fixture
def register(live_server):
    """A register of five entries, a redacted document among them, and its address."""
    publish(sample("organization", "a", title=texts("Ä “quoted” \t 한국")), sample("fund", "b"))
    publish(sample("fund", "b", title=texts("Second")))
    withdraw("organization", "a", reason="A line\nand another \\ \u007f.")
    with transaction.atomic():
        redact([1], reason="An order.", office=OFFICE)
    return live_server.url


def test_the_program_in_docs_verifies_the_register_with_no_code_of_ours(register):
    last = Edition.objects.last()
    said = f"5 editions, all whole. Keep this head: 5 {last.chain}"
    assert verified(register) == (True, said)
    assert verified(register, "5", last.chain) == (True, said)
    assert "import cooperation" not in VERIFY.read_text()


def test_the_program_names_the_edition_that_was_changed(register):
    document = Edition.objects.get(number=2).document
    rewritten(document=document.replace("fund/1", "fund/2"))
    assert verified(register) == (False, "Edition 2 was changed.")


def test_the_program_names_the_header_that_was_changed(register):
    rewritten(reason="Another reason.")
    assert verified(register) == (False, "Edition 2 has a header that was changed.")


def test_the_program_proves_a_rewrite_to_whoever_kept_a_head(register):
    foreign = "sha256:" + "0" * 64
    assert verified(register, "3", foreign) == (False, "Edition 3 is not the one you kept.")
    said = "Edition 5 is the last, and the one you kept is gone."
    assert verified(register, "6", foreign) == (False, said)


def test_the_program_names_the_document_that_was_erased_without_an_entry_that_says_so(register):
    rewritten(document=None)
    said = "Edition 5 is the last, and none redacts №2;."
    assert verified(register) == (False, said)


def test_the_program_takes_no_redaction_of_another_record_or_of_before(register):
    publish(sample("organization", "a"))
    rewritten(3, document=None)
    rewritten(6, document=None)
    said = "Edition 6 is the last, and none redacts №3; №6;."
    assert verified(register) == (False, said)


def test_the_program_takes_a_redaction_only_of_what_it_names(register):
    """A reason that names what was emptied speaks for nothing else."""
    publish(sample("organization", "a"))
    publish(sample("organization", "a", title=texts("Again")))
    named = Act(Edition.Action.REDACTED, "organization", "a")
    with transaction.atomic():
        write(lock_head(), [named], reason="An order. Emptied: №6;", office=OFFICE)
    rewritten(6, document=None)
    assert verified(register)[0]
    rewritten(7, document=None)
    assert verified(register) == (False, "Edition 8 is the last, and none redacts №7;.")


def test_the_program_reads_a_register_of_several_pages_to_its_end(register):
    publish(*(sample("organization", f"o{number}") for number in range(400)))
    last = Edition.objects.last()
    assert last.number == 405
    said = f"405 editions, all whole. Keep this head: 405 {last.chain}"
    assert verified(register, "405", last.chain) == (True, said)
    rewritten(404, office="Another office")
    assert verified(register) == (False, "Edition 404 has a header that was changed.")
    foreign = "sha256:" + "0" * 64
    assert verified(register, "201", foreign) == (False, "Edition 201 is not the one you kept.")


def test_the_program_says_in_a_sentence_that_there_is_no_register(live_server):
    usage = "Verify a portal's register: python verify.py http://127.0.0.1:8000"
    for arguments, said in (
        ([], usage),
        ([live_server.url, "5"], usage),
        (["http://127.0.0.1:9"], "This cannot be verified: <urlopen error"),
        ([f"{live_server.url}/nothing"], "This cannot be verified: HTTP Error 404"),
        (["portal.example"], "This cannot be verified: unknown url type"),
    ):
        is_content, told = verified(*arguments)
        assert not is_content
        assert told.startswith(said)
        assert len(told.splitlines()) == 1


@pytest.mark.django_db
def test_the_program_is_thirty_lines():
    assert sum(bool(line.strip()) for line in VERIFY.read_text().splitlines()) == 30
