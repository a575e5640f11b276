"""Lists that follow each choice: the same page with script and without, and nothing jumps."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.watching import Watch
from tests.worlds import publish, sample, sized_fund

pytestmark = pytest.mark.browser

LIST = "/organizations/"
# How far the page moved, other than through what the reader has just done.
SHIFTS = """
window.__moved = 0;
new PerformanceObserver(list => list.getEntries().forEach(
  entry => { if (!entry.hadRecentInput) window.__moved += entry.value; }
)).observe({type: "layout-shift", buffered: true});
window.__told = [];
document.addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
  const text = document.querySelector("[role=status]").innerText.trim();
  if (text) window.__told.push(text);
}).observe(document.getElementById("count"), {childList: true}));
"""


@pytest.fixture
def portal(live_server):
    """Firms of two countries, and a ministry."""
    publish(
        *(sample("organization", f"maker-{n}", type="firm", country="KR") for n in range(3)),
        sample("organization", "maker-of-china", type="firm", country="CN"),
        sample("organization", "ministry", type="ministry", country="KR"),
    )
    return live_server.url


def shown(page):
    """What a reader sees of a list: its heading, rows, counts and filters at work."""
    parts = ["h1", "#count", "#found", "#facets"]
    asked = sorted(re.findall(r"[?&](\w+=[^&]+)", page.url))
    return [page.title(), asked, *(page.inner_text(part).split() for part in parts)]


def without_script(browser, portal):
    """The same choices, made in a browser that runs no script."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(portal + LIST)
    page.get_by_role("checkbox", name="Firm").check()
    page.get_by_role("checkbox", name="South Korea").check()
    page.get_by_label("Order").select_option("title")
    page.locator("#q").fill("maker")
    page.get_by_role("button", name="Apply").click()
    seen = shown(page)
    page.context.close()
    return seen


def test_a_list_follows_each_choice_and_shows_what_it_does_without_script(portal, page, browser):
    watch = Watch(page, portal)
    page.add_init_script(SHIFTS)
    page.set_viewport_size({"width": 1280, "height": 900})
    watch.open(LIST)
    expect(page.get_by_role("button", name="Apply")).to_have_count(0)
    count, firm = page.locator("#count"), page.get_by_role("checkbox", name="Firm")
    firm.check()
    expect(count).to_have_text("4 records")
    expect(firm).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_text("Firms")
    page.get_by_role("checkbox", name="South Korea").check()
    expect(count).to_have_text("3 records")
    page.get_by_label("Order").select_option("title")
    expect(page).to_have_url(re.compile("sort=title"))
    words = page.locator("#q")
    words.press_sequentially("makerx")
    expect(count).to_have_text("0 records")
    words.press("Backspace")
    expect(count).to_have_text("3 records")
    expect(words).to_be_focused()
    assert words.evaluate("box => box.selectionStart") == len("maker")
    expect(page).to_have_url(re.compile("q=maker&"))
    assert shown(page) == without_script(browser, portal)
    told = page.evaluate("window.__told")
    assert told == ["4 records", "3 records", "3 records", "0 records", "3 records"]
    assert page.get_by_role("link", name="한국어").get_attribute("href") != "/ko" + LIST
    page.get_by_role("link", name="Country: South Korea").click()
    expect(count).to_have_text("4 records")
    expect(page.get_by_role("checkbox", name="South Korea")).not_to_be_checked()
    expect(page.locator(".chips a").first).to_be_focused()
    page.go_back()
    expect(count).to_have_text("3 records")
    expect(page.get_by_role("checkbox", name="South Korea")).to_be_checked()
    # Going back loads the page anew; only once it stands does it know of the way forward.
    page.wait_for_load_state()
    page.go_forward()
    expect(count).to_have_text("4 records")
    expect(page.get_by_role("checkbox", name="South Korea")).not_to_be_checked()
    assert watch.noted == []
    assert page.evaluate("window.__violations") == []
    assert page.evaluate("window.__moved") < 0.1


def test_a_list_that_cannot_be_fetched_is_opened_as_a_page(portal, page):
    page.goto(portal + LIST)
    page.route(
        f"**{LIST}?*",
        lambda route: route.abort() if route.request.resource_type == "xhr" else route.continue_(),
    )
    page.get_by_role("checkbox", name="Firm").check()
    expect(page.locator("#count")).to_have_text("4 records")
    expect(page).to_have_url(f"{portal}{LIST}?type=firm")


def test_an_amount_goes_to_work_once_its_currency_is_chosen_and_leaves_with_it(live_server, page):
    publish(
        sized_fund("small", "40000000000"),
        sized_fund("big", "200000000000"),
        sized_fund("yuan", "200000000000", "CNY"),
    )
    page.goto(f"{live_server.url}/funds/")
    count, notices = page.locator("#count"), page.locator("#notices")
    amount = page.get_by_label("Amount from")
    amount.fill("100000000000")
    amount.press("Tab")
    expect(notices).to_contain_text("choose exactly one currency")
    page.get_by_role("checkbox", name="South Korean Won").check()
    expect(count).to_have_text("1 record")
    expect(notices).to_be_empty()
    expect(amount).to_have_value("100000000000")
    page.get_by_role("link", name="Currency: South Korean Won").click()
    expect(count).to_have_text("3 records")
    expect(amount).to_have_value("")


def test_the_keyboard_goes_to_the_search_box_and_back(portal, page):
    page.goto(portal + LIST)
    box = page.locator("[aria-keyshortcuts]")
    page.get_by_role("checkbox", name="Firm").focus()
    page.keyboard.press("k")
    expect(box).not_to_be_focused()
    page.keyboard.press("Control+k")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("checkbox", name="Firm")).to_be_focused()
    # Where the page has a larger box, the one in the head is not there to be gone to.
    page.goto(portal)
    page.keyboard.press("Control+k")
    expect(page.locator("main input[type=search]")).to_be_focused()


def test_search_answers_while_words_are_typed(portal, page):
    page.goto(f"{portal}/search/")
    page.locator("main input[type=search]").press_sequentially("ministry")
    expect(page.locator("#count")).to_have_text("1 record")
    expect(page).to_have_url(f"{portal}/search/?q=ministry")
