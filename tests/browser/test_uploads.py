"""A table is imported in a browser: its errors are all shown and nothing is stored; mended, it is entered."""

import pytest

from cooperation.desk.models import Organization

from .desks import signed_in

pytestmark = pytest.mark.browser

START = "/admin/desk/organization/import/"
WRONG = (
    "key,type,title_en,비고\nalibaba,firm,Alibaba Group,x\nBad Key,firm,B,\nkotra,nonsense,KOTRA,\n"
)
MENDED = WRONG.replace("Bad Key", "good-key").replace("nonsense", "agency")


def send(page, live_server, text):
    """The page of the columns of that table; the one unknown is skipped by keyboard."""
    page.goto(live_server.url + START)
    file = {"name": "firms.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files("#file", files=[file])
    page.click("[type=submit][value='Send the file']")
    page.wait_for_selector("[name=look]")


@pytest.mark.parametrize("width", [1280, 360])
def test_table_with_errors_stores_nothing_and_is_entered_once_they_are_mended(
    live_server, context, client, width
):
    page = signed_in(context, live_server.url, client)
    page.set_viewport_size({"width": width, "height": 900})
    send(page, live_server, WRONG)
    page.select_option("#column-0-3", "-")
    page.fill("#layout", "KOTRA monthly")
    page.focus("[name=look]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".faults")
    assert page.locator(".faults tbody tr").count() == 2
    assert page.locator("[name=confirm]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Organization.objects.count() == 0

    # The layout that was kept says what the column is.
    page.goto(live_server.url + START)
    file = {"name": "firms.csv", "mimeType": "text/csv", "buffer": MENDED.encode()}
    page.set_input_files("#file", files=[file])
    page.click("[type=submit][value='Send the file']")
    page.wait_for_selector("[name=confirm]")
    assert page.locator(".rows tbody tr").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.fill("#reason", "The list of January.")
    page.click("[name=confirm]")
    page.wait_for_selector(".messagelist")
    assert "3 new" in page.inner_text(".messagelist")
    assert Organization.objects.count() == 3
    assert page.amiss == []
