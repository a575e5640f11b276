"""The pages in a real browser: under the strict policy, for everybody, on small screens, without script."""

import os
import re
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from cooperation.catalogue import KINDS
from tests.contracts.crowds import FIRST, document
from tests.examples import fund, world
from tests.worlds import publish, texts, withdraw

from .desks import STRICT

pytestmark = pytest.mark.browser

FUND = "/funds/korea-china-cultural-fund/"
# Of each sort of page one, and of each state in which it looks different.
PLACES = [
    "/",
    "/initiatives/",
    "/organizations/?type=ministry",
    "/organizations/?type=firm&date_after=2015",
    "/organizations/?type=government&date_after=x",
    FUND,
    f"{FUND}?as_of=2100-01-01",
    f"{FUND}?as_of=x",
    f"{FUND}history/",
    f"{FUND}editions/4/",
    "/initiatives/tmall-global-kmall24-link/",
    "/sources/korea-bizwire-2015-01-29/",
    "/search/",
    "/search/?q=korea",
    "/search/?q=nowhere+to+be+found",
    "/calendar/",
    "/calendar/?month=2015-01",
    "/gazette/",
    "/data/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/nothing/",
    # A record that was withdrawn.
    "/organizations/government-of-china/",
    # A record of every kind, with something under each of its members.
    *(f"/{kind.plural}/{FIRST}/" for kind in KINDS.values()),
]
ICON = "/static/img/mark.svg"
LANGUAGES = ["", "/ko", "/zh-hans"]


@pytest.fixture
def portal(live_server):
    """A small portal with a history and a withdrawn record."""
    publish(*world())
    publish(*(document(kind, FIRST) for kind in KINDS))
    publish(fund(purpose=texts("To facilitate exchanges.", "문화 교류를 촉진한다.")))
    withdraw("organization", "government-of-china")
    return live_server.url


def test_no_page_breaks_the_policy_or_complains(portal, page):
    """Each page in one of the languages."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    failed = []
    page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    for number, place in enumerate(PLACES):
        page.goto(portal + LANGUAGES[number % 3] + place)
    page.goto(portal, wait_until="networkidle")
    # A browser itself remarks on pages that are refused, not found or gone.
    assert [text for text in said if not re.search(r"status of (400|404|410)", text)] == []
    # The icon comes after the page; whoever leaves before it breaks its request off.
    assert [one for one in failed if one != (f"{portal}{ICON}", "net::ERR_ABORTED")] == []


LOOKS = tuple(product(("light", "dark"), (1280, 320)))


# Of the ways to look at a page one is taken with every run of the suite; `make proof-pages` takes all.
WAYS = [(prefix, *look) for prefix in LANGUAGES for look in LOOKS]
ASKED = len(WAYS) if os.environ.get("EVERY_LOOK") else 1


@pytest.mark.long
@pytest.mark.parametrize("way", range(ASKED))
def test_no_page_shuts_anybody_out(portal, page, way):
    """Each page in one language and look, the next page in the next."""
    found = []
    for number, place in enumerate(PLACES):
        prefix, scheme, width = WAYS[(number + way) % len(WAYS)]
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(portal + prefix + place)
        for violation in Axe().run(page, options=STRICT).response["violations"]:
            nodes = [node["html"][:200] for node in violation["nodes"]]
            found.append((place, violation["id"], nodes))
    assert found == []


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_no_page_is_wider_than_a_small_screen(portal, page, prefix):
    page.set_viewport_size({"width": 320, "height": 640})
    wide = {}
    for place in PLACES:
        page.goto(portal + prefix + place)
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > 320:
            wide[place] = width
    assert wide == {}


def test_search_and_filters_work_without_script(portal, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(portal)
    page.get_by_role("searchbox").fill("fund")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Korea–China cultural fund").click()
    page.get_by_role("link", name="History of this record").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Korea–China cultural fund"
    page.goto(f"{portal}/organizations/")
    page.get_by_role("checkbox", name="Government").check()
    page.get_by_role("button", name="Apply").click()
    assert page.get_by_role("link", name="Type: Government").is_visible()
    page.context.close()


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(portal, page):
    page.goto(f"{portal}/funds/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    assert skip.evaluate("element => element === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_keyboard_finds_search_at_the_head_and_on_a_narrow_page_the_menu_at_the_foot(
    portal, page
):
    page.goto(f"{portal}/funds/")
    page.get_by_role("link", name="Cooperation Portal").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("fund")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal}/search/?q=fund")
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_role("link", name="Menu").press("Enter")
    assert page.evaluate("document.activeElement.id") == "menu"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Initiatives"


def test_a_language_link_keeps_the_page_and_what_was_asked(portal, page):
    page.goto(f"{portal}/search/?q=korea")
    page.get_by_role("link", name="한국어").click()
    assert page.url == f"{portal}/ko/search/?q=korea"
