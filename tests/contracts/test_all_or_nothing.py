"""Publications and entries are one act each: broken off at any step, they leave nothing."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from cooperation.desk import editing, publishing
from cooperation.desk.intake import entering
from cooperation.desk.models import Organization
from cooperation.gazette.models import Current, Edition
from tests.desk.records import organization, published, publisher, report

pytestmark = pytest.mark.django_db
KEYS = ("a", "b", "c")


class Broken(Exception):
    """The power went."""


def breaking_at(step: int, act):
    """The act, which breaks when it is done for the so manieth time."""
    left = [step]

    def until_broken(*args, **kwargs):
        left[0] -= 1
        if not left[0]:
            raise Broken
        return act(*args, **kwargs)

    return until_broken


def publish_three(monkeypatch, step: int) -> None:
    """Publish three records, and break off at that step."""
    published(report())
    records = [organization(key, title=dict.fromkeys(("en", "ko"), key * 9)) for key in KEYS]
    monkeypatch.setattr(editing, "note", breaking_at(step, editing.note))
    with pytest.raises(Broken):
        publishing.publish(records, by=publisher(), reason="Together.", confirmed="all")


@pytest.mark.parametrize("step", [1, 2, 3])
def test_publication_broken_off_leaves_nothing(monkeypatch, step):
    publish_three(monkeypatch, step)
    assert list(Edition.objects.values_list("kind", flat=True)) == ["source"]
    assert list(Current.objects.values_list("kind", flat=True)) == ["source"]
    assert {record.state for record in Organization.objects.all()} == {"draft"}


def test_publication_without_a_transaction_would_leave_half(monkeypatch):
    """The control."""
    monkeypatch.setattr(publishing, "transaction", SimpleNamespace(atomic=nullcontext))
    publish_three(monkeypatch, 2)
    assert Edition.objects.count() == 4
    assert {record.state for record in Organization.objects.all()} == {"draft", "published"}


def enter_three(monkeypatch, step: int) -> None:
    """Enter three records, and break off at that step."""
    monkeypatch.setattr(editing, "touch", breaking_at(step, editing.touch))
    written = [{"kind": "organization", "key": k, "type": "firm", "title": {"en": k}} for k in KEYS]
    with pytest.raises(Broken):
        entering.enter(written, by=None, reason="Together.")


@pytest.mark.parametrize("step", [1, 2, 3])
def test_entry_broken_off_leaves_nothing(monkeypatch, step):
    enter_three(monkeypatch, step)
    assert not Organization.objects.exists()
    assert not Organization.history.exists()


def test_entry_without_a_transaction_would_leave_half(monkeypatch):
    """The control."""
    monkeypatch.setattr(entering, "transaction", SimpleNamespace(atomic=nullcontext))
    enter_three(monkeypatch, 2)
    assert Organization.objects.exists()
