"""No value in any field of any form of the desk breaks it, takes long, or is stored in half.

Each form is sent with another value in every field, so that every field meets every value. What is
refused is taken back and the rest sent again, until it is stored: so every value that a field takes
is stored too, and shown on every page about it. Then everything is as it was before.

Forms that have the same fields share the values between them: those to add and to change a record of
a kind, with all sorts of organizations, and those to publish, to withdraw and to delete. What a
browser carries back unseen is read by the same code on the forms of all kinds, which share the values
between them likewise. `make proof-hostile` tries all values, the suite one or two a form.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote_to_bytes
from zlib import crc32

import pytest
from axes.utils import reset
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client

from cooperation.catalogue import KINDS
from cooperation.desk.admin.funds import FundAdmin

from .boxes import Box
from .forms import PASSWORD, ROUNDS, Filling
from .hostile import VALUES
from .test_hostile import SECONDS, SENTENCE, says_why
from .test_hostile_desk import Desk, faults

pytestmark = pytest.mark.usefixtures("without_logs")

SHARE = int(os.environ.get("HOSTILE_SHARE", "192"))
IS_PROOF = SHARE == 1
# As browsers send them; the desk has its say on what is no text.
BYTES = [unquote_to_bytes(value.replace("+", " ")) for value in VALUES]
FORGETFUL = {"axes", "sessions"}
# Users and their roles have no history, so every value of theirs is compared.
WITHOUT_HISTORY = {"auth"}
SORTS = ("ministry", "firm", "association")
OTHERS = ("user", "group", "exchangerate")
ACTS = {"publish": "fund/a-fund", "withdraw": "organization/alibaba-group"}
# Where nothing is stored, or passwords are asked for: one try in so many takes long.
ALONE = ("login", "password_change", "auth_user_password_change", "desk_exchangerate_import")
FAMILIES = [*KINDS, *OTHERS, *ACTS, "delete", *ALONE]
FEW = 2
# What the browser is told to send back: version and seal, and how long the lists are.
CARRIED = ("version", "seen", "seal", "record", "-TOTAL_FORMS", "-INITIAL_FORMS", "-id", "-record")


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


@pytest.fixture
def client(db) -> Client:
    """Somebody who may do everything."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("chief", password=PASSWORD))
    return client


def stored() -> dict[str, Any]:
    """How much there is in each table of the desk; each change of a record is a row of a history."""
    found: dict[str, Any] = {}
    for model in apps.get_models(include_auto_created=True):
        rows, label = model._base_manager.all(), model._meta.app_label
        if label in WITHOUT_HISTORY:
            found[model._meta.db_table] = list(rows.order_by("pk").values())
        elif label not in FORGETFUL and not model._meta.proxy:
            found[model._meta.db_table] = rows.count()
    return found


class Trial:
    """Sends forms with hostile values and notes what is wrong with the answers."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.faults: list[str] = []
        self.sent = 0
        self.taken = 0

    def watch(self, filling: Filling, answers: Iterator[Any]) -> None:
        """Look at each answer, and at the pages about what was stored in the end."""
        before = stored()
        while True:
            started = time.process_time()
            answer = next(answers, None)
            spent = time.process_time() - started
            if answer is None:
                return
            self.sent += 1
            self.faults += [f"{filling.address} {said}" for said in wrong_with(answer, spent)]
            after = stored()
            if answer.status_code != 302 and after != before:
                self.faults.append(f"{filling.address} stores what it refuses")
            before = after
            if answer.status_code == 302:
                self.taken += 1
                self.look_around(answer.headers["Location"])

    def look_around(self, address: str) -> None:
        """The page that follows, and those of the record that was saved last."""
        self.faults += faults(self.client, address, cookies=("session", "csrf", "messages"))
        entry = apps.get_model("admin.LogEntry").objects.order_by("pk").last()
        if entry and entry.action_flag < 3 and entry.get_admin_url():
            form = entry.get_admin_url()
            for page in (form, form.replace("change", "history"), form.replace("change", "delete")):
                self.faults += faults(self.client, page, cookies=("session", "csrf", "messages"))


def wrong_with(answer: Any, spent: float) -> Iterator[str]:
    """What is wrong with one answer."""
    if answer.status_code >= 500:
        yield f"breaks the desk ({answer.status_code})"
    if spent > SECONDS:
        yield f"takes {spent:.1f} s"
    if answer.status_code >= 400 and not says_why(answer.content.decode(), "text/html"):
        yield f"refuses without a sentence ({answer.status_code})"
    _before, is_refused, after = answer.content.decode().partition("errorlist")
    if answer.status_code == 200 and is_refused and not SENTENCE.search(after):
        yield "shows a fault without a sentence"


def address_of(desk: Desk, name: str) -> str:
    """Where the form of that name is."""
    path, act = desk.path(desk.shown[name]), name.rpartition("_")[2]
    return f"{path}?record={ACTS[act]}" if act in ACTS else path


def alike(desk: Desk, family: str) -> list[str]:
    """The names of the routes behind which the forms of a family are."""
    if family in ALONE:
        return [f"admin:{family}"]
    if family in (*ACTS, "delete"):
        return [route.name for route in desk.of(family)]
    models = [family, *(SORTS if family == "organization" else ())]
    label = "auth" if family in ("user", "group") else "desk"
    return [f"admin:{label}_{model}_{view}" for model in models for view in ("add", "change")]


def in_every_field(filling: Filling, turn: int, rounds: int) -> Iterator[Any]:
    """The answers to a form that has the next value in each of its fields."""

    def value(box: Box) -> bytes:
        # The same field begins at the same place on every form.
        return BYTES[(turn + crc32(re.sub(r"\d+", "", box.name).encode())) % len(BYTES)]

    return filling.answers(value, rounds=rounds)


def in_one_carried(filling: Filling, name: str, value: bytes) -> Iterator[Any]:
    """The answer to an otherwise untouched form with the value in a field that nobody sees."""
    filling.sent = {box.name: [one.encode() for one in box.values] for box in filling.form.boxes}
    filling.sent[name] = [value]
    yield filling.post()


def carried(filling: Filling) -> list[str]:
    """The hidden fields of the form itself and of its first list."""
    hidden = [box.name for box in filling.form.boxes if box.sort == "hidden"]
    lists = list(dict.fromkeys(name.split("-")[0] for name in hidden if "-" in name))
    return [
        name for name in hidden if name.endswith(CARRIED) and name.split("-")[0] not in lists[1:]
    ]


def tried(desk: Desk, client: Client, families: Sequence[str], turns: Sequence[int]) -> Trial:
    """The trial of the forms of these families with these values."""
    trial = Trial(client)
    for family in families:
        names = alike(desk, family)
        known: dict[str, Any] = {}
        for turn in turns if family != "delete" else ():
            with undone():
                filling = filling_of(desk, client, names[turn % len(names)])
                filling.known = {**known.get(filling.address, {})}
                rounds = FEW if family in ALONE else ROUNDS
                trial.watch(filling, in_every_field(filling, turn, rounds))
                known[filling.address] = {**known.get(filling.address, {}), **filling.known}
        for turn in turns:
            of_kinds = family in KINDS
            if of_kinds and turn % len(KINDS) != [*KINDS].index(family):
                continue
            # A form that changes something carries more than one that adds it.
            name = names[1] if len(names) > 1 and of_kinds else names[turn % len(names)]
            with undone():
                filling = filling_of(desk, client, name)
                for hidden in carried(filling):
                    trial.watch(filling, in_one_carried(filling, hidden, BYTES[turn]))
    return trial


@contextmanager
def undone() -> Iterator[None]:
    """Takes back what was stored meanwhile."""
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)
    ContentType.objects.clear_cache()


def filling_of(desk: Desk, client: Client, name: str) -> Filling:
    """The form, for somebody who is signed in again where the last one signed them out."""
    reset()
    client.force_login(User.objects.get(username="chief"))
    asks = Client(raise_request_exception=False) if name == "admin:login" else client
    return Filling(asks, address_of(desk, name))


def some() -> list[str]:
    """The families that the suite tries, others every time."""
    return [*random.sample([*KINDS], 2), *OTHERS[:2], *ACTS, random.choice(["delete", *ALONE])]


@pytest.mark.django_db
@pytest.mark.parametrize("family", FAMILIES if IS_PROOF else ["some of them"])
def test_every_form_of_the_desk_answers_in_time_and_in_words_and_stores_nothing_in_half(
    desk, client, family
):
    turns = range(len(BYTES)) if IS_PROOF else [random.randrange(len(BYTES))]
    trial = tried(desk, client, [family] if IS_PROOF else some(), turns)
    # With which value the fields began, for whoever wants to see a fault again.
    began = "" if IS_PROOF else f", begun with value {turns[0]}"
    print(
        f"{family}{began}: {trial.sent:,} forms were sent, {trial.taken:,} of them taken in the end."
    )
    assert trial.sent > 1
    assert trial.faults == []


@pytest.mark.django_db
def test_form_that_breaks_and_one_that_stores_half_are_noticed(desk, client, monkeypatch):
    """The control: a form that takes whatever it is given for a number, once the record is stored."""

    def number(self, request, form, formsets, change):
        int(form.cleaned_data["title_ko"])

    monkeypatch.setattr(FundAdmin, "save_related", number)
    monkeypatch.setattr(FundAdmin, "changeform_view", FundAdmin._changeform_view)
    trial = Trial(client)
    filling = filling_of(desk, client, "admin:desk_fund_add")
    trial.watch(
        filling, filling.answers(lambda box: b"x" if box.name.startswith("title_") else None)
    )
    assert trial.faults == [
        "/admin/desk/fund/add/ breaks the desk (500)",
        "/admin/desk/fund/add/ stores what it refuses",
    ]
