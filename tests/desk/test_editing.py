"""Changing records: versions, histories, and edits that meet."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from cooperation.desk import editing
from cooperation.desk.intake.entering import enter
from cooperation.desk.intake.faults import Faults
from cooperation.desk.models import Commitment, Fund, Organization, OrganizationName
from cooperation.desk.publishing import withdraw
from tests.desk.records import cite, editor, fund, organization, published, publisher, texts

AT_ONCE = 4
CALLS = 250


@pytest.mark.django_db
def test_a_new_record_is_version_1_with_one_entry_in_its_history():
    record = organization("a", OrganizationName(type="alias", text="X"))
    assert (record.version, record.state, record.changed_by) == (1, "draft", editor())
    entry = Organization.history.get(id=record.pk)
    assert (entry.history_type, entry.history_user, entry.version) == ("+", editor(), 1)
    assert entry.history_change_reason == "Entered in a test."


@pytest.mark.django_db
def test_a_change_of_a_part_alone_is_a_change_of_the_record():
    record = organization("a", OrganizationName(type="alias", text="X"))
    name = record.names.get()
    name.text = "Y"
    assert editing.save(record, by=publisher(), reason="Misspelt.", parts=[name])
    record.refresh_from_db()
    assert (record.version, record.changed_by) == (2, publisher())
    assert [e.version for e in Organization.history.filter(id=record.pk)] == [2, 1]
    changed = OrganizationName.history.filter(id=name.pk).first()
    assert (changed.text, changed.history_user, changed.history_change_reason) == (
        "Y", publisher(), "Misspelt.",
    )  # fmt: skip


@pytest.mark.django_db
def test_removing_a_citation_is_a_change_of_the_record():
    record = fund("a", cite("title"))
    editing.save(record, by=editor(), reason="Wrong.", removed=[record.citations.get(path="title")])
    assert record.version == 2
    assert [citation.path for citation in record.citations.all()] == [""]


@pytest.mark.django_db
def test_saving_what_is_there_already_leaves_no_trace():
    record = organization("a", OrganizationName(type="alias", text="X"))
    parts = [*record.names.all(), *record.citations.all()]
    assert not editing.save(record, by=publisher(), reason="Again.", parts=parts)
    record.refresh_from_db()
    assert (record.version, record.changed_by) == (1, editor())
    assert Organization.history.filter(id=record.pk).count() == 1
    assert OrganizationName.history.count() == 1


@pytest.mark.django_db
def test_changing_saves_what_was_changed_inside_and_nothing_otherwise():
    record = organization("a")
    for title in ("A new title", "A new title"):
        with editing.changing(Organization, record.pk, by=editor(), reason="Renamed.") as held:
            held.title_en = title
    record.refresh_from_db()
    assert (record.title_en, record.version) == ("A new title", 2)


@pytest.mark.django_db
def test_an_edit_of_an_older_version_is_refused_with_who_and_when():
    record = organization("a")
    mine, theirs = Organization.objects.get(), Organization.objects.get()
    theirs.title_en = "Theirs"
    editing.save(theirs, by=publisher(), reason="Theirs.")
    mine.title_en = "Mine"
    with pytest.raises(
        editing.Stale, match=r"was changed by publisher at \d{4}-.* Nothing of yours"
    ):
        editing.save(mine, by=editor(), reason="Mine.")
    with (
        pytest.raises(editing.Stale),
        editing.changing(Organization, record.pk, by=editor(), reason="", expected_version=1),
    ):
        pytest.fail("Nothing is done inside.")
    record.refresh_from_db()
    assert (record.title_en, record.version) == ("Theirs", 2)


@pytest.mark.django_db
def test_a_broken_rule_saves_nothing_at_all():
    record = fund("a")
    good = Commitment(part_id="x", contributor_class="other", stage="paid")
    bad = Commitment(
        part_id="y", contributor_class="other", stage="paid", amount=-1, currency="KRW"
    )
    record.title = texts("New")
    with pytest.raises(ValidationError, match="cannot be negative"):
        editing.save(record, by=editor(), reason="", parts=[good, bad])
    record.refresh_from_db()
    assert (record.title_en, record.version) == ("A", 1)
    assert not Commitment.objects.exists()


@pytest.mark.django_db
def test_an_edit_that_began_before_a_publication_does_not_undo_it():
    record = organization("a")
    mine = Organization.objects.get()
    published(record)
    mine.title_en = "Mine"
    editing.save(mine, by=editor(), reason="Mine.")
    mine.refresh_from_db()
    assert (mine.state, mine.published_version, mine.version) == ("changed", 1, 2)
    assert mine.edition_number is not None


@pytest.mark.django_db
def test_publishing_and_withdrawing_leave_when_and_by_whom_it_was_last_saved():
    record = organization("a")
    saved = (record.updated_at, record.changed_by)
    published(record)
    assert (record.updated_at, record.changed_by) == saved
    withdraw([record], by=publisher(), reason="Wrong.")
    record.refresh_from_db()
    assert (record.updated_at, record.changed_by) == saved
    with editing.changing(Organization, record.pk, by=publisher(), reason="") as held:
        held.title_en = "New"
    record.refresh_from_db()
    assert record.updated_at > saved[0]
    assert record.changed_by == publisher()


@pytest.mark.django_db
def test_a_published_id_never_becomes_that_of_another_part():
    record = published(organization("a", OrganizationName(part_id="x", type="alias", text="X")))
    editing.save(record, by=editor(), reason="Wrong.", removed=record.names.all())
    again = OrganizationName(part_id="x", type="short", text="Z")
    with pytest.raises(ValidationError, match="has been the id of another row of this list"):
        editing.save(record, by=editor(), reason="", parts=[again])
    written = {"kind": "organization", "key": "a"}
    written["names"] = [{"id": "x", "type": "short", "text": "Z"}]
    with pytest.raises(Faults, match="has been the id of another row of this list"):
        enter([written], by=editor(), reason="")
    assert not OrganizationName.objects.exists()


def in_threads(count, work):
    """Run the work in as many threads, each with connections of its own; what they raised."""
    raised = []

    def run(number):
        try:
            work(number)
        except Exception as fault:  # noqa: BLE001 # handed to the test
            raised.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return raised


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_thousand_concurrent_edits_lose_nothing():
    record = fund("a")
    by = editor()

    def add(number):
        for call in range(CALLS):
            with editing.changing(Fund, record.pk, by=by, reason="Counted.") as held:
                held.title_en = f"{len(held.title_en.split('+'))}+{held.title_en}"[:300]
                held.purpose_en = str(int(held.purpose_en or 0) + 1)
            assert call < CALLS

    assert in_threads(AT_ONCE, add) == []
    record.refresh_from_db()
    assert (record.purpose_en, record.version) == ("1000", 1001)
    versions = Fund.history.filter(id=record.pk).order_by("version")
    assert list(versions.values_list("version", flat=True)) == list(range(1, 1002))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(10))
def test_of_two_edits_of_the_same_version_one_is_refused(round_):
    record = organization("a")
    by, together = editor(), threading.Barrier(2)

    def edit(number):
        mine = Organization.objects.get(pk=record.pk)
        mine.title_en = f"Edit {number}"
        together.wait(30)
        editing.save(mine, by=by, reason="At once.")

    raised = in_threads(2, edit)
    assert [type(fault) for fault in raised] == [editing.Stale]
    record.refresh_from_db()
    assert record.version == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_of_two_edits_would_be_lost(monkeypatch):
    record = organization("a")
    by, together = editor(), threading.Barrier(2)

    def checked_without_lock(model, pk, expected_version=None):
        found = model.objects.get(pk=pk)
        together.wait(30)
        assert found.version == expected_version
        return found

    def edit(number):
        mine = Organization.objects.get(pk=record.pk)
        mine.title_en = f"Edit {number}"
        editing.save(mine, by=by, reason="At once.")

    monkeypatch.setattr(editing, "locked", checked_without_lock)
    assert in_threads(2, edit) == []
    record.refresh_from_db()
    assert record.version == 2
