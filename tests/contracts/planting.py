"""Records of every kind with a mark of their own in every field, found by looking at the models.

A mark is a word, day, number or address that occurs nowhere else. A field that is added to a model
is marked from then on; one of a class that nobody has thought of stops the tests with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models

from cooperation.catalogue import KINDS
from cooperation.desk import editing, fields
from cooperation.desk.chronicle import acting
from cooperation.desk.management.roles import set_up_roles
from cooperation.desk.models import Citation, ExchangeRate, Part, Record
from cooperation.desk.publishing import publish
from cooperation.gazette.shapes import link_lists, part_lists

# What the desk notes about a row rather than keeps in it.
NOTED = {
    "id", "version", "published_version", "edition_number", "withdrawn", "successor", "state",
    "created_at", "updated_at", "changed_by", "position", "record",
    # Of notes beside records: what says nothing by itself.
    "kind", "at", "decided_at", "outcome", "together", "what", "since", "other", "handle",
}  # fmt: skip
CODED = (fields.CodeField, fields.CodesField, fields.FlagField, models.ForeignKey)
# Between the thousands of a number that is shown to people.
COMMAS = re.compile(r"(?<=\d)[,\u00a0\u202f](?=\d{3})")
# Where a rule of the table leaves one value only.
FIXED = {
    "Identifier.scheme": "wikidata",
    "Commitment.contributor_class": "",
    "Party.country": "",
    "FundStatusReport.finding": "changed",
    "InitiativeStatusReport.finding": "changed",
}


class Planter:
    """Makes and alters records so that each of their values can be told from everybody else's."""

    def __init__(self, stem: str, *, century: int) -> None:
        self.stem = stem
        self.century = century
        self.count = 0
        self.planted: dict[str, str] = {}
        """What was planted, by the field that it was planted in last."""
        self.pattern = re.compile(
            rf"{stem}\d{{4}}|q{century}\d{{4}}|x{century}\d|{century}{century}\d{{5}}"
            rf"|(?<![0-9a-z]){century}(?:\d\d|{century}\d\d)(?![0-9a-z])",
            re.IGNORECASE,
        )

    def word(self) -> str:
        """A word that nobody has used."""
        self.count += 1
        return f"{self.stem}{self.count:04d}"

    def marks_in(self, text: str) -> set[str]:
        """The marks of this planter that the text holds, numbers with or without commas."""
        return {found.lower() for found in self.pattern.findall(COMMAS.sub("", text))}

    def value(self, field: models.Field, row: models.Model) -> Any:
        """A value for that field: marked where it holds anything, else a code that it allows."""
        word = self.word()
        name = f"{type(row).__name__}.{field.name}"
        if name in FIXED:
            return FIXED[name]
        if isinstance(field, CODED):
            return self.code(field)
        value = self.marked(field, name, word)
        self.planted[name] = str(value)
        return value

    def marked(self, field: models.Field, name: str, word: str) -> Any:
        """A marked value of the field's own sort."""
        number = f"{self.century}{self.century}{self.count:05d}"
        day = date(self.century * 100, 1, 1) + timedelta(days=self.count)
        if name == "Product.hs_code":
            return f"{self.century}{self.century}{self.count % 100:02d}"
        if name == "Product.hs_edition":
            return f"x{self.century}{self.count % 10}"
        if name == "Identifier.value":
            return f"Q{self.century}{self.count:04d}"
        sorts: list[tuple[Any, Any]] = [
            (fields.TextColumn, f"{word} and so on"),
            (fields.KeyField, word),
            (fields.EdtfField, day.isoformat()),
            (fields.AddressField, f"https://{word}.example/"),
            (fields.AmountField, Decimal(number)),
            (fields.LinesField, [word]),
            (fields.ReportedAsField, [{"text": word, "amount": number, "currency": "USD"}]),
            (fields.NumberField, int(number)),
            (models.DateField, day),
            (models.JSONField, {word: word}),
            (models.TextField, word),
            (models.CharField, word),
        ]
        for sort, value in sorts:
            if isinstance(field, sort):
                return value
        raise AssertionError(f"Say in planting.py how {name} ({type(field).__name__}) is marked.")

    def code(self, field: models.Field) -> Any:
        """A value of a field that takes codes, flags or references; references are made elsewhere."""
        if isinstance(field, models.ForeignKey):
            return None
        if isinstance(field, fields.FlagField):
            return True
        if isinstance(field, fields.CodesField):
            codes = field.vocabulary.codes if field.vocabulary else ()
            return [code for code in ("en", "ko", "KR", "trade") if code in codes]
        codes = field.member.vocabulary.codes
        return next((code for code in ("KRW", "KR", "ko") if code in codes), codes[0])

    def fill(self, row: models.Model, *, leaving: Iterable[str] = ()) -> None:
        """Mark every field of the row, but for those named and what the desk notes itself."""
        for field in row._meta.concrete_fields:
            if field.name in NOTED or field.name in leaving:
                continue
            if not isinstance(field, models.ForeignKey):
                setattr(row, field.name, self.value(field, row))

    def records(self) -> dict[str, list[Record]]:
        """Two new records of every kind with two rows in each list, each naming what it can."""
        made: dict[str, list[Record]] = {}
        with acting(None, self.word()):
            for kind in sorted(KINDS, key=lambda kind: bool(needed(apps.get_model("desk", kind)))):
                made[kind] = [self.record(kind, made) for _ in range(2)]
            for alike in made.values():
                for record in alike:
                    self.complete(record, made)
        return made

    def record(self, kind: str, made: dict[str, list[Record]] | None = None) -> Record:
        """A new record of that kind, without its lists and with those references only that it needs."""
        record: Record = apps.get_model("desk", kind)()
        self.fill(record)
        for field in needed(record):
            other = field.related_model._meta.model_name
            known = (made or {}).get(other)
            setattr(record, field.name, known[0] if known else self.record(other))
        editing.save(record, by=None, reason=self.word())
        return record

    def complete(self, record: Record, made: dict[str, list[Record]]) -> None:
        """Give the record its references, parts and citations."""
        for field in references(record):
            setattr(record, field.name, self.other(field, record, made))
        parts = [
            part for name in part_lists(record.kind) for part in self.parts(record, name, made)
        ]
        paths = ["title", *(f"{name}/{part.part_id}" for name, part in self.places(record, parts))]
        citations = [self.citation(record, path, made) for path in paths]
        rows = [*parts, *self.links(record, made), *citations]
        editing.save(record, by=None, reason=self.word(), parts=rows)

    def links(self, record: Record, made: dict[str, list[Record]]) -> Iterator[Any]:
        """For each list by which the record names others a row of every kind that it may name."""
        for name in link_lists(record.kind):
            stored = getattr(record, name)
            for column in stored.model.columns():
                other = self.other(stored.model._meta.get_field(column), record, made)
                if not stored.filter(**{column: other}).exists():
                    yield stored.model(record=record, **{column: other})

    def places(self, record: Record, parts: list[Part]) -> Iterator[tuple[str, Part]]:
        """Each part with the name of the list that it stands in."""
        for name in part_lists(record.kind):
            model = getattr(record, name).model
            yield from ((name, part) for part in parts if isinstance(part, model))

    def parts(self, record: Record, name: str, made: dict[str, list[Record]]) -> list[Part]:
        """Two new rows of that list, the second in place of the first where rows can do that."""
        first, second = (self.row(getattr(record, name).model(record=record), made) for _ in "12")
        if hasattr(first, "replaces"):
            first.replaces, second.replaces = "", first.part_id
            self.planted[f"{type(second).__name__}.replaces"] = second.replaces
        return [first, second]

    def row(
        self, row: Any, made: dict[str, list[Record]], *, leaving: Iterable[str] = (), **given: Any
    ) -> Any:
        """A part or citation with every field marked, but for those that are left as they are."""
        self.fill(row, leaving=leaving)
        for field in references(row):
            if field.name != "record":
                setattr(row, field.name, self.other(field, row.record, made))
        for name, value in given.items():
            setattr(row, name, value)
            self.planted[f"{type(row).__name__}.{name}"] = value
        return row

    def published_values(self) -> dict[str, set[str]]:
        """The marks that readers are to see, by the field that holds them."""
        positions = (".start", ".end")  # publish_all() says where a quotation really stands
        return {
            name: self.marks_in(str(value))
            for name, value in self.planted.items()
            if not name.endswith(positions)
        }

    def citation(self, record: Record, path: str, made: dict[str, list[Record]]) -> Citation:
        """A citation for that path."""
        return self.row(record.citations.model(record=record), made, path=path)

    def other(self, field: models.ForeignKey, record: Record, made: dict[str, list[Record]]) -> Any:
        """A record for the field to name, and never the record itself."""
        alike = made[field.related_model._meta.model_name]
        return next(one for one in alike if (one.kind, one.pk) != (record.kind, record.pk))

    def alter(self, record: Record, made: dict[str, list[Record]]) -> None:
        """Change every value of a published record, its parts and citations, and add to its lists."""
        with acting(None, self.word()):
            record.refresh_from_db()
            self.fill(record, leaving=["key"])
            rows: list[Any] = []
            for name in part_lists(record.kind):
                stored = list(getattr(record, name).all())
                for part in stored:
                    self.row(part, made, leaving=["part_id", "replaces"])
                rows += [*stored, *self.parts(record, name, made)]
            for citation in record.citations.all():
                self.fill(citation, leaving=["path"])
                rows.append(citation)
            rows.append(self.citation(record, "title", made))
            for row in rows:
                ordered(row)
            rows += self.links(record, made)
            editing.save(record, by=None, reason=self.word(), parts=rows)

    def rate(self) -> ExchangeRate:
        """An exchange rate that no published amount needs."""
        rate = ExchangeRate()
        self.fill(rate)
        rate.base, rate.quote = "KRW", "USD"
        rate.save()
        return rate

    def user(self) -> User:
        """Somebody at the desk."""
        word = self.word()
        return User.objects.create_user(
            word, f"{word}@{word}.example", "a long password", first_name=word, last_name=word
        )


def references(row: models.Model | type[models.Model]) -> list[models.ForeignKey]:
    """The fields by which the row names records."""
    return [f for f in row._meta.concrete_fields if isinstance(f, fields.ReferenceField)]


def needed(row: models.Model | type[models.Model]) -> list[models.ForeignKey]:
    """The references without which a record is not saved."""
    return [field for field in references(row) if not field.blank]


def ordered(row: Any) -> None:
    """Keep a passage's beginning before its end."""
    if isinstance(row, Citation) and row.start is not None and row.end is not None:
        row.start, row.end = sorted((row.start, row.end))


def publisher() -> User:
    """Somebody who may publish, and has changed nothing."""
    set_up_roles()
    user = User.objects.create_user("publisher", password="a long password", is_staff=True)
    user.groups.set(type(user).groups.field.related_model.objects.filter(name="Publishers"))
    return user


def publish_all(made: dict[str, list[Record]], secret: Planter, by: User) -> None:
    """Publish the records together, with a kept text that holds their quotations and a secret."""
    records = [record for alike in made.values() for record in alike]
    cited = [citation for record in records for citation in record.citations.all()]
    # So far from its beginning that no place in it looks like a year.
    kept = " ".join([secret.word(), "." * 10_000, *(citation.quote for citation in cited)])
    for source in made["source"]:
        source.refresh_from_db()
        # Its size is public, and should not look like a year.
        source.kept_text = kept.ljust(99_999, ".")
        editing.save(source, by=None, reason=secret.word())
    for citation in cited:
        citation.start = kept.index(citation.quote)
        citation.end = citation.start + len(citation.quote)
        citation.save()
    publish(records, by=by, reason="Agreed in a test.", confirmed="all")
