"""Two people in two browsers at the same record: the second chooses what stands, and nothing is lost."""

import pytest

from cooperation.desk.models import Commitment
from tests.desk.admin.filling import change_page, filled, signed_in
from tests.desk.records import fund, organization

from .desks import barriers, let_in

pytestmark = pytest.mark.browser


def test_second_of_two_chooses_field_by_field_and_both_changes_are_there(live_server, page):
    giver = organization("korea")
    record = fund("a-fund", Commitment(contributor=giver, stage="proposed"), manager=giver)
    anna, bert = signed_in("anna"), signed_in("bert")
    let_in(page.context, live_server.url, bert)
    page.goto(live_server.url + change_page(record))
    sent = filled(anna.get(change_page(record)))
    hers = {"title_en": "Anna’s fund", "commitments-0-stage": "pledged", "reason": "They said so."}
    anna.post(change_page(record), {**sent, **hers})
    page.fill("#id_title_en", "Bert’s fund")
    page.fill("#id_purpose_en", "Films,\nand music.")
    page.click("#commitments-group summary")
    page.fill("#id_commitments-0-title_en", "Bert’s words")
    page.click("input[name=_save]")
    assert "Nothing was saved: anna changed this record" in page.inner_text(".errornote")
    assert "They said so." in page.inner_text(".since")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert barriers(page) == []
    page.click("input[name=_choose]")
    assert page.locator(".differences").count() == 1, "what both changed has to be chosen first"
    page.focus("input[name='choice:title_en']")
    page.keyboard.press("ArrowRight")
    assert page.is_checked("input[name='choice:title_en'][value^=theirs]")
    page.click("input[name=_choose]")
    assert "was changed successfully" in page.inner_text(".messagelist")
    record.refresh_from_db()
    row = record.commitments.get()
    assert (record.version, record.title_en) == (3, "Anna’s fund")
    assert record.purpose_en == "Films,\nand music."
    assert (row.stage, row.title_en) == ("pledged", "Bert’s words")
