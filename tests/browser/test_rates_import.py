"""The import of exchange rates in a browser: by keyboard and without scripts, wide and on a telephone."""

import pytest

from cooperation.desk.models import ExchangeRate

from .desks import signed_in

pytestmark = pytest.mark.browser

PAGE = "/admin/desk/exchangerate/import/"
TABLE = 'date,base,quote,rate,source\n2015-01-28,USD,KRW,"1,085.30",한국은행\n'


@pytest.mark.parametrize("width", [1280, 360])
def test_import_keeps_to_the_policy_and_to_its_width(live_server, context, client, width):
    page = signed_in(context, live_server.url, client)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + PAGE)
    page.fill("#text", TABLE + "2015-01-28,USD,CNY,x," + "y" * 400 + "\n")
    page.click("[name=look]")
    page.wait_for_selector(".faults")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    file = {"name": "rates.csv", "mimeType": "text/csv", "buffer": TABLE.encode("cp949")}
    page.set_input_files("#file", files=[file])
    page.click("[name=look]")
    page.wait_for_selector("[name=confirm]")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (page.input_value("#text"), page.amiss) == (TABLE, [])


def test_rates_are_imported_by_keyboard_and_without_scripts(live_server, browser, client):
    context = browser.new_context(java_script_enabled=False)
    page = signed_in(context, live_server.url, client)
    page.goto(live_server.url + PAGE)
    page.focus("#text")
    page.keyboard.insert_text(TABLE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=confirm]")
    page.focus("#reason")
    page.keyboard.insert_text("Rates of January.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist")
    context.close()
    assert str(ExchangeRate.objects.get().rate) == "1085.3"
