"""Withdrawing and redacting: what is taken back, and what is gone for good."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from cooperation.desk import editing
from cooperation.desk.models import (
    Firm,
    Organization,
    OrganizationCitation,
    OrganizationName,
    Participant,
)
from cooperation.desk.publishing import (
    Refused,
    publish,
    redact,
    withdraw,
)
from cooperation.gazette.models import Current, Edition
from cooperation.gazette.verifying import verify
from tests.desk.records import (
    editor,
    initiative,
    organization,
    published,
    publisher,
    report,
    texts,
)

REASON = "Agreed in a test."


def everything_kept():
    """All that the histories of organizations, their names and citations say."""
    histories = [Organization.history, OrganizationName.history, OrganizationCitation.history]
    return str([row for history in histories for row in history.values()])


def codes(refusal):
    return [finding.code for finding in refusal.value.findings]


@pytest.mark.django_db
class TestWithdrawing:
    """Taking a record back from the public."""

    def test_the_record_is_no_longer_public_and_old_editions_stay(self):
        record = published(organization())
        editions = withdraw([record], by=publisher(), reason="It was a mistake.")
        assert [(e.action, e.reason) for e in editions] == [("withdrawn", "It was a mistake.")]
        record.refresh_from_db()
        assert record.state == "withdrawn"
        assert not Current.objects.filter(kind="organization").exists()
        assert Edition.objects.get(number=1).document

    def test_an_act_that_touches_too_many_editions_is_left_to_the_command(self):
        record = organization()
        links = [
            initiative(f"link-{n}", Participant(organization=record, role="operator"))
            for n in range(3)
        ]
        published(record, *links)
        with pytest.raises(Refused, match="entered by command"):
            withdraw([record], by=publisher(), reason=REASON, limit=3)
        record.refresh_from_db()
        assert record.state == "published"
        assert len(withdraw([record], by=publisher(), reason=REASON, limit=None)) == 4

    def test_what_is_not_public_cannot_be_withdrawn(self):
        for act in range(2):
            record = organization(f"a-{act}")
            if act:
                withdraw([published(record)], by=publisher(), reason=REASON)
            with pytest.raises(Refused) as refusal:
                withdraw([record], by=publisher(), reason=REASON)
            assert codes(refusal) == ["not-public"]

    def test_a_withdrawn_record_can_be_published_again(self):
        record = published(organization())
        withdraw([record], by=publisher(), reason=REASON)
        assert len(publish([record], by=publisher(), reason="After all.")) == 1
        record.refresh_from_db()
        assert (record.state, record.edition_number) == ("published", 4)

    def test_what_names_it_keeps_its_key_and_loses_its_label(self):
        alibaba = organization()
        published(initiative("a-link", Participant(organization=alibaba, role="operator")), alibaba)
        withdraw([alibaba], by=publisher(), reason=REASON)
        named = Current.objects.get(kind="initiative").content["participants"][0]["organization"]
        assert named == {"kind": "organization", "key": "alibaba-group", "url": None, "title": None}


@pytest.mark.django_db
class TestRedacting:
    """Emptying editions by order."""

    def test_the_text_is_gone_from_the_gazette_and_from_the_desks_history(self):
        record = published(
            organization(
                "a",
                OrganizationName(type="alias", text="SENTINEL name"),
                OrganizationCitation(source=report(), note="SENTINEL note"),
                title=texts("SENTINEL title"),
                website="https://example.org/SENTINEL",
            )
        )
        number = record.edition_number
        editions = redact([number], by=publisher(), reason="By order of a court.")
        assert [e.action for e in editions] == ["withdrawn", "redacted"]
        assert Edition.objects.get(number=number).document is None
        assert Organization.history.count() + OrganizationName.history.count() >= 3
        assert "SENTINEL" not in everything_kept()
        record.refresh_from_db()
        assert record.state == "withdrawn"
        assert list(verify()) == []

    def test_the_history_keeps_who_when_and_why(self):
        record = published(organization())
        redact([record.edition_number], by=publisher(), reason=REASON)
        first = Organization.history.filter(id=record.pk).last()
        assert (first.history_user, first.history_change_reason) == (editor(), "Entered in a test.")
        assert (first.key, first.type, first.title_en) == ("alibaba-group", "firm", "")

    def test_the_admins_log_names_it_no_longer(self):
        record = published(organization("a"))
        for model in (Organization, Firm):
            LogEntry.objects.create(
                user=editor(),
                content_type=ContentType.objects.get_for_model(model, for_concrete_model=False),
                object_id=str(record.pk),
                object_repr="SENTINEL",
                action_flag=2,
                change_message="SENTINEL",
            )
        redact([record.edition_number], by=publisher(), reason=REASON)
        assert "SENTINEL" not in str(list(LogEntry.objects.values()))
        assert LogEntry.objects.count() == 2

    def test_what_an_editor_has_cleaned_is_taken_out_of_the_history_by_redacting_again(self):
        alias = OrganizationName(type="alias", text="SENTINEL name")
        record = published(organization("a", alias, title=texts("SENTINEL title")))
        number = record.edition_number
        redact([number], by=publisher(), reason=REASON)
        record.refresh_from_db()
        record.title_en = "Clean"
        editing.save(record, by=editor(), reason="Cleaned.", removed=[record.names.get()])
        assert "SENTINEL" in everything_kept()
        assert redact([number], by=publisher(), reason=REASON) == []
        assert "SENTINEL" not in everything_kept()
        assert list(verify()) == []

    def test_whoever_redacted_may_publish_what_an_editor_has_cleaned(self):
        record = published(organization("a", title=texts("SENTINEL")))
        number = record.edition_number
        redact([number], by=publisher(), reason=REASON)
        record.refresh_from_db()
        record.title_en = "Clean"
        editing.save(record, by=editor(), reason="Cleaned.")
        redact([number], by=publisher(), reason=REASON)
        (edition,) = publish([record], by=publisher(), reason=REASON, confirmed="all")
        assert edition.content["title"]["en"] == "Clean"

    def test_the_history_says_that_it_was_redacted_by_whom_and_why(self):
        record = published(organization("a", title=texts("Old")))
        older = record.edition_number
        record.title_en = "New"
        editing.save(record, by=editor(), reason="Renamed.")
        publish([record], by=publisher(), reason=REASON, confirmed="all")
        for _again in range(2):
            before = Organization.history.filter(id=record.pk).count()
            redact([older], by=publisher(), reason="By order of a court.")
            entries = Organization.history.filter(id=record.pk)
            newest = entries.first()
            assert (newest.history_type, newest.history_user, newest.history_change_reason) == (
                "~",
                publisher(),
                "Redacted: By order of a court.",
            )
            assert entries.count() == before + 1
            assert set(entries.values_list("title_en", flat=True)) == {""}

    def test_an_older_edition_is_redacted_without_withdrawing_the_record(self):
        record = published(organization("a", title=texts("Old")))
        older = record.edition_number
        record.title_en = "New"
        editing.save(record, by=editor(), reason="Renamed.")
        publish([record], by=publisher(), reason=REASON, confirmed="all")
        assert [e.action for e in redact([older], by=publisher(), reason=REASON)] == ["redacted"]
        record.refresh_from_db()
        assert record.state == "published"

    def test_editors_may_not_redact(self):
        record = published(organization())
        with pytest.raises(Refused) as refusal:
            redact([record.edition_number], by=editor(), reason=REASON)
        assert codes(refusal) == ["no-right"]
