"""Agreements: what their document says, and what is refused."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cooperation.desk.checks.all import findings
from cooperation.desk.documents import document
from cooperation.desk.models import Party
from tests.desk.records import agreement, organization

pytestmark = pytest.mark.django_db


def test_a_party_is_a_country_or_an_organization():
    union = organization("european-union", type="international")
    treaty = agreement(
        "a-treaty", Party(country="KR"), Party(organization=union), type="free_trade_agreement"
    )
    said = document(treaty)
    assert (said["schema"], said["type"]) == ("agreement/1", "free_trade_agreement")
    assert [
        (party["id"], party["country"], party["organization"] and party["organization"]["key"])
        for party in said["parties"]
    ] == [("kr", "KR", None), ("european-union", None, "european-union")]
    for dated in ("concluded", "signed", "provisionally_applied", "in_force", "ended"):
        assert said[dated] is None


def test_a_party_is_not_both_nor_neither():
    treaty, union = agreement(), organization()
    for values in ({}, {"country": "KR", "organization": union}):
        party = Party(record=treaty, part_id="x", **values)
        with pytest.raises(ValidationError, match="name one of the two"):
            party.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            party.save()


def test_it_does_not_end_before_it_is_signed_or_in_force():
    for begins in ("signed", "in_force"):
        found = findings(
            [agreement(f"a-{begins.replace('_', '-')}", **{begins: "2012-03", "ended": "2011"})]
        )
        assert "ends-before-it-begins" in {one.code for one in found}
