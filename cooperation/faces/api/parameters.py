"""The parameters of the interface: each declared once, read strictly, and shown in its description."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import override

from cooperation.catalogue import KINDS
from cooperation.faces.fields import MOST_VALUES
from cooperation.faces.filters import Q_LENGTH, SORTED_BY, facet_vocabulary, filter_labels
from cooperation.gazette.reading import instant
from cooperation.rules.money import AMOUNT_MAX_LENGTH, AMOUNT_PATTERN
from cooperation.rules.words import MAX_QUERY_WORDS

from .components import SCHEMAS, Schema, component_name
from .problems import Fault
from .values import (
    CURSOR_LENGTH,
    as_it_stands,
    cursor,
    exactly,
    names,
    one_of,
    something,
    whole,
    words,
)

BIGGEST = 2**63 - 1
MOST_ON_A_PAGE = 200


@dataclass(frozen=True)
class Parameter:
    """Something that may be asked for in a query: its name, its sentence, and what it takes."""

    name: str
    sentence: str
    schema: Schema
    read: Callable[[str], Any] = as_it_stands
    """What the text means; raises ValueError with a sentence, and with what is allowed besides."""
    default: Any = None
    many: bool = False
    """Whether it may be given several times."""


def given(
    request: HttpRequest, parameters: Iterable[Parameter]
) -> tuple[dict[str, Any], list[Fault]]:
    """What the query says under each name, or the default; and every unknown parameter, unreadable value and value too many."""
    known = {parameter.name: parameter for parameter in parameters}
    query = request.GET
    faults = [_unknown(name, query, known) for name in query if name not in known]
    found = {}
    for name, parameter in known.items():
        found[name] = parameter.default
        if name in query:
            values = query.getlist(name)
            try:
                found[name] = _value(values, parameter)
            except ValueError as fault:
                detail, *allowed = fault.args
                wrong = next(
                    one for one in values if not parameter.many or _is_wrong(one, parameter)
                )
                faults.append(Fault(name, wrong, f"{name}: {detail}", tuple(allowed) or None))
    return found, faults


def _is_wrong(value: str, parameter: Parameter) -> bool:
    try:
        parameter.read(value)
    except ValueError:
        return True
    return False


def _unknown(name: str, query: QueryDict, known: Iterable[str]) -> Fault:
    allowed = tuple(sorted(known))
    there = f"there are: {', '.join(allowed)}" if allowed else "this address takes none"
    detail = f"“{name[:80]}” is not a parameter here; {there}."
    return Fault(name, query.get(name, ""), detail, allowed)


def _value(values: list[str], parameter: Parameter) -> Any:
    if parameter.many:
        return [parameter.read(value) for value in values]
    if len(values) > 1:
        raise ValueError("give it once; it takes one value.")
    return parameter.read(values[0])


PLAIN = r"^[^\u0000]*$"
"""Any text but for the sign that no address may hold."""
AT_HOME = "in the `time_zone` that `/api/v1/` names"


def _cursor(form: str) -> Parameter:
    return Parameter(
        "cursor",
        "Where the page begins, as `next` and `previous` say. No other cursor is taken.",
        {"type": "string", "pattern": form, "maxLength": CURSOR_LENGTH},
        cursor(form),
    )


CURSOR = _cursor(r"^[A-Za-z0-9_-]*$")
EDITION_CURSOR = _cursor(r"^((older|newer)-[0-9]{1,18})?$")
PAGE_SIZE = Parameter(
    "page_size",
    f"How many results a page holds, 1 to {MOST_ON_A_PAGE}.",
    {"type": "integer", "minimum": 1, "maximum": MOST_ON_A_PAGE, "default": 50},
    whole(1, MOST_ON_A_PAGE),
    default=50,
)
COUNT = Parameter(
    "count",
    "`exact` counts beyond 10,000, where `count` is null otherwise.",
    {"type": "string", "enum": ["exact"]},
    exactly("exact"),
    default=False,
)
AFTER = Parameter(
    "after",
    "Only what has a greater number: the number of the last edition that you have.",
    {"type": "integer", "minimum": 0, "maximum": BIGGEST, "default": 0},
    whole(0, BIGGEST),
    default=0,
)
KIND = Parameter(
    "kind",
    "Only entries about records of these kinds: any of those given.",
    {"type": "array", "items": {"type": "string", "enum": sorted(KINDS)}},
    one_of(KINDS),
    default=(),
    many=True,
)
# Of years that no offset leads out of the calendar; leap seconds are not told.
MOMENT: Schema = {
    "anyOf": [
        {"type": "string", "format": "date", "pattern": "^[1-8]"},
        {
            "type": "string",
            "format": "date-time",
            "pattern": r"^[1-8][0-9-]{9}T[0-9:]{6}[0-5][0-9](\.[0-9]{1,6})?(Z|[+-][0-9:]{5})$",
        },
    ],
}
AS_OF = Parameter(
    "as_of",
    "The record as it stood then: an instant with its offset (`2026-01-31T09:00:00Z`), or a date "
    f"(`2026-01-31`), which means its end {AT_HOME}.",
    MOMENT,
    instant,
)
Q = Parameter(
    "q",
    f"Words, all of which must occur: at most {Q_LENGTH} characters and {MAX_QUERY_WORDS} words, "
    "where in Korean and Chinese each pair of neighbouring characters is a word.",
    {"type": "string", "maxLength": Q_LENGTH, "pattern": PLAIN},
    words,
    "",
)
PARTIAL_DATE: Schema = {
    "anyOf": [
        {"type": "string", "format": "date", "pattern": "^[1-9]"},
        {"type": "string", "pattern": "^[1-9][0-9]{3}(-(0[1-9]|1[0-2]))?$"},
    ],
}
AMOUNT: Schema = {
    "type": "string",
    "pattern": f"^{AMOUNT_PATTERN}$",
    "maxLength": AMOUNT_MAX_LENGTH,
}


def members(kind: str, members: Iterable[str]) -> list[Parameter]:
    """The two parameters that choose among the members of a kind's documents."""
    known = tuple(members)
    name = {"$ref": f"{SCHEMAS}{component_name(kind)}Member"}
    schema = {"type": "array", "items": name, "minItems": 1}
    return [
        Parameter("fields", "Only these members, with commas between them.", schema, names(known)),
        Parameter(
            "omit", "All members but these, with commas between them.", schema, names(known), ()
        ),
    ]


@cache
def filters(kind: str) -> tuple[Parameter, ...]:
    """The parameters that the kind's FilterSet reads: it checks their values itself."""
    with override("en"):
        return tuple(
            Parameter(
                name,
                _sentence(kind, name),
                _schema(kind, name),
                words if name == "q" else something,
                many=name in KINDS[kind].all_facets,
            )
            for name in filter_labels(kind)
        )


def _sentence(kind: str, name: str) -> str:
    if name in KINDS[kind].all_facets:
        return f"{filter_labels(kind)[name]}: any of the values given."
    amounts = ", ".join(path.rpartition(".")[2] for path in KINDS[kind].amount)
    amount = f"Only with an amount (the first that is known of {amounts}) in the one `currency`"
    return {
        "q": Q.sentence,
        "sort": "The order; a hyphen turns it round.",
        "date_after": f"{KINDS[kind].date_label}: that day or later, as far as it is known.",
        "date_before": f"{KINDS[kind].date_label}: that day or earlier, as far as it is known.",
        "amount_min": f"{amount} given beside it, of that much or more.",
        "amount_max": f"{amount} given beside it, of that much or less.",
        "updated_after": "Only with an edition in force that was entered then or later: "
        f"an instant with its offset, or a date, which means its beginning {AT_HOME}.",
    }[name]


def _schema(kind: str, name: str) -> Schema:
    if name in KINDS[kind].all_facets:
        vocabulary = facet_vocabulary(kind, name)
        item = {"$ref": f"{SCHEMAS}{vocabulary.name if vocabulary else 'Key'}"}
        return {"type": "array", "items": item, "maxItems": MOST_VALUES}
    if name == "sort":
        return {"type": "string", "enum": list(SORTED_BY), "default": "-updated"}
    return {
        "q": Q.schema,
        "date_after": PARTIAL_DATE,
        "date_before": PARTIAL_DATE,
        "amount_min": AMOUNT,
        "amount_max": AMOUNT,
        "updated_after": MOMENT,
    }[name]
