"""Doubles at the desk: shown while a name is typed, named once it is saved, listed to be merged or told apart."""

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages

from cooperation.desk.admin import likely
from cooperation.desk.likeness.apart import tell_apart
from cooperation.desk.models import Apart, Organization, Person
from tests.desk.admin.filling import (
    add_page,
    change_page,
    editor,
    filled,
    list_page,
    publisher,
    signed_in,
)
from tests.desk.records import saved, texts

pytestmark = pytest.mark.django_db
ALIKE = "/admin/desk/firm/alike/"
PAIRS = "/admin/desk/organization/doubles/"


def firm(key, en=None, ko=None, zh=None, **values):
    return saved(Organization(key=key, title=texts(en, ko, zh), type="firm", **values))


def shown(client, address=ALIKE, **asked):
    """The keys of the records that are shown for the names."""
    return [record["about"] for record in client.get(address, asked).json()["records"]]


def pairs_on(page):
    return [(pair.one.key, pair.other.key) for pair in page.context["page"]]


@pytest.fixture
def two():
    """Two records with nearly the same name."""
    return firm("one", "Hyundai Motor", country="KR"), firm("two", "Hyundai Motors")


def test_records_with_nearly_the_name_that_is_typed_are_shown():
    record = firm("samsung", "Samsung Electronics", "삼성전자", country="KR")
    answer = editor().get(ALIKE, {"name": ["Samseong", "㈜삼성전자"]})
    assert answer.headers["Cache-Control"].count("no-store") == 1
    assert answer.json() == {
        "heading": "There is a record with nearly the same name; look whether it is the same one:",
        "records": [
            {
                "title": "Samsung Electronics",
                "name": "삼성전자",
                "about": "organization, samsung, South Korea (KR)",
                "state": "draft",
                "state_label": "Draft",
                "address": change_page(record),
            }
        ],
        "note": "",
    }


def test_name_in_brackets_is_another_name_of_the_same_record():
    both = firm("mosf", "기획재정부(MOSF)")
    firm("holding", "Alibaba Group Holding Co., Ltd.")
    for typed, key in (("MOSF", "mosf"), ("기획재정부", "mosf"), ("Alibaba Group", "holding")):
        assert shown(editor(), name=typed) == [f"organization, {key}"], typed
    firm("short", "MOSF")
    found = shown(editor(), name="기획재정부(MOSF)", **{"except": both.pk})
    assert found == ["organization, short"]


def test_record_itself_and_what_is_told_apart_from_it_or_merged_is_not_shown(two):
    one, other = two
    client = editor()
    assert len(shown(client, name="Hyundai Motor")) == 2
    assert len(shown(client, name="Hyundai Motor", **{"except": one.pk})) == 1
    tell_apart("organization", one.pk, other.pk, by=None, reason="Two registers.")
    assert shown(client, name="Hyundai Motor", **{"except": one.pk}) == []
    Organization.objects.filter(pk=other.pk).update(successor="one")
    assert len(shown(client, name="Hyundai Motor")) == 1


@pytest.mark.once
def test_whatever_is_typed_is_answered():
    firm("one", "Hyundai")
    client = editor()
    for name in ("", " ", "㈜", "%", "'", "*", "a" * 3000, "𠮷" * 300, "\u202e"):
        assert shown(client, name=[name] * 60, **{"except": "9" * 30}) == [], name


def test_only_who_may_see_the_records_is_told(two):
    nobody = signed_in("nora", "No role")
    assert nobody.get(ALIKE, {"name": "Hyundai Motor"}).status_code == 403
    assert nobody.get(PAIRS).status_code == 403


@pytest.mark.once
def test_queries_do_not_grow_with_records_and_names(two, django_assert_num_queries):
    client = editor()
    client.get(ALIKE)
    for number in range(9):
        firm(f"more-{number}", "Hyundai Motor")
    shown(client, name="Hyundai Motor")
    # Session, user, their rights twice, whether anything is new, and the records.
    with django_assert_num_queries(6):
        shown(client, name=["Hyundai Motor", "Hyundai Motors", "Kia"])


def test_new_record_is_saved_with_a_word_about_its_likely_doubles():
    firm("alibaba", None, None, "阿里巴巴集团")
    client = editor()
    sent = filled(client.get(add_page("firm")))
    answer = client.post(add_page("firm"), {**sent, "title_en": "Alibaba Inc."})
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    other = Organization.objects.get(key="alibaba")
    assert (
        "There is a record with nearly the same name; look whether it is the same one: "
        f'<a href="{change_page(other)}">阿里巴巴集团 (alibaba, Draft)</a>.'
    ) in said


def test_list_leads_to_the_likely_pairs_of_its_kind():
    assert f'href="{PAIRS}"' in editor().get(list_page("ministry")).content.decode()


def test_pairs_are_told_apart_with_a_reason_and_that_is_taken_back(two):
    one, other = two
    client = editor()
    assert pairs_on(client.get(PAIRS)) == [("one", "two")]
    sent = {"one": other.pk, "other": one.pk, "act": "apart", "reason": "Two register numbers."}
    answer = client.post(PAIRS, sent, follow=True)
    assert pairs_on(answer) == []
    assert "The two are told apart" in answer.content.decode()
    assert "Two register numbers." in answer.content.decode()
    note = Apart.objects.get()
    assert (note.kind, note.record, note.other, note.by.username) == (
        "organization", one.pk, other.pk, "edith",
    )  # fmt: skip
    answer = client.post(PAIRS, {**sent, "act": "forget"}, follow=True)
    assert pairs_on(answer) == [("one", "two")]
    assert not Apart.objects.exists()


def test_what_cannot_be_done_is_said_and_nothing_is_stored(two):
    one, other = two
    client = editor()
    for values, sentence in (
        ({"reason": " "}, "Reason: write by what these two are told apart."),
        ({"reason": "x" * 501}, "Reason: "),
        ({"reason": "a\x00b"}, "Reason: "),
        ({"one": "x"}, "Choose a pair of the list."),
        ({"one": "9" * 30}, "Choose a pair of the list."),
        ({"one": "9" * 18}, "One of these two records is not there any more"),
        ({"one": other.pk}, "Choose two different records."),
        ({"act": "forget"}, "These two were not told apart"),
    ):
        sent = {"one": one.pk, "other": other.pk, "act": "apart", "reason": "Two.", **values}
        answer = client.post(PAIRS, sent)
        assert answer.status_code == 200, values
        assert sentence in answer.content.decode()
    assert not Apart.objects.exists()


def test_pair_is_told_apart_once(two):
    sent = {"one": two[0].pk, "other": two[1].pk, "act": "apart", "reason": "Two."}
    client = editor()
    assert client.post(PAIRS, sent).status_code == 302
    assert "told apart already" in client.post(PAIRS, sent).content.decode()
    assert Apart.objects.get().reason == "Two."


def test_who_may_only_look_tells_nobody_apart(two):
    client = signed_in("vera", "Readers")
    view = Permission.objects.get(codename="view_organization")
    User.objects.get(username="vera").user_permissions.add(view)
    page = client.get(PAIRS)
    assert pairs_on(page) == [("one", "two")]
    assert "They are different" not in page.content.decode()
    assert client.post(PAIRS, {"one": two[0].pk, "other": two[1].pk}).status_code == 403


def test_only_who_may_publish_is_led_to_a_merger(two):
    for client, is_led in ((editor(), False), (publisher(), True)):
        said = client.get(PAIRS).content.decode()
        assert ("/merge/?into=" in said, "They are different" in said) == (is_led, True)


def test_pairs_of_records_that_are_gone_or_merged_are_not_listed(two, monkeypatch):
    client = editor()
    client.get(PAIRS)
    monkeypatch.setattr(likely, "AT_ONCE", 0)
    Organization.objects.filter(pk=two[1].pk).update(successor="one")
    assert pairs_on(client.get(PAIRS)) == []


def test_among_many_records_the_pairs_found_last_are_shown_with_their_time(two, monkeypatch):
    client = editor()
    client.get(PAIRS)
    monkeypatch.setattr(likely, "AT_ONCE", 1)
    assert "Nothing was saved since." in client.get(PAIRS).content.decode()
    firm("three", "Hyundai Motors")
    page = client.get(PAIRS)
    assert pairs_on(page) == [("one", "two")]
    assert "Looked for at " in page.content.decode()
    assert "manage.py find_doubles --kind organization" in page.content.decode()


@pytest.mark.once
def test_page_costs_the_same_however_many_pairs(two, django_assert_max_num_queries):
    for number in range(6):
        firm(f"more-{number}", "Hyundai Motor")
    client = editor()
    client.get(PAIRS)
    with django_assert_max_num_queries(14):
        client.get(PAIRS)


def test_people_have_a_page_of_likely_pairs_too():
    for key in ("one", "two"):
        saved(Person(key=key, title=texts("Ma Yun")))
    assert pairs_on(editor().get("/admin/desk/person/doubles/")) == [("one", "two")]
