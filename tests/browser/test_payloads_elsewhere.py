"""What is typed outside of records is text too: names of people and groups, sources of rates, tables of rates.

`make proof-payloads` types a thousand texts, the suite a few. Names and sources are opened in their lists and
forms, rates in their history as well, and all texts at once on the page that imports rates.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from cooperation.desk.models import ExchangeRate
from tests.contracts.boxes import Box
from tests.contracts.forms import Filling
from tests.contracts.payloads import batches, payloads

from .test_payloads import IS_PROOF, MOST
from .watching import Watch

pytestmark = pytest.mark.browser

TEXTS = payloads(MOST if IS_PROOF else 5)
NAME, SOURCE = 148, 490
FIRST_DAY = date(2015, 1, 1)


def typed(client: Client, address: str, **values: str) -> None:
    """The form at that address is taken with the values in its fields."""

    def wanted(box: Box) -> bytes | None:
        return values[box.name].encode() if box.name in values else None

    filling = Filling(client, address)
    # Currencies are chosen, not typed.
    filling.known = {
        box.name: [values[box.name].encode()] for box in filling.form.boxes if box.name in values
    }
    last = [*filling.answers(wanted)][-1]
    assert last.status_code == 302, address


def names(client: Client) -> Iterator[tuple[str, list[str]]]:
    """The pages of people and groups with such names, and what each is to say."""
    for place, group in enumerate(batches(TEXTS, NAME)):
        name = " ".join(group)
        person = User.objects.create(username=f"person-{place}")
        address = reverse("admin:auth_user_change", args=[person.pk])
        typed(client, address, first_name=name, last_name=name)
        person.refresh_from_db()
        assert (person.first_name, person.last_name) == (name, name)
        typed(client, reverse("admin:auth_group_add"), name=name)
        yield address, group
        yield reverse("admin:auth_group_change", args=[Group.objects.get(name=name).pk]), group
    # A list shows so many at once, and the thousand are more.
    yield "/admin/auth/user/", [] if IS_PROOF else TEXTS
    yield "/admin/auth/group/", [] if IS_PROOF else TEXTS


def rates(client: Client) -> Iterator[tuple[str, list[str]]]:
    """The pages of rates with such sources, and what each is to say."""
    for place, group in enumerate(batches(TEXTS, SOURCE)):
        day = FIRST_DAY + timedelta(place)
        said = {"date": str(day), "base": "USD", "quote": "KRW", "rate": "1085.3"}
        # What begins as a formula does is refused.
        source = f"Bank {' '.join(group)}"
        said |= {"source": source, "reason": " ".join(group)}
        typed(client, reverse("admin:desk_exchangerate_add"), **said)
        rate = ExchangeRate.objects.get(date=day)
        assert rate.source == source
        for view in ("change", "history"):
            yield reverse(f"admin:desk_exchangerate_{view}", args=[rate.pk]), group
    yield "/admin/desk/exchangerate/", [] if IS_PROOF else TEXTS


def table() -> str:
    """A table of rates with the texts in every column."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["date", "base", "quote", "rate", "source"])
    for place, text in enumerate(TEXTS):
        rows.writerow([FIRST_DAY + timedelta(place), "USD", "CNY", "6.2", text])
    rows.writerows([text] * 5 for text in TEXTS)
    return written.getvalue()


def look_at_table(watch: Watch) -> str:
    """What the page that imports rates says about the table."""
    watch.open("/admin/desk/exchangerate/import/")
    watch.page.fill("#text", table())
    with watch.page.expect_navigation():
        watch.page.click("[name=look]")
    watch.opened += 1
    return str(watch.page.content())


def test_nothing_that_is_typed_elsewhere_runs_on_any_page(watch, chief):
    unseen = []
    for address, group in [*names(chief), *rates(chief)]:
        said = watch.open(address)
        unseen += [address] if not all(one in said for one in group) else []
    assert "<tr" in look_at_table(watch)
    print(
        f"{len(TEXTS):,} texts in names of people and groups and in rates: {watch.opened:,} pages opened."
    )
    assert unseen == []
    assert watch.noted == []
