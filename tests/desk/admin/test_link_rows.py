"""Records that a record names by a list: chosen in its form by one search over every kind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperation.desk.documents import document
from cooperation.desk.models import Engagement, EngagementSubject, Initiative, InitiativePlatform
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    add_page,
    change_page,
    editor,
    filled,
    sentences,
    signed_in,
    with_row,
)
from tests.desk.records import engagement, fund, initiative, organization, platform

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
SUGGESTIONS = "/admin/autocomplete/"


def named(record):
    return {"target": f"{record.kind}-{record.pk}"}


def subjects(record):
    return [(one["kind"], one["key"]) for one in document(record)["subjects"]]


def test_meeting_is_created_with_what_was_spoken_of():
    client, link, money = editor(), initiative("a-link"), fund("a-fund")
    sent = {**filled(client.get(add_page("engagement"))), "title_en": "Meeting", "type": "meeting"}
    sent = with_row(sent, "subjects", **named(link))
    sent = with_row(sent, "subjects", **named(money))
    assert client.post(add_page("engagement"), {**sent, "reason": "New."}).status_code == PASSED
    meeting = Engagement.objects.get()
    assert subjects(meeting) == [("fund", "a-fund"), ("initiative", "a-link")]
    assert meeting.version == 1


def test_initiative_names_its_platforms():
    client, link, mall = editor(), initiative("a-link"), platform("kmall24")
    sent = with_row(filled(client.get(change_page(link))), "platforms", **named(mall))
    client.post(change_page(link), {**sent, "reason": "It uses it."})
    assert [one["key"] for one in document(Initiative.objects.get())["platforms"]] == ["kmall24"]


def test_form_shows_what_is_named_and_sends_it_again_unchanged():
    meeting = engagement("a-meeting", EngagementSubject(fund=fund("a-fund")))
    client = editor()
    page = client.get(change_page(meeting))
    assert "Fund: A Fund (a-fund, Draft)" in sentences(page)
    client.post(change_page(meeting), {**filled(page), "reason": "Nothing."})
    meeting.refresh_from_db()
    assert meeting.version == 1


def test_row_is_exchanged_and_taken_out():
    meeting = engagement("a-meeting", EngagementSubject(fund=fund("a-fund")))
    client, link = editor(), initiative("a-link")
    sent = filled(client.get(change_page(meeting)))
    client.post(
        change_page(meeting), {**sent, "subjects-0-target": f"initiative-{link.pk}", "reason": "x"}
    )
    assert subjects(meeting) == [("initiative", "a-link")]
    sent = filled(client.get(change_page(meeting)))
    client.post(change_page(meeting), {**sent, "subjects-0-DELETE": "on", "reason": "x"})
    assert subjects(meeting) == []
    history = sentences(client.get(change_page(meeting).replace("change", "history")))
    assert "Subject: was there → deleted" in " ".join(history.split()) or "deleted" in history


@pytest.mark.parametrize(
    "others",
    [{"platforms-1-DELETE": "on"}, {"platforms-1-target": "the first"}],
    ids=["and the second row goes", "and the second the first"],
)
def test_first_row_may_name_what_the_second_named(others):
    first, second = platform("a-mall"), platform("b-mall")
    rows = [InitiativePlatform(platform=one) for one in (first, second)]
    client, link = editor(), initiative("a-link", *rows)
    others = {
        name: named(first)["target"] if value != "on" else value for name, value in others.items()
    }
    sent = filled(client.get(change_page(link)))
    sent |= {"platforms-0-target": named(second)["target"], "reason": "Sorted.", **others}
    assert client.post(change_page(link), sent).status_code == PASSED
    left = {one["key"] for one in document(Initiative.objects.get())["platforms"]}
    assert left == ({"b-mall"} if "platforms-1-DELETE" in others else {"a-mall", "b-mall"})


def linking(*keys):
    """An initiative that names platforms of these keys, and the form of it as it stands."""
    rows = [InitiativePlatform(platform=platform(key)) for key in keys]
    client, link = editor(), initiative("a-link", *rows)
    return client, change_page(link), filled(client.get(change_page(link)))


def test_row_that_is_sent_twice_goes_once():
    client, page, sent = linking("a-mall", "b-mall")
    sent["platforms-1-id"] = sent["platforms-0-id"]
    sent |= {"platforms-0-DELETE": "on", "platforms-1-DELETE": "on"}
    assert client.post(page, sent).status_code == PASSED
    assert [row.platform.key for row in InitiativePlatform.objects.all()] == ["b-mall"]


def test_record_that_a_row_names_which_was_not_sent_is_refused_too():
    client, page, sent = linking("a-mall")
    sent |= {"platforms-INITIAL_FORMS": "0", "platforms-0-id": ""}
    answer = client.post(page, sent)
    assert answer.status_code == SHOWN_AGAIN
    assert "This record is in the list already; name it once." in sentences(answer)


def test_what_a_row_that_goes_named_is_free_while_something_else_is_wrong():
    client, page, sent = linking("a-mall", "b-mall")
    sent |= {"platforms-0-target": sent["platforms-1-target"], "platforms-1-DELETE": "on"}
    answer = client.post(page, with_row(sent, "platforms", target="platform-999999"))
    assert answer.status_code == SHOWN_AGAIN
    assert "This record is in the list already" not in sentences(answer)
    assert "This record is not there any more" in sentences(answer)


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("fund-999999", "This record is not there any more; search for another."),
        ("rumour-1", "This record is not there any more; search for another."),
        ("fund-" + "9" * 400, "This record is not there any more; search for another."),
        ("x", "This record is not there any more; search for another."),
        ("", "This field is required."),
    ],
)
def test_what_is_no_record_is_refused_with_a_sentence(target, sentence):
    meeting, client = engagement("a-meeting"), editor()
    sent = with_row(filled(client.get(change_page(meeting))), "subjects", target=target)
    answer = client.post(change_page(meeting), {**sent, "reason": "x"})
    if target:
        assert answer.status_code == SHOWN_AGAIN
        assert sentence in sentences(answer)
    assert subjects(meeting) == []


def test_record_is_named_once():
    meeting = engagement("a-meeting", EngagementSubject(fund=fund("a-fund")))
    client = editor()
    sent = filled(client.get(change_page(meeting)))
    sent = with_row(sent, "subjects", target=sent["subjects-0-target"])
    answer = client.post(change_page(meeting), {**sent, "reason": "x"})
    assert answer.status_code == SHOWN_AGAIN
    assert "This record is in the list already; name it once." in sentences(answer)


def asked(client, term, model="engagementsubject", field="target"):
    query = {"app_label": "desk", "model_name": model, "field_name": field, "term": term}
    return client.get(SUGGESTIONS, query)


def test_one_search_finds_records_of_every_kind_that_is_open():
    initiative("farm-link"), fund("farm-fund"), organization("farm-office")
    client = editor()
    found = {one["text"].partition(" (")[0] for one in asked(client, "farm").json()["results"]}
    assert found == {"Initiative: Farm Link", "Fund: Farm Fund", "Organization: Farm Office"}
    platform("kmall24")
    found = asked(client, "kmall", "initiativeplatform").json()["results"]
    assert [one["text"] for one in found] == ["Kmall24 (kmall24, Draft)"]


def test_search_is_for_the_desk_alone():
    assert asked(signed_in("stranger", "No such role"), "farm").status_code == 403
    for model, field in (("engagement", "target"), ("organization", "target"), ("x", "target")):
        assert asked(editor(), "farm", model, field).status_code == 403


def test_form_costs_no_query_a_row():
    meeting, client = engagement("a-meeting"), editor()

    def cost():
        with CaptureQueriesContext(connection) as seen:
            client.get(change_page(meeting))
        return len(seen)

    EngagementSubject(record=meeting, fund=fund("first")).save()
    client.get(change_page(meeting))
    few = cost()
    for n in range(9):
        EngagementSubject(record=meeting, fund=fund(f"fund-{n}")).save()
    assert cost() == few
