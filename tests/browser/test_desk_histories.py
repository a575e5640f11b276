"""The history of a record in a browser: two points are chosen and compared, and one is restored."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User

from cooperation.desk import editing
from tests.desk.admin.filling import change_page
from tests.desk.records import cite, fund, texts

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 360])
def test_two_points_are_chosen_and_compared_and_the_earlier_is_restored_with_the_keyboard(
    live_server, page, client, width
):
    record = fund("a", cite("purpose"), purpose=texts("To buy films from both countries."))
    for word in ("books", "songs"):
        record.purpose = texts(f"To buy {word} from both countries.")
        editing.save(record, by=None, reason=f"Now {word}.")
    client.force_login(User.objects.create_superuser("chief"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": width, "height": 900})

    def look():
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto(live_server.url + change_page(record).replace("change", "history"))
    look()
    page.get_by_label("from version 1").check()
    page.get_by_label("to version 2").check()
    page.get_by_role("button", name="Compare the chosen points").press("Enter")
    page.wait_for_url("**/compare/?*")
    assert page.locator(".wording del").all_inner_texts() == ["films"]
    assert page.locator(".wording ins").all_inner_texts() == ["books"]
    look()
    page.get_by_role("link", name="Restore this point…").first.press("Enter")
    page.wait_for_url("**/restore/?*")
    look()
    page.get_by_label("Reason for the change").fill("Films after all.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")
    assert "Restored as it stood at version 1" in page.inner_text(".messagelist")
    assert page.input_value("#id_purpose_en") == "To buy films from both countries."
    page.get_by_role("link", name="See what changed").click()
    assert page.locator(".wording del").all_inner_texts() == ["songs"]
