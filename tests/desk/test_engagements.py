"""Engagements: what their document says, and what is refused."""

import pytest
from django.core.exceptions import ValidationError

from cooperation.desk.documents import document
from cooperation.desk.models import Attendee, EngagementSubject
from tests.desk.records import engagement, fund, initiative, organization, person, texts

pytestmark = pytest.mark.django_db


def test_the_document_says_all_that_is_on_record():
    visit = engagement("a-visit", type="visit", dates="2015-01")
    meeting = engagement(
        "a-meeting",
        Attendee(person=person(), title=texts("chairman"), organization=organization("alibaba")),
        EngagementSubject(initiative=initiative("a-link")),
        EngagementSubject(fund=fund("a-fund")),
        part_of=visit,
        dates="2015-01-27/2015-01-29",
        place=texts("Hangzhou", "항저우"),
        country="CN",
    )
    said = document(meeting)
    assert (said["schema"], said["url"]) == ("engagement/1", "/engagements/a-meeting/")
    assert said["part_of"]["key"] == "a-visit"
    assert said["dates"] == "2015-01-27/2015-01-29"
    assert said["place"] == {"en": "Hangzhou", "ko": "항저우", "zh-Hans": None}
    (attendee,) = said["attendees"]
    assert (attendee["id"], attendee["person"]["key"]) == ("ma-yun", "ma-yun")
    assert attendee["organization"]["key"] == "alibaba"
    # By kind and key: in which order somebody named them says nothing.
    assert [(one["kind"], one["key"]) for one in said["subjects"]] == [
        ("fund", "a-fund"),
        ("initiative", "a-link"),
    ]


def test_it_does_not_end_before_it_begins_and_is_no_part_of_itself():
    with pytest.raises(ValidationError, match="ends before it begins"):
        engagement("backwards", dates="2015-01-29/2015-01-27")
    visit = engagement("a-visit", type="visit")
    visit.part_of = visit
    with pytest.raises(ValidationError, match="part of itself"):
        visit.full_clean()
