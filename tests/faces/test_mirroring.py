"""The program in docs/ that keeps a copy: it ends equal to the portal, whatever came and whenever it was stopped."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from itertools import count

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from cooperation.catalogue import KINDS
from cooperation.gazette.entering import Act, lock_head, write
from cooperation.gazette.models import Current, Edition
from cooperation.gazette.redacting import redact
from tests.mirrors import MIRROR, STATE, altered, command, files, killed, mirrored, records
from tests.worlds import OFFICE, merge, publish, reference, sample, texts, withdraw


def emptied(*numbers):
    with transaction.atomic():
        redact(numbers, reason="An order.", office=OFFICE)


def beginning():
    """Editions 1 to 7: records of which some will end."""
    hub = reference("organization", "hub")
    publish(
        sample("organization", "hub"),
        sample("organization", "gone"),
        sample("organization", "double"),
        sample("fund", "named", manager=hub, title=texts("Ä “quoted” \t 한국 \\ \u007f")),
        sample("person", "somebody"),
        sample("platform", "back", operator=hub),
        sample("organization", "secret", title=texts("Sentinel")),
    )


def following():
    """Editions 8 to 20: all that can happen to a record."""
    publish(sample("organization", "hub", title=texts("Renamed")))
    withdraw("organization", "gone")
    merge("organization", "double", "hub")
    withdraw("platform", "back")
    publish(sample("person", "somebody", title=texts("Mended")))
    emptied(5, 7)
    publish(sample("platform", "back"), sample("source", "new"))


AFTER_ALL = {
    "organizations/hub.json", "funds/named.json", "people/somebody.json", "platforms/back.json",
    "sources/new.json",
}  # fmt: skip


@pytest.fixture
def base(live_server):
    """The address of a portal with records of which none has ended."""
    beginning()
    return live_server.url


def test_the_copy_holds_each_record_as_the_portal_answers_it_and_nothing_else(
    base, client, tmp_path
):
    assert mirrored(base, tmp_path) == (True, f"{tmp_path} was at edition 0 and is at edition 7.")
    assert files(tmp_path) == records(client)
    following()
    last = Edition.objects.last().number
    said = f"{tmp_path} was at edition 7 and is at edition {last}."
    assert mirrored(f"{base}/", tmp_path) == (True, said)
    assert files(tmp_path) == records(client)
    assert set(files(tmp_path)) == AFTER_ALL
    actions = set(Edition.objects.values_list("action", flat=True))
    assert actions == {"published", "refreshed", "withdrawn", "merged", "redacted"}
    assert mirrored(base, tmp_path / "later" / "begun")[0]
    assert files(tmp_path / "later" / "begun") == records(client)


@pytest.mark.once
def test_the_copy_of_the_seed_and_of_a_record_of_each_kind_is_equal_to_the_portal(
    live_server, client, tmp_path
):
    call_command("seed", verbosity=0)
    publish(*(sample(kind, "one-more") for kind in KINDS))
    assert mirrored(live_server.url, tmp_path)[0]
    assert files(tmp_path) == records(client)
    assert {name.split("/")[0] for name in files(tmp_path)} == {k.plural for k in KINDS.values()}


@pytest.mark.once
def test_stopped_before_any_of_its_writes_and_begun_again_it_ends_the_same(base, client, tmp_path):
    assert mirrored(base, tmp_path / "before")[0]
    following()
    whole = records(client)
    for number in count():
        place = tmp_path / str(number)
        shutil.copytree(tmp_path / "before", place)
        was_killed = killed(base, place, number)
        assert not was_killed or mirrored(base, place)[0]
        assert files(place) == whole, number
        if not was_killed:
            break
    assert number == 20


@pytest.mark.once
def test_what_says_how_far_it_came_would_lose_records_if_it_were_written_first(
    base, client, tmp_path
):
    """The control."""
    said = "kept: canonical([query, number, chain, etag])"
    program = altered(tmp_path, f"**files, {said}", f"{said}, **files")
    assert killed(base, tmp_path / "copy", 2, program)
    assert mirrored(base, tmp_path / "copy", program=program)[0]
    assert files(tmp_path / "copy") != records(client)


@pytest.mark.once
def test_what_was_redacted_after_a_stop_is_nowhere_in_the_copy(base, client, tmp_path):
    """Stopped before the text of the last record gets its name, and before anything says how far it came."""
    for number in count():
        place = tmp_path / str(number)
        assert killed(base, place, number)
        if "Sentinel" in str(files(place)):
            break
    assert set(files(place)) & {"mirror.new"}
    emptied(7)
    assert mirrored(base, place)[0]
    assert "Sentinel" not in str(files(place))
    assert files(place) == records(client)


@pytest.mark.once
def test_a_text_that_a_redaction_names_goes_even_if_its_record_stands(base, client, tmp_path):
    mirrored(base, tmp_path)
    named = Act(Edition.Action.REDACTED, "organization", "secret", reason="An order. Emptied: №7;")
    another = Act(Edition.Action.REDACTED, "organization", "gone", reason="An order. Emptied: №1;")
    with transaction.atomic():
        write(lock_head(), [named, another], reason="An order.", office=OFFICE)
    assert mirrored(base, tmp_path)[0]
    assert records(client).keys() - files(tmp_path).keys() == {"organizations/secret.json"}


def test_asked_in_vain_it_costs_the_portal_one_query_and_writes_nothing(base, client, tmp_path):
    mirrored(base, tmp_path)
    state = tmp_path / STATE
    before, (_query, number, _chain, etag) = state.stat(), json.loads(state.read_bytes())
    said = f"{tmp_path} was at edition 7 and is at edition 7."
    assert mirrored(base, tmp_path) == (True, said)
    assert (state.stat().st_ino, state.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    asked = {"host": base.removeprefix("http://"), "if-none-match": etag}
    address = f"/api/v1/changes/?after={number - 1}&page_size=200"
    with CaptureQueriesContext(connections["public"]) as captured:
        assert client.get(address, headers=asked).status_code == 304
    assert sum(query["sql"].startswith("SELECT") for query in captured) == 1
    withdraw("organization", "gone")
    assert client.get(address, headers=asked).status_code == 200
    assert mirrored(base, tmp_path)[0]
    assert files(tmp_path) == records(client)


def test_the_copy_can_be_of_some_kinds(base, client, tmp_path):
    for more in (lambda: None, following):
        more()
        assert mirrored(base, tmp_path, "platform", "fund")[0]
        assert files(tmp_path) == records(client, "fund", "platform")
    before = (tmp_path / STATE).stat().st_ino
    assert mirrored(base, tmp_path, "fund", "platform", "fund")[0]
    assert (tmp_path / STATE).stat().st_ino == before


@pytest.mark.once
def test_the_copy_goes_on_from_page_to_page(base, tmp_path):
    publish(*(sample("source", f"s-{number}") for number in range(450)))
    assert mirrored(base, tmp_path)[0]
    assert len(files(tmp_path)) == 457
    assert files(tmp_path) == {
        f"{KINDS[row.kind].plural}/{row.key}.json": row.response().encode()
        for row in Current.objects.all()
    }


@pytest.mark.once
def test_a_second_run_waits_until_the_first_has_ended(base, client, tmp_path):
    at_work = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(at_work, fcntl.LOCK_EX)
    second = subprocess.Popen(command(MIRROR, base, tmp_path), stdout=subprocess.DEVNULL)
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(1)
    assert not files(tmp_path)
    os.close(at_work)
    assert second.wait(60) == 0
    assert files(tmp_path) == records(client)


@pytest.mark.once
def test_without_its_lock_a_second_run_would_not_wait(base, tmp_path):
    """The control."""
    place = tmp_path / "copy"
    place.mkdir()
    at_work = os.open(place, os.O_RDONLY)
    fcntl.flock(at_work, fcntl.LOCK_EX)
    assert mirrored(base, place, program=altered(tmp_path, "LOCK_EX", "LOCK_UN"))[0]
    os.close(at_work)


@pytest.mark.once
def test_the_program_is_less_than_sixty_lines_and_uses_no_code_of_ours():
    lines = [line for line in MIRROR.read_text().splitlines() if line.strip()]
    assert len(lines) < 60
    imported = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names | {"urllib"}
