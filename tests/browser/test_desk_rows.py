"""Rows of the desk's forms in a browser: what is folded, what can be clicked, where the focus stands."""

import pytest

from cooperation.desk.models import Announcement, OrganizationName
from tests.desk.admin.filling import act_page, change_page
from tests.desk.records import fund, organization

pytestmark = pytest.mark.browser

UNDER = """([x, y]) => {
  const found = document.elementFromPoint(x, y);
  return found.className;
}"""


def test_row_that_was_changed_is_open_when_the_form_is_shown_again(live_server, desk):
    names = [OrganizationName(type="alias", text=text) for text in ("X", "Y")]
    desk.goto(live_server.url + change_page(organization("a", *names)))
    desk.click("#names-0 summary")
    desk.fill("#id_names-0-text", "Z")
    desk.fill("#id_key", "No Key")
    desk.click("input[name=_save]")
    desk.wait_for_load_state()
    assert desk.input_value("#id_names-0-text") == "Z"
    shown = [desk.is_visible(f"#id_names-{place}-text") for place in (0, 1)]
    assert (shown, desk.amiss) == ([True, False], [])


@pytest.mark.parametrize("width", [1280, 360])
def test_each_new_row_has_a_button_of_its_own_that_removes_it(live_server, desk, width):
    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto(live_server.url + "/admin/desk/fund/add/")
    for _row in range(3):
        desk.click("#announcements-group .add-row a")
    for place in (0, 1, 2):
        row, button = f"#announcements-{place}", f"#announcements-{place} a.inline-deletelink"
        desk.locator(button).scroll_into_view_if_needed()
        inside, box = desk.locator(row).bounding_box(), desk.locator(button).bounding_box()
        assert inside["y"] < box["y"]
        assert box["y"] + box["height"] <= inside["y"] + inside["height"]
        for x, y in ((2, 2), (box["width"] - 2, box["height"] - 2)):
            assert desk.evaluate(UNDER, [box["x"] + x, box["y"] + y]) == "inline-deletelink"
    desk.click("#announcements-1 a.inline-deletelink")
    assert desk.locator("#announcements-group .inline-related:not(.empty-form)").count() == 2


def test_row_that_was_added_by_keyboard_has_the_focus(live_server, desk):
    desk.goto(live_server.url + "/admin/desk/fund/add/")
    desk.focus("#announcements-group .add-row a")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.id") == "id_announcements-0-amount"
    assert desk.amiss == []


def test_rows_of_a_list_stand_apart_where_they_are_to_be_published(live_server, desk):
    rows = [Announcement(amount=str(n), currency="KRW", date=f"201{n}") for n in (1, 2)]
    record = fund("a", *rows)
    desk.goto(live_server.url + act_page("publish", record))
    cell = desk.locator("tr:has(th:text-is('Announcements')) td.after > div")
    lines = [row.evaluate("row => getComputedStyle(row).borderTopWidth") for row in cell.all()]
    assert lines == ["0px", "1px"]


def test_fields_that_are_needed_are_marked(live_server, desk):
    desk.goto(live_server.url + "/admin/desk/firm/add/")
    mark = "label => getComputedStyle(label, '::after').content"
    desk.click("#names-group .add-row a")
    marks = [
        desk.locator(f"label[for={name}]").evaluate(mark)
        for name in ("id_names-0-text", "id_names-0-lang", "id_reason")
    ]
    assert marks == ['" *"', '""', '""']
