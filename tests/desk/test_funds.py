"""Funds: what their document says, how it adds up, and what is refused."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cooperation.desk.documents import document
from cooperation.desk.models import (
    Allocation,
    Announcement,
    Commitment,
    Fund,
    FundStatusReport,
)
from tests.desk.records import fund, initiative, organization, saved, texts

pytestmark = pytest.mark.django_db

BILLION = 1_000_000_000


def promise(part_id, amount, stage="proposed", currency="KRW", **values):
    return Commitment(
        part_id=part_id,
        contributor_class="other",
        amount=amount,
        currency=currency if amount is not None else "",
        stage=stage,
        **values,
    )


def test_the_document_says_all_that_is_on_record():
    korea, drama = organization("korea", type="government"), initiative("drama")
    record = saved(
        Fund(
            key="culture",
            title=texts("Cultural fund"),
            purpose=texts("Culture."),
            countries=["KR", "CN"],
            manager=korea,
        ),
        FundStatusReport(date="2015-01-28", finding="changed", status="proposed"),
        Announcement(amount=200 * BILLION, currency="KRW", date="2015-01-28"),
        Commitment(
            contributor=korea,
            title=texts("Korea's share"),
            amount="40000000000",
            currency="KRW",
            stage="proposed",
            date="2015-01-28",
            reported_as=[{"text": "US$37.1 million", "amount": "37100000.0", "currency": "USD"}],
        ),
        promise("others", 160 * BILLION),
        Allocation(initiative=drama, amount=BILLION, currency="KRW", date="2015"),
    )
    assert document(record) == {
        "schema": "fund/1",
        "kind": "fund",
        "key": "culture",
        "url": "/funds/culture/",
        "title": {"en": "Cultural fund", "ko": None, "zh-Hans": None},
        "editorial": [],
        "purpose": {"en": "Culture.", "ko": None, "zh-Hans": None},
        "status": {"value": "proposed", "since": "2015-01-28", "confirmed": "2015-01-28"},
        "status_reports": [
            {
                "id": "2015-01-28",
                "date": "2015-01-28",
                "finding": "changed",
                "status": "proposed",
                "note": None,
            }
        ],
        "countries": ["CN", "KR"],
        "manager": {"kind": "organization", "key": "korea", "url": None, "title": None},
        "announcements": [
            {
                "id": "2015-01-28",
                "amount": {"amount": "200000000000", "currency": "KRW", "converted": []},
                "date": "2015-01-28",
                "reported_as": [],
                "replaces": None,
            }
        ],
        "commitments": [
            {
                "id": "korea",
                "contributor": {
                    "kind": "organization",
                    "key": "korea",
                    "url": None,
                    "title": None,
                },
                "contributor_class": None,
                "title": {"en": "Korea's share", "ko": None, "zh-Hans": None},
                "amount": {"amount": "40000000000", "currency": "KRW", "converted": []},
                "stage": "proposed",
                "date": "2015-01-28",
                "reported_as": [
                    {"text": "US$37.1 million", "amount": "37100000", "currency": "USD"}
                ],
                "replaces": None,
            },
            {
                "id": "others",
                "contributor": None,
                "contributor_class": "other",
                "title": {"en": None, "ko": None, "zh-Hans": None},
                "amount": {"amount": "160000000000", "currency": "KRW", "converted": []},
                "stage": "proposed",
                "date": None,
                "reported_as": [],
                "replaces": None,
            },
        ],
        "allocations": [
            {
                "id": "drama",
                "initiative": {"kind": "initiative", "key": "drama", "url": None, "title": None},
                "amount": {"amount": "1000000000", "currency": "KRW", "converted": []},
                "date": "2015",
            }
        ],
        "totals": {
            "announced": {"amount": "200000000000", "currency": "KRW"},
            "proposed": {"amount": "200000000000", "currency": "KRW"},
            "pledged": None,
            "committed": None,
            "paid": None,
            "allocated": {"amount": "1000000000", "currency": "KRW"},
        },
        "difference": {"amount": "0", "currency": "KRW"},
        "citations": [],
    }


def test_what_was_replaced_does_not_count():
    record = fund(
        "a-fund",
        Announcement(part_id="first", amount=300, currency="KRW", date="2015"),
        Announcement(part_id="second", amount=200, currency="KRW", replaces="first"),
        promise("korea", 40),
        promise("korea-pledged", 50, "pledged", replaces="korea"),
        promise("korea-paid", 30, "paid", replaces="korea-pledged"),
        promise("china", 20),
    )
    found = document(record)
    assert found["totals"] == {
        "announced": {"amount": "200", "currency": "KRW"},
        "proposed": {"amount": "20", "currency": "KRW"},
        "pledged": None,
        "committed": None,
        "paid": {"amount": "30", "currency": "KRW"},
        "allocated": None,
    }
    assert found["difference"] == {"amount": "150", "currency": "KRW"}


def test_the_newest_of_several_announcements_is_the_one_announced():
    record = fund(
        "a-fund",
        Announcement(amount=300, currency="KRW", date="2016-01"),
        Announcement(amount=200, currency="KRW", date="2015-01-28"),
    )
    assert document(record)["totals"]["announced"] == {"amount": "300", "currency": "KRW"}


@pytest.mark.parametrize(
    "commitments",
    [
        [],
        [("a", 40, "KRW"), ("b", 40, "USD")],
        [("a", 40, "USD")],
        [("a", 40, "KRW"), ("b", None, "KRW")],
    ],
)
def test_there_is_no_difference_without_commitments_in_the_one_currency(commitments):
    record = fund(
        "a-fund",
        Announcement(amount=200, currency="KRW"),
        *(promise(i, amount, currency=currency) for i, amount, currency in commitments),
    )
    assert document(record)["difference"] is None


def test_sums_are_exact_beyond_what_floats_and_default_decimals_hold():
    record = fund(
        "a-fund",
        promise("a", "9999999999999999999999.00000001"),
        promise("b", "0.00000001"),
    )
    assert document(record)["totals"]["proposed"]["amount"] == "9999999999999999999999.00000002"
    record.commitments.get(part_id="a").refresh_from_db()
    assert str(record.commitments.get(part_id="a").amount) == "9999999999999999999999.00000001"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"amount": "-1"}, "cannot be negative"),
        ({"amount": None}, "fill in both or neither"),
        ({"currency": ""}, "fill in both or neither"),
        ({"contributor_class": ""}, "Name either the contributor or the class"),
        ({"replaces": "mine"}, "cannot replace itself"),
    ],
)
def test_the_database_itself_refuses_what_cannot_be(values, sentence):
    given = {
        "part_id": "mine", "contributor_class": "other", "amount": "1", "currency": "KRW",
        "stage": "paid",
    }  # fmt: skip
    row = Commitment(record=fund(), position=1, **{**given, **values})
    with pytest.raises(ValidationError, match=sentence):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_commitment_names_a_contributor_or_a_class_not_both():
    row = promise("mine", 1)
    row.record, row.contributor = fund(), organization()
    with pytest.raises(ValidationError, match="not both"):
        row.full_clean()
