"""Recomputing the register where an edition was replaced: what is current may be all that is left of it."""

import pytest
from django.db import connection

from cooperation.gazette import triggers
from cooperation.gazette.indexing import Tampered, reindex
from cooperation.gazette.models import Current, Edition, Head
from cooperation.gazette.verifying import verify
from cooperation.rules.canonical import canonical, canonical_text, digest
from tests.worlds import publish, sample, texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world():
    publish(*(sample("organization", key) for key in "abcd"))


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
    with triggers.lifted(connection):
        Edition.objects.filter(number=1).update(reason="Another reason.")
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
        lambda: {"document": "no JSON"},
        lambda: {"reason": "Another reason."},
        lambda: {"document": forged(5).replace('"g"', '"z"'), "key": "z"},
        lambda: {"action": "withdrawn", "document": None, "schema": None},
    ],
    ids=["another document", "no document", "another reason", "another record", "a withdrawal"],
)
def test_a_newest_edition_that_was_replaced_together_with_the_head_is_not_reindexed(members):
    publish(sample("organization", "g"))
    replaced(5, **members())
    said = list(verify())
    assert REPLACED in said
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
