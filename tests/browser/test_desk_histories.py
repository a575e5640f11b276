"""The history of a record in a browser: two points are chosen and compared, and one is restored."""

import pytest

from cooperation.desk import editing
from tests.desk.admin.filling import change_page
from tests.desk.records import cite, fund, texts

from .desks import barriers

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 360])
def test_two_points_are_chosen_and_compared_and_the_earlier_is_restored_with_the_keyboard(
    live_server, desk, width
):
    record = fund("a", cite("purpose"), purpose=texts("To buy films from both countries."))
    for word in ("books", "songs"):
        record.purpose = texts(f"To buy {word} from both countries.")
        editing.save(record, by=None, reason=f"Now {word}.")
    desk.set_viewport_size({"width": width, "height": 900})

    desk.goto(live_server.url + change_page(record).replace("change", "history"))
    assert barriers(desk) == []
    desk.get_by_label("from version 1").check()
    desk.get_by_label("to version 2").check()
    desk.get_by_role("button", name="Compare the chosen points").press("Enter")
    desk.wait_for_url("**/compare/?*")
    assert desk.locator(".wording del").all_inner_texts() == ["films"]
    assert desk.locator(".wording ins").all_inner_texts() == ["books"]
    assert barriers(desk) == []
    desk.get_by_role("link", name="Restore this point…").first.press("Enter")
    desk.wait_for_url("**/restore/?*")
    assert barriers(desk) == []
    desk.get_by_label("Reason for the change").fill("Films after all.")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/change/")
    assert "Restored as it stood at version 1" in desk.inner_text(".messagelist")
    assert desk.input_value("#id_purpose_en") == "To buy films from both countries."
    desk.get_by_role("link", name="See what changed").click()
    assert desk.locator(".wording del").all_inner_texts() == ["songs"]
