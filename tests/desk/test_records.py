"""Records and parts: states, keys, ids, and what can be deleted."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cooperation.desk import editing
from cooperation.desk.models import (
    Announcement,
    Commitment,
    Organization,
    OrganizationName,
    StillPublished,
)
from tests.desk.records import cite, editor, fund, organization, published, saved, texts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("version", "published_version", "withdrawn", "successor", "state"),
    [
        (1, None, False, "", "draft"),
        (3, 3, False, "", "published"),
        (4, 3, False, "", "changed"),
        (3, 3, True, "", "withdrawn"),
        (4, 3, True, "", "withdrawn"),
        (3, 3, False, "another", "merged"),
        (3, 3, True, "another", "merged"),
    ],
)
def test_the_database_says_how_a_record_stands(
    version, published_version, withdrawn, successor, state
):
    Organization.objects.create(
        key="a",
        type="firm",
        version=version,
        published_version=published_version,
        withdrawn=withdrawn,
        successor=successor,
    )
    assert Organization.objects.filter(state=state).exists()
    assert Organization.objects.get().state == state


def test_a_key_is_proposed_from_the_title():
    record = Organization(title=texts("Ministry of Strategy & Finance"), type="ministry")
    record.full_clean()
    assert record.key == "ministry-of-strategy-finance"


def test_a_title_without_latin_letters_proposes_no_key():
    with pytest.raises(ValidationError, match="Write a key"):
        Organization(title=texts(None, "기획재정부"), type="ministry").full_clean()


def test_a_key_is_unique_within_its_kind_only():
    organization("a")
    fund("a")
    with pytest.raises(ValidationError, match="Key already exists"):
        Organization(key="a", title=texts("A"), type="firm").full_clean()


@pytest.mark.parametrize("key", ["A", "a--b", "-a", "a_b", "", "a\n"])
def test_the_database_itself_refuses_a_wrong_key(key):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.create(key=key, type="firm")


def test_the_key_of_a_draft_may_change_and_that_of_a_published_record_not():
    record = organization("a")
    record.key = "b"
    record.full_clean()
    editing.save(record, by=editor(), reason="Renamed.")
    published(record)
    record.key = "c"
    with pytest.raises(ValidationError, match="its key stays b"):
        record.full_clean()


def test_the_id_of_a_part_of_a_published_record_stays():
    record = published(
        fund("a", Announcement(amount=1, currency="KRW"), cite("announcements/announcement-1"))
    )
    row = record.announcements.get()
    row.part_id = "other"
    with pytest.raises(ValidationError, match="this id stays announcement-1"):
        row.full_clean()


def test_ids_are_proposed_from_what_a_part_says_and_never_used_again():
    korea = organization("korea")
    record = fund("a")
    ids = []
    for _ in range(3):
        row = Commitment(record=record, contributor=korea, stage="paid")
        row.save()
        ids.append(row.part_id)
    assert ids == ["korea", "korea-2", "korea-3"]
    row.delete()
    again = Commitment(record=record, contributor=korea, stage="paid")
    again.save()
    assert again.part_id == "korea-4"


def test_parts_stand_in_the_order_of_their_positions():
    record = organization("a")
    for text in ("first", "second", "third"):
        OrganizationName(record=record, type="alias", text=text).save()
    last = record.names.get(text="third")
    last.position = 0
    last.save()
    assert [name.text for name in record.names.all()] == ["third", "first", "second"]


def test_two_parts_of_a_record_do_not_bear_the_same_id():
    record = organization("a", OrganizationName(part_id="x", type="alias", text="X"))
    with pytest.raises(ValidationError, match="Another row of this list has the same id"):
        OrganizationName(record=record, part_id="x", type="alias", text="Y").full_clean()


def test_a_draft_can_be_deleted_and_its_history_stays():
    record = organization("a")
    pk = record.pk
    editing.delete(record, by=editor(), reason="A double.")
    assert not Organization.objects.exists()
    last = Organization.history.filter(id=pk).first()
    assert (last.history_type, last.history_change_reason) == ("-", "A double.")


def test_what_has_been_published_cannot_be_deleted_by_any_path():
    published(organization("a"))
    record = Organization.objects.get()
    for act in (
        record.delete,
        Organization.objects.all().delete,
        Organization.objects.filter(key="a").delete,
    ):
        with pytest.raises(StillPublished, match="withdraw it instead"):
            act()
    assert Organization.objects.count() == 1


def test_a_record_is_called_by_its_title_in_the_readers_language():
    from django.utils.translation import override

    record = saved(Organization(title=texts("Korea", "한국"), type="government"))
    with override("ko"):
        assert str(record) == "한국"
    with override("zh-hans"):
        assert str(record) == "Korea"
    assert str(Organization(key="a")) == "a"
