"""Whatever is typed at the desk is text and nothing else on every page that shows it, of the desk and in public.

`make proof-payloads` types a thousand texts into every field of every kind; the suite thirty.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from cooperation.catalogue import KINDS
from cooperation.desk.fields import LinesField, ReportedAsField, TextColumn
from cooperation.desk.models import Citation, Part, Record
from cooperation.gazette.models import Current
from tests.contracts.forms import PASSWORD, Box, Filling, form_of, refused_fields, urlencoded
from tests.contracts.payloads import batches, payloads

from .watching import Watch

pytestmark = pytest.mark.browser

MOST = int(os.environ.get("PAYLOADS", "30"))
IS_PROOF = MOST > 30
LENGTH = 460
NAMELY = "the-source"
# What a field of text does not take because it must be something else.
NOT_FREE = {"Identifier.value", "Product.hs_code", "Product.hs_edition"}
# Kept as evidence, and shown at the desk alone; paths are checked.
APART = {"kept_text", "path"}


@pytest.fixture
def chief(live_server) -> Client:
    """Somebody who may do everything, whose own name is no name."""
    name = "<img src=x onerror=alert(1)>"
    names = {"first_name": "<script>alert(2)</script>", "last_name": '"><svg/onload=alert(3)>'}
    client = Client()
    client.force_login(User.objects.create_superuser(name, password=PASSWORD, **names))
    Group.objects.create(name="<script>alert(4)</script>")
    return client


def second() -> Client:
    """Somebody else who may do everything: whoever has changed a record does not publish it."""
    client, made = (
        Client(),
        User.objects.get_or_create(
            username="<b id=ran>", defaults={"is_superuser": True, "is_staff": True}
        ),
    )
    client.force_login(made[0])
    return client


@pytest.fixture
def watch(live_server, page, chief) -> Watch:
    """A browser in which that person has signed in."""
    session = chief.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return Watch(page, live_server.url)


def entered(client: Client, kind: str, key: str, texts: list[str], kept: str = "") -> Any:
    """A record of that kind with the texts in every field that takes them, typed into its form."""
    joined = " ".join(texts)

    def wanted(box: Box) -> bytes | None:
        name = box.name.rsplit("-", 1)[-1]
        if name == "key":
            return key.encode()
        if name == "path":
            return b"title"
        if name == "kept_text":
            return (kept or joined).encode()
        if name == "reported_as":
            return "\n".join(f"{text} = 7 KRW" for text in texts).encode()
        return joined.encode()

    filling = Filling(client, reverse(f"admin:desk_{kind}_add"), seed=len(key), naming=NAMELY)
    last = list(filling.answers(wanted))[-1]
    assert last.status_code == 302, (kind, refused_fields(last), last.context["errors"])
    record = apps.get_model("desk", kind).objects.get(key=key)
    cite_figures(client, record)
    return record


def cite_figures(client: Client, record: Any) -> None:
    """Cite a source for each figure for which the checks of publishing miss one."""
    page = unescape(client.get(act_of([record])).content.decode())
    paths = list(dict.fromkeys(re.findall(r"cite a source for (\S+)\.\s", page)))
    if not paths:
        return
    address = reverse(f"admin:desk_{record.kind}_change", args=[record.pk])
    filling = Filling(client, address, rows=len(paths), naming=NAMELY)
    stored = record.citations.count()
    places = {f"citations-{stored + place}-path": path for place, path in enumerate(paths)}
    last = list(
        filling.answers(lambda box: places[box.name].encode() if box.name in places else None)
    )[-1]
    assert last.status_code == 302, refused_fields(last)


def act_of(records: list[Any]) -> str:
    """Where the records are published together."""
    named = "&".join(f"record={record.kind}/{record.key}" for record in records)
    return f"{reverse(f'admin:desk_{records[0].kind}_publish')}?{named}"


def publish(records: list[Any], reason: str) -> None:
    """Publish the records on the desk's own page, every warning confirmed."""
    client = second()
    boxes = form_of(client.get(act_of(records)).content.decode()).boxes
    sent: dict[str, list[bytes]] = {}
    for box in boxes:
        values = box.choices if box.sort == "checkbox" else box.values
        sent[box.name] = [*sent.get(box.name, []), *map(str.encode, values)]
    sent["reason"] = [reason.encode()]
    answer = client.post(act_of(records), *urlencoded(sent))
    assert answer.status_code == 302, said_against(answer.content.decode())


def said_against(page: str) -> list[str]:
    """What the page says against publishing."""
    content = page[page.index('id="content-main"') :]
    return re.findall(
        r"<strong>(.*?)</li>|errornote\">(.*?)</p>|errorlist\">(.*?)</ul>", content, re.S
    )[:9]


def world(client: Client, texts: list[str]) -> list[tuple[list[str], list[Any]]]:
    """Each group of texts with the records that hold it: of each kind one in the proof, else of one kind."""
    base = entered(client, "source", NAMELY, ["The source"], kept=" ".join(texts))
    publish([base], "The source of all.")
    groups = batches(texts, LENGTH)
    kinds = [*KINDS]
    found = []
    for place in range(len(groups) if IS_PROOF else len(kinds)):
        group = groups[place % len(groups)]
        chosen = kinds if IS_PROOF else [kinds[place]]
        found.append((group, [entered(client, kind, f"{kind}-{place}", group) for kind in chosen]))
    return found


def of_the_desk(record: Any) -> Iterator[str]:
    """The pages of the desk about one record."""
    for view in ("change", "history", "delete"):
        yield reverse(f"admin:desk_{record.kind}_{view}", args=[record.pk])


def in_public(record: Any) -> Iterator[str]:
    """The pages about one record that everybody sees."""
    page = f"/{KINDS[record.kind].plural}/{record.key}/"
    number = Current.objects.get(kind=record.kind, key=record.key).pk
    yield from (page, f"{page}history/", f"{page}editions/{number}/")


def of_all() -> Iterator[str]:
    """The pages that show records of all sorts, or what people are called."""
    for prefix in ("", "/ko"):
        yield from (
            f"{prefix}/",
            f"{prefix}/search/?q=script",
            f"{prefix}/gazette/",
            f"{prefix}/feed.atom",
        )
    yield from ("/api/v1/search/?q=script", "/api/v1/docs/", "/admin/", "/admin/auth/user/")
    yield from (
        "/admin/auth/user/1/change/",
        "/admin/auth/group/1/change/",
        "/admin/password_change/",
    )
    for kind, spoken in KINDS.items():
        yield from (f"/{spoken.plural}/", f"/{spoken.plural}/?q=%3Cscript%3Ealert(5)%3C/script%3E")
        yield f"/{spoken.plural}/feed.atom"
        yield from (f"/api/v1/{spoken.plural}/", f"/admin/desk/{kind}/?q=script")
    model = next(m for m in apps.get_models() if issubclass(m, Citation))._meta.model_name
    yield f"/admin/autocomplete/?app_label=desk&model_name={model}&field_name=source&term=script"


def missing(texts: list[str]) -> dict[str, list[str]]:
    """The columns of text that do not hold all of the texts, with those that they lack."""
    found = {}
    for model in apps.get_app_config("desk").get_models():
        if not issubclass(model, (Record, Part, Citation)) or model._meta.proxy:
            continue
        for column in model._meta.concrete_fields:
            if (
                isinstance(column, (TextColumn, LinesField, ReportedAsField))
                and column.name not in APART
            ):
                held = str([*model._base_manager.values_list(column.name, flat=True)]).replace(
                    "\\\\", "\\"
                )
                lacking = [text for text in texts if text not in held.replace("\\'", "'")]
                if lacking:
                    found[f"{model.__name__}.{column.name}"] = lacking
    return found


def look(watch: Watch, all_of_it: list[tuple[list[str], list[Any]]]) -> list[str]:
    """The pages on which a text is not to be seen as it was typed, once all was opened and published."""
    unseen = []
    watch.open("/admin/desk/fund/")  # here stands what the desk said after saving
    for place, (group, records) in enumerate(all_of_it):
        pages = [page for record in records for page in of_the_desk(record)]
        if place % 5 == 0 or not IS_PROOF:
            pages.append(act_of(records))
        unseen += absent(watch, pages, group)
        publish(records, " ".join(group))
        watch.open(f"/admin/desk/{records[0].kind}/")
        unseen += absent(watch, [page for r in records for page in in_public(r)], group)
    for page in [*of_all()][:: 1 if IS_PROOF else 3]:
        watch.open(page)
    return unseen


def absent(watch: Watch, pages: list[str], group: list[str]) -> list[str]:
    """Those of the pages that do not say what was typed."""
    said = {page: watch.open(page) for page in pages}
    # To delete something its title is enough.
    return [page for page, text in said.items() if not all(one in text for one in group)]


def test_nothing_that_was_typed_runs_on_any_page(watch, chief):
    texts = payloads(MOST)
    all_of_it = world(chief, texts)
    assert look(watch, all_of_it) == []
    assert watch.noted == []
    lacking = missing(texts)
    print(
        f"{len(texts):,} texts in {sum(len(r) for _, r in all_of_it)} records; {watch.opened:,} pages."
    )
    if IS_PROOF:
        assert lacking.keys() <= NOT_FREE, {name: texts[:3] for name, texts in lacking.items()}


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
