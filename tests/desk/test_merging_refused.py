"""Merging: where it ends, what it leaves to others, and what cannot be merged."""

import pytest
from django.core.management import CommandError, call_command

from cooperation.desk import editing
from cooperation.desk.intake.entering import enter
from cooperation.desk.intake.faults import Faults
from cooperation.desk.models import (
    Apart,
    Need,
    Organization,
    Participant,
    Submission,
)
from cooperation.desk.publishing import Refused, publish, withdraw
from tests.desk.mergers import REASON, merged, refused
from tests.desk.records import (
    editor,
    initiative,
    organization,
    person,
    published,
    publisher,
)

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_chains_end_at_the_last_one_everywhere():
    first, second, third = organization("a"), organization("b"), organization("c")
    published(first, second, third)
    merged(first, second)
    merged(second, third)
    first.refresh_from_db()
    assert (first.successor, second.successor) == ("c", "c")
    assert refused(third, first) == ["merged"]


def test_what_cannot_be_merged_is_refused_and_nothing_is_done():
    public, other, draft = organization("public"), organization("other"), organization("draft")
    published(public, other)
    gone = published(organization("gone"))
    withdraw([gone], by=publisher(), reason=REASON)
    done = organization("done")
    merged(done, other)
    somebody = person("somebody")
    versions = dict(Organization.objects.values_list("key", "version"))
    assert refused(public, public) == ["itself"]
    assert refused(public, somebody) == ["other-kind"]
    assert refused(done, public) == refused(public, done) == ["merged"]
    assert refused(gone, public) == refused(public, gone) == ["withdrawn"]
    assert refused(public, draft) == ["survivor-draft"]
    assert refused(draft, public, by=editor()) == ["no-right"]
    assert refused(draft, public, reason=" ") == ["reason"]
    assert dict(Organization.objects.values_list("key", "version")) == versions


def test_a_record_never_becomes_part_of_itself():
    whole = organization("whole")
    half = organization("half", part_of=whole)
    piece = organization("piece", part_of=half)
    assert refused(whole, piece) == ["circle"]
    merged(half, whole)
    assert whole.part_of is None
    piece.refresh_from_db()
    assert piece.part_of == whole
    one = organization("one")
    two = organization("two", part_of=one)
    published(one, two)
    assert refused(one, two) == ["names-it"]


def test_a_merged_record_can_be_neither_changed_nor_published_any_more():
    loser, survivor = organization("a"), organization("b")
    merged(loser, survivor)
    loser.title_en = "Other"
    with pytest.raises(Exception, match="was merged into b"):
        editing.save(loser, by=editor(), reason="Changed.")
    with pytest.raises(Refused, match="was merged into b"):
        publish([loser], by=publisher(), reason=REASON, confirmed="all")


def test_whoever_merged_has_changed_the_survivor_so_somebody_else_publishes_it(settings):
    settings.PORTAL_FOUR_EYES = True
    loser, survivor = organization("a", website="https://a.example"), organization("b")
    published(survivor, loser)
    merged(loser, survivor)
    with pytest.raises(Refused, match="somebody else has to publish it"):
        publish([survivor], by=publisher(), reason=REASON, confirmed="all")


def test_what_was_shown_and_changed_since_is_not_merged():
    loser, survivor = organization("a"), organization("b")
    with pytest.raises(editing.Stale):
        merged(loser, survivor, expected={"a": 1, "b": 7})
    assert loser.state == "draft"


def test_more_than_a_page_may_touch_is_left_to_the_command():
    loser, survivor = organization("a"), organization("b")
    links = [initiative(f"i-{n}", Participant(organization=loser, role="operator")) for n in (1, 2)]
    published(survivor, loser, *links)
    with pytest.raises(Refused, match=r"manage\.py merge_records organization a b"):
        merged(loser, survivor, limit=1)
    assert len(merged(loser, survivor, limit=None).editions) == 3


def test_notes_of_the_desk_follow_or_end():
    loser, survivor, third = organization("a"), organization("b"), organization("c")
    for pair in ((loser, survivor), (loser, third)):
        numbers = sorted(one.pk for one in pair)
        Apart.objects.create(kind="organization", record=numbers[0], other=numbers[1])
    Need.objects.create(kind="organization", record=loser.pk, what="unsourced")
    Submission.objects.create(kind="organization", record=loser.pk, version=1, by=editor())
    merged(loser, survivor)
    apart = Apart.objects.get()
    assert (apart.record, apart.other) == (survivor.pk, third.pk)
    handed = Submission.objects.get()
    assert (handed.outcome, handed.decided_by) == ("taken_back", publisher())
    assert not Need.objects.exists()


def test_what_is_taken_in_under_the_old_key_names_the_successor():
    loser, survivor = organization("a"), organization("b")
    merged(loser, survivor)
    written = {"kind": "organization", "key": "c", "type": "firm", "title": {"en": "C"}}
    enter([{**written, "part_of": "a"}], by=editor(), reason="Entered.")
    assert Organization.objects.get(key="c").part_of == survivor
    with pytest.raises(Faults, match="was merged into b"):
        enter([{**written, "key": "a"}], by=editor(), reason="Entered.")


def test_the_command_merges_and_says_what_it_has_done(capsys):
    loser, survivor = organization("a", founded="1999"), organization("b", founded="2001")
    published(survivor, loser)
    told = {"by": "publisher", "reason": REASON}
    call_command("merge_records", "organization", "a", "b", "--choose", "founded=loser", **told)
    survivor.refresh_from_db()
    assert survivor.founded == "1999"
    assert "0 records name b now." in capsys.readouterr().out
    with pytest.raises(CommandError, match="Nothing was merged"):
        call_command("merge_records", "organization", "a", "b", **told)
    assert "was merged into b already" in capsys.readouterr().err
