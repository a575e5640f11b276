"""Two people at the same record: nobody's edit is lost without a word."""

import threading

import pytest
from django.db import connections
from django.forms import ModelForm

from cooperation.desk import editing
from cooperation.desk.admin.guards import RecordForm
from cooperation.desk.admin.rates import ExchangeRateForm
from cooperation.desk.models import Commitment, ExchangeRate, Fund, Organization
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
from tests.desk.records import fund, organization

ROUNDS = 5
GONE = 404


@pytest.mark.django_db
def test_stale_form_saves_nothing_keeps_what_was_typed_and_says_who_was_first():
    record = organization("a")
    first, second = signed_in("anna"), signed_in("bert")
    sent = filled(first.get(change_page(record)))
    late = filled(second.get(change_page(record)))
    assert first.post(change_page(record), {**sent, "title_en": "Anna’s"}).status_code == PASSED
    answer = second.post(change_page(record), {**late, "title_en": "Bert’s", "reason": "Better."})
    assert answer.status_code == SHOWN_AGAIN
    shown = sentences(answer)
    assert "Nothing was saved: anna changed this record at" in shown
    assert 'value="Bert’s"' in shown
    assert 'value="Better."' in shown
    record.refresh_from_db()
    assert (record.title_en, record.version) == ("Anna’s", 2)


@pytest.mark.django_db
def test_sending_a_stale_form_again_is_refused_again():
    record = organization("a")
    first, second = signed_in("anna"), signed_in("bert")
    sent = filled(first.get(change_page(record)))
    first.post(change_page(record), {**sent, "title_en": "Anna’s"})
    late = {**sent, "title_en": "Bert’s"}
    assert second.post(change_page(record), late).status_code == SHOWN_AGAIN
    again = second.post(change_page(record), late)
    assert again.status_code == SHOWN_AGAIN
    record.refresh_from_db()
    assert record.title_en == "Anna’s"


@pytest.mark.django_db
def test_stale_row_saves_nothing_and_keeps_what_was_typed():
    record = fund("a", Commitment(contributor_class="other", stage="proposed"))
    first, second = signed_in("anna"), signed_in("bert")
    sent = filled(first.get(change_page(record)))
    first.post(change_page(record), {**sent, "commitments-0-stage": "pledged"})
    late = {**sent, "commitments-0-title_en": "Bert’s row"}
    late = with_row(
        late, "commitments", contributor_class="government", stage="paid", title_en="New row"
    )
    answer = second.post(change_page(record), late)
    assert answer.status_code == SHOWN_AGAIN
    assert "Bert’s row" in sentences(answer)
    assert "New row" in sentences(answer)
    assert [(c.stage, c.title_en) for c in record.commitments.all()] == [("pledged", "")]


@pytest.mark.django_db
def test_row_that_somebody_else_has_removed_does_not_hide_what_was_typed():
    record = fund("a", Commitment(contributor_class="other", stage="proposed"))
    first, second = signed_in("anna"), signed_in("bert")
    sent = filled(first.get(change_page(record)))
    first.post(change_page(record), {**sent, "commitments-0-DELETE": "on"})
    answer = second.post(change_page(record), {**sent, "commitments-0-title_en": "Bert’s row"})
    assert answer.status_code == SHOWN_AGAIN
    assert "Bert’s row" in sentences(answer)
    assert "Nothing was saved: anna changed this record" in sentences(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["", "x", "0", "2", "1.0", "99999999999999999999"])
def test_form_without_the_right_version_saves_nothing(version):
    record, client = organization("a"), editor()
    sent = {**filled(client.get(change_page(record))), "title_en": "New", "version": version}
    assert client.post(change_page(record), sent).status_code == SHOWN_AGAIN
    record.refresh_from_db()
    assert record.title_en == "A"


@pytest.mark.django_db
def test_record_that_was_deleted_meanwhile_is_said_to_be_gone_with_what_was_typed():
    record = fund("a", Commitment(contributor_class="other", stage="proposed"))
    first, second = signed_in("anna"), signed_in("bert")
    sent = filled(second.get(change_page(record)))
    address = change_page(record).replace("change", "delete")
    first.post(address, {"post": "yes", "version": "1"})
    late = {**sent, "title_en": "Bert’s", "commitments-0-title_en": "Bert’s row"}
    late = with_row(late, "commitments", title_en="New row", contributor_class="government")
    answer = second.post(change_page(record), late)
    assert answer.status_code == GONE
    shown = sentences(answer)
    assert "Nothing was saved: anna deleted this record at" in shown
    assert all(words in shown for words in ("Bert’s<", "Bert’s row<", "New row<", "Governments<"))
    assert not Fund.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/admin/desk/fund/77/change/", "/admin/desk/fund/x/change/"])
def test_what_never_was_is_not_there_whatever_is_typed(page):
    sent = {"version": "1", "title_en": "New", "_save": "Save"}
    answer = editor().post(page, sent, follow=True)
    assert "doesn’t exist. Perhaps it was deleted?" in sentences(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("version", [None, "", "x", "1", "99999999999999999999"])
def test_draft_that_was_changed_since_it_was_to_be_deleted_stays(version):
    record = organization("a")
    first, second = signed_in("anna"), signed_in("bert")
    address = change_page(record).replace("change", "delete")
    assert 'name="version" value="1"' in sentences(second.get(address))
    sent = filled(first.get(change_page(record)))
    first.post(change_page(record), {**sent, "title_en": "Anna’s"})
    given = {"post": "yes"} if version is None else {"post": "yes", "version": version}
    answer = second.post(address, given, follow=True)
    assert "Nothing was deleted: anna changed this record at" in sentences(answer)
    assert answer.redirect_chain == [(address, PASSED)]
    assert Organization.objects.get(pk=record.pk).title_en == "Anna’s"
    assert second.post(address, {"post": "yes", "version": "2"}).status_code == PASSED
    assert not Organization.objects.exists()


@pytest.mark.django_db
def test_without_the_guard_the_first_edit_is_lost(monkeypatch):
    monkeypatch.setattr(RecordForm, "clean", ModelForm.clean)
    record = organization("a")
    first, second = signed_in("anna"), signed_in("bert")
    sent = filled(first.get(change_page(record)))
    first.post(change_page(record), {**sent, "title_en": "Anna’s"})
    assert second.post(change_page(record), {**sent, "title_ko": "X"}).status_code == PASSED
    record.refresh_from_db()
    assert record.title_en == "A"


@pytest.mark.django_db
def test_stale_rate_saves_nothing():
    rate = ExchangeRate.objects.create(
        date="2015-01-29", base="USD", quote="KRW", rate="1090", source="Bank of Korea"
    )
    first, second = signed_in("anna"), signed_in("bert")
    page = f"/admin/desk/exchangerate/{rate.pk}/change/"
    sent = filled(first.get(page))
    assert first.post(page, {**sent, "rate": "1091", "reason": "Typo."}).status_code == PASSED
    answer = second.post(page, {**sent, "rate": "1092"})
    assert answer.status_code == SHOWN_AGAIN
    assert "Nothing was saved: anna changed this rate" in sentences(answer)
    rate.refresh_from_db()
    assert str(rate.rate) == "1091"
    assert rate.history.first().history_change_reason == "Typo."


@pytest.mark.django_db
def test_without_its_guard_the_first_change_of_a_rate_is_lost(monkeypatch):
    monkeypatch.setattr(ExchangeRateForm, "clean", ModelForm.clean)
    rate = ExchangeRate.objects.create(
        date="2015-01-29", base="USD", quote="KRW", rate="1090", source="Bank of Korea"
    )
    first, second = signed_in("anna"), signed_in("bert")
    page = f"/admin/desk/exchangerate/{rate.pk}/change/"
    sent = filled(first.get(page))
    first.post(page, {**sent, "rate": "1091"})
    second.post(page, {**sent, "source": "Another"})
    rate.refresh_from_db()
    assert str(rate.rate) == "1090"


def at_once(record, texts):
    """The status of two posts that are sent at the same moment, in the order of the texts."""
    clients = [signed_in(name) for name in ("anna", "bert")]
    sent = [filled(client.get(change_page(record))) for client in clients]
    barrier, answers = threading.Barrier(2), {}

    def post(place):
        try:
            barrier.wait(10)
            values = {**sent[place], **texts[place]}
            answers[place] = clients[place].post(change_page(record), values).status_code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=post, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return [answers[place] for place in (0, 1)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_forms_sent_at_once_exactly_one_is_saved():
    record = organization("a")
    for number in range(ROUNDS):
        texts = [{"title_en": f"Anna’s {number}"}, {"title_ko": f"Bert’s {number}"}]
        assert sorted(at_once(record, texts)) == [SHOWN_AGAIN, PASSED]
        record.refresh_from_db()
        saved = [record.title_en == f"Anna’s {number}", record.title_ko == f"Bert’s {number}"]
        assert (saved.count(True), record.version) == (1, number + 2)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_rows_sent_at_once_exactly_one_is_saved():
    record = fund("a", Commitment(contributor_class="other", stage="proposed"))
    texts = [{"commitments-0-stage": "pledged"}, {"commitments-0-title_en": "Bert’s"}]
    assert sorted(at_once(record, texts)) == [SHOWN_AGAIN, PASSED]
    row = Fund.objects.get(pk=record.pk).commitments.get()
    assert (row.stage == "pledged") != (row.title_en == "Bert’s")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_with_the_version_check_but_without_the_lock_an_edit_is_lost(monkeypatch):
    meeting = threading.Barrier(2)

    def unlocked(model, pk, expected_version=None):
        found = model.objects.get(pk=pk)
        meeting.wait(10)
        return found

    record = organization("a")
    monkeypatch.setattr(editing, "locked", unlocked)
    answers = at_once(record, [{"title_en": "Anna’s"}, {"title_ko": "Bert’s"}])
    assert answers == [PASSED, PASSED]
    record.refresh_from_db()
    assert [record.title_en == "Anna’s", record.title_ko == "Bert’s"].count(True) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_new_records_with_one_key_sent_at_once_the_second_is_shown_again(monkeypatch):
    meeting, store, answers = threading.Barrier(2), editing.add, []

    def store_together(record):
        meeting.wait(10)
        store(record)

    monkeypatch.setattr(editing, "add", store_together)
    clients = [signed_in(name) for name in ("anna", "bert")]
    sent = {**filled(clients[0].get(add_page("firm"))), "key": "same"}

    def post(place):
        try:
            values = {**sent, "title_en": f"Firm {place}"}
            answers.append((place, clients[place].post(add_page("firm"), values)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=post, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    [late] = [(place, one) for place, one in answers if one.status_code == SHOWN_AGAIN]
    form = late[1].context["adminform"].form
    assert list(form.errors) == ["key"]
    assert form["title_en"].value() == f"Firm {late[0]}"
    assert Organization.objects.get().title_en == f"Firm {1 - late[0]}"
