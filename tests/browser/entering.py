"""Records typed into the forms of the desk and published on its pages, as people do it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.contracts.boxes import Box, form_of
from tests.contracts.forms import Filling, Wanted, refused_fields, urlencoded

NAMELY = "the-source"
"""The key of the record that others refer to where they may."""


class Typist:
    """Somebody who types the same texts into every field of form after form."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.forms: dict[str, Filling] = {}

    def enter(self, kind: str, key: str, texts: list[str], kept: str = "") -> Any:
        """A record of that kind with the texts in every field that takes them."""
        last = self.sent(kind, in_every_field(key, texts, kept), key)
        assert last.status_code == 302, (kind, refused_fields(last), last.context["errors"])
        record = apps.get_model("desk", kind).objects.get(key=key)
        self.cite_figures(record)
        return record

    def sent(self, kind: str, wanted: Wanted, key: str) -> Any:
        """The answer that the form gave in the end; what one form of a kind took, the next is sent first."""
        if kind in self.forms:
            last = self.forms[kind].again(wanted)
            if last.status_code == 302:
                return last
        address = reverse(f"admin:desk_{kind}_add")
        self.forms[kind] = Filling(self.client, address, seed=len(key), naming=NAMELY)
        return [*self.forms[kind].answers(wanted)][-1]

    def cite_figures(self, record: Any) -> None:
        """Cite a source for each figure for which the checks of publishing miss one."""
        page = unescape(self.client.get(act_of([record])).content.decode())
        paths = list(dict.fromkeys(re.findall(r"cite a source for (\S+)\.\s", page)))
        if not paths:
            return
        address = reverse(f"admin:desk_{record.kind}_change", args=[record.pk])
        filling = Filling(self.client, address, rows=len(paths), naming=NAMELY)
        stored = record.citations.count()
        places = {f"citations-{stored + place}-path": path for place, path in enumerate(paths)}
        answers = filling.answers(
            lambda box: places[box.name].encode() if box.name in places else None
        )
        last = [*answers][-1]
        assert last.status_code == 302, refused_fields(last)


def in_every_field(key: str, texts: list[str], kept: str = "") -> Wanted:
    """What is typed into each field: the texts, where it is not something else by its name."""
    joined = " ".join(texts)
    given = {
        "key": key,
        "path": "title",
        "kept_text": kept or joined,
        "reported_as": "\n".join(f"{text} = 7 KRW" for text in texts),
    }

    def wanted(box: Box) -> bytes:
        return given.get(box.name.rsplit("-", 1)[-1], joined).encode()

    return wanted


def second() -> Client:
    """Somebody else who may do everything: whoever has changed a record does not publish it."""
    everything = {"is_superuser": True, "is_staff": True}
    made = User.objects.get_or_create(username="<b id=ran>", defaults=everything)
    client = Client()
    client.force_login(made[0])
    return client


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
