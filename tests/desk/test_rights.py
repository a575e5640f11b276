"""Who may publish: rights, four eyes, and the reason that everybody is told."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from cooperation.desk import editing
from cooperation.desk.models import (
    OrganizationName,
)
from cooperation.desk.publishing import (
    Refused,
    publish,
    withdraw,
)
from tests.desk.records import (
    editor,
    organization,
    published,
    publisher,
    report,
)

REASON = "Agreed in a test."


def codes(refusal):
    return [finding.code for finding in refusal.value.findings]


@pytest.mark.django_db
class TestRights:
    """Who may publish."""

    def test_editors_may_not_publish_and_publishers_may(self):
        call_command("set_up_roles")
        user = User.objects.create(username="somebody")
        user.groups.add(Group.objects.get(name="Editors"))
        record = organization()
        with pytest.raises(Refused) as refusal:
            publish([report(), record], by=user, reason=REASON)
        assert codes(refusal) == ["no-right", "no-right"]
        with pytest.raises(Refused):
            withdraw([record], by=user, reason=REASON)
        user = User.objects.create(username="another")
        user.groups.add(Group.objects.get(name="Publishers"))
        assert len(publish([report(), record], by=user, reason=REASON)) == 2

    def test_a_user_who_was_disabled_may_nothing(self):
        user = User.objects.create(username="gone", is_superuser=True, is_active=False)
        with pytest.raises(Refused) as refusal:
            publish([report()], by=user, reason=REASON)
        assert codes(refusal) == ["no-right"]

    def test_nobody_publishes_what_they_changed_superusers_included(self):
        record = organization()
        editing.save(
            record, by=publisher(), reason="Mine.", parts=[OrganizationName(type="alias", text="X")]
        )
        with pytest.raises(Refused, match="somebody else has to publish it") as refusal:
            publish([report(), record], by=publisher(), reason=REASON)
        assert codes(refusal) == ["four-eyes"]

    def test_changes_before_the_current_edition_do_not_count(self):
        record = published(organization())
        record.title_en = "Mine"
        editing.save(record, by=publisher(), reason="Mine.")
        other = User.objects.create(username="other", is_superuser=True)
        publish([record], by=other, reason=REASON)
        record.refresh_from_db()
        record.title_en = "Theirs"
        editing.save(record, by=editor(), reason="Theirs.")
        assert publish([record], by=publisher(), reason=REASON)

    def test_a_citation_that_one_changed_counts(self):
        record = published(organization())
        citation = record.citations.get()
        citation.note = "Mine."
        editing.save(record, by=publisher(), reason="Mine.", parts=[citation])
        with pytest.raises(Refused) as refusal:
            publish([record], by=publisher(), reason=REASON)
        assert codes(refusal) == ["four-eyes"]

    def test_whoever_takes_a_changed_record_back_has_not_changed_it(self):
        record = published(organization())
        record.title_en = "Theirs"
        editing.save(record, by=editor(), reason="Theirs.")
        withdraw([record], by=publisher(), reason="Wrong for now.")
        assert publish([record], by=publisher(), reason=REASON, confirmed="all")

    def test_four_eyes_can_be_switched_off(self, settings):
        settings.PORTAL_FOUR_EYES = False
        record = organization()
        editing.save(
            record, by=publisher(), reason="Mine.", parts=[OrganizationName(type="alias", text="X")]
        )
        assert publish([report(), record], by=publisher(), reason=REASON)

    @pytest.mark.parametrize("reason", ["", "  ", "a\x00b", "a" * 1001])
    def test_a_reason_is_asked_for(self, reason):
        with pytest.raises(Refused) as refusal:
            publish([report()], by=publisher(), reason=reason)
        assert codes(refusal) == ["reason"]
