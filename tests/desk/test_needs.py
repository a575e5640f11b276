"""For what records need somebody, and from when."""

from datetime import date

import pytest

from cooperation.desk import editing, needs
from cooperation.desk.intake.entering import enter
from cooperation.desk.models import (
    Announcement,
    Commitment,
    FundStatusReport,
    InitiativeStatusReport,
    Milestone,
    Need,
)
from cooperation.desk.publishing import withdraw
from tests.desk.records import (
    cite,
    editor,
    fund,
    initiative,
    organization,
    published,
    publisher,
    report,
)

pytestmark = pytest.mark.django_db
What = Need.What


def noted():
    return {(one.kind, one.what): one.since for one in Need.objects.all()}


def test_figure_without_a_passage_is_noted_until_it_has_one():
    record = fund("a", Announcement(part_id="first", amount="10", currency="KRW"))
    assert noted() == {("fund", What.UNSOURCED): None}
    editing.save(record, by=editor(), reason="", parts=[cite("announcements/first")])
    assert noted() == {}


def test_contributions_unlike_the_announcement_are_noted():
    fund(
        "a",
        Announcement(part_id="first", amount="10", currency="KRW"),
        Commitment(
            part_id="half",
            amount="5",
            currency="KRW",
            stage="pledged",
            contributor_class="private_sector",
        ),
        cite("announcements/first"),
        cite("commitments/half"),
    )
    assert noted() == {("fund", What.ARITHMETIC): None}


def test_milestone_is_overdue_from_the_day_after_its_last_possible_day_on():
    record = initiative("a", Milestone(part_id="m", title_en="Opening", due="2016-02"))
    assert noted() == {("initiative", What.OVERDUE): date(2016, 3, 1)}
    milestone = record.milestones.get()
    milestone.done = "2016-01"
    editing.save(record, by=editor(), reason="", parts=[milestone])
    assert noted() == {}


def test_status_is_old_a_year_after_it_was_confirmed_last_unless_all_is_over():
    record = initiative(
        "a", InitiativeStatusReport(date="2016-02-29", finding="changed", status="agreed")
    )
    assert noted() == {("initiative", What.SILENT): date(2017, 3, 1)}
    over = InitiativeStatusReport(date="2017-01-01", finding="changed", status="completed")
    editing.save(record, by=editor(), reason="", parts=[over])
    assert noted() == {}


def test_deleted_draft_needs_nothing():
    record = fund("a", Announcement(amount="10", currency="KRW"))
    editing.delete(record, by=editor(), reason="")
    assert noted() == {}


def test_withdrawn_record_needs_nothing_until_it_is_published_again():
    old = FundStatusReport(part_id="r", date="2015", finding="changed", status="agreed")
    record = fund("a", old)
    published(report(), record)
    withdraw([record], by=publisher(), reason="Entered twice.")
    assert noted() == {}
    published(record)
    assert noted() == {("fund", What.SILENT): date(2017, 1, 1)}


def test_organizations_cost_nothing(django_assert_num_queries):
    record = organization("a")
    with django_assert_num_queries(0):
        needs.note(record)


def test_records_entered_together_are_looked_at_together():
    announced = {"amount": {"amount": "10", "currency": "KRW"}, "date": "2015", "id": "first"}
    records = [
        {"kind": "fund", "key": f"f-{number}", "announcements": [announced]} for number in range(3)
    ]
    enter(records, by=editor(), reason="")
    assert set(Need.objects.values_list("kind", "record", "what")) == {
        ("fund", record.pk, What.UNSOURCED) for record in needs._rows("fund")
    }


def test_all_can_be_noted_anew():
    fund("a", Announcement(amount="10", currency="KRW"))
    fund("b", FundStatusReport(date="2015", finding="changed", status="agreed"))
    before = noted()
    Need.objects.all().delete()
    assert needs.note_all() == 2
    assert noted() == before
