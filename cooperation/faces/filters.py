"""One set of filters per kind, for its page, feed, download and API alike.

All of it follows from the catalogue: a filter for each facet, the search words, the kind's own
date and amount, the last change, and the order. A set reads the gazette's own tables only.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from django import forms
from django.core.validators import EMPTY_VALUES, MaxLengthValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_filters.filters import Filter
from django_filters.filterset import FilterSet

from cooperation.catalogue import DEFAULT_SORT, KINDS, SORTS
from cooperation.gazette import listing
from cooperation.gazette.matching import Places
from cooperation.gazette.models import Current, Head
from cooperation.gazette.shapes import CITATION, member_at
from cooperation.gazette.shapes.types import Code, Member, Money
from cooperation.gazette.shapes.vocabularies import CURRENCIES, Vocabulary
from cooperation.rules.dates import PartialDate

from .fields import (
    AmountField,
    CodesField,
    DayField,
    InstantField,
    SortField,
    ValuesField,
    WordsField,
    refusal,
)

Q_LENGTH = 200
SORTED_BY = tuple(sign + name for name in SORTS for sign in ("", "-"))
ENDS = {"amount_min": "least", "amount_max": "most"}
AMOUNTS = tuple(ENDS)
BESIDE_AMOUNT = "currency"
"""The facet that says in which currency an amount is meant."""
# Money holds its currency without declaring it as a member of its own.
CURRENCY = Code(_("Currency"), _("Its ISO 4217 code."), vocabulary=CURRENCIES)


def facet_member(kind: str, facet: str) -> Member:
    """The member of the kind's documents whose values the facet holds."""
    path = KINDS[kind].all_facets[facet][0]
    above, _dot, name = path.rpartition(".")
    if isinstance(member_at(kind, above), Money):
        return CURRENCY
    member = CITATION[name] if above == "citations" else member_at(kind, path)
    if member is None:
        raise LookupError(f"The documents of a {kind} have no {path}; mend the catalogue.")
    return member


def facet_label(kind: str, facet: str) -> str | Promise:
    """What people call the facet: the kind that it refers to, else the label of the member."""
    return KINDS[facet].label if facet in KINDS else facet_member(kind, facet).label


def facet_vocabulary(kind: str, facet: str) -> Vocabulary | None:
    """The code list from which the facet's values come; None where they are keys of records."""
    member = facet_member(kind, facet)
    return member.vocabulary if isinstance(member, Code) else None


class RecordFilter(Filter):
    """One parameter by which a list of current documents is narrowed."""

    parent: RecordFilters
    field_class: type[forms.Field]


class ValuesFilter(RecordFilter):
    """Any of the values given, under one facet."""

    field_class: type[ValuesField] = ValuesField

    def filter(self, qs: QuerySet[Current], value: list[str]) -> QuerySet[Current]:
        """Those that have any of the values."""
        kind = self.parent.kind
        return listing.with_facet(qs, kind, self.field_name, value) if value else qs


class CodesFilter(ValuesFilter):
    """Any of the codes given, under one facet."""

    field_class = CodesField


class WordsFilter(RecordFilter):
    """All of the words given, anywhere in the document."""

    field_class = WordsField

    def filter(self, qs: QuerySet[Current], value: str | None) -> QuerySet[Current]:
        """Those in which every word occurs."""
        return listing.matching(qs, self.parent.places) if value else qs


class DayFilter(RecordFilter):
    """One end of the days among which the kind's own date must fall, as far as it is known."""

    field_class = DayField

    def filter(self, qs: QuerySet[Current], value: PartialDate | None) -> QuerySet[Current]:
        """Those whose date can lie on or beyond that day."""
        if value is None:
            return qs
        after: date | None = value.first if self.field_name == "date_after" else None
        before: date | None = None if after else value.last
        return listing.dated(qs, after, before)


class AmountFilter(RecordFilter):
    """One end of the amounts among which the record's own must lie, in the one currency given beside it."""

    field_class = AmountField

    def filter(self, qs: QuerySet[Current], value: Decimal | None) -> QuerySet[Current]:
        """Those whose amount is that much or beyond, in that currency."""
        if value is None:
            return qs
        (currency,) = self.parent.chosen[BESIDE_AMOUNT]
        return listing.sized(qs, currency, **{ENDS[self.field_name]: value})


class ChangedFilter(RecordFilter):
    """The time of the last change."""

    field_class = InstantField

    def filter(self, qs: QuerySet[Current], value: datetime | None) -> QuerySet[Current]:
        """Those whose edition in force was entered at that instant or later."""
        return listing.changed_since(qs, value) if value else qs


class SortFilter(RecordFilter):
    """The order, which paging applies."""

    field_class = SortField

    def filter(self, qs: QuerySet[Current], value: str | None) -> QuerySet[Current]:
        """All of them."""
        return qs


class FiltersForm(forms.Form):
    """What was asked of all filters together."""

    def clean(self) -> None:
        """Refuses an amount without one currency, as amounts in two cannot be compared."""
        currencies = self.cleaned_data.get(BESIDE_AMOUNT, ())
        for name in AMOUNTS:
            if self.cleaned_data.get(name) is not None and len(currencies) != 1:
                sentence = _(
                    "Amounts are compared within one currency; choose exactly one currency beside it."
                )
                self.add_error(name, refusal(sentence, self.data[name]))


class RecordFilters(FilterSet):
    """The filters of one kind's lists; what is wrong in one leaves the others at work."""

    kind: str

    class Meta:
        form = FiltersForm

    def __init__(
        self, data: QueryDict | None = None, queryset: QuerySet[Current] | None = None
    ) -> None:
        everything = listing.currents(self.kind) if queryset is None else queryset
        given = QueryDict() if data is None else data
        super().__init__(given, everything)

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for and is right: lists of values for facets, one value otherwise."""
        self.is_valid()
        given = self.form.cleaned_data.items()
        return {name: value for name, value in given if value not in EMPTY_VALUES}

    @cached_property
    def places(self) -> list[Places]:
        """Where the words asked for occur: found once, however many questions are asked of the list."""
        return listing.places(self.chosen["q"], self.kind)

    @property
    def sort(self) -> str:
        """The order asked for, else the default one."""
        asked: str = self.chosen.get("sort", DEFAULT_SORT)
        return asked

    @property
    def sizes(self) -> listing.Sizes | None:
        """The least and the most amount that are asked for; None where neither is."""
        least, most = (self.chosen.get(name) for name in AMOUNTS)
        return None if least is None and most is None else (least, most)

    def together_with(self, name: str) -> tuple[str, ...]:
        """That filter and those that mean nothing without it: the amounts with their currency."""
        return (name, *AMOUNTS) if name == BESIDE_AMOUNT and self.sizes else (name,)

    def leaving_out(self, name: str) -> QuerySet[Current] | None:
        """What all filters let through but that one and those that mean nothing without it.

        None where no other filter is set, so that nothing has to be looked up to count them all.
        """
        left_out = (*self.together_with(name), "sort")
        others = [other for other in self.chosen if other not in left_out]
        if not others:
            return None
        rows: QuerySet[Current] = self.queryset.all()
        for other in others:
            rows = self.filters[other].filter(rows, self.chosen[other])
        return rows

    def counts(self, facet: str, head: Head) -> list[listing.FacetCount]:
        """How many records have each value of the facet, under all the other filters.

        With an amount, a currency counts what has its own amount in it, between the two asked for.
        """
        sizes = self.sizes if facet == BESIDE_AMOUNT else None
        return listing.facet_counts(self.kind, facet, head, self.leaving_out(facet), sizes=sizes)


@cache
def filterset(kind: str) -> type[RecordFilters]:
    """The filters of that kind: `filterset("fund")(request.GET).qs` are the documents asked for."""
    members: dict[str, Any] = {
        facet: _facet_filter(kind, facet) for facet in KINDS[kind].all_facets
    }
    members["q"] = WordsFilter(label=_("Search"), validators=[MaxLengthValidator(Q_LENGTH)])
    if KINDS[kind].date:
        members["date_after"] = DayFilter(label=_("Not before"))
        members["date_before"] = DayFilter(label=_("Not after"))
    if KINDS[kind].amount:
        members["amount_min"] = AmountFilter(label=_("Amount from"))
        members["amount_max"] = AmountFilter(label=_("Amount to"))
    members["updated_after"] = ChangedFilter(label=_("Changed on or after"))
    members["sort"] = SortFilter(label=_("Order"), orders=SORTED_BY)
    named = {"kind": kind, "__doc__": f"The filters of {KINDS[kind].plural}."}
    return type(f"{kind.title()}Filters", (RecordFilters,), {**members, **named})


def filter_labels(kind: str) -> dict[str, Any]:
    """The parameters that the kind's filters read, and what people call each."""
    declared: Any = filterset(kind)
    return {name: one.label for name, one in declared.base_filters.items()}


def _facet_filter(kind: str, facet: str) -> ValuesFilter:
    vocabulary = facet_vocabulary(kind, facet)
    label = facet_label(kind, facet)
    return (
        CodesFilter(label=label, vocabulary=vocabulary) if vocabulary else ValuesFilter(label=label)
    )
