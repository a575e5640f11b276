"""What is said not to add up in a fund, and what is not."""

import pytest

from cooperation.gazette.presenting import present
from tests.examples import commitment, fund, won

pytestmark = pytest.mark.once


def test_payments_in_parts_of_what_was_committed_are_not_too_much():
    """Two payments and a rest that was paid later come from one commitment."""
    bound = commitment("a", "government-of-korea", "100", stage="committed")
    first = {**bound, "id": "b", "amount": won("30"), "stage": "paid", "replaces": "a"}
    rest = {**bound, "id": "c", "amount": won("70"), "replaces": "a"}
    last = {**rest, "id": "d", "stage": "paid", "replaces": "c"}
    doubts = present(fund(commitments=[bound, first, rest, last]), "en").arithmetic.doubts
    assert not any("more than" in doubt for doubt in doubts)


def test_a_pledge_that_raised_a_commitment_is_what_was_paid():
    bound = commitment("a", "government-of-korea", "100", stage="committed")
    raised = {**bound, "id": "b", "amount": won("150"), "stage": "pledged", "replaces": "a"}
    paid = {**raised, "id": "c", "stage": "paid", "replaces": "b"}
    doubts = present(fund(commitments=[bound, raised, paid]), "en").arithmetic.doubts
    assert not any("more than" in doubt for doubt in doubts)


def test_what_took_the_place_of_a_figure_is_told_after_it_though_nobody_knows_when():
    (said,) = fund()["announcements"]
    later = {**said, "id": "later", "date": None, "amount": won("120"), "replaces": said["id"]}
    (move,) = present(fund(announcements=[later, said]), "en").arithmetic.moves
    assert [step.after for step in move.steps] == ["₩200 billion", "₩120"]


def test_what_exceeds_the_announcement_by_itself_is_said_whatever_the_others_are():
    dollars = {"amount": "5", "currency": "USD", "converted": []}
    more = commitment("a", "government-of-korea", "300000000000")
    other = {**more, "id": "b", "amount": dollars}
    figures = present(fund(commitments=[more, other], difference=None), "en").arithmetic
    assert figures.verdict == (
        "The contributions exceed the amount announced by at least ₩100 billion."
    )
