"""What no browser sends: the desk answers with a refusal, never with a fault."""

from itertools import cycle

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cooperation.catalogue import KINDS
from cooperation.desk.models import OrganizationName
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    act_page,
    add_page,
    change_page,
    editor,
    filled,
    list_page,
    publisher,
    sentences,
    with_row,
)
from tests.desk.records import engagement, fund, initiative, organization

pytestmark = pytest.mark.django_db
BAD = [
    "\0",
    "\ud800",
    "9" * 400,
    "-1",
    "1e999",
    "x" * 100_000,
    "\u202etxet",
    "'; DROP TABLE",
    "{}",
    "[]",
]


@pytest.mark.parametrize(("model", "value"), [*zip(cycle(KINDS), BAD)])
def test_no_value_of_a_new_record_makes_the_desk_stumble(model, value):
    client = editor()
    page = client.get(add_page(model))
    rows = [
        (one.formset.prefix, one.formset.empty_form)
        for one in page.context["inline_admin_formsets"]
    ]
    sent = dict.fromkeys(page.context["adminform"].form.fields, value)
    sent = {**filled(page), **sent}
    for name, form in rows:
        fields = {field: value for field in form.fields if field not in {"id", "record", "DELETE"}}
        sent = with_row(sent, name, **fields)
    assert client.post(add_page(model), encodable(sent)).status_code in {200, 302, 400}


@pytest.mark.parametrize("value", BAD)
def test_no_number_of_a_row_makes_the_desk_stumble(value):
    record, client = organization("a", OrganizationName(type="alias", text="X")), editor()
    sent = filled(client.get(change_page(record)))
    for name in (
        "names-0-id",
        "names-0-record",
        "names-TOTAL_FORMS",
        "names-INITIAL_FORMS",
        "part_of",
    ):
        answer = client.post(change_page(record), encodable({**sent, name: value}))
        assert answer.status_code in {200, 302, 400}, name


@pytest.mark.parametrize("value", BAD)
def test_no_choice_on_a_list_or_an_act_makes_the_desk_stumble(value):
    record, client = organization("a"), publisher()
    for sent in (
        {"action": "publish_selected", "_selected_action": [value]},
        {"action": value, "_selected_action": [str(record.pk)]},
    ):
        answer = client.post(list_page("organization"), encodable(sent))
        assert answer.status_code in {200, 302, 400}
    sent = {
        "record": [f"organization/{value}"],
        "seal": value,
        "confirmed": [value],
        "reason": value,
    }
    assert client.post(act_page("publish", record), encodable(sent)).status_code == 404
    sent["record"] = ["organization/a"]
    assert client.post(act_page("publish", record), encodable(sent)).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a%20" * 2000,
        "q=%22unbalanced",
        "country=ZZ",
        "state=none",
        "status=none",
        "type__exact=none",
        "_facets=True",
        "_facets=True&country=KR&state=draft",
        "p=99999999999999999999",
        "o=99.-99.x",
        "nothing=1",
        "id__exact=99999999999999999999999",
        "all=",
    ],
)
@pytest.mark.parametrize("model", ["organization", "ministry", "source", "initiative", "fund"])
def test_no_question_to_a_list_makes_the_desk_stumble(model, query):
    organization("a", country="KR")
    assert editor().get(f"{list_page(model)}?{query}").status_code in {200, 302, 400}


@pytest.mark.parametrize(
    "query", ["date__year=99999", "date__year=x", "date__month=13&date__year=2015", "base=X", "q=b"]
)
def test_no_question_to_the_list_of_rates_makes_the_desk_stumble(query):
    answer = editor().get(f"/admin/desk/exchangerate/?{query}")
    assert answer.status_code in {200, 302, 400}


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999999", "_00"])
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_page_of_a_record_that_is_not_there_is_not_found(page, number):
    answer = editor().get(f"/admin/desk/fund/{number}/{page}/")
    assert answer.status_code in {302, 404}


def encodable(sent):
    """A lone surrogate reaches a server as bytes that are not UTF-8; here as its replacement."""
    return {
        name: [
            one.encode(errors="replace").decode() if isinstance(one, str) else one for one in values
        ]
        if isinstance(values, list)
        else values.encode(errors="replace").decode()
        if isinstance(values, str)
        else values
        for name, values in sent.items()
    }


@pytest.mark.parametrize("address", ["auth/user", "auth/group", "desk/exchangerate", "desk/fund"])
def test_search_for_more_words_than_a_database_looks_for_at_once_is_no_fault(address):
    answer = chief().get(f"/admin/{address}/", {"q": "a " * 2000})
    assert answer.status_code == 200


@pytest.mark.parametrize("year", ["2147483648", "9999999999999999999", "1" + "0" * 400])
def test_year_that_no_calendar_has_is_no_fault(year):
    assert chief().get(f"/admin/desk/exchangerate/?date__year={year}").status_code == 302


def chief():
    client = Client()
    user, _made = User.objects.get_or_create(username="chief", is_staff=True, is_superuser=True)
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("query", "status"),
    [("title_en__regex=((((", 400), ("pk__in=9999999999999999999", 400), ("state=draft", 200)],
)
def test_list_is_narrowed_only_as_it_offers_itself(query, status):
    assert chief().get(f"/admin/desk/fund/?{query}").status_code == status


def test_group_with_a_number_too_large_for_the_database_is_no_fault():
    assert chief().get("/admin/auth/user/?groups=9999999999999999999").status_code in {200, 302}
    assert chief().get("/admin/auth/user/?groups__id__exact=1").status_code == 200


@pytest.mark.parametrize("kind", ["organization", "initiative", "engagement"])
def test_record_that_is_made_part_of_itself_is_shown_again_with_a_sentence(kind):
    record, client = (
        {"organization": organization, "initiative": initiative}.get(kind, engagement)(),
        editor(),
    )
    sent = {**filled(client.get(change_page(record))), "part_of": record.pk, "reason": "x"}
    answer = client.post(change_page(record), sent)
    assert answer.status_code == SHOWN_AGAIN
    assert "cannot be part of itself; name the larger one." in sentences(answer)


def test_organization_that_succeeds_itself_is_shown_again_with_a_sentence():
    record, client = organization("a"), editor()
    sent = filled(client.get(change_page(record)))
    sent = with_row(sent, "successions", type="renamed_from", organization=record.pk)
    answer = client.post(change_page(record), {**sent, "reason": "x"})
    assert answer.status_code == SHOWN_AGAIN
    assert "An organization does not succeed itself; name the other one." in sentences(answer)


def test_row_is_not_proposed_the_id_that_it_replaces():
    record, client = fund("a-fund"), editor()
    sent = filled(client.get(change_page(record)))
    sent = with_row(sent, "announcements", date="2015-01-28", replaces="2015-01-28")
    assert client.post(change_page(record), {**sent, "reason": "x"}).status_code == PASSED
    assert record.announcements.get().part_id == "2015-01-28-2"
