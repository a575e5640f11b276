"""The page of a conflict: mine, theirs and what it was, to be chosen from, with nothing lost that was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperation.desk.models import Commitment, EngagementSubject, Source
from tests.desk.admin.choosing import chosen, conflict, offered
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    change_page,
    filled,
    sentences,
    signed_in,
)
from tests.desk.records import cite, engagement, fund, initiative, organization

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
GONE = 404


def with_rows(**values):
    """A fund with two commitments and a citation of a figure."""
    rows = [
        Commitment(part_id=name, contributor_class="other", stage="proposed", position=place)
        for place, name in enumerate(("one", "two"), 1)
    ]
    return fund("a-fund", *rows, cite("title", note="Old"), **values)


def numbers(record, name="commitments"):
    return list(getattr(record, name).order_by("pk").values_list("pk", flat=True))


def test_what_one_changed_is_chosen_what_both_changed_is_open_and_what_is_the_same_is_not_listed():
    record = organization("a", title={"en": "A", "ko": "가", "zh-Hans": "甲"})
    hers = {"title_en": "Anna’s", "title_ko": "나", "abbreviation": "SAME"}
    his = {"title_en": "Bert’s", "title_zh_hans": "乙", "abbreviation": "SAME"}
    _bert, page = conflict(record, hers, his)
    assert page.status_code == SHOWN_AGAIN
    assert offered(page) == {"title_en": "", "title_ko": "theirs", "title_zh_hans": "mine"}


def test_page_says_who_saved_when_and_why():
    _bert, page = conflict(
        organization("a"), {"title_en": "X", "reason": "It moved."}, {"key": "b"}
    )
    assert "Nothing was saved: anna changed this record at" in sentences(page)
    assert "It moved." in sentences(page)


def test_what_is_still_open_is_named_and_nothing_is_saved():
    record = organization("a")
    bert, page = conflict(record, {"title_en": "Anna’s"}, {"title_en": "Bert’s", "title_ko": "나"})
    again = bert.post(change_page(record), chosen(page))
    assert "choose first whose stands" in sentences(again)
    assert "<li>Title (English)</li>" in sentences(again)
    record.refresh_from_db()
    assert (record.title_en, record.version) == ("Anna’s", 2)


@pytest.mark.parametrize(("side", "title"), [("mine", "Bert’s"), ("theirs", "Anna’s")])
def test_what_was_chosen_is_saved_with_what_only_one_changed(side, title):
    record = organization("a")
    hers = {"title_en": "Anna’s", "title_ko": "나"}
    his = {"title_en": "Bert’s", "title_zh_hans": "乙", "reason": "Better."}
    bert, page = conflict(record, hers, his)
    answer = bert.post(change_page(record), chosen(page, sides={"title_en": side}))
    assert answer.status_code == PASSED
    record.refresh_from_db()
    assert (record.title_en, record.title_ko, record.title_zh_hans) == (title, "나", "乙")
    assert (record.version, record.changed_by.username) == (3, "bert")
    assert record.history.first().history_change_reason == "Better."


def test_who_takes_all_of_theirs_changes_nothing():
    record = organization("a")
    bert, page = conflict(record, {"title_en": "Anna’s"}, {"title_en": "Bert’s"})
    sent = chosen(page, sides={"title_en": "theirs"})
    assert bert.post(change_page(record), sent).status_code == PASSED
    record.refresh_from_db()
    assert (record.title_en, record.version, record.changed_by.username) == ("Anna’s", 2, "anna")


def test_rows_are_compared_field_by_field_and_added_and_removed_rows_as_a_whole():
    record = with_rows()
    first, second = numbers(record)
    [citation] = numbers(record, "citations")[1:]
    hers = {"commitments-0-stage": "pledged", "commitments-1-DELETE": "on"}
    hers |= {"citations-1-note": "Anna’s"}
    his = {"commitments-0-stage": "paid", "commitments-0-title_en": "Bert’s"}
    his |= {"commitments-1-title_en": "Kept", "citations-1-DELETE": "on"}
    row = {"contributor_class": "government", "stage": "paid"}
    added, also = [("commitments", row)], [("commitments", {**row, "title_en": "New"})]
    bert, page = conflict(record, hers, his, added=added, also=also)
    [_first, hers_added] = numbers(record)
    assert offered(page) == {
        f"commitments-{first}-stage": "",
        f"commitments-{first}-title_en": "mine",
        f"commitments-{second}": "",
        f"commitments-{hers_added}": "theirs",
        "commitments-new-2": "mine",
        f"citations-{citation}": "",
    }
    sides = {f"commitments-{first}-stage": "theirs", f"commitments-{second}": "mine"}
    sides |= {f"citations-{citation}": "mine"}
    assert bert.post(change_page(record), chosen(page, sides=sides)).status_code == PASSED
    stored = [(one.part_id, one.stage, one.title_en) for one in record.commitments.all()]
    assert sorted(stored) == [
        ("government", "paid", ""),
        ("government-2", "paid", "New"),
        ("one", "pledged", "Bert’s"),
        ("two", "proposed", "Kept"),
    ]
    assert [one.path for one in record.citations.all()] == [""]


def test_row_that_one_removed_and_nobody_else_touched_goes():
    record = with_rows()
    first, second = numbers(record)
    bert, page = conflict(record, {"commitments-0-DELETE": "on"}, {"commitments-1-DELETE": "on"})
    assert offered(page) == {f"commitments-{first}": "theirs", f"commitments-{second}": "mine"}
    assert bert.post(change_page(record), chosen(page)).status_code == PASSED
    assert not record.commitments.exists()


def test_lists_of_records_are_put_together():
    money, link, other = fund("money"), initiative("a-link"), initiative("b-link")
    record = engagement("a-meeting", EngagementSubject(fund=money))
    hers = {"subjects-0-target": f"initiative-{link.pk}"}
    also = [("subjects", {"target": f"initiative-{other.pk}"})]
    bert, page = conflict(record, hers, {}, also=also)
    assert set(offered(page).values()) == {"mine", "theirs"}
    assert "a-link" in sentences(page)
    assert bert.post(change_page(record), chosen(page)).status_code == PASSED
    assert {str(one.target.key) for one in record.subjects.all()} == {"a-link", "b-link"}


def test_who_is_overtaken_once_more_keeps_the_choices_on_what_has_not_changed():
    record = organization("a")
    hers = {"title_en": "Anna’s", "title_ko": "나"}
    bert, page = conflict(
        record, hers, {"title_en": "Bert’s", "title_ko": "다", "title_zh_hans": "乙"}
    )
    anna = signed_in("anna")
    sent = filled(anna.get(change_page(record)))
    anna.post(change_page(record), {**sent, "title_ko": "라", "website": "https://a.example/"})
    sides = {"title_en": "mine", "title_ko": "mine"}
    again = bert.post(change_page(record), chosen(page, sides=sides))
    assert "the record was saved once more while you chose" in sentences(again)
    assert offered(again) == {
        "title_en": "mine",
        "title_ko": "",
        "title_zh_hans": "mine",
        "website": "theirs",
    }
    last = bert.post(change_page(record), chosen(again, sides={"title_ko": "theirs"}))
    assert last.status_code == PASSED
    record.refresh_from_db()
    assert (record.title_en, record.title_ko, record.website) == (
        "Bert’s",
        "라",
        "https://a.example/",
    )


def test_what_does_not_fit_together_is_shown_on_the_form_with_the_version_that_is_stored():
    record = with_rows()
    hers, his = {"commitments-0-amount": "1", "commitments-0-currency": "KRW"}, {}
    also = [("commitments", {"contributor_class": "other", "amount": "5", "title_en": "New"})]
    bert, page = conflict(record, hers, his, also=also)
    answer = bert.post(change_page(record), chosen(page))
    assert answer.status_code == SHOWN_AGAIN
    shown = filled(answer)
    assert (shown["version"], shown["commitments-0-amount"]) == ("2", "1")
    assert answer.context["errors"]
    assert "An amount needs its currency" in sentences(answer)
    assert 'value="New"' in sentences(answer)


def test_form_that_is_wrong_as_well_is_answered_by_the_page_and_keeps_what_was_typed():
    record = organization("a")
    bert, page = conflict(record, {"title_en": "Anna’s"}, {"founded": "no date", "title_ko": "나"})
    assert offered(page)["title_ko"] == "mine"
    answer = bert.post(change_page(record), chosen(page))
    assert answer.status_code == SHOWN_AGAIN
    assert filled(answer)["title_en"] == "Anna’s"
    assert "no date" in sentences(answer)


def test_who_goes_on_editing_sees_what_was_typed():
    record = with_rows()
    his = {"title_en": "Bert’s", "commitments-0-title_en": "Row"}
    also = [("commitments", {"title_en": "New"})]
    bert, page = conflict(record, {"title_en": "Anna’s"}, his, also=also)
    back = {name: value for name, value in chosen(page).items() if name != "_choose"}
    answer = bert.post(change_page(record), {**back, "_typed": "Go on"})
    assert "What you typed still stands below." in sentences(answer)
    assert filled(answer)["title_en"] == "Bert’s"
    assert filled(answer)["commitments-0-title_en"] == "Row"
    assert 'value="New"' in sentences(answer)
    assert "title_en" in offered(bert.post(change_page(record), filled(answer)))


@pytest.mark.parametrize("version", ["", "x", "7", "9" * 30, "٣"])
def test_where_nobody_knows_what_was_opened_all_that_differs_is_open(version):
    record = with_rows()
    first, _second = numbers(record)
    bert = signed_in("bert")
    sent = {**filled(bert.get(change_page(record))), "version": version, "title_en": "New"}
    page = bert.post(change_page(record), {**sent, "commitments-0-stage": "paid"})
    assert offered(page) == {"title_en": "", f"commitments-{first}-stage": ""}
    assert "What it was when you opened it is not known" in sentences(page)


def test_file_is_said_not_to_be_carried_along_and_that_of_somebody_else_stays():
    record = Source.objects.create(key="a-law", title_en="Law", type="law", kept_text="Old.")
    anna, bert = signed_in("anna"), signed_in("bert")
    sent = filled(anna.get(change_page(record)))
    hers = {
        **sent,
        "title_ko": "법",
        "kept_text": "",
        "kept_file": SimpleUploadedFile("a.txt", b"Hers."),
    }
    assert anna.post(change_page(record), hers).status_code == PASSED
    his = {**sent, "title_en": "L", "kept_text": "His.", "kept_file-clear": "on"}
    page = bert.post(change_page(record), his)
    assert "A file cannot be carried along" in sentences(page)
    assert offered(page) == {"title_en": "mine", "title_ko": "theirs", "kept_text": ""}
    taken = chosen(page, sides={"kept_text": "theirs"})
    assert bert.post(change_page(record), taken).status_code == PASSED
    record.refresh_from_db()
    assert (record.title_en, record.title_ko, record.kept_text) == ("L", "법", "Hers.")
    assert record.kept_name


def test_firm_is_put_together_on_its_own_form_too():
    record = organization("a", type="firm")
    address = change_page(record, "firm")
    anna, bert = signed_in("anna"), signed_in("bert")
    sent = filled(anna.get(address))
    anna.post(address, {**sent, "title_ko": "나"})
    page = bert.post(address, {**sent, "title_en": "B"})
    assert offered(page) == {"title_en": "mine", "title_ko": "theirs"}
    assert bert.post(address, chosen(page)).status_code == PASSED
    record.refresh_from_db()
    assert (record.title_en, record.title_ko, record.version) == ("B", "나", 3)


def test_page_reads_the_same_number_of_times_however_many_rows_there_are():
    costs = []
    for record, count in ((fund("few"), 2), (fund("more"), 12)):
        givers = [organization(f"{record.key}-{n}").pk for n in range(count)]
        hers, his = (
            [("commitments", {"contributor": giver, "stage": stage}) for giver in givers]
            for stage in ("paid", "pledged")
        )
        _bert, page = conflict(record, {}, {}, added=hers, also=his)
        sent = {name: value for name, value in chosen(page).items() if name != "_choose"}
        with CaptureQueriesContext(connection) as asked:
            assert len(offered(signed_in("bert").post(change_page(record), sent))) == 2 * count
        costs.append(sum('FROM "desk_' in one["sql"] for one in asked))
    assert costs[0] == costs[1] < 45
