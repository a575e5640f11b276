"""What is due, silent or takes place, each in a line that leads to its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import override

from cooperation.catalogue import KINDS
from cooperation.gazette.models import Occasion
from cooperation.gazette.references import label_of
from cooperation.gazette.shapes import shape
from cooperation.gazette.shapes.progress import STATUS
from cooperation.gazette.shapes.types import Parts, Texts
from cooperation.gazette.upgrades import upgraded
from cooperation.rules.dates import format_date, parse
from cooperation.rules.languages import django_code

from .moments import age, age_of
from .values import Value
from .wording import Wording


@dataclass(frozen=True)
class Line:
    """One thing in the calendar, or one that is waited for."""

    kind: str
    kind_label: str
    record: Value
    what: Value | None
    """What it is of the record, such as a milestone; None where it is the record itself."""
    what_label: str
    when: str
    machine: str
    """The date as documents write it."""
    age: str
    is_overdue: bool
    place: Value | None
    done: str
    status: Value | None


def line(row: Occasion, language: str, today: date) -> Line:
    """The line of an occasion whose current document has been read. No queries."""
    document = upgraded(row.current.content)
    wording = Wording(document, language)
    kind = KINDS[row.current.kind]
    listed = shape(kind.name).members[row.name]
    with override(django_code(language)):
        record = wording.reference(label_of(document).reference())
        part = _part(document, row) if isinstance(listed, Parts) else {}
        text = _dated(document, row, part)
        place = shape(kind.name).members.get("place")
        return Line(
            kind=kind.name,
            kind_label=str(kind.label),
            record=record,
            what=Value(
                "text", wording.part_in_full(listed, part), wording.part_language(listed, part)
            )
            if part
            else None,
            what_label=str(listed.label),
            when=format_date(text, language),
            machine=text,
            # What is due on some day of a year may still be done on its last.
            age=age(row.last, today, language) if part else age_of(parse(text), today, language),
            is_overdue=bool(part) and row.is_open and row.last < today,
            place=wording.value(place, document["place"], "") if isinstance(place, Texts) else None,
            done=format_date(part["done"], language) if part.get("done") else "",
            status=_status(wording),
        )


def _part(document: dict[str, Any], row: Occasion) -> dict[str, Any]:
    return next(part for part in document[row.name] if part["id"] == row.part)


def _dated(document: dict[str, Any], row: Occasion, part: dict[str, Any]) -> str:
    if part:
        return str(part["due"])
    value = document[row.name]
    return str(value if isinstance(value, str) else value["confirmed"] or value["since"])


def _status(wording: Wording) -> Value | None:
    status = wording.document.get("status")
    return wording.value(STATUS.members["value"], status["value"], "") if status else None
