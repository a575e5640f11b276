"""What a form of the desk offers, a request can carry: the longest lists and the longest text."""

import pytest
from django.conf import settings

from cooperation.desk.forms import CodesFormField
from cooperation.desk.intake.entering import enter
from cooperation.desk.intake.faults import Faults
from cooperation.desk.models import Organization, Source
from cooperation.desk.models.sources import KEPT_LENGTH
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    add_page,
    change_page,
    editor,
    filled,
    sentences,
)
from tests.desk.records import organization, report

# What it costs and shows does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

MODELS = ("organization", "source", "initiative", "fund")
TOO_MUCH = 400
MOST_ROWS = 300


def inputs(form):
    """How many values a browser can send of the form, those of ticked boxes one by one."""
    boxes = (
        len(field.choices) if isinstance(field, CodesFormField) else 1
        for field in form.fields.values()
    )
    return sum(boxes)


@pytest.mark.parametrize("model", MODELS)
def test_a_form_with_its_longest_lists_is_not_too_much_for_a_request(model):
    page = editor().get(add_page(model))
    lists = [one.formset.empty_form for one in page.context["inline_admin_formsets"]]
    most = inputs(page.context["adminform"].form) + MOST_ROWS * sum(map(inputs, lists))
    assert 1000 < most < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_the_longest_kept_text_can_be_pasted_in_korean():
    source, client = report(), editor()
    page = client.get(change_page(source))
    assert 'enctype="multipart/form-data"' in page.content.decode()
    text = "가나다라마 바사" * (KEPT_LENGTH // 8)
    answer = client.post(change_page(source), {**filled(page), "kept_text": text})
    assert answer.status_code == PASSED
    assert Source.objects.get().kept_text == text


def test_a_request_larger_than_any_form_is_refused(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    record, client = organization("a"), editor()
    sent = filled(client.get(change_page(record)))
    answer = client.post(change_page(record), sent)
    assert answer.status_code == TOO_MUCH
    assert "More was sent at once than the portal takes." in answer.content.decode()


def with_names(count):
    """A written record with so many names."""
    names = [{"id": f"n-{n}", "type": "alias", "text": f"Name {n}"} for n in range(count)]
    return {"kind": "organization", "key": "a", "type": "firm", "names": names}


@pytest.mark.parametrize("name", ["names", "citations"])
def test_intake_takes_no_more_rows_than_a_form(name):
    written = {"kind": "organization", "key": "a", name: [{}] * (MOST_ROWS + 1)}
    with pytest.raises(Faults, match="A list has at most 300 entries"):
        enter([written], by=None, reason="")


def test_record_with_the_longest_list_that_intake_takes_can_be_saved_in_its_form():
    enter([with_names(MOST_ROWS)], by=None, reason="")
    record, client = Organization.objects.get(), editor()
    sent = {**filled(client.get(change_page(record))), "title_en": "New"}
    assert client.post(change_page(record), sent).status_code == PASSED
    record.refresh_from_db()
    assert (record.title_en, record.names.count()) == ("New", MOST_ROWS)


def test_form_with_more_rows_than_that_is_refused_with_a_sentence():
    record, client = organization("a"), editor()
    sent = {**filled(client.get(change_page(record))), "names-TOTAL_FORMS": MOST_ROWS + 1}
    answer = client.post(change_page(record), sent)
    assert answer.status_code == SHOWN_AGAIN
    assert "A list has at most 300 rows; nothing was saved." in sentences(answer)


def test_number_of_rows_makes_none_that_were_not_sent():
    record, client = organization("a"), editor()
    sent = {**filled(client.get(change_page(record))), "names-TOTAL_FORMS": 2**63}
    page = client.post(change_page(record), sent)
    names = page.context["inline_admin_formsets"][0].formset
    assert (names.prefix, len(names.forms)) == ("names", 0)
