"""Recomputing the register: whatever was tampered with is named."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cooperation.gazette import triggers
from cooperation.gazette.indexing import reindex
from cooperation.gazette.models import (
    Current,
    Edition,
    Facet,
    Figure,
    Head,
    Occasion,
    Reference,
    Word,
)
from cooperation.gazette.redacting import redact
from cooperation.gazette.verifying import verify
from cooperation.rules.canonical import canonical, canonical_text, digest
from tests.worlds import publish, reference, sample, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world():
    publish(
        sample("organization", "a", country="KR"),
        sample("organization", "b", part_of=reference("organization", "a")),
        sample("fund", "f"),
    )
    withdraw("fund", "f")


def tampered(number, **values):
    triggers.remove(connection)
    Edition.objects.filter(number=number).update(**values)
    triggers.install(connection)


def test_a_whole_register_leaves_nothing_to_say():
    assert list(verify()) == []


def test_one_byte_changed_in_a_stored_edition_is_named():
    edition = Edition.objects.get(number=2)
    tampered(2, document=edition.document.replace("organization/1", "organization/2", 1))
    assert next(verify()) == (
        "Edition 2 (organization/b): its document was changed; the hash differs."
    )


def test_a_forged_document_is_not_made_public_by_reindexing():
    edition = Edition.objects.get(number=2)
    tampered(2, document=edition.document.replace('"B"', '"Forged"'))
    assert list(verify()) == [
        "Edition 2 (organization/b): its document was changed; the hash differs.",
        (
            "The current document of organization/b (edition 2) is still as it was entered: restore the"
            " edition from it, and do not reindex."
        ),
    ]
    with pytest.raises(CommandError, match="The document of edition 2 was changed"):
        call_command("reindex")
    assert "Forged" not in Current.objects.get(pk=2).document


def test_a_missing_trigger_is_named():
    with connection.cursor() as cursor:
        on = " ON gazette_head" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER gazette_head_rises{on}")
    said = list(verify())
    triggers.install(connection)
    assert said == [
        "The trigger gazette_head_rises is missing, or does not stand as it was put: the register can be rewritten."
    ]


def test_a_changed_header_is_named():
    tampered(1, reason="Another reason.")
    assert next(verify()) == (
        "Edition 1 (organization/a): its header was changed; the chain value differs."
    )


def test_a_rewritten_edition_breaks_the_chain_after_it():
    tampered(2, chain="sha256:" + "0" * 64)
    assert (
        "Edition 3 does not follow the edition before it: its previous chain value differs."
        in list(verify())
    )


def test_a_missing_edition_is_named():
    triggers.remove(connection)
    Edition.objects.filter(number=3)._raw_delete("default")
    triggers.install(connection)
    assert "Edition 3 is missing: edition 4 follows 2." in list(verify())


def test_a_document_gone_without_redaction_is_named():
    tampered(3, document=None)
    assert list(verify()) == [
        "Edition 3 (fund/f): its document is gone, and no later entry says that it was redacted."
    ]


def test_a_document_gone_beside_one_that_was_redacted_is_named():
    publish(sample("organization", "a", country="CN"))
    redact([1], reason="Order of a court.", office="Office")
    assert list(verify()) == []
    tampered(5, document=None)
    assert next(verify()) == (
        "Edition 5 (organization/a): its document is gone, and no later entry says that it was redacted."
    )


def rechained():
    """The register with chain values that follow from what its entries say now."""
    chain = None
    with triggers.lifted(connection):
        for edition in Edition.objects.all():
            edition.previous = chain
            edition.chain = chain = digest(canonical(edition.sealed()))
            edition.save()
        Head.objects.update(chain=chain, at=edition.published_at)
    for row in Current.objects.select_related("edition"):
        Current.objects.filter(pk=row.pk).update(header=canonical_text(row.edition.header()))


UNSEALED = {
    "a schema that is not the document's": (
        2,
        lambda edition: {"schema": "organization/7"},
        "Edition 2 (organization/b): its schema is not that of its document.",
    ),
    "a schema without a document": (
        4,
        lambda edition: {"schema": "fund/1"},
        "Edition 4 (fund/f): its schema is not that of its document.",
    ),
    "no schema": (
        3,
        lambda edition: {"schema": None},
        "Edition 3 (fund/f): its schema is not that of its document.",
    ),
    "a part of a second": (
        2,
        lambda edition: {"published_at": edition.published_at.replace(microsecond=1)},
        "Edition 2 (organization/b): its time has a fraction of a second, which no entry is given.",
    ),
}


@pytest.mark.parametrize(("number", "values", "sentence"), UNSEALED.values(), ids=UNSEALED.keys())
def test_what_the_chain_does_not_cover_is_compared_too(number, values, sentence):
    tampered(number, **values(Edition.objects.get(number=number)))
    assert list(verify()) == [sentence]


def test_a_schema_that_is_not_the_documents_is_named_when_the_document_was_emptied_too():
    publish(sample("organization", "a", country="CN"))
    redact([1], reason="Order of a court.", office="Office")
    tampered(1, schema="fund/1")
    assert list(verify()) == ["Edition 1 (organization/a): its schema is not that of its document."]


def test_time_that_goes_backwards_is_named():
    edition = Edition.objects.get(number=3)
    tampered(3, published_at=edition.published_at - timedelta(hours=1))
    rechained()
    assert list(verify()) == ["Edition 3 (fund/f): its time is before that of edition 2."]


def test_a_time_of_the_head_that_disagrees_is_named():
    with triggers.lifted(connection):
        Head.objects.update(at=None)
    assert list(verify()) == ["The head's time is not that of the newest edition."]


def test_a_head_that_disagrees_is_named():
    triggers.remove(connection)
    Head.objects.update(number=9)
    triggers.install(connection)
    assert list(verify()) == ["The head names edition 9, but the register ends with edition 4."]


DERIVED = {
    "a changed current document": (
        lambda: Current.objects.filter(pk=1).update(document="{}"),
        "The current document of organization/a (edition 1) differs from its edition.",
    ),
    "a changed header": (
        lambda: Current.objects.filter(pk=1).update(header="{}"),
        "The current document of organization/a (edition 1) carries a header that differs",
    ),
    "a changed sort key": (
        lambda: Current.objects.filter(pk=1).update(sort_title_ko=b"x"),
        "The current document of organization/a (edition 1): its sort_title_ko differs.",
    ),
    "a missing facet": (
        lambda: Facet.objects.filter(current=1, name="country").delete(),
        "The current document of organization/a (edition 1): its facets differ (organization country KR).",
    ),
    "a missing reference": (
        lambda: Reference.objects.all().delete(),
        "The current document of organization/b (edition 2): its references differ (part_of organization a).",
    ),
    "an added word": (
        lambda: Word.objects.create(word="secret", kind="organization", weight=0, current_id=1),
        "The current document of organization/a (edition 1): its words differ (secret organization 0).",
    ),
    "a due date put off": (
        lambda: Occasion.objects.create(
            name="dates",
            part="",
            first="2015-01-28",
            last="2015-01-28",
            is_open=False,
            current_id=1,
        ),
        "The current document of organization/a (edition 1): its occasions differ (dates  2015-01-28",
    ),
    "an added figure": (
        lambda: Figure.objects.create(
            name="paid", part="a", currency="KRW", amount="1", current_id=1
        ),
        "The current document of organization/a (edition 1): its figures differ (paid a KRW 1).",
    ),
    "a missing current document": (
        lambda: Current.objects.filter(pk=1).delete(),
        "Edition 1 is in force but not among the current documents.",
    ),
}


@pytest.mark.parametrize(("tamper", "sentence"), DERIVED.values(), ids=DERIVED.keys())
def test_what_is_derived_is_compared_and_reindexing_mends_it(tamper, sentence):
    tamper()
    (said,) = verify()
    assert said.startswith(sentence)
    assert reindex() == 2
    assert list(verify()) == []
