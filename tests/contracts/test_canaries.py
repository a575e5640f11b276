"""Nothing of a draft, of an unpublished edit, or of the desk's own notes shows anywhere in public."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client

from cooperation.catalogue import KINDS, PLURALS
from cooperation.desk import editing
from cooperation.desk.copies.examining import Examined
from cooperation.desk.copies.storing import keep
from cooperation.desk.models import Record, Session
from cooperation.desk.publishing import publish
from cooperation.gazette.models import Current
from tests.lasting import lasting

from .noting import note
from .planting import CODED, NOTED, Planter, publish_all, publisher
from .sweeping import ABSENT, Answer, Reach, addresses, ask, bare_addresses, readable

# One filter in so many is asked for with every run; `make proof-twins` asks for all.
SHARE = int(os.environ.get("CANARY_SHARE", "20"))
OPEN = "zqopen"
SECRET = "zqhidden"


class World(NamedTuple):
    """A published world with drafts and unpublished edits beside it."""

    open: Planter
    secret: Planter
    public: dict[str, list[Record]]
    drafts: dict[str, list[Record]]
    by: User


@pytest.fixture(scope="module")
def _planted(django_db_setup, django_db_blocker) -> Iterator[World]:
    with lasting(django_db_blocker, planted) as world:
        yield world


@pytest.fixture
def world(_planted, db) -> World:
    """Every kind twice in public, each of them edited since, and every kind twice as a draft."""
    return deepcopy(_planted)


def planted() -> World:
    """That world, made."""
    shown, secret = Planter(OPEN, century=20), Planter(SECRET, century=17)
    by = publisher()
    public = shown.records()
    publish_all(public, secret, by)
    return World(shown, secret, public, plant(secret, public), by)


def plant(secret: Planter, public: dict[str, list[Record]]) -> dict[str, list[Record]]:
    """Drafts, unpublished edits, what the desk notes beside them, a rate and a user, all marked."""
    for alike in public.values():
        for record in alike:
            secret.alter(record, public)
    secret.rate()
    secret.user()
    note(secret, public["fund"][0])
    return secret.records()


def reach(world: World) -> Reach:
    """Every key, the drafts' among them, and words of both worlds."""
    keys = {kind: [r.key for r in [*world.public[kind], *world.drafts[kind]]] for kind in KINDS}
    mark = next(iter(world.secret.marks_in(world.drafts["fund"][0].title_en)))
    return Reach(keys=keys, words=[mark, world.public["fund"][0].title_en])


def asked(world: World) -> list[str]:
    """Every address that is asked for nothing in particular, and a share of the others."""
    every = [*addresses(reach(world))]
    plain = [address for address in every if "?" not in address]
    return [*plain, *[address for address in every if "?" in address][::SHARE]]


def leaks(world: World, client: Client) -> Iterator[str]:
    """Each address whose answer holds a mark that it was not asked for, with the mark."""
    for address in asked(world):
        answer = ask(client, address)
        own = world.secret.marks_in(address)
        for mark in sorted(world.secret.marks_in(answer.text) - own):
            yield f"{address} shows {mark}"


@pytest.mark.django_db
def test_nothing_that_is_not_published_shows_at_any_public_address(world, client):
    assert unplanted(world) == []
    assert list(leaks(world, client)) == []


def unplanted(world: World) -> list[str]:
    """The fields of the desk, new ones among them, that the sweep would not notice."""
    return [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("desk").get_models()
        if not model._meta.proxy and not model.__name__.startswith("Historical")
        if model is not Session  # in which nothing of a record is kept
        for field in model._meta.concrete_fields
        if field.name not in NOTED and not isinstance(field, CODED)
        if f"{model.__name__}.{field.name}" not in world.secret.planted
    ]


@pytest.mark.once
@pytest.mark.django_db
def test_sweep_sees_every_value_once_it_is_published(world, client):
    """The control: what is planted in public is found, in every field that is public."""
    seen: set[str] = set()
    for address in bare_addresses(reach(world)):
        seen |= world.open.marks_in(ask(client, address).text)
    unseen = {name for name, marks in world.open.published_values().items() if not marks <= seen}
    assert unseen == {"Source.kept_text", "Source.kept_name"}


@pytest.mark.once
@pytest.mark.django_db
def test_sweep_finds_the_first_draft_that_is_published(world, client):
    """The control: one draft's marks show once it is published, and nobody else's."""
    source = world.drafts["source"][0]
    source.citations.all().delete()
    source.publisher = None
    editing.save(source, by=None, reason="")
    publish([source], by=world.by, reason="Agreed in a test.", confirmed="all")
    answer = ask(client, f"/sources/{source.key}/")
    assert answer.status == 200
    assert source.title_en.split()[0] in world.secret.marks_in(answer.text)
    assert next(leaks(world, client))


def keeping(source: Record, rights: str, word: str) -> None:
    """Let the source keep a file that holds the word, under those rights."""
    source.refresh_from_db()
    source.rights = rights
    text = f"Words and {word}."
    keep(source, Examined(text.encode(), "text/plain", text))
    editing.save(source, by=None, reason="")


def showing(world: World, client: Client, word: str) -> list[str]:
    """The addresses of sources and of what tells of changes that show the word, without queries."""
    elsewhere = PLURALS.keys() - {"sources"}
    about = [a for a in bare_addresses(reach(world)) if not elsewhere & {*re.split(r"[/.]", a)}]
    return [a for a in about if word in ask(client, a).text]


@pytest.mark.once
@pytest.mark.django_db
def test_copies_that_are_not_published_or_whose_rights_do_not_allow_it_show_nowhere(world, client):
    """With the control: the same file shows at the one address where it may, and nowhere else."""
    word, closed = world.secret.word(), world.public["source"][0]
    source = world.drafts["source"][0]
    source.citations.all().delete()
    source.publisher = None
    editing.save(source, by=None, reason="")
    keeping(source, "all_rights_reserved", word)
    publish([source], by=world.by, reason="Agreed in a test.", confirmed="all")
    # Open, but not published so.
    keeping(source, "public_domain", word)
    keeping(closed, "public_domain", word)
    assert showing(world, client, word) == []
    publish([source], by=world.by, reason="Agreed in a test.", confirmed="all")
    assert showing(world, client, word) == [f"/sources/{source.key}/copy/"]
    assert showing(world, client, source.kept_name) == []


@pytest.mark.once
@pytest.mark.django_db
def test_sweep_catches_a_face_that_reads_the_desk(world, client, monkeypatch):
    """The control: a list that takes its titles from the desk shows an unpublished edit."""
    stored = Current.response

    def with_title_of_desk(row: Current) -> str:
        record = apps.get_model("desk", row.kind).objects.get(key=row.key)
        return stored(row).replace(row.content["title"]["en"], record.title_en)

    monkeypatch.setattr(Current, "response", with_title_of_desk)
    found = next(leaks(world, client))
    assert found.startswith("/api/v1/")
    assert "shows zqhidden" in found


@pytest.mark.once
@pytest.mark.django_db
def test_asking_for_a_draft_is_answered_as_if_it_had_never_been(world, client):
    """By its key or by a word of it: the same answer, but for the words that were asked for."""
    about = [address for address in asked(world) if SECRET in address]
    assert len(about) > 100
    for address in about:
        mark = world.secret.marks_in(address).pop()
        secret, absent = ask(client, address), ask(client, address.replace(mark, ABSENT))
        assert without_echo(secret, mark) == without_echo(absent, ABSENT), address


def without_echo(answer: Answer, word: str) -> tuple[object, ...]:
    """The answer without the word that was asked for, and the validator that covers the address."""
    headers = [(name, value.replace(word, "")) for name, value in answer.headers if name != "etag"]
    return answer.status, headers, readable(answer.body).replace(word, ""), answer.queries


@pytest.mark.django_db
def test_absent_and_draft_are_told_apart_if_an_answer_is_longer_by_one_byte(client):
    """The control of the comparison above."""
    answer = ask(client, f"/funds/{ABSENT}/")
    longer = answer._replace(body=answer.body + b" ")
    assert without_echo(answer, ABSENT) != without_echo(longer, ABSENT)
