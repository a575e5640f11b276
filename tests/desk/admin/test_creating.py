"""Records of every kind are created through their forms, with parts and citations."""

import pytest

from cooperation.desk.models import (
    Fund,
    Initiative,
    Ministry,
    Organization,
    Source,
)
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    add_page,
    editor,
    filled,
    sentences,
    with_row,
)
from tests.desk.records import fund, organization, report

pytestmark = pytest.mark.django_db


def created(model, client, *rows, **values):
    """The answer to a form that somebody has filled in from empty."""
    sent = {**filled(client.get(add_page(model))), **values, "reason": "First entry."}
    for name, row in rows:
        sent = with_row(sent, name, **row)
    return client.post(add_page(model), sent)


def test_organization_is_created_with_its_parts_and_citations():
    source, other = report(), organization("kita")
    answer = created(
        "organization",
        editor(),
        (
            "names",
            {"type": "official", "text": "기획재정부", "lang": "ko", "valid_from": "2008-02"},
        ),
        ("names", {"type": "alias", "text": "MOSF"}),
        ("successions", {"type": "predecessor", "organization": other.pk, "date": "2008"}),
        ("identifiers", {"scheme": "wikidata", "value": "Q1359568"}),
        ("citations", {"source": source.pk, "path": "type", "locator": "paragraph 1"}),
        title_en="Ministry of Strategy and Finance",
        title_ko="기획재정부",
        title_editorial=["en"],
        type="ministry",
        country="KR",
        part_of=other.pk,
        website="https://www.moef.go.kr/",
        founded="2008-02-29",
    )
    assert answer.status_code == PASSED
    record = Organization.objects.get(key="ministry-of-strategy-and-finance")
    assert (record.type, record.country, record.part_of, record.version) == (
        "ministry", "KR", other, 1,
    )  # fmt: skip
    assert [(n.part_id, n.text) for n in record.names.all()] == [
        ("official-ko", "기획재정부"),
        ("alias", "MOSF"),
    ]
    assert record.successions.get().part_id == "kita"
    assert record.identifiers.get().value == "Q1359568"
    assert record.citations.get().locator == "paragraph 1"
    entry = Organization.history.get(id=record.pk)
    assert (str(entry.history_user), entry.history_change_reason) == ("edith", "First entry.")


def test_source_is_created_with_its_kept_text():
    answer = created(
        "source",
        editor(),
        title_en="Report",
        type="news_article",
        authors="John Choi\r\nJane Doe",
        published="2015-01-29",
        language="en",
        kept_text="The words.\nAnd more.",
    )
    assert answer.status_code == PASSED
    record = Source.objects.get(key="report")
    assert (record.authors, record.kept_text) == (
        ["John Choi", "Jane Doe"],
        "The words.\nAnd more.",
    )


def test_initiative_is_created_with_its_parts():
    answer = created(
        "initiative",
        editor(),
        ("participants", {"organization": organization("a-firm").pk, "role": "operator"}),
        ("products", {"title_en": "Ginseng", "hs_code": "1211"}),
        ("targets", {"title_en": "Exports", "amount": "10", "unit": "USD", "due": "2020"}),
        ("milestones", {"title_en": "First sale", "due": "2016-01"}),
        ("status_reports", {"date": "2015-01-29", "finding": "changed", "status": "proposed"}),
        ("citations", {"source": report().pk}),
        title_en="Farm exports",
        summary_en="Korean farmers sell.",
        sectors=["agriculture", "trade"],
        countries=["KR", "CN"],
    )
    assert answer.status_code == PASSED
    record = Initiative.objects.get(key="farm-exports")
    assert (record.sectors, record.countries) == (["agriculture", "trade"], ["KR", "CN"])
    assert [
        getattr(record, name).get().part_id
        for name in ("participants", "products", "targets", "milestones", "status_reports")
    ] == ["a-firm", "ginseng", "exports", "first-sale", "2015-01-29"]


def test_fund_is_created_with_its_parts():
    giver, target = organization("korea"), fund("other")
    assert target.pk
    answer = created(
        "fund",
        editor(),
        ("announcements", {"amount": "200000000000", "currency": "KRW", "date": "2015-01"}),
        (
            "commitments",
            {
                "contributor": giver.pk,
                "amount": "40000000000",
                "currency": "KRW",
                "stage": "proposed",
                "reported_as": "US$37.1 million = 37100000 USD",
            },
        ),
        (
            "commitments",
            {
                "contributor_class": "private_sector",
                "amount": "1.5",
                "currency": "KRW",
                "stage": "proposed",
            },
        ),
        ("citations", {"source": report().pk, "path": "commitments/korea/amount"}),
        title_en="Cultural fund",
        purpose_ko="문화",
        manager=giver.pk,
    )
    assert answer.status_code == PASSED
    record = Fund.objects.get(key="cultural-fund")
    assert [(c.part_id, str(c.amount)) for c in record.commitments.all()] == [
        ("korea", "40000000000"),
        ("private-sector", "1.5"),
    ]
    assert record.commitments.first().reported_as == [
        {"text": "US$37.1 million", "amount": "37100000", "currency": "USD"}
    ]


def test_what_breaks_a_rule_is_refused_with_its_sentence_and_nothing_is_saved():
    answer = created(
        "fund",
        editor(),
        ("announcements", {"amount": "-1", "currency": "KRW"}),
        title_en="Cultural fund",
    )
    assert answer.status_code == SHOWN_AGAIN
    assert "An amount cannot be negative; write it without the minus sign." in sentences(answer)
    assert not Fund.objects.exists()


def test_ministry_added_in_its_own_list_is_a_ministry():
    client = editor()
    assert "type" not in client.get(add_page("ministry")).context["adminform"].form.fields
    created("ministry", client, title_en="Ministry of Culture")
    assert Ministry.objects.get().key == "ministry-of-culture"


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({}, ["title_en"]),
        ({"title_ko": "기획재정부"}, ["key"]),
        ({"key": "No Key"}, ["key"]),
        ({"title_en": "기획재정부"}, ["key"]),
    ],
)
def test_title_is_asked_for_where_the_key_could_have_been_proposed_from_it(values, fields):
    answer = created("fund", editor(), **values)
    assert answer.status_code == SHOWN_AGAIN
    assert list(answer.context["adminform"].form.errors) == fields
