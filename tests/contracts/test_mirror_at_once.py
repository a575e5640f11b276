"""While several at once publish, withdraw, rename and merge, somebody follows with the mirror and ends equal to the portal.

On PostgreSQL alone, as races are. `make proof-mirror` follows 1,000 acts.
"""

from __future__ import annotations

import os
import random
import subprocess
import threading
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections
from django.db.models import Count

from cooperation.desk import editing, publishing
from cooperation.desk.merging.acts import merge
from cooperation.desk.models import Organization, Participant
from cooperation.gazette.models import Edition, Head
from cooperation.gazette.verifying import verify
from tests.desk.records import initiative, organization, published, publisher
from tests.mirrors import MIRROR, altered, command, files, mirrored, records

WORKERS = 4
ACTS = int(os.environ.get("MIRROR_ACTS", "60"))
MOST = 6
HUBS = 2
WHY = "Agreed in a test."

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


class Worker:
    """One who acts on records of their own, and renames those that everybody's name."""

    def __init__(self, name: int, hubs: list[Organization]) -> None:
        self.name, self.hubs, self.by = name, hubs, publisher()
        self.random = random.Random(name)
        self.survivor = published(organization(f"survivor-{name}"))
        self.firms: list[Organization] = []
        self.gone: list[Organization] = []
        self.acts: Counter[str] = Counter()

    def work(self, count: int) -> Counter[str]:
        """So many acts, one after the other; which, and how often."""
        try:
            for call in range(count):
                act = self.random.choice(self.possible(call))
                self.acts[act] += 1
                getattr(self, act)(call)
        finally:
            connections.close_all()
        return self.acts

    def possible(self, call: int) -> list[str]:
        if call < 2:
            return [("publish", "rename")[call]]
        if len(self.firms) >= MOST:
            return ["withdraw", "merge"]
        ends = ["withdraw", "merge"] if self.firms else []
        return ["publish", "rename", *ends, *(["publish_again"] if len(self.gone) > 1 else [])]

    def publish(self, call: int) -> None:
        """A firm that is part of what everybody names, and a link that names the firm."""
        key = f"firm-{self.name}-{call}"
        firm = organization(key, part_of=self.hubs[call % HUBS])
        link = initiative(f"link-{key}", Participant(organization=firm, role="operator"))
        publishing.publish([firm, link], by=self.by, reason=WHY, confirmed="all")
        self.firms.append(firm)

    def rename(self, call: int) -> None:
        """All that name it are refreshed, whosever they are."""
        hub = self.hubs[call % HUBS]
        with editing.changing(Organization, hub.pk, by=None, reason=WHY) as record:
            record.title = dict.fromkeys(("en", "ko", "zh-Hans"), f"Hub {self.name} {call} 한국")
        publishing.publish([hub], by=self.by, reason=WHY, confirmed="all")

    def withdraw(self, _call: int) -> None:
        self.gone.append(self.firms.pop(0))
        publishing.withdraw([self.gone[-1]], by=self.by, reason=WHY)

    def publish_again(self, _call: int) -> None:
        self.firms.append(self.gone.pop())
        publishing.publish([self.firms[-1]], by=self.by, reason=WHY, confirmed="all")

    def merge(self, _call: int) -> None:
        firm = self.firms.pop(0)
        merge(firm, into=self.survivor, by=self.by, reason=WHY, choices={"names": "none"})


class Follower:
    """Somebody who runs the mirror again and again, and kills every third run in its midst."""

    def __init__(self, base: str, place: Path, program: Path) -> None:
        self.given = command(program, base, place)
        self.random = random.Random(0)
        self.runs = self.kills = 0

    def follow(self, work: list[Future[Counter[str]]]) -> None:
        """Until all work is done."""
        while not all(one.done() for one in work):
            self.runs += 1
            running = subprocess.Popen(self.given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if self.runs % 3 == 0:
                threading.Event().wait(self.random.uniform(0.05, 0.4))
                running.kill()
            said, _nothing = running.communicate(timeout=120)
            self.kills += running.returncode < 0
            assert running.returncode in (0, -9), said


def played(
    base: str, place: Path, acts: int, program: Path = MIRROR
) -> tuple[Counter[str], Follower]:
    """What the workers did, and who followed meanwhile, and once more in the end."""
    hubs = [organization(f"hub-{number}") for number in range(HUBS)]
    published(*hubs)
    workers, follower = (
        [Worker(name, hubs) for name in range(WORKERS)],
        Follower(base, place, program),
    )
    with ThreadPoolExecutor(WORKERS) as pool:
        work = [pool.submit(worker.work, acts // WORKERS) for worker in workers]
        follower.follow(work)
    done = sum((one.result() for one in work), Counter())
    assert mirrored(base, place, program=program)[0]
    return done, follower


@pytest.fixture
def base(live_server, settings) -> str:
    """The address of a portal in which a merger can be made by whoever publishes it."""
    settings.PORTAL_FOUR_EYES = False
    return live_server.url


@pytest.mark.long
def test_mirror_that_follows_all_the_while_ends_equal_to_the_portal(base, client, tmp_path):
    done, follower = played(base, tmp_path, ACTS)
    assert done.total() == ACTS
    assert list(verify()) == []
    whole = records(client)
    assert files(tmp_path) == whole
    editions = dict(Edition.objects.order_by().values_list("action").annotate(Count("number")))
    assert set(editions) == {"published", "refreshed", "withdrawn", "merged"}
    print(
        f"\n{ACTS} acts of {WORKERS} at once ({listed(done)}) entered {sum(editions.values()):,} editions"
        f" ({listed(editions)}); the mirror ran {follower.runs + 1} times meanwhile, {follower.kills} times killed;"
        f" it ends with {len(whole)} records, equal in {sum(map(len, whole.values())):,} bytes."
    )


def listed(counts: dict[str, int]) -> str:
    return ", ".join(
        f"{count:,} {name.replace('_', ' ')}" for name, count in sorted(counts.items())
    )


def test_mirror_that_passed_over_what_was_refreshed_would_not(base, client, tmp_path):
    """The control."""
    passing_over = 'not in ("redacted", "refreshed")'
    program = altered(tmp_path, '!= "redacted"', passing_over)
    played(base, tmp_path / "copy", 16, program)
    assert files(tmp_path / "copy") != records(client)


def test_without_the_lock_on_the_head_the_acts_would_meet_at_one_number(
    base, tmp_path, monkeypatch
):
    """The control on the portal's side: what a mirror leans on is that numbers are taken in the order of commits."""
    together = threading.Barrier(WORKERS)

    def head_without_lock() -> Head:
        head = Head.objects.get()
        together.wait(30)
        return head

    hubs = [published(organization("hub-0"))]
    workers = [Worker(name, hubs) for name in range(WORKERS)]
    monkeypatch.setattr(publishing, "lock_head", head_without_lock)
    with ThreadPoolExecutor(WORKERS) as pool:
        raised = [one.exception() for one in [pool.submit(worker.work, 1) for worker in workers]]
    assert sorted(type(fault).__name__ for fault in raised) == [*["IntegrityError"] * 3, "NoneType"]
