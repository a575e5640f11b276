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
from cooperation.rules.dates import format_date
from cooperation.rules.languages import django_code

from .moments import age
from .values import Value
from .wording import Wording


@dataclass(frozen=True)
class Line:
    """One thing in the calendar, or one that is waited for."""

    kind: str
    kind_label: str
    record: Value
    what: str
    """What it is of the record: the name of a milestone; empty where it is the record itself."""
    what_label: str
    when: str
    machine: str
    """The date as documents write it."""
    age: str
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
            what=(wording.part_label(row.name, row.part) or row.part) if part else "",
            what_label=str(listed.label),
            when=format_date(text, language),
            machine=text,
            age=age(row.last if row.last < today else row.first, today, language),
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
