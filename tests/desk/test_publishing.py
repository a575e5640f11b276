"""Publishing, withdrawing and redacting: who may, what is entered, and what the desk notes of it."""

import json
import threading

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import IntegrityError, connections

from cooperation.desk import editing, publishing
from cooperation.desk.models import (
    Announcement,
    Organization,
    OrganizationCitation,
    OrganizationName,
    Participant,
)
from cooperation.desk.publishing import (
    Refused,
    pending,
    publish,
    redact,
    withdraw,
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

    def test_editing_changes_nothing_public_until_it_is_published_again(self):
        record = published(organization("a", title=texts("Old")))
        before = list(Current.objects.values_list("document", "header"))
        record.title_en = "New"
        editing.save(record, by=editor(), reason="Renamed.")
        assert list(Current.objects.values_list("document", "header")) == before
        assert pending(record)["title"]["en"] == "New"
        published(record)
        assert Current.objects.get(kind="organization").content["title"]["en"] == "New"
        assert pending(record) is None

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
        histories = [Organization.history, OrganizationName.history, OrganizationCitation.history]
        kept = [row for history in histories for row in history.values()]
        assert len(kept) >= 4
        assert "SENTINEL" not in str(kept)
        record.refresh_from_db()
        assert record.state == "withdrawn"
        assert list(verify()) == []

    def test_the_history_keeps_who_when_and_why(self):
        record = published(organization())
        redact([record.edition_number], by=publisher(), reason=REASON)
        first = Organization.history.filter(id=record.pk).last()
        assert (first.history_user, first.history_change_reason) == (editor(), "Entered in a test.")
        assert (first.key, first.type, first.title_en) == ("alibaba-group", "firm", "")

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


def at_once(count, work):
    """Run the work in as many threads at once; what they raised."""
    raised, together = [], threading.Barrier(count)

    def run(number):
        try:
            together.wait(60)
            work(number)
        except Exception as fault:  # noqa: BLE001 # handed to the test
            raised.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(180)
    return raised


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_hundred_concurrent_publications_leave_no_gap_and_a_whole_chain():
    by = publisher()
    published(report())
    records = [
        Organization.objects.create(key=f"firm-{n}", type="firm", **columns(f"{n}{n}{n}"))
        for n in range(200)
    ]
    for record in records:
        OrganizationCitation.objects.create(record=record, source=report())

    def work(number):
        publish([records[number]], by=by, reason=REASON, confirmed="all")

    assert at_once(200, work) == []
    numbers = list(Edition.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 202))
    assert list(verify()) == []
    assert Organization.objects.filter(state="published").count() == 200


def columns(title):
    return {"title_en": title, "title_ko": title, "title_zh_hans": title}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_on_the_head_two_publications_would_take_the_same_number(monkeypatch):
    published(report())
    by, together = publisher(), threading.Barrier(2)
    records = [organization(key, title=in_all_languages(key * 5)) for key in "ab"]

    def head_without_lock():
        head = Head.objects.get()
        together.wait(30)
        return head

    def work(number):
        publish([records[number]], by=by, reason=REASON)

    monkeypatch.setattr(publishing, "lock_head", head_without_lock)
    assert [type(fault) for fault in at_once(2, work)] == [IntegrityError]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_concurrent_publications_of_one_record_one_enters_it():
    published(report())
    record, by = organization("a"), publisher()
    editions = []

    def work(number):
        editions.append(publish([record], by=by, reason=REASON))

    assert at_once(20, work) == []
    assert sorted(len(entered_now) for entered_now in editions) == [0] * 19 + [1]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_edit_and_a_publication_at_once_leave_either_order_whole():
    published(report())
    by, other = editor(), publisher()
    for round_ in range(20):
        record = organization(f"a-{round_}", title=in_all_languages(f"{round_}" * 5))

        def work(number, pk=record.pk):
            if number:
                with editing.changing(Organization, pk, by=by, reason="Edited.") as held:
                    held.website = "https://example.org/"
            else:
                publish([Organization(pk=pk)], by=other, reason=REASON, confirmed="all")

        assert at_once(2, work) == []
        record.refresh_from_db()
        said = Current.objects.get(kind="organization", key=record.key).content["website"]
        assert record.version == 2
        assert (record.state, said) in [
            ("changed", None),
            ("published", "https://example.org/"),
        ]


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
