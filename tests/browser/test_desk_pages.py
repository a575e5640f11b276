"""The desk in a browser: its pages under the strict policy, and what its scripts do for the editor."""

import pytest

from cooperation.desk.models import Commitment, Fund, OrganizationName
from tests.desk.admin.filling import act_page, change_page, list_page
from tests.desk.records import cite, fund, organization, published

pytestmark = pytest.mark.browser


def world():
    """A published fund with rows, and a draft that names it."""
    giver = organization("korea", OrganizationName(type="alias", text="한국 정부"))
    row = Commitment(contributor=giver, amount="4", currency="KRW", stage="proposed")
    record = fund("a-fund", row, cite("commitments/korea/amount"), manager=giver)
    published(giver, record)
    return record, fund("draft", manager=giver)


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_of_a_record_keep_to_the_policy_and_to_their_width(live_server, desk, width):
    record, draft = world()
    desk.set_viewport_size({"width": width, "height": 900})
    found = {}
    for path in (
        list_page("fund"),
        change_page(record),
        change_page(record).replace("change", "history"),
        change_page(record).replace("change", "compare"),
        change_page(record).replace("change", "restore"),
        act_page("publish", record, draft),
        act_page("withdraw", record),
        change_page(draft).replace("change", "delete"),
    ):
        answer = desk.goto(live_server.url + path, wait_until="load")
        assert answer.status == 200, path
        wide = desk.evaluate(
            "[document.documentElement, ...document.querySelectorAll('.scroll:has(.sides)')]"
            ".some(one => one.scrollWidth > one.clientWidth)"
        )
        found[path] = (desk.amiss[:], wide)
        desk.amiss.clear()
    assert set(map(str, found.values())) == {"([], False)"}, found


def test_key_is_proposed_while_the_english_title_is_typed(live_server, desk):
    desk.goto(live_server.url + "/admin/desk/fund/add/")
    desk.locator("#id_title_en").press_sequentially("Cultural Fund")
    assert desk.input_value("#id_key") == "cultural-fund"
    assert desk.amiss == []


def test_row_is_added_and_its_giver_found_by_a_korean_name(live_server, desk):
    world()
    desk.goto(live_server.url + "/admin/desk/fund/add/")
    desk.locator("#id_title_en").press_sequentially("Second Fund")
    desk.click("#commitments-group .add-row a")
    desk.click("#commitments-0 .field-contributor .select2-selection")
    desk.locator(".select2-search__field").press_sequentially("한국 정")
    desk.click(".select2-results__option:has-text('Korea')")
    desk.select_option("#id_commitments-0-stage", "proposed")
    desk.fill("#id_reason", "First entry.")
    desk.click("input[name=_continue]")
    desk.wait_for_load_state()
    assert desk.amiss == []
    record = Fund.objects.get(key="second-fund")
    assert record.commitments.get().contributor.key == "korea"
    assert "korea" in desk.inner_text("#commitments-0 summary")


def test_warnings_are_confirmed_and_the_record_published_by_hand(live_server, desk):
    world()
    record = fund("third-fund", title={"en": "Third fund", "ko": None, "zh-Hans": None})
    desk.goto(live_server.url + change_page(record))
    desk.click("a.publishlink")
    desk.fill("#reason", "Agreed at the desk.")
    for box in desk.locator("input[name=confirmed]").all():
        box.check()
    desk.click("input[type=submit].default")
    desk.wait_for_load_state()
    assert "Entered in the register: Third fund (published" in desk.inner_text(".messagelist")
    assert desk.inner_text(".standing .state") == "Published"
    assert desk.amiss == []
