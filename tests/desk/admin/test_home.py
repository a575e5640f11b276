"""The first page of the desk, and the list at the side of the others."""

import itertools
import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cooperation.desk import editing
from cooperation.desk.models import Announcement, InitiativeStatusReport, Milestone
from cooperation.desk.submitting import submit
from tests.desk.admin.filling import signed_in
from tests.desk.records import fund, initiative, organization, published, report

# What it shows does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

ORDER = [
    "initiative", "fund", "agreement", "engagement", "statement", "organization", "ministry", "firm",
    "association", "person", "platform", "source", "exchangerate",
]  # fmt: skip


def tables(page):
    """The tables that the page leads to, in its order."""
    return re.findall(r'<tr class="model-(\w+)', page.content.decode())


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
def test_tables_stand_as_the_catalogue_orders_them_in_every_language(language):
    browser = Client(headers={"accept-language": language})
    browser.force_login(User.objects.create_superuser("chief"))
    for address in ("/admin/", "/admin/desk/fund/"):
        assert tables(browser.get(address)) == [*ORDER, "group", "user"], address
    assert tables(browser.get("/admin/desk/")) == ORDER


def test_whoever_may_see_records_alone_finds_no_others():
    assert tables(signed_in("kim").get("/admin/")) == ORDER


def matters(client):
    """What the first page says needs somebody: how many of each kind, and where that leads."""
    found = client.get("/admin/").context["matters"]
    return {
        one.name: [(str(tally.label), tally.number, tally.address) for tally in one.counts]
        for one in found
    }


def test_first_page_leads_to_just_the_records_that_it_counts():
    published(report())
    kim = signed_in("kim")
    user = User.objects.get(username="kim")
    fund("a", Announcement(amount="10", currency="KRW"))
    initiative("b", Milestone(title_en="Opening", due="2016"))
    old = InitiativeStatusReport(date="2015-01-28", finding="changed", status="agreed")
    initiative("c", old)
    mine = organization("d")
    mine.title_en = "Mine"
    editing.save(mine, by=user, reason="")
    assert matters(kim) == {
        "drafts": [("Organizations", "1", "/admin/desk/organization/?state=draft&mine=1")],
        "unsourced": [("Funds", "1", "/admin/desk/fund/?need=unsourced")],
        "overdue": [("Initiatives", "1", "/admin/desk/initiative/?need=overdue")],
        "silent": [("Initiatives", "1", "/admin/desk/initiative/?need=silent")],
    }
    for _label, number, address in itertools.chain.from_iterable(matters(kim).values()):
        assert kim.get(address).context["cl"].result_count == int(number), address


def test_first_page_asks_the_same_of_the_database_however_many_records_there_are():
    published(report())
    client, counts = signed_in("lee", "Publishers"), []
    client.get("/admin/")  # the first request of a session costs more
    for keys in (["a"], ["b", "c", "d", "e"]):
        for key in keys:
            record = initiative(key, Milestone(title_en="Opening", due="2016"))
            submit([record], by=User.objects.get(username="publisher"))
        with CaptureQueriesContext(connection) as asked:
            client.get("/admin/")
        counts.append(len(asked))
    assert counts[0] == counts[1] < 60


def test_first_page_of_a_new_desk_says_how_to_begin():
    assert "New work begins with a source" in signed_in("kim").get("/admin/").content.decode()
