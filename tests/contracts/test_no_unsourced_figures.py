"""No figure of money becomes public without a source, by whatever way it is published."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cooperation.catalogue import KINDS
from cooperation.desk import publishing
from cooperation.desk.checks import money as checks_of_money
from cooperation.desk.intake.entering import enter
from cooperation.desk.models import (
    Allocation,
    Announcement,
    Commitment,
    FundCitation,
    InitiativeCitation,
    Part,
    Record,
    Target,
)
from cooperation.gazette.models import Current
from cooperation.gazette.shapes import part_lists, shape
from cooperation.gazette.shapes.types import Money, Quantity, walk
from tests.desk.admin.filling import act_page, list_page
from tests.desk.admin.filling import publisher as publisher_at_a_browser
from tests.desk.records import editor, fund, initiative, published, publisher, report

REASON = "Agreed in a test."
# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def parts() -> dict[str, Callable[[], Part]]:
    """Every place where a figure of money can stand, by its path in the document."""
    sum_ = {"amount": 1000, "currency": "KRW"}
    said = [{"text": "US$1", "amount": "1", "currency": "USD"}]
    by_class = {"contributor_class": "private_sector", "stage": "proposed"}
    return {
        "announcements/x/amount": lambda: Announcement(part_id="x", **sum_),
        "announcements/x/reported_as": lambda: Announcement(part_id="x", reported_as=said),
        "commitments/x/amount": lambda: Commitment(part_id="x", **by_class, **sum_),
        "commitments/x/reported_as": lambda: Commitment(part_id="x", **by_class, reported_as=said),
        "allocations/x/amount": lambda: Allocation(part_id="x", **sum_),
        "targets/x/amount": lambda: Target(part_id="x", amount=1000, unit="USD"),
    }


def test_every_figure_of_every_shape_is_tried():
    """A kind that brings new figures has to be entered above."""
    figures = set()
    for kind in KINDS:
        members = dict(walk(shape(kind).members))
        for path, member in members.items():
            if path.split(".")[0] in part_lists(kind) and isinstance(member, Money | Quantity):
                figures.add(path.replace("reported_as.amount", "reported_as"))
    assert figures == {path.replace("/x/", ".") for path in parts()}


def record_with(path: str, *, cited: bool = False) -> Record:
    """A draft with that figure, its report being public; with a citation of it or without."""
    published(report())
    part = parts()[path]()
    citation = InitiativeCitation if isinstance(part, Target) else FundCitation
    rows = [part, citation(path=path, source=report())] if cited else [part]
    return initiative("a-link", *rows) if isinstance(part, Target) else fund("a-fund", *rows)


def by_function(record: Record) -> None:
    with contextlib.suppress(publishing.Refused):
        publishing.publish([record], by=publisher(), reason=REASON, confirmed="all")


def by_command(record: Record) -> None:
    publisher()
    with contextlib.suppress(CommandError):
        call_command(
            "publish",
            f"{record.kind}/{record.key}",
            by="publisher",
            reason=REASON,
            yes=True,
            verbosity=0,
        )


def by_command_for_all(record: Record) -> None:
    publisher()
    with contextlib.suppress(CommandError):
        call_command("publish", by="publisher", reason=REASON, all=True, yes=True, verbosity=0)


def by_page_of_the_desk(record: Record) -> None:
    confirm(act_page("publish", record))


def by_action_on_the_list(record: Record) -> None:
    chosen = {"action": "publish_selected", "_selected_action": [record.pk]}
    confirm(publisher_at_a_browser().post(list_page(record.kind), chosen).headers["Location"])


def confirm(address: str) -> None:
    """Confirm at a browser whatever the page asks to be confirmed."""
    client = publisher_at_a_browser()
    preview = client.get(address).context["preview"]
    warnings = [finding.id for item in preview.items for finding in item.warnings]
    named = [f"{item.record.kind}/{item.record.key}" for item in preview.items]
    client.post(
        address,
        {"record": named, "seal": preview.seal, "confirmed": warnings, "reason": REASON},
    )


def by_intake(record: Record) -> None:
    """Written anew in a list, then published with all that was in it."""
    result = enter(
        [{"kind": record.kind, "key": record.key, "title": {"en": "Written anew"}}],
        by=editor(),
        reason=REASON,
    )
    by_function(result.records[0])


WAYS: tuple[Callable[[Record], None], ...] = (
    by_function,
    by_command,
    by_command_for_all,
    by_page_of_the_desk,
    by_action_on_the_list,
    by_intake,
)


def is_public(record: Record) -> bool:
    return Current.objects.filter(kind=record.kind, key=record.key).exists()


@pytest.mark.parametrize("path", parts())
@pytest.mark.parametrize("way", WAYS)
def test_figure_without_a_citation_is_published_by_no_way(way, path):
    record = record_with(path)
    way(record)
    assert not is_public(record)


@pytest.mark.parametrize("way", WAYS)
def test_figure_with_a_citation_is_published_by_every_way(way):
    """The control: what kept it back was the missing citation."""
    record = record_with("commitments/x/amount", cited=True)
    way(record)
    assert is_public(record)


def none_found(subjects: Any) -> Iterator[Any]:
    """The check, taken away."""
    yield from ()


@pytest.mark.parametrize("way", WAYS)
def test_without_the_check_the_figure_would_be_published(way, monkeypatch):
    """The control: the wall is this check and no other."""
    monkeypatch.setattr(checks_of_money, "findings", none_found)
    record = record_with("commitments/x/amount")
    way(record)
    assert is_public(record)
