"""Handing records in: who may, what stands against it, and what becomes of it."""

import pytest
from django.contrib.auth.models import Group, User

from cooperation.desk import editing
from cooperation.desk.checks import Refused
from cooperation.desk.management.roles import set_up_roles
from cooperation.desk.models import Announcement, Submission
from cooperation.desk.publishing import publish, withdraw
from cooperation.desk.submitting import (
    open_submissions,
    returned_to,
    send_back,
    submit,
    take_back,
    waiting_for,
)
from tests.desk.records import fund, organization, published, report

pytestmark = pytest.mark.django_db
Outcome = Submission.Outcome


def member(name, role):
    set_up_roles()
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    return user


@pytest.fixture
def kim(db):
    return member("kim", "Editors")


@pytest.fixture
def lee(db):
    return member("lee", "Publishers")


def codes(refusal):
    return {finding.code for finding in refusal.value.findings}


def outcomes():
    return list(Submission.objects.order_by("pk").values_list("outcome", flat=True))


def test_records_handed_in_together_wait_for_whoever_may_publish_them(kim, lee):
    published(report())
    first, second = organization("a"), organization("b")
    made = submit([first, second], by=kim, note="Both are new.")
    assert {one.together for one in made} == {made[0].together}
    assert [one.note for one in made] == ["Both are new.", "Both are new."]
    assert waiting_for(lee, "organization").count() == 2
    assert waiting_for(kim, "organization").count() == 0


def test_what_one_has_changed_oneself_does_not_wait_for_ones_own_review(lee, settings):
    published(report())
    record = organization("a")
    submit([record], by=lee)
    assert waiting_for(lee, "organization").count() == 1
    record.title_en = "Other"
    editing.save(record, by=lee, reason="")
    assert waiting_for(lee, "organization").count() == 0
    settings.PORTAL_FOUR_EYES = False
    assert waiting_for(lee, "organization").count() == 1


def test_publishing_ends_the_submission_by_whatever_way_it_is_done(kim, lee):
    published(report())
    record = organization("a")
    submit([record], by=kim)
    publish([record], by=lee, reason="Checked.", confirmed="all")
    (submission,) = Submission.objects.all()
    assert (submission.outcome, submission.decided_by) == (Outcome.PUBLISHED, lee)


def test_what_is_sent_back_is_found_by_who_handed_it_in_until_it_is_handed_in_again(kim, lee):
    published(report())
    record = organization("a")
    submit([record], by=kim)
    send_back([record], by=lee, comment="Which source?")
    assert [one.comment for one in returned_to(kim)] == ["Which source?"]
    assert waiting_for(lee, "organization").count() == 0
    submit([record], by=kim)
    assert list(returned_to(kim)) == []
    assert outcomes() == [Outcome.RETURNED, Outcome.OPEN]


def test_what_is_handed_in_again_stands_as_it_is_now(kim):
    published(report())
    record = organization("a")
    submit([record], by=kim, note="First.")
    record.title_en = "Other"
    editing.save(record, by=kim, reason="")
    submit([record], by=kim, note="Second.")
    (submission,) = open_submissions([record]).values()
    assert (submission.version, submission.note) == (2, "Second.")
    assert outcomes() == [Outcome.TAKEN_BACK, Outcome.OPEN]


def test_nothing_is_handed_in_while_an_error_has_to_be_mended(kim):
    published(report())
    sound = organization("a")
    wrong = fund("b", Announcement(amount="1", currency="KRW"))
    with pytest.raises(Refused) as refusal:
        submit([sound, wrong], by=kim)
    assert codes(refusal) == {"figure-without-citation"}
    assert outcomes() == []


def test_what_is_no_different_from_what_is_public_is_not_handed_in(kim):
    record = organization("a")
    published(report(), record)
    with pytest.raises(Refused) as refusal:
        submit([record], by=kim)
    assert codes(refusal) == {"nothing-new"}


def test_editor_sends_nothing_back_and_stranger_hands_nothing_in(kim):
    published(report())
    record = organization("a")
    stranger = User.objects.create_user("stranger", is_staff=True)
    with pytest.raises(Refused) as refusal:
        submit([record], by=stranger)
    assert codes(refusal) == {"no-right"}
    submit([record], by=kim)
    with pytest.raises(Refused) as refusal:
        send_back([record], by=kim, comment="No.")
    assert codes(refusal) == {"no-right"}


def test_sending_back_needs_a_comment_and_something_that_was_handed_in(kim, lee):
    published(report())
    record = organization("a")
    with pytest.raises(Refused) as refusal:
        send_back([record], by=lee, comment="Mend it.")
    assert codes(refusal) == {"not-handed-in"}
    submit([record], by=kim)
    with pytest.raises(Refused) as refusal:
        send_back([record], by=lee, comment="  ")
    assert codes(refusal) == {"reason"}
    assert outcomes() == [Outcome.OPEN]


def test_taking_back_leaves_the_record_as_it_is(kim, lee):
    published(report())
    record = organization("a")
    submit([record], by=kim)
    assert take_back([record], by=kim) == 1
    assert waiting_for(lee, "organization").count() == 0
    record.refresh_from_db()
    assert record.version == 1


def test_colleague_who_may_not_publish_takes_nothing_back_that_another_handed_in(kim, lee):
    published(report())
    record = organization("a")
    submit([record], by=kim)
    with pytest.raises(Refused) as refusal:
        take_back([record], by=member("park", "Editors"))
    assert codes(refusal) == {"of-another"}
    assert take_back([record], by=lee) == 1


def test_what_is_withdrawn_waits_for_no_review_and_its_editor_is_told_why(kim, lee):
    record = organization("a")
    published(report(), record)
    record.refresh_from_db()
    record.title_en = "Other"
    editing.save(record, by=kim, reason="")
    submit([record], by=kim)
    withdraw([record], by=lee, reason="Entered twice.")
    assert waiting_for(lee, "organization").count() == 0
    assert [one.comment for one in returned_to(kim)] == ["Entered twice."]


def test_deleted_draft_waits_for_nobody(kim):
    published(report())
    record = organization("a")
    submit([record], by=kim)
    editing.delete(record, by=kim, reason="")
    assert Submission.objects.count() == 0
