"""Forms of the desk: what they ask, what they keep, and what they leave alone."""

import pytest
from django import forms
from django.contrib.auth.models import Permission, User
from django.utils.html import strip_tags

from cooperation.desk.admin.widgets import Autocomplete
from cooperation.desk.models import (
    Announcement,
    Commitment,
    Identifier,
    Organization,
    OrganizationName,
)
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
from tests.desk.records import cite, fund, organization, published

MODELS = (
    "organization",
    "ministry",
    "firm",
    "association",
    "source",
    "initiative",
    "fund",
)
MOST_CHOICES = 640

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_saving_what_is_there_already_leaves_no_trace():
    record, client = organization("a", OrganizationName(type="alias", text="X")), editor()
    page = client.get(change_page(record))
    assert client.post(change_page(record), filled(page)).status_code == PASSED
    record.refresh_from_db()
    assert (record.version, str(record.changed_by)) == (1, "editor")
    assert OrganizationName.history.count() == 1


def test_change_of_a_row_alone_is_a_change_of_the_record():
    record, client = organization("a", OrganizationName(type="alias", text="X")), editor()
    sent = {**filled(client.get(change_page(record))), "names-0-text": "Y", "reason": "Misspelt."}
    assert client.post(change_page(record), sent).status_code == PASSED
    record.refresh_from_db()
    assert (record.version, record.names.get().text, str(record.changed_by)) == (2, "Y", "edith")
    entry = Organization.history.filter(id=record.pk).first()
    assert (entry.version, entry.history_change_reason) == (2, "Misspelt.")


def test_row_that_is_ticked_for_deletion_goes():
    record, client = organization("a", Identifier(scheme="wikidata", value="Q1359568")), editor()
    sent = {**filled(client.get(change_page(record))), "identifiers-0-DELETE": "on"}
    client.post(change_page(record), sent)
    record.refresh_from_db()
    assert (record.version, record.identifiers.count()) == (2, 0)


def test_key_can_be_changed_until_the_record_is_published():
    record, client = organization("first-key"), editor()
    sent = {**filled(client.get(change_page(record))), "key": "second-key"}
    client.post(change_page(record), sent)
    record.refresh_from_db()
    assert record.key == "second-key"
    published(record)
    page = client.get(change_page(record))
    assert "key" not in page.context["adminform"].form.fields
    client.post(change_page(record), {**filled(page), "key": "third-key", "title_en": "New"})
    record.refresh_from_db()
    assert (record.key, record.title_en) == ("second-key", "New")


def test_id_of_a_row_is_fixed_once_the_record_is_published():
    record = published(organization("a", OrganizationName(type="alias", text="X")))
    client = editor()
    page = client.get(change_page(record))
    sent = {**filled(page), "names-0-part_id": "other", "names-0-text": "Y"}
    assert client.post(change_page(record), sent).status_code == PASSED
    assert [(n.part_id, n.text) for n in record.names.all()] == [("alias", "Y")]


def test_published_record_cannot_be_deleted_and_the_form_says_why():
    record, client = published(organization("a")), editor()
    page = client.get(change_page(record))
    assert "What has been published cannot be deleted, only withdrawn." in sentences(page)
    address = change_page(record).replace("change", "delete")
    assert address not in sentences(page)
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert Organization.objects.filter(pk=record.pk).exists()


def test_draft_is_deleted_when_asked_twice():
    record, client = organization("a"), editor()
    address = change_page(record).replace("change", "delete")
    assert address in sentences(client.get(change_page(record)))
    assert client.get(address).status_code == 200
    assert client.post(address, {"post": "yes", "version": "1"}).status_code == PASSED
    assert not Organization.objects.filter(pk=record.pk).exists()
    assert Organization.history.filter(id=record.pk).first().history_type == "-"


def test_draft_that_is_referred_to_says_by_what_instead_of_going():
    record = organization("a")
    naming = fund("b", manager=record)
    giver = Commitment(contributor=record, stage="paid")
    giving = fund("c", giver, Commitment(part_id="again", contributor=record, stage="paid"))
    address = change_page(record).replace("change", "delete")
    shown = sentences(editor().get(address))
    assert "These records refer to it; take it out of them first:" in shown
    for other, title in ((naming, "B (b, Draft)"), (giving, "C (c, Draft)")):
        assert shown.count(f'<a href="{change_page(other)}">{title}</a>') == 1
    assert editor().post(address, {"post": "yes", "version": "1"}).status_code == SHOWN_AGAIN
    assert Organization.objects.filter(pk=record.pk).exists()


def test_form_shows_what_follows_from_the_rows():
    record = fund("a", Announcement(amount="200000000000", currency="KRW"), cite("announcements"))
    shown = " ".join(strip_tags(sentences(editor().get(change_page(record)))).split())
    assert "Announced₩200 billion" in shown


@pytest.mark.parametrize("model", MODELS)
def test_every_field_of_a_form_has_a_sentence(model):
    page = editor().get(add_page(model))
    mute = []
    for form in shown_forms(page):
        mute += [
            box.html_name
            for box in form
            if not box.is_hidden and box.name != "DELETE" and not str(box.help_text).strip()
        ]
    assert mute == []


@pytest.mark.parametrize("model", MODELS)
def test_no_form_lists_all_records(model):
    long = []
    for form in shown_forms(editor().get(add_page(model))):
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(field, forms.ModelChoiceField) and not field.widget.is_hidden:
                assert isinstance(widget, Autocomplete), name
            elif len(list(getattr(widget, "choices", ()))) > MOST_CHOICES:
                long.append(name)
    assert long == []


def shown_forms(page):
    lists = page.context["inline_admin_formsets"]
    return [page.context["adminform"].form, *(one.formset.empty_form for one in lists)]


def test_meaning_of_each_choice_can_be_unfolded():
    shown = sentences(editor().get(add_page("fund")))
    assert "The giver is bound by contract, law or budget." in shown


def test_somebody_who_may_only_look_is_shown_the_record_and_can_change_nothing():
    record, client = organization("a", OrganizationName(type="alias", text="X")), signed_in("v", "")
    looker = User.objects.get(username="v")
    looker.user_permissions.add(Permission.objects.get(codename="view_organization"))
    assert client.get(change_page(record)).status_code == 200
    assert client.post(change_page(record), {"title_en": "New"}).status_code == 403
    record.refresh_from_db()
    assert record.title_en == "A"


def test_nothing_at_the_desk_may_be_stored_by_a_cache():
    record, client = published(fund("a")), editor()
    for path in ("/admin/", change_page(record), add_page("fund"), change_page(record) + "nowhere"):
        assert client.get(path)["Cache-Control"] == "no-store", path


def test_id_that_another_row_bears_is_refused_with_a_sentence():
    names = [OrganizationName(part_id=key, type="alias", text=key) for key in ("x", "y")]
    record, client = organization("a", *names), editor()
    sent = filled(client.get(change_page(record)))
    swapped = {**sent, "names-0-part_id": "y", "names-1-part_id": "x"}
    twice = with_row(sent, "names", type="alias", text="Z", part_id="x")
    hidden = {**sent, "names-INITIAL_FORMS": "0", "names-0-id": "", "names-1-id": ""}
    for values in (swapped, twice, hidden):
        answer = client.post(change_page(record), values)
        assert answer.status_code == SHOWN_AGAIN
        assert ids_refused(answer) == [
            "Another row of this list has the same id; give each its own.",
            "Another row of this list has the same id; give each its own.",
        ]
    assert [(n.part_id, n.text) for n in record.names.all()] == [("x", "x"), ("y", "y")]


def ids_refused(page):
    """What is said at the ids of the names."""
    [formset] = [
        one.formset
        for one in page.context["inline_admin_formsets"]
        if one.formset.prefix == "names"
    ]
    return [said for form in formset.forms for said in form.errors.get("part_id", ())]


def test_two_new_rows_with_one_id_are_both_told_so_at_their_ids():
    client = editor()
    sent = {**filled(client.get(add_page("firm"))), "title_en": "A"}
    for text in ("X", "Y"):
        sent = with_row(sent, "names", type="alias", text=text, part_id="same")
    answer = client.post(add_page("firm"), sent)
    assert len(ids_refused(answer)) == 2
    assert "Please correct the duplicate data" not in sentences(answer)
    assert not Organization.objects.exists()


def test_id_of_a_row_that_goes_is_free_for_another():
    record, client = (
        organization("a", OrganizationName(part_id="x", type="alias", text="X")),
        editor(),
    )
    sent = {**filled(client.get(change_page(record))), "names-0-DELETE": "on"}
    sent = with_row(sent, "names", type="short", text="Y", part_id="x")
    assert client.post(change_page(record), sent).status_code == PASSED
    assert [(n.part_id, n.text) for n in record.names.all()] == [("x", "Y")]


def test_id_of_a_row_that_goes_is_free_for_the_row_before_it():
    names = [OrganizationName(part_id=key, type="alias", text=key) for key in ("x", "y")]
    record, client = organization("a", *names), editor()
    sent = filled(client.get(change_page(record)))
    sent |= {"names-0-part_id": "y", "names-1-DELETE": "on"}
    assert client.post(change_page(record), sent).status_code == PASSED
    assert [(n.part_id, n.text) for n in record.names.all()] == [("y", "x")]


def test_id_that_was_another_row_s_is_refused_once_the_record_has_been_published():
    names = [OrganizationName(part_id=key, type="alias", text=key) for key in ("x", "y")]
    record, client = published(organization("a", *names)), editor()
    sent = filled(client.get(change_page(record)))
    gone = {**sent, "names-0-DELETE": "on"}
    again = with_row(gone, "names", type="short", text="Z", part_id="x")
    answer = client.post(change_page(record), again)
    assert "“x” has been the id of another row of this list" in sentences(answer)
    client.post(change_page(record), gone)
    sent = filled(client.get(change_page(record)))
    again = with_row(sent, "names", type="short", text="Z", part_id="x")
    answer = client.post(change_page(record), again)
    assert "“x” has been the id of another row of this list" in sentences(answer)
    new = with_row(sent, "names", type="short", text="Z", part_id="z")
    assert client.post(change_page(record), new).status_code == PASSED
    assert [n.part_id for n in record.names.all()] == ["y", "z"]


@pytest.mark.parametrize("position", ["10001", "2147483647", "9223372036854775807"])
def test_place_in_a_list_is_a_small_number(position):
    record, client = organization("a", OrganizationName(type="alias", text="X")), editor()
    sent = filled(client.get(change_page(record)))
    answer = client.post(change_page(record), {**sent, "names-0-position": position})
    assert answer.status_code == SHOWN_AGAIN
    assert "A position is at most 10,000" in sentences(answer)


def test_row_without_a_place_comes_last_even_after_the_last_place():
    record = organization("a", OrganizationName(type="alias", text="X", position=2**31 - 1))
    client = editor()
    sent = with_row(filled(client.get(change_page(record))), "names", type="alias", text="Y")
    assert client.post(change_page(record), sent).status_code == PASSED
    assert [n.text for n in record.names.all()] == ["X", "Y"]


def test_choice_from_a_long_list_is_shown_as_chosen():
    record = organization("a", OrganizationName(type="alias", text="X", lang="ko"), country="KR")
    shown = sentences(editor().get(change_page(record)))
    assert '<option value="KR" selected>' in shown
    assert shown.count('<option value="ko" selected>') == 1


def test_boxes_that_belong_together_are_told_as_a_group_with_its_name():
    page = sentences(editor().get(add_page("fund")))
    group = '<div role="group" aria-label="Title – our own words" class="flex-container">'
    assert group in page
    assert 'role="group" aria-label="Key"' not in page


def test_form_of_a_kind_that_says_all_in_lists_has_no_empty_section():
    assert "Particulars" not in sentences(editor().get(add_page("person")))
    assert "Particulars" in sentences(editor().get(add_page("fund")))
