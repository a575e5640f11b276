"""What of a record no citation speaks for: figures and claims."""

import pytest

from cooperation.desk.checks.uncited import Cited, citable, uncited
from cooperation.desk.documents import document
from cooperation.desk.models import Commitment, OrganizationName
from tests.desk.records import cite, fund, organization

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def a_fund(*paths):
    giver = organization("korea")
    given = {"contributor": giver, "amount": "1", "currency": "KRW", "stage": "pledged"}
    parts = [Commitment(part_id=one, **given) for one in "ab"]
    return document(fund("f", *parts, *map(cite, paths), countries=["KR"]))


@pytest.mark.parametrize(
    ("paths", "figures", "claims"),
    [
        ([], ["commitments/a/amount", "commitments/b/amount"], ["title", "countries"]),
        (["title/en", "countries"], ["commitments/a/amount", "commitments/b/amount"], []),
        (["commitments/a/amount"], ["commitments/b/amount"], ["title", "countries"]),
        (["commitments/b"], ["commitments/a/amount"], ["title", "countries"]),
        # A list as a whole speaks for what it names, and for no figure in it.
        (["commitments"], ["commitments/a/amount", "commitments/b/amount"], ["title", "countries"]),
        (["commitments/a/contributor"], ["commitments/a/amount", "commitments/b/amount"], ["title", "countries"]),
    ],
)  # fmt: skip
def test_figures_and_claims_without_a_citation_are_named(paths, figures, claims):
    assert uncited("fund", a_fund(*paths)) == (figures, claims)


def test_part_without_a_figure_is_a_claim_of_its_own():
    record = organization("a", OrganizationName(part_id="x", type="alias", text="X"))
    assert uncited("organization", document(record)).claims == ["title", "type", "names/x"]


def test_citation_of_the_whole_record_speaks_for_no_single_claim():
    said = document(fund())
    assert [one["path"] for one in said["citations"]] == [None]
    assert uncited("fund", said) == ([], ["title"])


def test_path_is_cited_with_what_it_lies_in_and_with_what_it_holds():
    cited = Cited(["commitments/a", "title/en", ""])
    asked = ["commitments/a/amount", "commitments/a", "commitments", "commitments/ab", "title", "purpose", ""]  # fmt: skip
    assert [one in cited for one in asked] == [True, True, True, False, True, False, False]


def test_what_may_be_cited_for_is_what_the_record_says():
    offered = [*citable("fund", a_fund())]
    assert offered[:4] == ["", "title", "countries", "commitments"]
    assert offered[4:7] == ["commitments/a", "commitments/a/contributor", "commitments/a/amount"]
    assert "manager" not in offered


def test_before_a_record_is_stored_its_fields_may_be_cited_for():
    offered = [*citable("fund", None)]
    assert {"", "title", "purpose", "manager"} <= set(offered)
    assert not {"totals", "commitments"} & set(offered)
