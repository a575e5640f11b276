"""What a form of the desk offers, a request can carry: the longest lists and the longest text."""

import pytest
from django.conf import settings

from cooperation.desk.admin.parts import MOST_ROWS
from cooperation.desk.forms import CodesFormField
from cooperation.desk.models import Source
from cooperation.desk.models.sources import KEPT_LENGTH
from tests.desk.admin.filling import PASSED, add_page, change_page, editor, filled
from tests.desk.records import organization, report

pytestmark = pytest.mark.django_db

MODELS = ("organization", "source", "initiative", "fund")
TOO_MUCH = 400


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
