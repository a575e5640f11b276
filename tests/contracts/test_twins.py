"""Two portals that differ only in what is not published answer everything with the same bytes.

`make proof-twins` asks both for everything; the suite for some of it, other addresses every time.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings, strategies

from cooperation.catalogue import KINDS
from cooperation.desk import editing
from cooperation.desk.fields import CodeField, CodesField, FlagField
from cooperation.desk.models import ExchangeRate, Record
from cooperation.gazette import listing
from cooperation.gazette.models import Current, Edition, Head
from tests.lasting import lasting
from tests.worlds import merge, withdraw

from .combining import Request, answers_of, followed, some_requests
from .planting import NOTED, Planter
from .sweeping import Answer, Reach, ask

NOON = "2026-03-02T03:00:00Z"
ACTS = 30
# How many twins of one portal are made.
TWINS = 2
# How much each of the portals is asked for.
MOST = int(os.environ.get("TWIN_REQUESTS", "150"))
STATUSES = {200, 301, 304, 400, 404, 410}


@pytest.fixture(scope="module")
def _seeded(django_db_setup, django_db_blocker) -> Iterator[None]:
    with lasting(django_db_blocker, seeded):
        yield


@pytest.fixture
def seed(_seeded, db) -> Iterator[None]:
    """The first report with one record withdrawn and one merged, on a day that does not end."""
    with time_machine.travel(NOON, tick=False):
        yield


@time_machine.travel(NOON, tick=False)
def seeded() -> None:
    """The first report, published on that day."""
    call_command("seed", verbosity=0)
    withdraw("initiative", Current.objects.filter(kind="initiative").latest("key").key)
    organizations = Current.objects.filter(kind="organization")
    merge("organization", organizations.latest("key").key, organizations.earliest("key").key)


def seed_reach() -> Reach:
    """Two records of each kind that the seed holds, and words that stand in them or in drafts."""
    keys: dict[str, list[str]] = {}
    for kind in KINDS:
        entered = Edition.objects.filter(kind=kind).values_list("key", flat=True)
        keys[kind] = [key for order in ("key", "-key") for key in entered.order_by(order)[:1]]
    return Reach(keys=keys, words=["한국", "zqtwin"])


def disturb(planter: Planter, choose: random.Random) -> None:
    """Do at the desk what changes nothing in public, in any order."""
    drafts = planter.records()
    published = [r for kind in KINDS for r in _model(kind).objects.filter(state="published")]
    acts = [_add_draft, _change_codes, _change_texts, _remove_part, _add_rate, _delete_draft]
    for _ in range(ACTS):
        choose.choice(acts)(planter, choose, drafts, choose.choice(published))
    planter.user()


def _model(kind: str) -> type[Record]:
    return apps.get_model("desk", kind)


def _add_draft(planter, choose, drafts, _record) -> None:
    planter.record(choose.choice(list(KINDS)))


def _delete_draft(planter, choose, drafts, _record) -> None:
    editing.delete(planter.record(choose.choice(list(KINDS))), by=None, reason=planter.word())


def _change_texts(planter, choose, drafts, record) -> None:
    planter.alter(record, drafts)


def _change_codes(planter, choose, drafts, record) -> None:
    record.refresh_from_db()
    for field in record._meta.concrete_fields:
        # The type of a kept file is found from the file.
        if field.name in NOTED or field.name == "kept_type":
            continue
        if isinstance(field, FlagField):
            setattr(record, field.name, choose.random() < 0.5)
        elif isinstance(field, CodesField):
            setattr(record, field.name, choose.sample(field.vocabulary.codes, 2))
        elif isinstance(field, CodeField):
            setattr(record, field.name, choose.choice(field.member.vocabulary.codes))
    editing.save(record, by=None, reason=planter.word())


def _remove_part(planter, choose, drafts, record) -> None:
    record.refresh_from_db()
    lists = editing.lists(record)
    rows = list(getattr(record, choose.choice(lists)).all())
    editing.save(record, by=None, reason=planter.word(), removed=rows[:1])


def _add_rate(planter, choose, drafts, _record) -> None:
    planter.rate()
    if not ExchangeRate.objects.filter(date="2015-01-28").exists():
        ExchangeRate(date="2015-01-28", base="KRW", quote="CNY", rate="0.00577", source="zq").save()


def differing(client: Client, before: dict[Request, Answer]) -> list[Request]:
    """What is now answered with another status, header, body or number of queries."""
    after = answers_of(client, before)
    return [request for request, answer in before.items() if after[request] != answer]


@pytest.mark.django_db
def test_portals_that_differ_in_what_is_not_published_answer_alike(seed, client):
    planter = Planter("zqtwin", century=17)
    before = followed(client, answers_of(client, some_requests(seed_reach(), MOST)))
    head, pairs = Head.objects.get().chain, 0
    statuses = Counter(answer.status for answer in before.values())
    assert set(statuses) <= STATUSES
    assert statuses[200] > len(before) / 2

    @settings(
        max_examples=TWINS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(choose=strategies.randoms(use_true_random=True))
    def twins_answer_alike(choose):
        nonlocal pairs
        disturb(planter, choose)
        assert Head.objects.get().chain == head
        assert differing(client, before) == []
        pairs += len(before)

    twins_answer_alike()
    print(f"{pairs:,} requests were answered alike by both of two portals, none differently.")
    # A few of those that are drawn come down to the same.
    assert pairs > 0.9 * min(MOST, 5000) * TWINS


def asked(*addresses: str) -> list[Request]:
    """What is asked for where a face does wrong on purpose."""
    return [Request(address) for address in addresses]


LISTS = asked("/funds/", "/ko/funds/?sort=title", "/api/v1/funds/?sort=title&page_size=1")


def _counted_at_the_desk(queryset, exact=False) -> int:
    return sum(_model(kind).objects.count() for kind in KINDS)


@pytest.mark.once
@pytest.mark.django_db
def test_sweep_notices_a_face_that_counts_drafts(seed, client, monkeypatch):
    """The control."""
    monkeypatch.setattr(listing, "count", _counted_at_the_desk)
    before = answers_of(client, LISTS)
    Planter("zqtwin", century=17).record("fund")
    assert differing(client, before) == LISTS


@pytest.mark.once
@pytest.mark.django_db
def test_sweep_notices_a_face_that_reads_the_desk(seed, client, monkeypatch):
    """The control: pages and interface show the title that the record has at the desk."""
    content, response = Current.content.fget, Current.response

    def title_at_the_desk(row: Current) -> str:
        return _model(row.kind).objects.get(key=row.key).title_en

    def content_with_it(row: Current) -> dict[str, object]:
        found = content(row)
        return {**found, "title": {**found["title"], "en": title_at_the_desk(row)}}

    def response_with_it(row: Current) -> str:
        return response(row).replace(content(row)["title"]["en"], title_at_the_desk(row))

    monkeypatch.setattr(Current, "content", property(content_with_it))
    monkeypatch.setattr(Current, "response", response_with_it)
    record = _model("fund").objects.filter(state="published").first()
    faces = asked(f"/funds/{record.key}/", f"/api/v1/funds/{record.key}/", "/api/v1/funds/")
    before = answers_of(client, faces)
    record.title_en = "Another title that nobody has published"
    editing.save(record, by=None, reason="A control.")
    assert differing(client, before) == faces


@pytest.mark.once
@pytest.mark.django_db
def test_sweep_notices_one_query_more(seed, client, monkeypatch):
    """The control of what an answer costs: a face that looks whether there is a draft is slower for it."""
    titles = listing.titles_of

    def looking_twice(targets):
        asked = list(targets)
        if _model("fund").objects.using("public").filter(state="draft").exists():
            titles(asked)
        return titles(asked)

    monkeypatch.setattr(listing, "titles_of", looking_twice)
    before = answers_of(client, asked("/gazette/"))
    Planter("zqtwin", century=17).record("fund")
    after = ask(client, "/gazette/")
    assert [answer.body for answer in before.values()] == [after.body]
    assert differing(client, before) == asked("/gazette/")
