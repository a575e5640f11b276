"""Restoring: a record's past points are read from its history, and become its state again."""

import random
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperation.desk import editing
from cooperation.desk.copies.examining import Examined
from cooperation.desk.copies.storing import content_of, keep
from cooperation.desk.documents import document
from cooperation.desk.models import (
    Allocation,
    Commitment,
    Fund,
    FundStatusReport,
    InitiativeAgreement,
    InitiativeCitation,
    InitiativePlatform,
    Organization,
    OrganizationName,
    Participant,
    Product,
    Source,
)
from cooperation.desk.past import NoSuchPoint, Refused, as_it_was
from cooperation.desk.publishing import redact
from cooperation.desk.restoring import restore
from cooperation.gazette.models import Edition
from cooperation.rules.canonical import canonical_text
from tests.desk.records import (
    agreement,
    cite,
    editor,
    fund,
    initiative,
    organization,
    platform,
    published,
    publisher,
    report,
    texts,
)
from tests.kept import pdf_of

pytestmark = pytest.mark.django_db


def said(record):
    return canonical_text(document(record))


def said_then(record, version):
    return canonical_text(as_it_was(record, version).document())


def brought_back(record, version):
    record.refresh_from_db()
    return restore(
        record, version, by=publisher(), reason="Mistaken.", expected_version=record.version
    )


def changed(record, *parts, removed=(), **values):
    """The record's document after one more change."""
    record.refresh_from_db()
    for name, value in values.items():
        setattr(record, name, value)
    assert editing.save(record, by=editor(), reason="", parts=parts, removed=removed)
    return said(record)


def a_fund_with_a_past():
    """A fund after five changes, and its document at each version."""
    korea, china = organization("korea"), organization("china")
    record = fund(
        "a",
        Commitment(
            part_id="korea", contributor=korea, stage="pledged", amount=Decimal(40), currency="KRW"
        ),
        Commitment(
            part_id="china", contributor=china, stage="pledged", amount=Decimal(40), currency="CNY"
        ),
        cite("commitments/korea/amount", quote="40 billion each"),
        purpose=texts("To buy films."),
    )
    documents = [said(record)]
    first, second = record.commitments.all()
    first.amount, first.position, second.position = Decimal(60), 2, 1
    documents.append(changed(record, first, second, manager=korea))
    documents.append(changed(record, removed=[first, record.citations.first()], title_en="B"))
    more = [
        FundStatusReport(status="active", date="2020", finding="changed", note="Begun."),
        Allocation(part_id="a-film", amount=Decimal(3), currency="KRW"),
        cite("allocations/a-film/amount"),
    ]
    documents.append(changed(record, *more))
    removed = [*record.commitments.all(), record.citations.get(path="commitments/korea/amount")]
    documents.append(changed(record, removed=removed, manager=None))
    return record, documents


def test_every_past_document_is_read_from_the_history_byte_for_byte():
    record, documents = a_fund_with_a_past()
    assert [said_then(record, version) for version in range(1, 6)] == documents
    assert len(set(documents)) == 5


@pytest.mark.parametrize("is_public", [False, True])
def test_restoring_gives_byte_for_byte_the_same_document_from_any_point_to_any(is_public):
    record, documents = a_fund_with_a_past()
    if is_public:
        published(record, *Organization.objects.all())
    chance = random.Random(5)
    for version in [*range(4, 0, -1), *(chance.randrange(1, 6) for _ in range(6))]:
        assert said(brought_back(record, version)) == documents[version - 1]


def test_an_initiative_comes_back_with_its_links_parts_and_the_order_of_all():
    one, two, three = (platform(key) for key in ("one", "two", "three"))
    record = initiative(
        "a",
        Participant(part_id="first", role="operator", organization=organization("korea")),
        Product(part_id="films", title=texts("Films")),
        InitiativePlatform(platform=one),
        InitiativePlatform(platform=two),
        InitiativeAgreement(agreement=agreement()),
        InitiativeCitation(path="title", source=report(), quote="each"),
    )
    documents = [said(record)]
    link, other = record.platforms.all()
    link.platform, other.platform = three, one
    part = record.participants.get()
    part.part_id = "renamed"
    editing_order = [
        part,
        Participant(part_id="first", role="operator", organization=organization("china")),
    ]
    removed = [*record.agreements.all(), *record.products.all(), *record.citations.all()]
    documents.append(changed(record, link, *editing_order, removed=[other, *removed]))
    documents.append(changed(record, InitiativePlatform(platform=two), status_editorial=[]))
    for version in (1, 3, 2, 1):
        assert said(brought_back(record, version)) == documents[version - 1]


def test_restoring_is_a_change_of_its_own_with_author_and_reason():
    record, _documents = a_fund_with_a_past()
    restored = brought_back(record, 3)
    assert (restored.version, restored.changed_by) == (6, publisher())
    newest = Fund.history.filter(id=record.pk).first()
    assert (newest.version, newest.history_user) == (6, publisher())
    assert newest.history_change_reason == "Restored as it stood at version 3: Mistaken."
    assert said_then(record, 5) != said_then(record, 6) == said_then(record, 3)


def test_restoring_what_stands_already_writes_nothing():
    record, _documents = a_fund_with_a_past()
    assert brought_back(record, 5).version == 5
    assert Fund.history.filter(id=record.pk).count() == 5


def test_a_part_that_was_deleted_comes_back_as_the_same_row():
    record, _documents = a_fund_with_a_past()
    published(record, *Organization.objects.all())
    before = Commitment.history.filter(part_id="korea").values_list("id", flat=True)[0]
    brought_back(record, 1)
    assert record.commitments.get(part_id="korea").pk == before


def test_an_id_that_another_row_bore_later_is_not_given_back_in_public():
    record = organization("a", OrganizationName(part_id="old", type="alias", text="X"))
    changed(record, removed=list(record.names.all()))
    changed(record, OrganizationName(part_id="old", type="alias", text="Y"))
    published(record)
    with pytest.raises(Refused, match="“old” has been the id of another row"):
        brought_back(record, 1)
    assert [name.text for name in record.names.all()] == ["Y"]


def test_the_key_of_a_published_record_stays():
    record = organization("a")
    changed(record, key="b")
    published(record)
    assert brought_back(record, 1).key == "b"
    draft = organization("c")
    changed(draft, key="d")
    assert brought_back(draft, 1).key == "c"


def test_a_point_that_names_a_deleted_record_is_shown_and_not_restored():
    gone = organization("gone")
    record = fund("a", manager=gone)
    changed(record, manager=None)
    gone.delete()
    past = as_it_was(record, 1)
    assert past.document()["manager"]["key"] == "gone"
    assert past.labels()["organization", "gone"].title["en"] == "Gone"
    sentence = r"^Gone \(organization gone\) has been deleted since"
    with pytest.raises(Refused, match=sentence):
        brought_back(record, 1)
    record.refresh_from_db()
    assert (record.version, record.manager) == (2, None)


def test_what_breaks_a_rule_by_now_is_refused_and_nothing_is_half_done():
    record, documents = a_fund_with_a_past()
    Commitment.history.filter(part_id="korea").update(amount=None)
    with pytest.raises(Refused, match="Contribution “korea”: An amount needs its currency"):
        brought_back(record, 1)
    assert said(record) == documents[4]


def test_a_key_that_another_has_by_now_is_refused():
    record = organization("a")
    changed(record, key="b")
    organization("a")
    with pytest.raises(Refused, match="Key"):
        brought_back(record, 1)


def test_a_record_that_was_merged_stays_as_it_is():
    record, _documents = a_fund_with_a_past()
    Fund.objects.filter(pk=record.pk).update(successor="b")
    with pytest.raises(Refused, match="was merged into another"):
        brought_back(record, 1)


def test_a_record_that_somebody_changed_meanwhile_is_not_restored():
    record, documents = a_fund_with_a_past()
    with pytest.raises(editing.Stale):
        restore(record, 1, by=editor(), reason="", expected_version=4)
    assert said(record) == documents[4]


def test_a_version_that_never_was_is_no_point():
    record = organization("a")
    for version in (0, 2, 2**40):
        with pytest.raises(NoSuchPoint):
            as_it_was(record, version)


def test_a_source_gets_the_file_back_that_it_kept_then_as_long_as_it_is_there():
    record = report()
    first, second = (Examined(pdf_of(words), "application/pdf", words) for words in ("One", "Two"))
    for file in (first, second):
        record.refresh_from_db()
        keep(record, file)
        editing.save(record, by=editor(), reason="")
    assert content_of(brought_back(record, 2)) == first.content
    assert brought_back(record, 1).kept_path == ""
    default_storage.delete(Source.history.filter(version=2).get().instance.kept_path)
    with pytest.raises(Refused, match="The file that was kept then is not there any more"):
        brought_back(record, 2)


def test_what_was_redacted_is_neither_shown_nor_restored_and_what_came_after_is():
    record = organization("a", OrganizationName(type="alias", text="X"))
    published(record)
    number = Edition.objects.get(key="a").number
    redact([number], by=publisher(), reason="A court said so.")
    later = changed(record, title_en="B")
    with pytest.raises(Refused, match="taken out of the history"):
        as_it_was(record, 1)
    changed(record, title_en="C")
    assert said_then(record, 2) == later
    assert said(brought_back(record, 2)) == later
    name = record.names.get()
    name.text = "Y"
    changed(record, name)
    with pytest.raises(Refused, match="taken out of the history"):
        as_it_was(record, 2)


def test_reading_a_point_costs_the_same_however_long_the_history_is():
    record, documents = a_fund_with_a_past()
    costs = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert said_then(record, 2) == documents[1]
        costs.append(len(asked))
        for step in range(4):
            changed(record, cite(f"commitments/{step}"), title_ko=str(step))
    assert costs[0] == costs[1] <= 14
