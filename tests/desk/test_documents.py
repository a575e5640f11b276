"""Rendering many records at once: order, cost, and what was cached before."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperation.desk.documents import document, documents
from cooperation.desk.models import (
    Allocation,
    Announcement,
    Commitment,
    FundStatusReport,
    Identifier,
    InitiativeStatusReport,
    Milestone,
    OrganizationName,
    Participant,
    Product,
    Succession,
    Target,
)
from tests.desk.records import cite, fund, initiative, organization, report

pytestmark = pytest.mark.django_db


def several(count, named):
    """As many organizations, initiatives and funds, each with a row in every list."""
    for n in range(count):
        firm = organization(f"{named}-firm-{n}", part_of=organization(f"{named}-whole-{n}"))
        OrganizationName(record=firm, type="alias", text="X").save()
        Succession(record=firm, type="successor", organization=firm.part_of).save()
        Identifier(record=firm, scheme="wikidata", value="Q1").save()
        link = initiative(f"{named}-link-{n}", part_of=initiative(f"{named}-larger-{n}"))
        Participant(record=link, organization=firm, role="funder").save()
        for row in (Product, Target, Milestone):
            row(record=link).save()
        InitiativeStatusReport(record=link, date="2015", finding="nothing_found").save()
        money = fund(f"{named}-fund-{n}", cite("title"), manager=firm)
        day = {"amount": 1, "currency": "KRW", "date": "2015-01-28"}
        Announcement(record=money, **day).save()
        Commitment(record=money, contributor=firm, stage="paid", **day).save()
        Allocation(record=money, initiative=link, **day).save()
        FundStatusReport(record=money, date="2015", finding="nothing_found").save()
        yield firm
        yield link
        yield money


def queries(records):
    fresh = [type(record).objects.get(pk=record.pk) for record in records]
    with CaptureQueriesContext(connection) as captured:
        documents(fresh)
    return len(captured)


def test_the_queries_of_rendering_do_not_grow_with_the_records():
    few = queries([*several(1, "few"), report()])
    many = queries([*several(9, "many"), report()])
    assert few == many


def test_documents_come_in_the_order_of_the_records():
    records = [*several(2, "some")]
    assert [d["key"] for d in documents(records)] == [r.key for r in records]
    assert documents([]) == []


def test_a_part_that_changed_since_the_list_was_read_is_rendered_as_it_is_now():
    record = organization("a", OrganizationName(type="alias", text="Old"))
    assert document(record)["names"][0]["text"] == "Old"
    name = record.names.get()
    name.text = "New"
    name.save()
    assert document(record)["names"][0]["text"] == "New"
