"""Who changed what at the desk, and why: the history that every change writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.signals import post_delete, post_save, pre_delete
from django.http import HttpRequest
from simple_history.models import HistoricalRecords

REASON_LENGTH = 500
"""The longest reason that somebody gives for a change of their own; one line."""


class Actor(NamedTuple):
    """Who is at work, and the reason they give."""

    user: User | None
    reason: str


_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)


@contextmanager
def acting(by: User | None, reason: str = "") -> Iterator[None]:
    """Everything changed inside is written to the history under this user and reason."""
    token = _actor.set(Actor(by, reason))
    try:
        yield
    finally:
        _actor.reset(token)


def actor() -> Actor | None:
    """Who is at work here, or None where nobody has said so."""
    return _actor.get()


class Chronicle(HistoricalRecords):
    """The history of a model's rows, each entry with its author and reason."""

    def __init__(self, *, leaving_out: tuple[str, ...] = ()):
        super().__init__(
            inherit=True,
            excluded_fields=list(leaving_out),
            history_id_field=models.BigAutoField(),
            history_change_reason_field=models.TextField(null=True),
            get_user=_user,
        )

    def finalize(self, sender: Any, **kwargs: Any) -> None:
        """Prepare the history of one model; a proxy writes that of the model it stands for."""
        if issubclass(sender, self.cls):
            sender.chronicle = self
        if not (issubclass(sender, self.cls) and sender._meta.proxy):
            super().finalize(sender, **kwargs)
            return
        sender._meta.simple_history_manager_attribute = self.manager_name
        # The library writes its entries by Django's signals, which a proxy sends under its own name.
        post_save.connect(self.post_save, sender=sender, weak=False)
        post_delete.connect(self.post_delete, sender=sender, weak=False)
        pre_delete.connect(self.pre_delete, sender=sender, weak=False)

    def get_change_reason_for_object(
        self, instance: models.Model, history_type: str, using: str
    ) -> str | None:
        """The reason that whoever is at work has given."""
        at_work = actor()
        return at_work.reason if at_work else None


def changes_by(user: User, history: Any, record: Any, after: Any) -> models.QuerySet[Any]:
    """The user's changes of a record later than a version, its parts and citations included.

    Record and version may be those of an outer query.
    """
    # The first entry of a version is its change; later ones only note that it was published or taken back.
    earlier = history.filter(
        id=OuterRef("id"), version=OuterRef("version"), history_id__lt=OuterRef("history_id")
    )
    rows = history.filter(id=record, version__gt=after, history_user=user)
    return rows.exclude(Exists(earlier))


def _user(instance: models.Model, request: HttpRequest | None = None, **_more: Any) -> User | None:
    at_work = actor()
    if at_work:
        return at_work.user
    return getattr(request, "user", None)
