"""The kept texts beside a form, and quotations that are typed into it."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cooperation.desk.models import Commitment, FundCitation, Source
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    add_page,
    change_page,
    editor,
    filled,
    sentences,
    with_row,
)
from tests.desk.records import REPORT, cite, fund, in_all_languages, organization, report, saved

# What forms show does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

EVIDENCE = reverse("admin:desk_fund_evidence")
WRONG = "The two countries offered 40 billion each"
NOT_FOUND = (
    "The quotation “The two countries offered 40 billion each” does not occur in the kept text of report; "
    "nearest is paragraph 1: “The two countries will offer 40 billion each,”. Copy the words exactly."
)
ELSEWHERE = (
    "The quotation “The two countries will” stands in the kept text of report, but not from character 4 to 9; "
    "correct both numbers, or leave both empty."
)


def longer(count=400):
    """A source with that many paragraphs."""
    text = "\n\n".join(f"Paragraph {n}, “words 😀 {n}”." for n in range(1, count + 1))
    return saved(Source(key="long", title=in_all_languages("Long"), type="law", kept_text=text))


def read(client, **given):
    answer = client.get(EVIDENCE, given)
    assert "no-store" in answer["Cache-Control"]
    return answer.json()


def errors(page):
    """What is said beside each field of the citations."""
    return {
        name: list(said)
        for one in page.context["inline_admin_formsets"]
        if one.formset.prefix == "citations"
        for form in one.formset
        for name, said in form.errors.items()
    }


# What is typed


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"quote": WRONG}, "quote", NOT_FOUND),
        ({"quote": "The two countries will", "start": "4", "end": "9"}, "start", ELSEWHERE),
    ],
)
def test_quotation_that_its_source_does_not_have_is_refused_and_stays_typed(
    values, field, sentence
):
    record, client = fund(), editor()
    sent = with_row(filled(client.get(change_page(record))), "citations", source=report().pk, **values)  # fmt: skip
    answer = client.post(change_page(record), sent)
    assert (answer.status_code, errors(answer)) == (SHOWN_AGAIN, {field: [sentence]})
    assert values["quote"] in sentences(answer)
    assert record.citations.count() == 1


def test_quotation_that_stands_in_the_kept_text_is_saved():
    record, client = fund(), editor()
    values = {"source": report().pk, "quote": "two\n countries", "path": "title"}
    sent = with_row(filled(client.get(change_page(record))), "citations", **values)
    assert client.post(change_page(record), sent).status_code == PASSED
    assert record.citations.filter(path="title").exists()


def test_row_that_nobody_has_touched_is_left_to_the_checks_of_publishing():
    record, client = fund("f", cite("title", quote=WRONG)), editor()
    sent = {**filled(client.get(change_page(record))), "title_en": "New"}
    assert client.post(change_page(record), sent).status_code == PASSED


def test_kept_texts_are_fetched_once_however_many_quotations_are_typed():
    client, counts = editor(), []
    for key, count in (("few", 2), ("more", 20)):
        record = fund(key)
        sent = filled(client.get(change_page(record)))
        for _row in range(count):
            sent = with_row(sent, "citations", source=report().pk, quote="two countries")
        with CaptureQueriesContext(connection) as queries:
            assert client.post(change_page(record), sent).status_code == PASSED
        fetched = '"kept_text" FROM "desk_source"'
        counts.append(sum(fetched in query["sql"] for query in queries))
    assert counts == [1, 1]


# What is read


def test_text_is_read_in_numbered_paragraphs_with_what_is_quoted_already():
    record = fund("f", cite("title", quote="two countries"), cite("purpose", quote="40 billion"))
    record.citations.filter(path="purpose").update(start=29, end=39)
    said = read(editor(), source=report().pk, record=record.pk)
    assert said["pieces"] == [{"number": 1, "start": 0, "text": REPORT}]
    assert [(REPORT[one["start"] : one["end"]], one["path"]) for one in said["marks"]] == [
        ("two countries", "title"),
        ("40 billion", "purpose"),
    ]


def test_long_text_comes_in_pages_and_words_are_found_on_each():
    source, client = longer(), editor()
    first, last = (read(client, source=source.pk, page=page) for page in (1, 9999))
    numbers = [piece["number"] for piece in (*first["pieces"], *last["pieces"])]
    assert (first["pages"], last["page"], numbers[0], numbers[-1]) == (3, 3, 1, 400)
    hits = read(client, source=source.pk, find="WORDS 😀 399")["hits"]
    assert [(source.kept_text[one["start"] : one["end"]], one["page"]) for one in hits] == [
        ("words 😀 399", 3)
    ]


def test_sources_that_keep_a_text_are_searched_for():
    saved(Source(key="bare", title=in_all_languages("Long, bare"), type="law"))
    source = longer(1)
    assert read(editor(), search="long") == {
        "sources": [{"source": source.pk, "label": "Long (long, Draft)"}]
    }


@pytest.mark.parametrize("number", ["999999", "x", "", "9" * 400, "-1"])
def test_source_that_is_not_there_is_not_found(number):
    assert editor().get(EVIDENCE, {"source": number}).status_code == 404


def test_whoever_may_not_see_sources_reads_none():
    user = User.objects.create_user("guest", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_fund", "change_fund"]))
    client, record = Client(), fund()
    client.force_login(user)
    assert client.get(EVIDENCE, {"source": report().pk}).status_code == 403
    page = sentences(client.get(change_page(record)))
    assert 'id="evidence"' not in page
    assert "No citation yet" in page


# What lacks a citation


def test_form_names_the_figures_and_claims_that_nobody_has_cited_a_source_for():
    giver = organization("korea", title=in_all_languages("Korea"))
    given = {"contributor": giver, "amount": "1", "currency": "KRW", "stage": "pledged"}
    record = fund("f", Commitment(part_id="k", **given), cite("title"))
    page = sentences(editor().get(change_page(record)))
    assert "No citation yet: 1 figure" in page
    assert '<li data-path="commitments/k/amount">Contributions › Korea › Amount</li>' in page
    FundCitation.objects.create(record=record, source=report(), path="commitments/k/amount")
    assert "Every figure and every claim has a citation." in sentences(
        editor().get(change_page(record))
    )


def test_form_of_a_new_record_offers_the_fields_of_its_kind():
    page = sentences(editor().get(add_page("statement")))
    assert '<option value="speaker">' in page
    assert "No citation yet" not in page
