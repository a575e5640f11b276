"""Lists of the desk: found, narrowed, and at a cost that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperation.desk import editing
from cooperation.desk.models import (
    Commitment,
    FundStatusReport,
    OrganizationName,
    Record,
)
from cooperation.desk.publishing import withdraw
from tests.desk.admin.filling import (
    add_page,
    change_page,
    editor,
    filled,
    list_page,
    publisher,
    sentences,
)
from tests.desk.records import (
    cite,
    fund,
    initiative,
    organization,
    published,
    report,
    saved,
)
from tests.desk.records import editor as entering_editor
from tests.desk.records import publisher as publishing_user

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def keys(client, model, **asked):
    """The keys of the rows that the list shows."""
    return [row.key for row in client.get(list_page(model), asked).context["cl"].result_list]


@pytest.mark.parametrize("words", ["아리", "阿里", "ALI BABA", "alibaba-g", "taobao", "马云的公司"])
def test_search_finds_titles_keys_and_aliases_in_every_language(words):
    organization(
        "alibaba-group",
        OrganizationName(type="alias", text="马云的公司"),
        OrganizationName(type="alias", text="Taobao Holding"),
        title={"en": "Ali Baba Group", "ko": "아리바바", "zh-Hans": "阿里巴巴"},
    )
    organization("kita")
    assert keys(editor(), "organization", q=words) == ["alibaba-group"]


def test_record_with_two_fitting_names_is_listed_once():
    names = [OrganizationName(type="alias", text=f"Ministry {n}") for n in (1, 2)]
    organization("mosf", *names)
    assert keys(editor(), "organization", q="ministry") == ["mosf"]


def test_hangul_typed_as_single_letters_finds_syllables():
    organization("mosf", title={"en": "X", "ko": "기획", "zh-Hans": None})
    assert keys(editor(), "organization", q="\u1100\u1175\u1112\u116c\u11a8") == ["mosf"]


def test_lists_of_ministries_firms_and_associations_hold_their_type_only():
    for key, kind in (("m", "ministry"), ("f", "firm"), ("a", "association")):
        organization(key, type=kind)
    client = editor()
    assert [keys(client, model) for model in ("ministry", "firm", "association")] == [
        ["m"],
        ["f"],
        ["a"],
    ]


def test_lists_are_narrowed_by_state():
    changed, gone = organization("changed"), organization("gone")
    published(organization("public"), changed, gone)
    organization("draft")
    withdraw([gone], by=publishing_user(), reason="Wrong.")
    changed.refresh_from_db()
    changed.title_en = "Other"
    editing.save(changed, by=entering_editor(), reason="")
    client = editor()
    assert {state: keys(client, "organization", state=state) for state in Record.State.values} == {
        "draft": ["draft"],
        "published": ["public"],
        "changed": ["changed"],
        "withdrawn": ["gone"],
        "merged": [],
    }
    shown = sentences(client.get(list_page("organization")))
    for label in ("Draft", "Published", "Changed since", "Withdrawn"):
        assert f">{label}</span>" in shown


def test_lists_are_narrowed_by_type_country_and_status():
    organization("a", type="ministry", country="KR")
    organization("b", type="firm", country="CN")
    saved(
        fund("c", countries=["KR", "CN"]),
        FundStatusReport(date="2015", finding="changed", status="proposed"),
        FundStatusReport(date="2016", finding="changed", status="agreed"),
        FundStatusReport(date="2017", finding="nothing_found"),
    )
    fund("d", countries=["JP"])
    client = editor()
    assert keys(client, "organization", type__exact="ministry") == ["a"]
    assert keys(client, "organization", country="CN") == ["b"]
    assert keys(client, "fund", countries="CN") == ["c"]
    assert keys(client, "fund", status="agreed") == ["c"]
    assert keys(client, "fund", status="proposed") == []
    assert keys(client, "fund", countries="%") == []
    filters = client.get(list_page("fund")).context["cl"].filter_specs
    (offered,) = (one.lookup_choices for one in filters if one.parameter_name == "countries")
    assert [code for code, _label in offered] == ["CN", "JP", "KR"]


def test_newest_change_comes_first():
    first = organization("first")
    organization("second")
    assert keys(editor(), "organization") == ["second", "first"]
    first.title_en = "New"
    editing.save(first, by=entering_editor(), reason="")
    assert keys(editor(), "organization") == ["first", "second"]


@pytest.mark.parametrize(
    ("model", "field", "term", "found"),
    [
        ("fund", "manager", "케이", "kita"),
        ("commitment", "contributor", "协会", "kita"),
        ("participant", "organization", "kita", "kita"),
        ("succession", "organization", "KITA 한국어", "kita"),
        ("organization", "part_of", "케이", "kita"),
        ("source", "publisher", "협회", "kita"),
        ("allocation", "initiative", "a link", "a-link"),
        ("initiative", "part_of", "link", "a-link"),
        ("fundcitation", "source", "report 中文", "report"),
        ("organizationcitation", "source", "report", "report"),
    ],
)
def test_search_for_a_record_to_refer_to_answers(model, field, term, found):
    organization(
        "kita",
        OrganizationName(type="alias", text="케이아이티에이 협회"),
        OrganizationName(type="alias", text="케이 협회"),
        OrganizationName(type="official", text="韩国贸易协会"),
    )
    record = initiative("a-link")
    asked = {"app_label": "desk", "model_name": model, "field_name": field, "term": term}
    answer = editor().get("/admin/autocomplete/", asked)
    ids = {"kita": "kita", "a-link": record.key, "report": report().key}
    model_of = {"a-link": type(record), "report": type(report())}.get(
        found, OrganizationName._meta.get_field("record").related_model
    )
    expected = str(model_of.objects.get(key=ids[found]).pk)
    assert [one["id"] for one in answer.json()["results"]] == [expected]


def test_namesakes_are_told_apart_where_one_is_to_be_chosen():
    title = {"en": "Trade Office", "ko": None, "zh-Hans": None}
    first = organization("office-kr", title=title, country="KR")
    published(organization("office", title=title))
    asked = {"app_label": "desk", "model_name": "fund", "field_name": "manager", "term": "trade"}
    client = editor()
    answer = client.get("/admin/autocomplete/", asked).json()
    assert sorted(one["text"] for one in answer["results"]) == [
        "Trade Office (office, Published)",
        "Trade Office (office-kr, South Korea (KR), Draft)",
    ]
    shown = sentences(client.get(change_page(fund("a", manager=first))))
    assert "Trade Office (office-kr, South Korea (KR), Draft)</option>" in shown
    sent = {**filled(client.get(add_page("fund"))), "key": "No Key", "manager": first.pk}
    shown = sentences(client.post(add_page("fund"), sent))
    assert "Trade Office (office-kr, South Korea (KR), Draft)</option>" in shown


def test_actions_lead_publishers_to_the_page_of_the_act():
    rows = [organization("a"), organization("b")]
    chosen = {"_selected_action": [row.pk for row in rows], "action": "publish_selected"}
    answer = publisher().post(list_page("firm"), chosen)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/desk/organization/publish/?record=organization%2F")


def test_lists_offer_editors_no_act_and_nobody_deletion():
    organization("a")
    assert "publish_selected" not in sentences(editor().get(list_page("firm")))
    shown = sentences(publisher().get(list_page("firm")))
    assert "publish_selected" in shown
    assert "delete_selected" not in shown


def test_more_records_than_a_page_can_show_are_left_to_the_command(monkeypatch):
    monkeypatch.setattr("cooperation.desk.admin.acts.MOST", 1)
    rows = [organization("a"), organization("b")]
    chosen = {"_selected_action": [row.pk for row in rows], "action": "publish_selected"}
    answer = publisher().post(list_page("firm"), chosen, follow=True)
    assert "Choose at most 1 records" in sentences(answer)


def cost(client, path):
    """How many queries the page asks."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def many(kind, numbers):
    for n in numbers:
        if kind == "fund":
            fund(f"fund-{n}", FundStatusReport(date="2015", finding="changed", status="agreed"))
        elif kind == "initiative":
            initiative(f"initiative-{n}")
        elif kind == "organization":
            organization(f"organization-{n}", OrganizationName(type="alias", text="Firm"))


@pytest.mark.parametrize(
    ("kind", "asked", "queries"),
    [
        ("organization", "", 7),
        ("organization", "?q=firm", 7),
        ("initiative", "", 8),
        ("fund", "", 7),
    ],
)
def test_cost_of_a_list_does_not_grow_with_its_rows(kind, asked, queries):
    client = editor()
    many(kind, range(3))
    few = cost(client, list_page(kind) + asked)
    many(kind, range(3, 30))
    assert (few, cost(client, list_page(kind) + asked)) == (queries, queries)


def rows(numbers):
    givers = [organization(f"giver-{n}") for n in numbers]
    commitments = [
        Commitment(contributor=giver, amount="1", currency="KRW", stage="paid") for giver in givers
    ]
    return [*commitments, *(cite(f"commitments/giver-{n}/amount") for n in numbers)]


def test_cost_of_a_form_does_not_grow_with_its_rows():
    client = editor()
    few, more = fund("few", *rows(range(3))), fund("more", *rows(range(3, 33)))
    assert (cost(client, change_page(few)), cost(client, change_page(more))) == (31, 31)


def test_cost_of_a_history_does_not_grow_with_its_entries():
    client = editor()
    record = fund("few", *rows(range(3)))
    few = cost(client, change_page(record).replace("change", "history"))
    for n in range(20):
        record.title_ko = f"{n}"
        row = record.commitments.first()
        row.title_ko = f"{n}"
        editing.save(record, by=entering_editor(), reason="", parts=[row])
    assert (few, cost(client, change_page(record).replace("change", "history"))) == (13, 13)


def test_without_their_references_rows_would_cost_a_query_each(monkeypatch):
    from cooperation.desk.admin.parts import PartInline

    monkeypatch.delattr(PartInline, "get_queryset")
    client = editor()
    few, more = fund("few", *rows(range(3))), fund("more", *rows(range(3, 33)))
    assert cost(client, change_page(more)) > cost(client, change_page(few)) + 50
