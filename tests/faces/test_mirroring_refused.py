"""What the program that keeps a copy does not take over, and how it says so; and that the tests see what it leaves out."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection

from cooperation.gazette import reading, triggers
from cooperation.gazette.models import Current, Edition, Head
from cooperation.rules.canonical import canonical, digest
from tests.mirrors import STATE, altered, files, mirrored, records
from tests.worlds import merge, publish, sample, texts, withdraw

KINDS_ASKED = pytest.mark.parametrize("kinds", [(), ("fund",)], ids=["all", "of a kind"])


@pytest.fixture
def base(live_server):
    """The address of a portal with five editions."""
    publish(*(sample("organization", key) for key in "abc"), sample("fund", "f"))
    publish(sample("fund", "f", title=texts("Mended")))
    return live_server.url


def rewritten(number, **values):
    with triggers.lifted(connection):
        Edition.objects.filter(number=number).update(**values)


def entered_otherwise(number, **values):
    """The edition and the head as they would be had another been entered in its place."""
    edition = Edition.objects.get(number=number)
    for name, value in values.items():
        setattr(edition, name, value)
    edition.chain = digest(canonical(edition.sealed()))
    with triggers.lifted(connection):
        edition.save()
        Head.objects.filter(number=number).update(chain=edition.chain)


def refused(base, place, *kinds):
    """What the program says; the copy is then as it was before."""
    before, state = files(place), (place / STATE).read_bytes() if (place / STATE).exists() else b""
    is_content, said = mirrored(base, place, *kinds)
    assert not is_content
    assert len(said.splitlines()) == 1
    assert files(place) == before
    assert not state or (place / STATE).read_bytes() == state
    return said


REWRITTEN = "Edition 5 is not there as it was mirrored: the register was rewritten."


@KINDS_ASKED
def test_a_register_that_was_rewritten_is_told_and_nothing_is_overwritten(base, tmp_path, kinds):
    assert mirrored(base, tmp_path, *kinds)[0]
    entered_otherwise(5, reason="Another.")
    assert refused(base, tmp_path, *kinds) == REWRITTEN
    publish(sample("fund", "g"), sample("fund", "f", title=texts("Forged")))
    assert refused(base, tmp_path, *kinds) == REWRITTEN


@KINDS_ASKED
def test_a_register_that_has_become_shorter_is_told_and_nothing_is_overwritten(
    base, tmp_path, kinds
):
    assert mirrored(base, tmp_path, *kinds)[0]
    before = Edition.objects.get(number=4)
    with triggers.lifted(connection):
        Current.objects.filter(pk=5).delete()
        Edition.objects.filter(number=5).delete()
        Head.objects.update(number=4, chain=before.chain)
    assert refused(base, tmp_path, *kinds) == REWRITTEN


def test_what_was_changed_since_it_was_entered_is_not_taken_over(base, client, tmp_path):
    document = Edition.objects.get(number=5).document
    rewritten(5, document=document.replace("Mended", "Forged"))
    assert refused(base, tmp_path) == "Edition 5 was changed."
    assert refused(base, tmp_path, "fund") == "Edition 5 was changed."
    rewritten(5, document=document)
    rewritten(2, reason="Another.")
    assert refused(base, tmp_path) == "Edition 2 has a header that was changed."
    entered_otherwise(2)
    assert refused(base, tmp_path) == "Edition 2 has no sequel."


def test_an_edition_that_shows_too_late_is_waited_for(base, client, tmp_path, monkeypatch):
    """As where numbers were given out before they are for good."""
    with monkeypatch.context() as late:
        hidden(late, 4)
        assert refused(base, tmp_path) == "Edition 3 has no sequel."
    assert mirrored(base, tmp_path)[0]
    assert files(tmp_path) == records(client)


def hidden(monkeypatch, number):
    whole = reading.changes
    monkeypatch.setattr(
        reading, "changes", lambda *asked: [e for e in whole(*asked) if e.number != number]
    )


def test_a_program_that_does_not_hold_to_the_chain_would_lose_it(
    base, client, tmp_path, monkeypatch
):
    """The control."""
    unchained = altered(tmp_path, 'header["previous"] == chain', "True")
    with monkeypatch.context() as late:
        hidden(late, 2)
        assert mirrored(base, tmp_path / "copy", program=unchained)[0]
    assert mirrored(base, tmp_path / "copy", program=unchained)[0]
    assert records(client).keys() - files(tmp_path / "copy").keys() == {"organizations/b.json"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("in entries:", "in entries[:-1]:"),
        ('!= "redacted"', '== "published"'),
        ("else path.unlink(missing_ok=True)", "else None"),
        (',"edition":', ', "edition":'),
    ],
    ids=["leaves out the last", "follows publications alone", "removes nothing", "other bytes"],
)
def test_a_program_that_leaves_something_out_ends_otherwise(base, client, tmp_path, old, new):
    """The control of every test that holds the copy against the portal."""
    program = altered(tmp_path, old, new)
    mirrored(base, tmp_path / "copy", program=program)
    withdraw("organization", "c")
    merge("organization", "b", "a")
    mirrored(base, tmp_path / "copy", program=program)
    assert files(tmp_path / "copy") != records(client)


@pytest.mark.parametrize(
    "read",
    [
        lambda whole: lambda *asked: whole(*asked)[:-1],
        lambda whole: lambda *asked: whole(*asked)[::-1],
    ],
    ids=["leaves out the last", "in no order"],
)
def test_a_portal_that_leaves_something_out_is_seen(base, client, tmp_path, monkeypatch, read):
    """The control of the same, on the portal's side."""
    monkeypatch.setattr(reading, "changes", read(reading.changes))
    is_content, _said = mirrored(base, tmp_path)
    assert not is_content or files(tmp_path) != records(client)


def test_a_directory_keeps_to_its_kinds(base, tmp_path):
    assert mirrored(base, tmp_path, "fund")[0]
    said = "Edition 5 was reached here with other kinds: name another directory for these."
    assert refused(base, tmp_path) == said
    assert refused(base, tmp_path, "fund", "organization") == said


@contextmanager
def portal_answering(page):
    """The address of a portal that answers everything with that page."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(page).encode())

        def log_message(self, *_said):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.once
@pytest.mark.parametrize(
    ("member", "name"),
    [
        *(
            ("key", name)
            for name in ("../../outside", "/etc/passwd", "a\\b", "..", "", "A", "가", "a\n")
        ),
        *(("kind", name) for name in ("../fund", "/", "")),
    ],
)
def test_no_name_of_a_record_leads_out_of_its_directory(tmp_path, member, name):
    header = {
        "number": 1, "action": "published", "kind": "fund", "key": "a", "hash": digest(b"{}"),
        "published_at": "2026-01-01T00:00:00Z", "reason": "", "office": "", "successor": None,
        "previous": None, member: name,
    }  # fmt: skip
    header["chain"] = digest(canonical(header))
    page = {"head": {}, "next": None, "results": [{"edition": header, "document": {}}]}
    with portal_answering(page) as base:
        said = mirrored(base, tmp_path / "copy")
    assert said == (False, "Edition 1 cannot be a file.")
    assert [path.name for path in tmp_path.rglob("*")] == ["copy"]


@pytest.mark.once
def test_what_cannot_be_mirrored_is_said_in_a_sentence(live_server, tmp_path):
    (tmp_path / "file").touch()
    base, place = live_server.url, tmp_path / "copy"
    (place / "sub").mkdir(parents=True)
    for at, where, kinds, said in (
        ("http://127.0.0.1:9", place, [], "This cannot be mirrored: <urlopen error"),
        ("portal.example", place, [], "This cannot be mirrored: unknown url type"),
        (base, tmp_path / "file", [], "This cannot be mirrored: [Errno 17] File exists"),
        (f"{base}/no", place, [], "Edition 0 is the last that is here. The portal says: Not Found."),
        (base, place, ["funds"], "Edition 0 is the last that is here. The portal says: kind: “funds” is"),
    ):  # fmt: skip
        assert refused(at, where, *kinds).startswith(said)
    with portal_answering(["no register"]) as other:
        assert refused(other, place).startswith("This cannot be mirrored: ")
    (place / STATE).write_text("{")
    assert refused(base, place).startswith("This cannot be mirrored: ")
