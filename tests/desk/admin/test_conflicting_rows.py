"""What several rows of a conflict have to do with each other: rows that come back, citations on them, rows sent twice."""

import pytest

from cooperation.desk.documents import document
from cooperation.desk.models import Commitment, EngagementSubject, Fund
from tests.desk.admin.choosing import chosen, conflict, offered
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    change_page,
    filled,
    sentences,
    signed_in,
    with_row,
)
from tests.desk.records import cite, engagement, fund, initiative, organization, published, report

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
PLEDGE = {"contributor_class": "other", "stage": "paid", "title_en": "New", "amount": "5.0"}
PLEDGE |= {"currency": "KRW", "title_ko": "\u1112\u1161\u11ab"}


def with_cited_row():
    """A fund with two commitments, and a citation that concerns the first."""
    rows = [
        Commitment(part_id=name, contributor_class="other", stage="paid") for name in ("one", "two")
    ]
    return fund("a-fund", *rows, cite("commitments/one", note="Old"), manager=None)


def on(path):
    """A new citation that concerns that path, as somebody types it."""
    return {"path": path, "source": report().pk}


def test_row_of_a_published_record_comes_back_under_its_own_id_so_what_cites_it_holds():
    published(organization("giver"), with_cited_row())
    record = Fund.objects.get()
    first = record.commitments.get(part_id="one").pk
    citation = record.citations.get(path="commitments/one").pk
    hers = {"commitments-0-DELETE": "on", "citations-1-DELETE": "on"}
    his = {"commitments-0-title_en": "Kept", "citations-1-note": "New"}
    bert, page = conflict(record, hers, his)
    assert offered(page) == {f"commitments-{first}": "", f"citations-{citation}": ""}
    assert sentences(page).count("“commitments/one”, was taken out") == 1
    sides = {f"commitments-{first}": "mine", f"citations-{citation}": "mine"}
    assert bert.post(change_page(record), chosen(page, sides=sides)).status_code == PASSED
    row = record.commitments.get(part_id="one")
    assert (row.pk, row.title_en) == (first, "Kept")
    assert [entry.history_type for entry in row.history.order_by("history_id")] == ["+", "-", "+"]
    assert record.citations.get(pk=citation).note == "New"


def test_row_that_comes_back_keeps_its_id_when_the_form_is_shown_once_more():
    published(organization("giver"), with_cited_row())
    record = Fund.objects.get()
    first = record.commitments.get(part_id="one").pk
    his = {"commitments-0-amount": "5"}
    bert, page = conflict(record, {"commitments-0-DELETE": "on"}, his)
    sent = chosen(page, sides={f"commitments-{first}": "mine"})
    form = bert.post(change_page(record), sent)
    assert "An amount needs its currency" in sentences(form)
    lists = [one.formset for one in form.context["inline_admin_formsets"]]
    [back] = [row for one in lists for row in one.extra_forms if row["id"].value()]
    assert (back["part_id"].value(), back.fields["part_id"].disabled) == ("one", True)
    again = {box.html_name: box.value() for box in back if box.value() and not box.field.disabled}
    assert f'name="commitments-1-id" value="{first}"' in sentences(form)
    again |= {"commitments-TOTAL_FORMS": "2", "commitments-1-currency": "KRW"}
    assert bert.post(change_page(record), {**filled(form), **again}).status_code == PASSED
    assert record.commitments.get(part_id="one").pk == first


@pytest.mark.parametrize("number", ["another’s", "stored", "none"])
def test_number_of_a_row_that_was_not_taken_out_of_this_record_brings_nothing_back(number):
    record, other = (
        with_cited_row(),
        fund("other", Commitment(contributor_class="other", stage="paid")),
    )
    theirs = other.commitments.get()
    sent_number = {"another’s": theirs.pk, "stored": record.commitments.first().pk, "none": 9**9}
    if number == "another’s":
        theirs.delete()
    bert = signed_in("bert")
    sent = filled(bert.get(change_page(record)))
    row = {"id": sent_number[number], "contributor_class": "other", "title_en": "New"}
    bert.post(change_page(record), with_row(sent, "commitments", **row))
    assert not record.commitments.filter(pk=sent_number[number], title_en="New").exists()


def test_citation_on_a_part_that_the_other_side_took_out_has_to_be_chosen():
    record = with_cited_row()
    first, citation = record.commitments.first().pk, record.citations.last().pk
    hers = {"commitments-0-DELETE": "on", "citations-1-DELETE": "on"}
    also = [("citations", on("commitments/one/amount")), ("citations", on("commitments/two"))]
    bert, page = conflict(record, hers, {}, also=also)
    assert offered(page) == {
        f"commitments-{first}": "theirs",
        f"citations-{citation}": "theirs",
        "citations-new-2": "",
        "citations-new-3": "mine",
    }
    said = "“commitments/one”, was taken out meanwhile"
    assert sentences(page).count(said) == 1
    again = bert.post(change_page(record), chosen(page))
    assert "choose first whose stands" in sentences(again)
    sent = chosen(page, sides={"citations-new-2": "theirs"})
    assert bert.post(change_page(record), sent).status_code == PASSED
    assert {one.path for one in record.citations.all()} == {"", "commitments/two"}


def test_citation_of_the_other_side_on_a_part_that_i_took_out_has_to_be_chosen():
    record = with_cited_row()
    first, cited = record.commitments.first().pk, record.citations.last().pk
    whole = record.citations.first().pk
    hers = {"citations-0-path": "commitments/one/stage"}
    his = {"commitments-0-DELETE": "on", "citations-1-DELETE": "on"}
    added = [("citations", on("commitments/one"))]
    _bert, page = conflict(record, hers, his, added=added)
    assert offered(page) == {
        f"commitments-{first}": "mine",
        f"citations-{whole}-path": "",
        f"citations-{cited}": "mine",
        f"citations-{record.citations.last().pk}": "",
    }
    assert sentences(page).count("“commitments/one”, was taken out by you") == 2


def test_same_form_sent_twice_is_stored_once_and_answered_as_done():
    money = fund("money")
    meeting = engagement("a-meeting")
    record = with_cited_row()
    rows = [("commitments", PLEDGE), ("citations", on("commitments/two"))]
    bert = signed_in("bert")
    for one, added in (
        (record, rows),
        (meeting, [("subjects", {"target": f"fund-{money.pk}"})]),
    ):
        sent = {**filled(bert.get(change_page(one))), "title_en": "New", "reason": "Once."}
        sent |= {"title_ko": " \u1112\u1161\u11ab "}
        for name, values in added:
            sent = with_row(sent, name, **values)
        first, second = (bert.post(change_page(one), sent) for _time in range(2))
        assert (first.status_code, second.status_code) == (PASSED, PASSED)
        assert second["Location"] == first["Location"]
        one.refresh_from_db()
        assert (one.version, one.title_en, one.title_ko) == (2, "New", "\ud55c")
    shown = sentences(bert.get(second["Location"]))
    assert "is stored already" in shown
    assert len(document(record)["commitments"]) == len(document(record)["citations"]) == 3
    assert meeting.subjects.count() == 1


def test_row_that_both_added_is_stored_once_and_a_second_like_it_twice():
    record = with_cited_row()
    row = ("commitments", PLEDGE)
    bert, page = conflict(record, {"title_en": "A"}, {}, added=[row], also=[row, row])
    assert offered(page) == {"title_en": "theirs", "commitments-new-3": "mine"}
    assert bert.post(change_page(record), chosen(page)).status_code == PASSED
    assert record.commitments.filter(title_en="New").count() == 2


def test_choice_that_is_sent_twice_is_answered_as_done():
    record = organization("a")
    hers, his = {"title_en": "Anna’s", "title_ko": "나"}, {"title_en": "Bert’s", "title_ko": "다"}
    bert, page = conflict(record, hers, his)
    sent = chosen(page, sides={"title_en": "mine", "title_ko": "theirs"})
    assert bert.post(change_page(record), sent).status_code == PASSED
    assert bert.post(change_page(record), sent).status_code == PASSED
    record.refresh_from_db()
    assert (record.title_en, record.title_ko, record.version) == ("Bert’s", "나", 3)


def test_form_that_is_wrong_elsewhere_is_not_answered_as_done():
    record = organization("a")
    bert = signed_in("bert")
    sent = filled(bert.get(change_page(record)))
    signed_in("anna").post(change_page(record), {**sent, "title_en": "New"})
    twice = bert.post(change_page(record), {**sent, "title_en": "New", "reason": "x" * 5000})
    assert twice.status_code == SHOWN_AGAIN


def test_row_that_only_names_a_record_is_headed_by_the_name_of_that_record():
    link, other = initiative("a-link"), initiative("b-link")
    record = engagement("a-meeting", EngagementSubject(initiative=link))
    hers = {"subjects-0-DELETE": "on"}
    _bert, page = conflict(
        record, hers, {}, also=[("subjects", {"target": f"initiative-{other.pk}"})]
    )
    shown = [(name, [row.field for row in rows]) for name, rows in page.context["groups"]]
    assert shown == [("Subject", ["A Link (a-link, Draft)", "B Link (b-link, Draft)"])]
    assert "The whole row" not in sentences(page)
