"""Small published worlds for tests: documents entered in the gazette without a desk."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cooperation.catalogue import KINDS
from cooperation.gazette.entering import Act, enter, lock_head
from cooperation.gazette.models import Edition
from cooperation.gazette.shapes import schema_name, shape
from cooperation.gazette.shapes.types import Flag, Group, Member, Parts, Texts

Document = dict[str, Any]
REASON = "Agreed in a test."
OFFICE = "Office of Tests"


def texts(
    en: str | None = None, ko: str | None = None, zh: str | None = None
) -> dict[str, str | None]:
    """A language map."""
    return {"en": en, "ko": ko, "zh-Hans": zh}


def reference(kind: str, key: str) -> Document:
    """A bare reference, as the desk renders it."""
    return {"kind": kind, "key": key, "url": None, "title": None}


def empty(member: Member) -> Any:
    """What a document says of a member of which nothing is known."""
    if isinstance(member, Parts) or member.many:
        return []
    if isinstance(member, Texts):
        return texts()
    if isinstance(member, Group) and not member.optional:
        return {name: empty(inside) for name, inside in member.members.items()}
    return False if isinstance(member, Flag) else None


def sample(kind: str, key: str, **members: Any) -> Document:
    """A document of that kind of which nothing is known but its title and the given members."""
    return {
        "schema": schema_name(kind),
        "kind": kind,
        "key": key,
        "url": f"/{KINDS[kind].plural}/{key}/",
        "title": texts(key.replace("-", " ").capitalize()),
        "editorial": [],
        "citations": [],
        **{name: empty(member) for name, member in shape(kind).members.items()},
        **members,
    }


def sized_fund(key: str, amount: str, currency: str = "KRW", **members: Any) -> Document:
    """A fund of which nothing is known but how much was announced, in the currency given."""
    announced = {"amount": amount, "currency": currency}
    part = {
        "id": "first",
        "amount": {**announced, "converted": []},
        "date": None,
        "reported_as": [],
        "replaces": None,
    }
    plain = sample("fund", key)
    totals = {**plain["totals"], "announced": announced}
    return {**plain, "announcements": [part], "totals": totals, **members}


def act(*acts: Act, reason: str = REASON, **options: Any) -> list[Edition]:
    """Enter the acts in one transaction."""
    with transaction.atomic():
        return enter(lock_head(), acts, reason=reason, office=OFFICE, **options)


def publish(*documents: Document, reason: str = REASON, **options: Any) -> list[Edition]:
    """Publish the documents in one act."""
    acts = [Act(Edition.Action.PUBLISHED, d["kind"], d["key"], d) for d in documents]
    return act(*acts, reason=reason, **options)


def withdraw(kind: str, key: str, *, reason: str = REASON) -> list[Edition]:
    """Withdraw one record."""
    return act(Act(Edition.Action.WITHDRAWN, kind, key), reason=reason)


def merge(kind: str, key: str, successor: str, *, reason: str = REASON) -> list[Edition]:
    """Merge one record into another of its kind."""
    return act(Act(Edition.Action.MERGED, kind, key, successor=successor), reason=reason)
