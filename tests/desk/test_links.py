"""Lists by which a record names others: each one record, once, of a kind that is open."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from cooperation.desk import editing
from cooperation.desk.checks.all import findings
from cooperation.desk.documents import document
from cooperation.desk.intake.entering import enter
from cooperation.desk.intake.faults import Faults
from cooperation.desk.models import EngagementSubject, Initiative, InitiativePlatform
from tests.desk.records import editor, engagement, fund, initiative, platform

pytestmark = pytest.mark.django_db


def test_a_list_names_a_record_once():
    link = initiative("a-link", InitiativePlatform(platform=platform()))
    twice = InitiativePlatform(record=link, platform=platform("kmall24-too"))
    twice.platform_id = link.platforms.get().platform_id
    with pytest.raises(ValidationError, match="in the list already"):
        twice.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()


def test_a_row_names_one_record_and_no_more():
    meeting = engagement()
    for values in ({}, {"fund": fund(), "initiative": initiative()}):
        row = EngagementSubject(record=meeting, **values)
        with pytest.raises(ValidationError, match="names one record"):
            row.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_what_is_named_is_not_deleted():
    named = fund()
    engagement("a-meeting", EngagementSubject(fund=named))
    with pytest.raises(ProtectedError):
        named.delete()


def test_what_is_named_has_to_be_public():
    meeting = engagement("a-meeting", EngagementSubject(fund=fund("a-draft")))
    (finding,) = [one for one in findings([meeting]) if one.code == "reference-not-public"][:1]
    assert "a-draft" in finding.sentence


def test_naming_another_is_a_change_of_the_record_with_its_history():
    meeting = engagement("a-meeting", EngagementSubject(fund=fund()))
    version = meeting.version
    row = meeting.subjects.get()
    editing.save(
        meeting,
        by=editor(),
        reason="It was the link.",
        parts=[EngagementSubject(initiative=initiative())],
        removed=[row],
    )
    assert meeting.version == version + 1
    assert [one["kind"] for one in document(meeting)["subjects"]] == ["initiative"]
    assert [one.history_type for one in EngagementSubject.history.order_by("history_id")] == [
        "+", "-", "+",
    ]  # fmt: skip


def written(**members):
    return [
        {"kind": "engagement", "key": "a-meeting", "title": {"en": "M"}, "type": "call", **members}
    ]


def test_written_records_name_others_by_kind_and_key_where_any_kind_is_open():
    fund("a-fund")
    enter(written(subjects=["fund/a-fund"]), by=editor(), reason="As written.")
    again = enter(written(subjects=["fund/a-fund"]), by=editor(), reason="Again.")
    assert len(again.unchanged) == 1
    (meeting,) = again.records
    assert [one["key"] for one in document(meeting)["subjects"]] == ["a-fund"]
    enter(written(subjects=[]), by=editor(), reason="None.")
    assert document(meeting)["subjects"] == []


def test_written_records_name_others_by_key_where_one_kind_is_open():
    platform("kmall24")
    one = {"kind": "initiative", "key": "a-link", "title": {"en": "L"}, "platforms": ["kmall24"]}
    enter([one], by=editor(), reason="As written.")
    assert document(Initiative.objects.get())["platforms"][0]["key"] == "kmall24"


@pytest.mark.parametrize(
    ("subjects", "path", "mend"),
    [
        (["a-fund"], "subjects/1", "Name the record by kind and key"),
        (["rumour/a-fund"], "subjects/1", "Name the record by kind and key"),
        ([7], "subjects/1", "Name the record by kind and key"),
        (["fund/a-fund"], "subjects/1", "There is no fund with this key"),
        (["fund/a", "fund/a"], "subjects/2", "named twice"),
        ("fund/a-fund", "subjects", "Give a list"),
    ],
)
def test_what_names_no_record_is_told_with_its_place(subjects, path, mend):
    with pytest.raises(Faults) as refused:
        enter(written(subjects=subjects), by=editor(), reason="As written.")
    assert path in str(refused.value)
    assert mend in str(refused.value)
