"""What became of a thing, recorded on a telephone; and the pages that set one value on many."""

import pytest
from playwright.sync_api import expect

from cooperation.desk import needs
from cooperation.desk.models import InitiativeStatusReport
from tests.desk.records import initiative, report

from .desks import barriers, signed_in

pytestmark = pytest.mark.browser

HEIGHTS = """() => [...document.querySelectorAll(
  "#content-main input:not([type=hidden], [type=radio]), #content-main select, " +
  "#content-main textarea, #content-main button, #content-main summary, #content-main .choice, " +
  "#content-main .select2-selection, #content-main .candidates a, #content-main .button"
)].filter((box) => box.checkVisibility() && !box.matches(".select2-hidden-accessible"))
  .filter((box) => box.getBoundingClientRect().height < 44).map((box) => box.outerHTML)"""


@pytest.fixture
def telephone(live_server, browser, client):
    """A telephone on which somebody who may do everything has signed in; it notes what is amiss."""
    held = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    yield signed_in(held, live_server.url, client)
    held.close()


def agreed(key):
    row = InitiativeStatusReport(date="2015-01-28", finding="changed", status="agreed")
    return initiative(key, row)


def faults(page):
    """What is too low for a thumb, too wide for the page, or in the way of those who do not see it."""
    page.wait_for_load_state()
    found = [*page.evaluate(HEIGHTS), *page.amiss]
    return [*found, *barriers(page)]


def test_progress_is_recorded_on_a_telephone_by_touch(live_server, telephone):
    record = agreed("a-link")
    report()
    telephone.goto(live_server.url + "/admin/desk/progress/")
    assert faults(telephone) == []
    telephone.tap(".candidates a")
    expect(telephone.locator("#of")).to_be_visible()
    assert faults(telephone) == []
    telephone.tap(".choice:has([value=confirmed])")
    expect(telephone.locator("[name=status]")).to_be_hidden()
    telephone.tap(".choice:has([value=changed])")
    telephone.select_option("[name=status]", "active")
    telephone.fill("[name=note]", "Both sides began.")
    telephone.tap(".select2-selection")
    telephone.fill(".select2-search__field", "Report")
    telephone.tap(".select2-results__option:has-text('Report')")
    telephone.fill("[name=quote]", "forty billion each")
    telephone.tap("text=Record it")
    expect(telephone.locator(".errorlist")).to_contain_text("does not occur in the kept text")
    expect(telephone.locator(".select2-selection")).to_contain_text("Report")
    assert faults(telephone) == []
    telephone.fill("[name=quote]", "40 billion each")
    telephone.tap("text=Record it")
    expect(telephone.locator("#next")).to_have_text("Recorded. What comes next?")
    assert faults(telephone) == []
    newest = record.status_reports.last()
    assert (newest.date, newest.status) == (needs.today().isoformat(), "active")
    telephone.tap("text=Take it back")
    expect(telephone.locator(".messagelist")).to_contain_text("Taken back for 1 record.")
    assert record.status_reports.count() == 1


def test_one_value_is_set_on_many_and_shown_first(live_server, telephone):
    records = [agreed("a"), agreed("b"), initiative("c", sectors=["energy"])]
    telephone.goto(live_server.url + "/admin/desk/initiative/")
    for record in records:
        telephone.check(f"input[value='{record.pk}']")
    telephone.select_option("[name=action]", "tag_selected")
    telephone.click("button[name=index]")
    telephone.select_option("[name=sector]", "energy")
    telephone.tap("text=Show what it would do")
    expect(telephone.locator(".counts")).to_have_text("Changes: 2 Stays as it is: 1")
    assert faults(telephone) == []
    telephone.tap("input[value='Change 2 records']")
    expect(telephone.locator(".messagelist")).to_contain_text("2 records were changed.")
    telephone.tap(".messagelist >> text=Take it back")
    expect(telephone.locator("h1")).to_have_text("Take it back")
    assert faults(telephone) == []
