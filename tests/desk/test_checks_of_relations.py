"""What speaks against publishing: records about themselves, doubles, steps out of order, no words."""

import pytest

from cooperation.desk.checks.all import findings
from cooperation.desk.models import Attendee, EngagementSubject, Party
from tests.desk.records import agreement, engagement, organization, person, statement, texts

pytestmark = pytest.mark.django_db


def found(record):
    return {(one.code, one.path) for one in findings([record])}


def test_an_engagement_does_not_speak_of_itself():
    meeting = engagement()
    EngagementSubject(record=meeting, engagement=meeting).save()
    assert ("about-itself", "subjects") in found(meeting)
    meeting.subjects.all().delete()
    EngagementSubject(record=meeting, engagement=engagement("another")).save()
    assert ("about-itself", "subjects") not in found(meeting)


def test_nobody_attends_twice_and_no_party_stands_twice():
    ma = person()
    meeting = engagement(
        "twice", Attendee(part_id="a", person=ma), Attendee(part_id="b", person=ma)
    )
    assert {path for code, path in found(meeting) if code == "named-twice"} == {
        "attendees/a",
        "attendees/b",
    }
    union = organization("union")
    sound = agreement("sound", Party(country="KR"), Party(organization=union))
    assert "named-twice" not in {code for code, _path in found(sound)}
    double = agreement("double", Party(part_id="a", country="KR"), Party(part_id="b", country="KR"))
    assert "named-twice" in {code for code, _path in found(double)}


def test_an_agreement_is_concluded_then_signed_then_in_force():
    wrong = agreement("wrong", concluded="2017", signed="2016-01-01", in_force="2015")
    assert {path for code, path in found(wrong) if code == "steps-out-of-order"} == {
        "signed",
        "in_force",
    }
    right = agreement("right", concluded="2014", signed="2015-06-01", in_force="2015")
    assert "steps-out-of-order" not in {code for code, _path in found(right)}


def test_all_of_these_but_the_order_of_the_dates_may_be_confirmed():
    meeting = engagement()
    EngagementSubject(record=meeting, engagement=meeting).save()
    asked = [*findings([meeting]), *findings([statement("silent")])]
    levels = {one.code: one.level for one in asked}
    assert levels["about-itself"] == levels["no-words"] == "warning"
    wrong = findings([agreement("wrong", signed="2016", in_force="2015")])
    assert {one.code: one.level for one in wrong}["steps-out-of-order"] == "error"


def test_a_statement_has_words_and_those_of_its_original_language():
    assert ("no-words", "words") in found(statement("silent"))
    said = statement("said", words=texts("I agree."), original_language="zh-Hans")
    assert ("original-missing", "words/zh-Hans") in found(said)
    said.original_language = "en"
    said.save()
    assert "original-missing" not in {code for code, _path in found(said)}
