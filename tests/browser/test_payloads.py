"""Whatever is typed at the desk is text and nothing else on every page that shows it, of the desk and in public.

`make proof-payloads` types a thousand texts into every field of every kind, the suite a few into one
record of each. Opened in a browser are, of every record, its form and its public page, which show every
field; and of one record in five of each kind, others of each so that every text is met on every sort of
page, its history at the desk and in public, its edition, and the pages that publish and delete it.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from cooperation.catalogue import KINDS
from cooperation.desk.fields import LinesField, ReportedAsField, TextColumn
from cooperation.desk.models import Citation, EngagementSubject, FundCitation, Part, Record
from cooperation.gazette.models import Current
from tests.contracts.payloads import batches, payloads

from .entering import NAMELY, Typist, act_of, publish
from .watching import Watch

pytestmark = pytest.mark.browser

MOST = int(os.environ.get("PAYLOADS", "36"))
IS_PROOF = "PAYLOADS" in os.environ
LENGTH = 498
# What a field of text does not take because it must be something else.
NOT_FREE = {"Identifier.value", "Product.hs_code", "Product.hs_edition"}
# Kept as evidence, and shown at the desk alone; paths are checked, hashes computed.
APART = {"kept_text", "kept_sha256", "path"}
RARELY = 5
PAGES_OF_ALL = 5


class Trial:
    """Types texts into records, publishes them, and opens the pages that show them."""

    def __init__(self, client: Client, watch: Watch, texts: list[str]) -> None:
        self.typist = Typist(client)
        self.watch = watch
        self.texts = texts
        self.unseen: list[str] = []
        """The pages on which a text is not to be seen as it was typed."""
        self.records = 0

    def begin(self) -> None:
        """Enter what others refer to: a source that keeps all texts, a body, and somebody who speaks."""
        base = self.typist.enter(
            "source", NAMELY, ["The source"], kept=" ".join(["Plain", *self.texts])
        )
        plain = [
            self.typist.enter(kind, f"plain-{kind}", ["Plain"])
            for kind in ("organization", "person")
        ]
        self.typist.forms.clear()
        publish([base, *plain], "To be referred to.")

    def type(self, kind: str, place: int, group: list[str]) -> None:
        """Type a group into a record of that kind, publish it, and open its pages."""
        record = self.typist.enter(kind, f"{kind}-{place}", group)
        self.records += 1
        is_rare = (place + [*KINDS].index(kind)) % RARELY == 0
        views = ["change", *(("history", "delete") if is_rare else ())]
        desk = [reverse(f"admin:desk_{kind}_{view}", args=[record.pk]) for view in views]
        self.look([*desk, act_of([record])] if is_rare else desk, group)
        publish([record], " ".join(group))
        page = f"/{KINDS[kind].plural}/{record.key}/"
        number = Current.objects.get(kind=kind, key=record.key).pk
        rare = [f"{page}editions/{number}/", f"{page}history/"]
        self.look([page, *(rare if is_rare else ())], group)

    def look(self, pages: list[str], group: list[str]) -> None:
        """Open the pages and note those that do not say what was typed."""
        for page in pages:
            said = self.watch.open(page)
            self.unseen += [page] if not all(one in said for one in group) else []


def of_all(kinds: list[str]) -> Iterator[str]:
    """The pages that show records of all sorts, or what people are called."""
    for prefix in ("", "/ko"):
        for page in ("", "search/?q=script", "gazette/", "feed.atom"):
            yield f"{prefix}/{page}"
    yield from ("/api/v1/search/?q=script", "/api/v1/docs/", "/admin/", "/admin/auth/user/")
    yield from ("/admin/auth/user/1/change/", "/admin/auth/group/1/change/")
    yield from ("/admin/password_change/", "/admin/sessions/")
    for kind in kinds:
        lists = f"/{KINDS[kind].plural}/"
        yield from (lists, f"{lists}?q=%3Cscript%3Ealert(5)%3C/script%3E", f"{lists}feed.atom")
        yield from (f"/api/v1{lists}", f"/admin/desk/{kind}/?q=script", f"/admin/desk/{kind}/?all=")
    for model, field in ((FundCitation, "source"), (EngagementSubject, "target")):
        yield f"/admin/autocomplete/?app_label=desk&model_name={model._meta.model_name}&field_name={field}&term=script"


def columns(kinds: list[str]) -> Iterator[tuple[Any, Any]]:
    """The tables of these kinds with each column of theirs that holds texts as they are typed."""
    for model in apps.get_app_config("desk").get_models():
        if not issubclass(model, (Record, Part, Citation)) or model._meta.proxy:
            continue
        owner = (
            model if issubclass(model, Record) else model._meta.get_field("record").related_model
        )
        if owner._meta.model_name not in kinds:
            continue
        for column in model._meta.concrete_fields:
            is_text = isinstance(column, (TextColumn, LinesField, ReportedAsField))
            if is_text and column.name not in APART:
                yield model, column


def missing(kinds: list[str], texts: list[str]) -> dict[str, list[str]]:
    """The columns of text that do not hold all of the texts, with those that they lack."""
    found = {}
    for model, column in columns(kinds):
        values = [*model._base_manager.values_list(column.name, flat=True)]
        held = json.dumps(values, ensure_ascii=False)
        lacking = [one for one in texts if json.dumps(one, ensure_ascii=False)[1:-1] not in held]
        if lacking:
            found[f"{model.__name__}.{column.name}"] = lacking
    return found


@pytest.mark.parametrize(
    "kinds", [[kind] for kind in KINDS] if IS_PROOF else [[*KINDS]], ids=lambda kinds: kinds[0]
)
def test_nothing_that_was_typed_runs_on_any_page(watch, chief, kinds):
    texts = payloads(MOST)
    trial = Trial(chief, watch, texts)
    trial.begin()
    groups = batches(texts, LENGTH)
    for place, kind in enumerate(kinds if not IS_PROOF else kinds * len(groups)):
        trial.type(kind, place, groups[place % len(groups)])
    pages = [*of_all(kinds)]
    for page in pages if IS_PROOF else random.sample(pages, PAGES_OF_ALL):
        watch.open(page)
    lacking, fields = missing(kinds, texts), [*columns(kinds)]
    print(
        f"{len(texts):,} texts x {len(fields)} fields of {', '.join(kinds)}: {trial.records} records, "
        f"{watch.opened:,} pages opened."
    )
    assert trial.unseen == []
    assert watch.noted == []
    if IS_PROOF:
        assert lacking.keys() <= NOT_FREE, {name: some[:3] for name, some in lacking.items()}


@pytest.mark.parametrize("policy", ["default-src 'none'", ""])
def test_text_that_is_not_escaped_is_noticed(live_server, page, policy):
    """The control: where it runs, and where nothing but the policy keeps it from running."""
    watch = Watch(page, live_server.url)
    headers = {
        "Content-Type": "text/html",
        **({"Content-Security-Policy": policy} if policy else {}),
    }
    body = " ".join(text for text in payloads(30) if "alert" in text)
    page.route("**/unescaped/", lambda route: route.fulfill(body=body, headers=headers))
    watch.open("/unescaped/")
    assert watch.noted != []
    assert any("says 100" in one for one in watch.noted) == (not policy)
