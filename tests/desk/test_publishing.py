"""Publishing, withdrawing and redacting: who may, what is entered, and what the desk notes of it."""

import json

import pytest
from django.contrib.auth.models import User

from cooperation.desk import editing
from cooperation.desk.models import (
    Announcement,
    Organization,
    OrganizationName,
    Participant,
)
from cooperation.desk.publishing import (
    Refused,
    publish,
)
from cooperation.gazette.models import Current, Edition, Head
from cooperation.gazette.verifying import verify
from tests.desk.records import (
    cite,
    editor,
    fund,
    in_all_languages,
    initiative,
    organization,
    published,
    publisher,
    report,
    saved,
    texts,
)

REASON = "Agreed in a test."


def entered():
    return [(e.number, e.action, f"{e.kind}/{e.key}") for e in Edition.objects.order_by("number")]


def codes(refusal):
    return [finding.code for finding in refusal.value.findings]


@pytest.mark.django_db
class TestPublishing:
    """The act by which a record becomes public."""

    def test_what_is_entered_is_the_document_with_what_is_published_under_its_references(self):
        alibaba = organization(title=in_all_languages("Alibaba"))
        link = initiative("a-link", Participant(organization=alibaba, role="operator"))
        published(link, alibaba)
        assert entered() == [
            (1, "published", "initiative/a-link"),
            (2, "published", "organization/alibaba-group"),
            (3, "published", "source/report"),
        ]
        content = Current.objects.get(kind="initiative").content
        assert content["participants"][0]["organization"] == {
            "kind": "organization",
            "key": "alibaba-group",
            "url": "/organizations/alibaba-group/",
            "title": {"en": "Alibaba", "ko": "Alibaba 한국어", "zh-Hans": "Alibaba 中文"},
        }

    def test_the_desk_notes_what_was_published(self):
        record = published(organization())
        assert (record.state, record.published_version, record.edition_number) == (
            "published", 1, 1,
        )  # fmt: skip
        entry = Organization.history.filter(id=record.pk).first()
        assert (entry.history_user, entry.history_change_reason) == (publisher(), REASON)

    def test_the_gazette_names_the_office_and_never_a_user(self, settings):
        settings.PORTAL_OFFICE = "The Office"
        by = User.objects.create(username="somebody", is_superuser=True)
        publish([report(), organization()], by=by, reason=REASON)
        for edition in Edition.objects.all():
            assert (edition.office, edition.reason) == ("The Office", REASON)
            assert "somebody" not in f"{edition.document}{edition.header()}"

    def test_publishing_again_enters_nothing_and_writes_nothing(self):
        record = published(organization())
        entries = Organization.history.count()
        assert publish([record], by=publisher(), reason="Again.") == []
        assert Head.objects.get().number == 2
        assert Organization.history.count() == entries

    def test_a_change_that_was_taken_back_enters_nothing_and_counts_as_published(self):
        record = published(organization())
        for title in ("Another", "Alibaba Group"):
            record.title_en = title
            editing.save(record, by=editor(), reason="Back and forth.")
        assert record.state == "changed"
        assert publish([record], by=publisher(), reason="Nothing new.", confirmed="all") == []
        record.refresh_from_db()
        assert (record.state, record.published_version, record.edition_number) == (
            "published", 3, 1,
        )  # fmt: skip

    def test_what_was_confirmed_is_kept_in_the_history_of_the_record_and_nowhere_else(self):
        record = organization("a", title=texts("A", "가"))
        editions = publish([report(), record], by=publisher(), reason="Agreed.", confirmed="all")
        assert {edition.reason for edition in editions} == {"Agreed."}
        kept = Organization.history.filter(id=record.pk).first()
        assert kept.history_user == publisher()
        assert kept.history_change_reason.splitlines() == [
            "Agreed.",
            "Confirmed: language-missing (Title › Simplified Chinese)",
        ]

    def test_editing_changes_nothing_public_until_it_is_published_again(self):
        record = published(organization("a", title=texts("Old")))
        before = list(Current.objects.values_list("document", "header"))
        record.title_en = "New"
        editing.save(record, by=editor(), reason="Renamed.")
        assert list(Current.objects.values_list("document", "header")) == before
        published(record)
        assert Current.objects.get(kind="organization").content["title"]["en"] == "New"

    def test_renaming_refreshes_what_names_it_and_keeps_pending_edits_private(self):
        alibaba = organization()
        link = published(
            initiative("a-link", Participant(organization=alibaba, role="operator")), alibaba
        )
        before = Current.objects.get(kind="initiative").content
        link.summary_en = "SENTINEL"
        editing.save(link, by=editor(), reason="Not yet.")
        alibaba.refresh_from_db()
        alibaba.title_en = "Alibaba Holding"
        editing.save(alibaba, by=editor(), reason="Renamed.")
        editions = publish([alibaba], by=publisher(), reason=REASON)
        assert [(e.action, e.kind) for e in editions] == [
            ("published", "organization"),
            ("refreshed", "initiative"),
        ]
        after = Current.objects.get(kind="initiative").content
        assert "SENTINEL" not in json.dumps(after)
        assert after["participants"][0]["organization"]["title"]["en"] == "Alibaba Holding"
        before["participants"][0]["organization"]["title"]["en"] = "Alibaba Holding"
        assert after == before

    def test_a_refusal_enters_nothing_of_the_whole_act(self):
        good, bad = (
            organization("good"),
            saved(Organization(key="bad", title=texts("Bad"), type="firm")),
        )
        with pytest.raises(Refused) as refusal:
            publish([report(), good, bad], by=publisher(), reason=REASON, confirmed="all")
        assert "no-citation" in codes(refusal)
        assert entered() == []
        assert set(Organization.objects.values_list("state", flat=True)) == {"draft"}

    def test_a_fault_half_way_leaves_nothing(self):
        record = organization()

        def fail(done, of):
            raise RuntimeError("The lights went out.")

        with pytest.raises(RuntimeError):
            publish([report(), record], by=publisher(), reason=REASON, progress=fail)
        record.refresh_from_db()
        assert (entered(), record.state, Head.objects.get().number) == ([], "draft", 0)

    def test_a_figure_without_a_source_is_published_by_nobody(self):
        record = fund("a-fund", Announcement(part_id="said", amount=1, currency="KRW"))
        for confirmed in (
            (),
            "all",
            ["figure-without-citation:fund/a-fund:announcements/said/amount"],
        ):
            with pytest.raises(Refused) as refusal:
                publish([report(), record], by=publisher(), reason=REASON, confirmed=confirmed)
            assert codes(refusal) == ["figure-without-citation"]

    def test_warnings_pass_when_each_is_confirmed(self):
        record = organization("a", title=texts("A", "가"))
        records = [report(), record]
        with pytest.raises(Refused) as refusal:
            publish(records, by=publisher(), reason=REASON, confirmed=["something:else/a:title"])
        warnings = refusal.value.findings
        assert [w.code for w in warnings] == ["language-missing"]
        assert publish(records, by=publisher(), reason=REASON, confirmed=[w.id for w in warnings])

    def test_records_of_all_kinds_with_everything_filled_in_pass_the_schemas(self):
        korea = organization("korea", OrganizationName(type="alias", text="Korea", lang="en"))
        money = fund(
            "a-fund",
            Announcement(part_id="x", amount="1.5", currency="KRW"),
            cite("announcements/x"),
        )
        published(
            korea, money, initiative("a-link", Participant(organization=korea, role="funder"))
        )
        assert list(verify()) == []


@pytest.mark.django_db
def test_the_queries_of_publishing_do_not_grow_with_the_records(django_assert_max_num_queries):
    published(report())
    few, many = (
        counted(2, django_assert_max_num_queries),
        counted(12, django_assert_max_num_queries),
    )
    # Noting it at the desk takes three writes a record, and looking for doubles five reads.
    assert many - few <= 10 * 10


def counted(count, django_assert_max_num_queries):
    records = [
        organization(f"of-{count}-{n}", title=in_all_languages(f"{count}{n}" * 4))
        for n in range(count)
    ]
    with django_assert_max_num_queries(1000) as queries:
        publish(records, by=publisher(), reason=REASON, confirmed="all")
    return len(queries)
