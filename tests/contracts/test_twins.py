"""Two portals that differ only in what is not published answer everything with the same bytes."""

from __future__ import annotations

import random
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
from tests.worlds import merge, withdraw

from .planting import NOTED, Planter
from .sweeping import Answer, Reach, addresses, ask

NOON = "2026-03-02T03:00:00Z"
ACTS = 30
# How many twins of one portal are made.
TWINS = 2


@pytest.fixture
def seed(db) -> Iterator[None]:
    """The first report with one record withdrawn and one merged, on a day that does not end."""
    with time_machine.travel(NOON, tick=False):
        call_command("seed", verbosity=0)
        withdraw("initiative", Current.objects.filter(kind="initiative").latest("key").key)
        organizations = Current.objects.filter(kind="organization")
        merge("organization", organizations.latest("key").key, organizations.earliest("key").key)
        yield


def swept(client: Client, reach: Reach, *, every: int = 1) -> dict[str, Answer]:
    """The answer of each address of the reach, or of each so many."""
    return {address: ask(client, address) for address in [*addresses(reach)][::every]}


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
        if field.name in NOTED:
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


def differing(before: dict[str, Answer], after: dict[str, Answer]) -> list[str]:
    """The addresses whose answers differ in status, header, body or queries."""
    return [address for address, answer in before.items() if after[address] != answer]


@pytest.mark.django_db
def test_portals_that_differ_in_what_is_not_published_answer_alike(seed, client):
    reach, planter = seed_reach(), Planter("zqtwin", century=17)
    before = swept(client, reach)
    assert len(before) > 900
    assert {answer.status for answer in before.values()} == {200, 301, 400, 404, 410}
    head = Head.objects.get().chain

    @settings(
        max_examples=TWINS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(choose=strategies.randoms(use_true_random=True))
    def twins_answer_alike(choose):
        disturb(planter, choose)
        assert Head.objects.get().chain == head
        assert differing(before, swept(client, reach)) == []

    twins_answer_alike()


def _counted_at_the_desk(queryset, exact=False) -> int:
    return sum(_model(kind).objects.count() for kind in KINDS)


@pytest.mark.django_db
def test_sweep_notices_a_face_that_counts_drafts(seed, client, monkeypatch):
    """The control."""
    monkeypatch.setattr(listing, "count", _counted_at_the_desk)
    reach = seed_reach()
    before = swept(client, reach, every=15)
    Planter("zqtwin", century=17).record("fund")
    found = differing(before, swept(client, reach, every=15))
    assert any(address.startswith("/api/v1/") for address in found)
    assert any(not address.startswith("/api/v1/") for address in found)


@pytest.mark.django_db
def test_sweep_notices_one_query_more(seed, client, monkeypatch):
    """The control of what an answer costs: a face that looks whether there is a draft is slower for it."""
    titles = listing.titles

    def looking_twice(kind, keys):
        if _model(kind).objects.using("public").filter(state="draft").exists():
            titles(kind, keys)
        return titles(kind, keys)

    monkeypatch.setattr(listing, "titles", looking_twice)
    before = {"/gazette/": ask(client, "/gazette/")}
    Planter("zqtwin", century=17).record("fund")
    after = {"/gazette/": ask(client, "/gazette/")}
    assert before["/gazette/"].body == after["/gazette/"].body
    assert differing(before, after) == ["/gazette/"]
