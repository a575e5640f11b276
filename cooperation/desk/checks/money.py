"""Checks of money: every figure has a source, and the commitments add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cooperation.desk.documents.funds import total
from cooperation.gazette.shapes import part_lists
from cooperation.gazette.shapes.types import Member, Money, Quantity, inner
from cooperation.rules import money
from cooperation.rules.languages import LANGUAGES, django_code
from cooperation.rules.parts import standing

from .findings import Finding, Subject


def findings(subjects: Sequence[Subject]) -> Iterator[Finding]:
    """Errors: a figure without a citation. Warnings: commitments unlike the announcement."""
    for subject in subjects:
        for path in unsourced(subject.record.kind, subject.document):
            sentence = _(
                "no citation shows where this figure comes from; cite a source for %(path)s."
            )
            yield subject.error("figure-without-citation", path, sentence % {"path": path})
        if does_not_add_up(subject.document):
            yield _difference(subject)


def unsourced(kind: str, document: Mapping[str, Any]) -> Iterator[str]:
    """The path of each figure of money that no citation covers, neither its own nor its part's."""
    cited = {citation["path"] for citation in document["citations"]}
    for path in _figures(kind, document):
        if path not in cited and path.rpartition("/")[0] not in cited:
            yield path


def does_not_add_up(document: Mapping[str, Any]) -> bool:
    """Whether the contributions that are given come to something else than was announced."""
    difference = document.get("difference")
    return bool(
        difference and Decimal(difference["amount"]) and total(standing(document["commitments"]))
    )


def _figures(kind: str, document: Mapping[str, Any]) -> Iterator[str]:
    """The path of each figure of money in the document."""
    for name, listed in part_lists(kind).items():
        for member_name, member in listed.members.items():
            for part in document[name]:
                if _is_figure(member, part.get(member_name), part):
                    yield f"{name}/{part['id']}/{member_name}"


def _is_figure(member: Member, value: Any, part: Mapping[str, Any]) -> bool:
    """Amounts are, quantities whose unit is a currency, and what stands in place of an amount."""
    if not value:
        return False
    if isinstance(member, Quantity):
        return money.names_currency(part.get("unit") or "")
    # Beside an amount it is the same figure in other currencies, with the same source.
    stands_alone = part.get("amount") is None
    in_other_currencies = any(isinstance(inside, Quantity) for inside in inner(member).values())
    return isinstance(member, Money) or (in_other_currencies and stands_alone)


def _difference(subject: Subject) -> Finding:
    document = subject.document
    difference = Decimal(document["difference"]["amount"])
    given = total(standing(document["commitments"]))
    assert given is not None
    sentence = (
        _(
            "the contributions come to %(given)s, %(difference)s less than the %(announced)s announced; correct a figure, or confirm."
        )
        if difference > 0
        else _(
            "the contributions come to %(given)s, %(difference)s more than the %(announced)s announced; correct a figure, or confirm."
        )
    )
    gap = {**document["difference"], "amount": difference.copy_abs()}
    figures = {"given": given, "difference": gap, "announced": document["totals"]["announced"]}
    shown = {
        name: money.format_amount(sum_["amount"], sum_["currency"], _language())
        for name, sum_ in figures.items()
    }
    return subject.warning("sums-differ", "commitments", sentence % shown)


def _language() -> str:
    return {django_code(code): code for code in LANGUAGES}.get(get_language() or "en", "en")
