"""Handing in, reviewing and sending back, as editors and publishers do it in the browser."""

import pytest

from cooperation.desk import editing
from cooperation.desk.models import Announcement, Organization, Submission
from tests.desk.admin.filling import (
    PASSED,
    act_page,
    change_page,
    done,
    editor,
    list_page,
    public,
    publisher,
    sent,
    sentences,
    signed_in,
)
from tests.desk.records import cite, fund, organization, published, report, texts
from tests.desk.records import editor as entering_editor

pytestmark = pytest.mark.django_db
HOME = "/admin/"


def ready(*keys):
    published(report())
    return [organization(key) for key in keys]


def test_a_record_goes_from_its_editor_to_the_public_by_two_people():
    (record,) = ready("a")
    kim, lee = editor(), publisher()
    assert 'class="submitlink"' in sentences(kim.get(change_page(record)))
    assert done(kim, act_page("submit", record), reason="Is it right?").status_code == PASSED
    assert not public(record)
    home = sentences(lee.get(HOME))
    assert "Is it right?" in home
    assert "Handed in by edith" in home
    review = lee.get(act_page("publish", record))
    assert "Is it right?" in sentences(review)
    assert done(lee, act_page("publish", record), reason="Checked.").status_code == PASSED
    assert public(record)
    assert "Nothing waits for you." in sentences(lee.get(HOME))


def test_what_is_sent_back_stands_on_the_first_page_of_its_editor_with_the_comment():
    (record,) = ready("a")
    kim, lee = editor(), publisher()
    done(kim, act_page("submit", record))
    assert "Send back…" in sentences(lee.get(act_page("publish", record)))
    assert done(lee, act_page("send_back", record), reason="Which source?").status_code == PASSED
    home = sentences(kim.get(HOME))
    assert "Sent back to me" in home
    assert "Which source?" in home
    assert "Sent back to me" not in sentences(signed_in("other").get(HOME))


def test_records_chosen_in_a_list_are_handed_in_together():
    first, second = ready("a", "b")
    chosen = {"action": "submit_selected", "_selected_action": [first.pk, second.pk]}
    answer = editor().post(list_page("organization"), chosen)
    assert answer.status_code == PASSED
    assert done(editor(), answer["Location"]).status_code == PASSED
    assert Submission.objects.values("together").distinct().count() == 1
    (batch,) = publisher().get(HOME).context["reviews"]
    assert [record.key for record, _address in batch.named] == ["a", "b"]


def test_record_that_was_changed_since_the_page_was_shown_is_shown_again():
    (record,) = ready("a")
    kim = editor()
    page = kim.get(act_page("submit", record))
    record.title_en = "Other"
    editing.save(record, by=entering_editor(), reason="")
    answer = kim.post(act_page("submit", record), sent(page))
    assert "something has changed since this page was shown" in sentences(answer)
    assert Submission.objects.count() == 0


def test_reviewer_is_told_that_a_record_was_changed_after_it_was_handed_in():
    (record,) = ready("a")
    done(editor(), act_page("submit", record))
    record.title_en = "Other"
    editing.save(record, by=entering_editor(), reason="")
    for page in (HOME, act_page("publish", record)):
        assert "It has been changed since." in sentences(publisher().get(page))


def test_errors_stand_beside_what_is_handed_in_and_nothing_is():
    published(report())
    record = fund("a", Announcement(amount="1", currency="KRW"))
    page = editor().get(act_page("submit", record))
    assert "no citation shows where this figure comes from" in sentences(page)
    assert Submission.objects.count() == 0


def test_lists_are_narrowed_to_what_is_handed_in():
    first, _second = ready("a", "b")
    kim, lee = editor(), publisher()
    done(kim, act_page("submit", first))

    def keys(client, review):
        rows = client.get(list_page("organization"), {"review": review}).context["cl"].queryset
        return sorted(rows.values_list("key", flat=True))

    assert (keys(kim, "open"), keys(lee, "mine"), keys(kim, "mine")) == (["a"], ["a"], [])
    assert "state-submitted" in sentences(kim.get(list_page("organization")))
    done(lee, act_page("send_back", first), reason="Mend it.")
    assert (keys(kim, "returned"), keys(lee, "returned")) == (["a"], [])
    assert Organization.objects.count() == 2


def test_what_is_named_and_not_public_yet_is_called_as_the_desk_calls_it():
    published(report())
    record = fund("a", manager=organization("newcomer"))
    shown = sentences(publisher().get(act_page("publish", record)))
    assert ("Newcomer" in shown, "withdrawn" in shown.lower().split("content-main")[1]) == (
        True,
        False,
    )


def test_records_with_errors_can_be_left_out_of_what_is_published():
    (sound,) = ready("a")
    wrong = fund("b", Announcement(amount="1", currency="KRW"))
    page = sentences(publisher().get(act_page("publish", sound, wrong)))
    assert (
        '<a class="withoutlink" href="/admin/desk/organization/publish/?record=organization%2Fa">'
        in page
    )


def test_inference_that_was_confirmed_before_and_is_unchanged_is_ticked_already():
    published(report())
    record = fund(
        "a",
        Announcement(part_id="first", amount="1", currency="KRW"),
        cite("announcements/first", inferred=True),
        cite("purpose", inferred=True),
        purpose=texts("To help."),
    )
    published(record)
    record.purpose_en = "To help more."
    editing.save(record, by=entering_editor(), reason="")
    (item,) = publisher().get(act_page("publish", record)).context["preview"].items
    assert item.confirmed_before == {"inferred:fund/a:announcements/first"}
