"""One set of filters per kind, for its page, feed, download and API alike.

All of it follows from the catalogue: a filter for each facet, the search words, the kind's own
date, and the order. A set reads the gazette's own tables only.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_filters.filters import Filter
from django_filters.filterset import FilterSet

from cooperation.catalogue import DEFAULT_SORT, KINDS, SORTS
from cooperation.gazette import listing
from cooperation.gazette.models import Current, Head
from cooperation.gazette.shapes import CITATION, member_at
from cooperation.gazette.shapes.types import Code, Member, Money
from cooperation.gazette.shapes.vocabularies import CURRENCIES, Vocabulary
from cooperation.rules.dates import PartialDate, parse_date
from cooperation.rules.keys import KEY_MAX_LENGTH, is_key
from cooperation.rules.words import has_too_many_words

Q_LENGTH = 200
MANY_WORDS = _(
    "At most 32 words can be looked for at once; in Korean and Chinese each pair of neighbouring characters is one."
)
MOST_VALUES = 50
SORTED_BY = tuple(sign + name for name in SORTS for sign in ("", "-"))
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


def refusal(message: Any, value: str, allowed: tuple[str, ...] = ()) -> forms.ValidationError:
    """A sentence for people that also tells programs which value it means, and what is allowed."""
    shown = value[:KEY_MAX_LENGTH]
    params = {"value": shown, "allowed": allowed, "first": ", ".join(allowed[:20])}
    return forms.ValidationError(message, params=params)


class ValuesField(forms.Field):
    """Any number of values under one name; a subclass says which values are right."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        """The values given, each once, blanks left out; refuses more than anybody needs."""
        given = [str(one) for one in value or ()]
        if len(given) > MOST_VALUES:
            raise refusal(_("At most 50 values may be given here."), given[MOST_VALUES])
        return list(dict.fromkeys(one for one in given if one))

    def validate(self, value: list[str]) -> None:
        """Refuses what a subclass says is wrong."""
        for one in value:
            self.check(one)

    def check(self, value: str) -> None:
        """Refuses a key that no record can have; one that none has finds nothing."""
        if not is_key(value):
            raise refusal(
                _(
                    "“%(value)s” is not a key: small letters, digits and hyphens, such as alibaba-group."
                ),
                value,
            )


class CodesField(ValuesField):
    """Any number of codes of one vocabulary."""

    def __init__(self, *, vocabulary: Vocabulary, **options: Any) -> None:
        super().__init__(**options)
        self.vocabulary = vocabulary

    def check(self, value: str) -> None:
        """Refuses a code that the vocabulary does not have."""
        if value not in self.vocabulary.codes:
            raise refusal(
                _("“%(value)s” is not allowed here; choose from %(first)s."),
                value,
                self.vocabulary.codes,
            )


class WordsField(forms.CharField):
    """Words to look for: no more than are looked for."""

    def validate(self, value: str) -> None:
        """Refuses so many that the last would be passed over."""
        if has_too_many_words(value):
            raise refusal(MANY_WORDS, value)


class SortField(forms.CharField):
    """One of the orders that every list has."""

    def validate(self, value: str) -> None:
        """Refuses an order that no list has."""
        if value and value not in SORTED_BY:
            raise refusal(
                _("“%(value)s” is not an order; choose from %(first)s."), value, SORTED_BY
            )


class DayField(forms.CharField):
    """A date that may be known only to the year or month."""

    def to_python(self, value: Any) -> PartialDate | None:  # type: ignore[override]  # a narrower answer than the form field's
        """The date; None where nothing was given."""
        text: str = super().to_python(value) or ""
        try:
            return parse_date(text) if text else None
        except ValueError as fault:
            raise refusal(str(fault).replace("%", "%%"), text) from None

    def run_validators(self, value: Any) -> None:
        """Leaves out those for texts: it is a date by now."""


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

    def filter(self, qs: QuerySet[Current], value: str) -> QuerySet[Current]:
        """Those in which every word occurs."""
        return listing.matching(qs, value, self.parent.kind) if value else qs


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


class SortFilter(RecordFilter):
    """The order, which paging applies."""

    field_class = SortField

    def filter(self, qs: QuerySet[Current], value: str) -> QuerySet[Current]:
        """All of them."""
        return qs


class RecordFilters(FilterSet):
    """The filters of one kind's lists; what is wrong in one leaves the others at work."""

    kind: str

    def __init__(
        self, data: QueryDict | None = None, queryset: QuerySet[Current] | None = None
    ) -> None:
        everything = listing.currents(self.kind) if queryset is None else queryset
        given = QueryDict() if data is None else data
        super().__init__(given, everything)

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for and is right: lists of values for facets, texts and dates otherwise."""
        self.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def sort(self) -> str:
        """The order asked for, else the default one."""
        asked: str = self.chosen.get("sort", DEFAULT_SORT)
        return asked

    def leaving_out(self, facet: str) -> QuerySet[Current] | None:
        """What all filters but that one let through: the list in which its values are counted.

        None where no other filter is set, so that nothing has to be looked up to count them all.
        """
        others = {name: value for name, value in self.chosen.items() if name not in (facet, "sort")}
        if not others:
            return None
        rows: QuerySet[Current] = self.queryset.all()
        for name, value in others.items():
            rows = self.filters[name].filter(rows, value)
        return rows

    def counts(self, facet: str, head: Head) -> list[listing.FacetCount]:
        """How many records have each value of the facet, under all the other filters."""
        return listing.facet_counts(self.kind, facet, head, self.leaving_out(facet))


@cache
def filterset(kind: str) -> type[RecordFilters]:
    """The filters of that kind: `filterset("fund")(request.GET).qs` are the documents asked for."""
    members: dict[str, Any] = {
        facet: _facet_filter(kind, facet) for facet in KINDS[kind].all_facets
    }
    members["q"] = WordsFilter(label=_("Search"), max_length=Q_LENGTH)
    if KINDS[kind].date:
        members["date_after"] = DayFilter(label=_("Not before"))
        members["date_before"] = DayFilter(label=_("Not after"))
    members["sort"] = SortFilter(label=_("Order"))
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
