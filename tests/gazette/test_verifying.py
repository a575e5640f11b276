"""Recomputing the register: whatever was tampered with is named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cooperation.gazette import triggers
from cooperation.gazette.indexing import Tampered, reindex
from cooperation.gazette.models import Current, Edition, Facet, Head, Reference, Word
from cooperation.gazette.redacting import redact
from cooperation.gazette.verifying import verify
from cooperation.rules.canonical import canonical, canonical_text, digest
from tests.worlds import publish, reference, sample, texts, withdraw

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


def replaced(number, **values):
    """The edition, and the head where it is the last, as they would be had this been entered."""
    edition = Edition.objects.get(number=number)
    for name, value in values.items():
        setattr(edition, name, value)
    edition.hash = digest(edition.document) if edition.document else None
    edition.chain = digest(canonical(edition.sealed()))
    with triggers.lifted(connection):
        edition.save()
        Head.objects.filter(number=number).update(chain=edition.chain)
    return edition


def forged(number):
    return Edition.objects.get(number=number).document.replace('"G"', '"Forged"')


KEPT_ROW = (
    "The current document of organization/{} (edition {}) is still as it was entered: restore the"
    " edition from it, and do not reindex."
)


def test_a_replaced_edition_is_restored_from_what_is_current_and_not_reindexed():
    edition = Edition.objects.get(number=2)
    replaced(2, document=edition.document.replace('"B"', '"Forged"'))
    assert list(verify()) == [
        "Edition 3 does not follow the edition before it: its previous chain value differs.",
        KEPT_ROW.format("b", 2),
    ]


def test_a_changed_header_is_restored_from_what_is_current_and_not_reindexed():
    tampered(1, reason="Another reason.")
    assert list(verify()) == [
        "Edition 1 (organization/a): its header was changed; the chain value differs.",
        KEPT_ROW.format("a", 1),
    ]


REPLACED = (
    "The current document of organization/g (edition 5) is whole in itself and not what edition 5"
    " says: the edition was replaced together with what follows it, or the row was. Do not reindex:"
    " a head that was kept elsewhere tells which. Restore the edition from the row, or remove the"
    " row and reindex."
)


@pytest.mark.parametrize(
    "members",
    [
        lambda: {"document": forged(5)},
        lambda: {"reason": "Another reason."},
        lambda: {"document": forged(5).replace('"g"', '"z"'), "key": "z"},
        lambda: {"action": "withdrawn", "document": None, "schema": None},
    ],
    ids=["another document", "another reason", "another record", "a withdrawal"],
)
def test_a_newest_edition_that_was_replaced_together_with_the_head_is_not_reindexed(members):
    publish(sample("organization", "g"))
    replaced(5, **members())
    said = list(verify())
    assert said[0] == REPLACED
    with pytest.raises(Tampered, match="edition 5"):
        reindex()
    assert not [sentence for sentence in said if "Mend: manage.py reindex" in sentence]


def test_what_was_replaced_before_another_record_came_again_is_not_reindexed():
    """Edition 5 ends edition 2; replaced by another record's, it would bring edition 2 back."""
    publish(sample("organization", "b", title=texts("G")))
    replaced(5, document=forged(5).replace('"b"', '"z"'), key="z")
    said = list(verify())
    assert said[0] == REPLACED.replace("organization/g", "organization/b")
    assert said[1:] == [
        (
            "Edition 2 is in force but not among the current documents. Do not reindex before what is"
            " named above is mended."
        )
    ]


def test_a_current_row_that_was_forged_with_a_header_of_its_own_is_named():
    publish(sample("organization", "g"))
    edition = Edition.objects.get(number=5)
    edition.document = forged(5)
    edition.hash = digest(edition.document)
    edition.chain = digest(canonical(edition.sealed()))
    header = canonical_text(edition.header())
    Current.objects.filter(pk=5).update(document=edition.document, header=header)
    assert list(verify()) == [REPLACED]
    with pytest.raises(Tampered, match="edition 5"):
        reindex()
    Current.objects.filter(pk=5).delete()
    reindex()
    assert list(verify()) == []


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
