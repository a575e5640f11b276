"""Doubles in a browser: they show while a name is typed, and are told apart by keyboard."""

import pytest

from cooperation.desk.models import Apart, Organization
from tests.desk.records import saved, texts

pytestmark = pytest.mark.browser


def firm(key, **titles):
    return saved(Organization(key=key, title=texts(**titles), type="firm"))


def test_likely_doubles_show_while_a_name_is_typed_and_go_when_it_is_another(watch, live_server):
    firm("alibaba", zh="阿里巴巴集团")
    page = watch.page
    page.goto(live_server.url + "/admin/desk/firm/add/")
    page.locator("#id_title_en").press_sequentially("Alibaba Inc.")
    shown = page.locator(".doubles[role=status] a")
    shown.wait_for()
    assert (shown.inner_text(), shown.get_attribute("target")) == ("阿里巴巴集团", "_blank")
    page.locator("#id_title_en").fill("Tencent")
    shown.wait_for(state="detached")


@pytest.mark.parametrize("width", [1280, 360])
def test_pair_is_told_apart_by_keyboard_on_a_page_that_keeps_its_width(watch, live_server, width):
    firm("one", en="Hyundai Motor")
    firm("two", en="Hyundai Motors")
    page = watch.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + "/admin/desk/organization/doubles/")
    page.locator(".pair summary").focus()
    page.keyboard.press("Enter")
    page.locator("#reason-1").press_sequentially("Two register numbers.")
    page.keyboard.press("Enter")
    page.locator("#told").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    button = page.locator("button[value=forget]").bounding_box()
    assert button["x"] + button["width"] <= width
    assert Apart.objects.get().reason == "Two register numbers."
