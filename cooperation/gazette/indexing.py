"""What is looked up about a current document: facets, references, words, dates, figures and sort keys.

All of it follows from the document alone, so it can be thrown away and made again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from cooperation.catalogue import KINDS
from cooperation.rules import dates, money, words
from cooperation.rules.canonical import canonical, canonical_text, digest
from cooperation.rules.languages import LANGUAGES, column, pick

from .models import Current, Edition, Facet, Figure, Head, Occasion, Reference, Word
from .occasions import dated, figures
from .references import is_reference, references
from .shapes import CITATION, TITLE, shape
from .shapes.types import Member, Text, Texts, inner
from .shapes.types import Reference as ReferenceMember

Progress = Callable[[int, int], None]
Linked = Facet | Reference | Word | Occasion | Figure
LOOKED_UP: dict[type[Linked], tuple[str, ...]] = {
    Facet: ("kind", "name", "value"),
    Reference: ("path", "to_kind", "to_key"),
    Word: ("word", "kind", "weight"),
    Occasion: ("name", "part", "first", "last", "is_open"),
    Figure: ("name", "part", "currency", "amount"),
}
"""The tables of what is looked up about a current document, and what a row of each says."""
BATCH = 500
WITH_DOCUMENT = (Edition.Action.PUBLISHED, Edition.Action.REFRESHED)


class Tampered(ValueError):
    """Editions are not as they were entered, or current rows bear witness against them."""

    def __init__(self, numbers: Sequence[int]):
        named = ", ".join(map(str, numbers))
        super().__init__(
            f"The document of edition {named} was changed, or its header. Restore it first; see verify."
        )


def values(document: Any, path: str) -> Iterator[Any]:
    """The values at a dotted path: lists are gone through, a reference stands for its key."""
    if isinstance(document, list):
        for item in document:
            yield from values(item, path)
    elif path and isinstance(document, dict):
        step, _dot, rest = path.partition(".")
        yield from values(document.get(step), rest)
    elif is_reference(document):
        yield document["key"]
    elif document is not None and not path:
        yield document


def facets(document: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The (name, value) pairs under which the document is filtered and counted."""
    return {
        (name, value)
        for name, paths in KINDS[document["kind"]].all_facets.items()
        for path in paths
        for value in values(document, path)
    }


def own_date(document: Mapping[str, Any]) -> dates.PartialDate | dates.Interval | None:
    """The date by which the document is filtered and sorted; None where it has none."""
    for path in KINDS[document["kind"]].date:
        found = [dates.parse(text) for text in values(document, path)]
        if found:
            return max(found, key=lambda date: (date.first, date.last))
    return None


def own_amount(document: Mapping[str, Any]) -> tuple[str, bytes] | None:
    """The currency and sort key of the amount by which the document is filtered; None without one."""
    for path in KINDS[document["kind"]].amount:
        for currency in values(document, f"{path}.currency"):
            (amount,) = values(document, f"{path}.amount")
            return currency, money.sort_key(Decimal(amount))
    return None


def texts(members: Mapping[str, Member], document: Mapping[str, Any]) -> Iterator[str]:
    """Every text for people in the document, in all its languages."""
    for name, member in members.items():
        value = document.get(name)
        for item in value if isinstance(value, list) else [value]:
            if item is None:
                continue
            if isinstance(member, Text):
                yield item
            elif isinstance(member, Texts):
                yield from filter(None, item.values())
            elif isinstance(member, ReferenceMember):
                yield from filter(None, (item["title"] or {}).values())
            else:
                yield from texts(inner(member), item)


QUOTED = {name: CITATION[name] for name in ("quote", "attributed_to")}


def word_weights(document: Mapping[str, Any]) -> dict[str, int]:
    """Each search word of the document, and how much it says about what the record is.

    2 where it is a name of what bears names, 1 where a title holds it, else 0. What a source is
    called is not a word of the records that cite it (they are found by the filter `source`), nor is
    what the editors remark on a citation.
    """
    named = [*texts({"title": TITLE}, document), document["key"], *values(document, "names.text")]
    found = [*texts(shape(document["kind"]).members, document)]
    for citation in document["citations"]:
        found += texts(QUOTED, citation)
    weights = dict.fromkeys((word for text in found for word in words.words(text)), 0)
    weight = 2 if "names" in document else 1
    names = (words.words(text, across_spaces=True) for text in named)
    return weights | dict.fromkeys((word for found in names for word in found), weight)


def prepared(edition: Edition) -> tuple[Current, Mapping[str, Any]]:
    """The unsaved row for an edition's document, with its sort keys, and the document."""
    document = json.loads(edition.document or "null")
    date, amount = own_date(document), own_amount(document)
    row = Current(
        edition=edition,
        kind=edition.kind,
        key=edition.key,
        document=edition.document or "",
        header=canonical_text(edition.header()),
        sort_date=date.text.encode() if date else b"",
        date_first=date.first if date else None,
        date_last=date.last if date else None,
        amount_currency=amount[0] if amount else None,
        sort_amount=amount[1] if amount else None,
    )
    for language in LANGUAGES:
        title = pick(document["title"], language, settings.PORTAL_MAIN_LANGUAGE).text
        setattr(row, f"sort_title_{column(language)}", words.sort_key(title or ""))
    return row, document


def linked_rows(row: Current, document: Mapping[str, Any]) -> list[Linked]:
    """The unsaved rows of each table of what is looked up about a current document, in their order."""
    return [
        *(
            Facet(kind=row.kind, name=name, value=value, current=row)
            for name, value in sorted(facets(document))
        ),
        *(
            Reference(current=row, path=path, to_kind=kind, to_key=key)
            for path, (kind, key) in references(document)
        ),
        *(
            Word(word=word, kind=row.kind, weight=weight, current=row)
            for word, weight in sorted(word_weights(document).items())
        ),
        *(Occasion(current=row, **one.fields()) for one in dated(document)),
        *(Figure(current=row, **one._asdict()) for one in figures(document)),
    ]


def store(rows: Sequence[tuple[Current, Mapping[str, Any]]]) -> None:
    """Write current documents with all that is looked up about them."""
    Current.objects.bulk_create([row for row, _document in rows], batch_size=BATCH)
    linked = [one for row, document in rows for one in linked_rows(row, document)]
    for table in LOOKED_UP:
        of_table: Any = [one for one in linked if isinstance(one, table)]
        table.objects.bulk_create(of_table, batch_size=BATCH)


def has_whole_header(edition: Edition) -> bool:
    """Whether the edition's chain value covers its header."""
    return digest(canonical(edition.sealed())) == edition.chain


def is_whole(edition: Edition) -> bool:
    """Whether the edition's header, and its document under it, hold together."""
    has_own_document = edition.document is not None and digest(edition.document) == edition.hash
    return has_own_document and has_whole_header(edition)


def witnesses() -> Iterator[tuple[Current, str]]:
    """The current rows that hold together in themselves and say otherwise than their editions.

    With the chain value of each. Such a row may be all that is left of what was entered, so it is
    no more thrown away. One query, and one a row that differs.
    """
    rows = Current.objects.select_related("edition").defer("document", "edition__document")
    for row in rows.order_by("pk").iterator(BATCH):
        if row.header != canonical_text(row.edition.header()):
            chain = _own_chain(row)
            if chain:
                yield row, chain


def _own_chain(row: Current) -> str | None:
    """The chain value in the row's header, if it covers the header and that the document."""
    try:
        header = json.loads(row.header)
        chain = header.pop("chain")
        held = (header["number"], header["hash"], chain)
        covered = (row.pk, digest(row.document), digest(canonical(header)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return str(chain) if held == covered else None


def followed() -> Exists:
    """Whether a later entry decides how the record of an edition, or of a current row, stands."""
    later = Edition.objects.filter(
        kind=OuterRef("kind"), key=OuterRef("key"), number__gt=OuterRef("pk")
    )
    return Exists(later.exclude(action=Edition.Action.REDACTED))


def in_force_now() -> list[int]:
    """The numbers of the editions that are current, found from the register alone."""
    documents = Edition.objects.filter(action__in=WITH_DOCUMENT).exclude(followed())
    return list(documents.order_by("number").values_list("number", flat=True))


@transaction.atomic
def reindex(progress: Progress | None = None) -> int:
    """Make anew, from the register, every current document and all that is looked up about it.

    Returns how many there are. Holds the head, so nothing is published meanwhile; readers see the
    old rows until it is done, and then nothing that was kept for them before. Tampered, with
    nothing changed, where an edition is not as it was entered or a current row says so: what was
    forged does not become public this way.
    """
    head = Head.objects.select_for_update(no_key=True).get()
    doubtful = [row.pk for row, _chain in witnesses()]
    if doubtful:
        raise Tampered(doubtful)
    Current.objects.all().delete()
    # What a release that did not know of them has left behind.
    Occasion.objects.all().delete()
    Figure.objects.all().delete()
    numbers = in_force_now()
    for start in range(0, len(numbers), BATCH):
        editions = Edition.objects.in_bulk(numbers[start : start + BATCH])
        changed = [number for number, edition in sorted(editions.items()) if not is_whole(edition)]
        if changed:
            raise Tampered(changed)
        store([prepared(editions[number]) for number in sorted(editions)])
        if progress:
            progress(min(start + BATCH, len(numbers)), len(numbers))
    head.indexings += 1
    head.save(update_fields=["indexings"])
    return len(numbers)
