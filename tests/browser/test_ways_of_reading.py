"""Pages serve whoever has no mouse, needs large or loose letters, runs no script, or waits for each byte."""

import gzip

import pytest

from tests.browser.test_lists import SHIFTS

pytestmark = pytest.mark.browser

HOME, LIST = "/", "/organizations/"
RECORD = "/initiatives/tmall-global-kmall24-link/"
FUND = "/funds/korea-china-cultural-fund/"

# Numbers whatever can be used, in the order of the page: what is not shown cannot.
NUMBER = """() => {
  const all = document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']");
  window.__stops = [...all].filter(one => one.checkVisibility() && one.type !== "hidden");
  return window.__stops.map(one => one.outerHTML.slice(0, 100));
}"""
# Which of them has the focus, and what is amiss with how that is shown.
STOP = """() => {
  const here = document.activeElement, rings = [here, here.closest("form")].filter(Boolean);
  const ring = rings.map(one => getComputedStyle(one)).find(
    style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
      && style.outlineColor !== "rgba(0, 0, 0, 0)");
  const box = here.getClientRects()[0] || here.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const tall = box.height > innerHeight;
  const whole = box.top >= -1 && box.bottom <= innerHeight + 1;
  const at = (low, high, end) => (Math.max(low, 0) + Math.min(high, end)) / 2;
  const top = document.elementFromPoint(
    at(box.left, box.right, innerWidth), at(box.top, box.bottom, innerHeight));
  const covered = !top || !(here.contains(top) || top.contains(here));
  return [window.__stops.indexOf(here),
    [!ring && "no ring", !(inside && (tall || whole)) && "out of sight", covered && "covered"]
      .filter(Boolean).join(", ")];
}"""
# What WCAG 1.4.12 lets a reader set; a style sheet of the browser's own is not the page's.
LOOSE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
# What cuts off what is in it, other than on purpose: words for listeners alone, the two lines of a
# summary in a list, tables that scroll by themselves.
CUT = """() => [...document.body.querySelectorAll("*")].filter(one => {
  const style = getComputedStyle(one), clips = /hidden|clip/;
  if (!one.checkVisibility() || one.closest("svg, .unseen, .row-lead, thead")) return false;
  return clips.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1
    || clips.test(style.overflowY) && one.scrollHeight > one.clientHeight + 1
    || (one.matches("a, button, dt, dd, h1, h2, h3, p, label")
      && one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll"));
}).map(one => one.outerHTML.slice(0, 120))"""


def stops(page):
    """Where Tab leads from the top of the page, with what is amiss there; -1 when it has left."""
    walked, last = [], None
    page.keyboard.press("Tab")
    while (stop := page.evaluate(STOP))[0] != -1 and len(walked) < 400:
        # A field for a date is three in one.
        if stop[0] != last:
            walked.append(stop)
        last = stop[0]
        page.keyboard.press("Tab")
    return walked


@pytest.mark.parametrize("place", [HOME, LIST, RECORD])
def test_tab_visits_all_that_can_be_used_in_order_and_shows_where_it_is(portal, page, place):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(portal + place)
    usable = page.evaluate(NUMBER)
    walked = stops(page)
    assert [number for number, _ in walked] == [*range(len(usable))]
    assert [(usable[number], amiss) for number, amiss in walked if amiss] == []
    assert "Skip to content" in usable[0]
    assert page.evaluate("document.querySelector('footer').contains(window.__stops.at(-1))")


BOXES = """() => [...document.querySelectorAll(".scroll")].map(
  box => [box.scrollWidth > box.clientWidth, box.tabIndex === 0])"""


def test_the_keyboard_stops_at_a_box_only_while_what_is_in_it_can_be_moved(portal, page, browser):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(portal + FUND)
    assert page.evaluate(BOXES) == [[False, False]] * 4
    # So that the first table is too wide for a small screen, whichever fonts there are.
    page.evaluate("document.querySelector('.scroll table').style.minWidth = '480px'")
    page.set_viewport_size({"width": 320, "height": 640})
    narrow = page.locator(".scroll[tabindex='0']")
    narrow.first.wait_for()
    assert page.evaluate(BOXES) == [[True, True], *[[False, False]] * 3]
    narrow.focus()
    page.keyboard.press("ArrowRight")
    page.evaluate(
        """() => new Promise(done => {
  const [box] = document.querySelectorAll(".scroll");
  const look = () => (box.scrollLeft > 0 ? done() : requestAnimationFrame(look));
  look();
})"""
    )
    # Whoever is in a box that has come to hold everything is not thrown out of it.
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate(BOXES)[0] == [False, True]
    page.keyboard.press("Tab")
    assert page.evaluate(BOXES) == [[False, False]] * 4
    # Where no script can know, every box can be reached.
    bare = browser.new_context(java_script_enabled=False).new_page()
    bare.goto(portal + FUND)
    assert bare.locator(".scroll[tabindex='0']").count() == 4
    bare.context.close()


def test_a_control_without_a_ring_or_out_of_order_or_covered_would_be_noticed(portal, page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(portal + LIST)
    page.evaluate(NUMBER)
    page.evaluate(
        """() => {
  const [first, second, third] = window.__stops.filter(stop => stop.matches("main a"));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.bare { outline: none !important } .gone { position: fixed; top: -90px }
    .lid { position: fixed; inset: 0 auto auto 0; inline-size: 100%; block-size: 3rem; z-index: 9 }`);
  document.adoptedStyleSheets = [sheet];
  first.className = "bare";
  second.className = "gone";
  third.tabIndex = 5;
  const lid = document.body.appendChild(document.createElement("div"));
  lid.className = "lid";
}"""
    )
    walked = stops(page)
    numbers = [number for number, _ in walked]
    assert numbers != sorted(numbers)
    assert {"no ring", "out of sight, covered", "covered"} <= {amiss for _, amiss in walked}


@pytest.mark.parametrize("place", [HOME, RECORD])
def test_large_and_loose_letters_cut_nothing_off(portal, page, place):
    """At 200 and at 400 percent of a window 1280 wide."""
    page.goto(portal + place)
    amiss = {}
    for way in ("set", "loose"):
        if way == "loose":
            page.evaluate(LOOSE)
        for width in (640, 320):
            page.set_viewport_size({"width": width, "height": 640})
            wide = page.evaluate("document.scrollingElement.scrollWidth") > width
            cut = page.evaluate(CUT)
            if wide or cut:
                amiss[way, width] = (wide, cut)
    assert amiss == {}
    page.evaluate(
        "document.querySelector('h1').style.cssText = 'display: block; height: 1em; overflow: hidden'"
    )
    assert len(page.evaluate(CUT)) == 1


def test_pages_say_the_same_with_script_and_without(portal, page, browser):
    bare = browser.new_context(java_script_enabled=False).new_page()
    for place in (HOME, RECORD, FUND, "/calendar/", "/gazette/"):
        page.goto(portal + place)
        bare.goto(portal + place)
        assert page.inner_text("body") == bare.inner_text("body"), place
    bare.context.close()


@pytest.mark.parametrize("place", [HOME, LIST, RECORD, FUND])
def test_a_first_visit_brings_little_and_nothing_on_the_page_jumps(portal, browser, place):
    """All bodies, as they are compressed on the way; there are no fonts among them."""
    page = browser.new_context().new_page()
    page.add_init_script(SHIFTS)
    came = {}
    page.on("response", lambda answer: came.update({answer.url: answer}))
    page.goto(portal + place, wait_until="networkidle")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    moved, bodies = (
        page.evaluate("window.__moved"),
        [answer.body() for answer in list(came.values())],
    )
    page.context.close()
    assert moved == 0
    assert sum(len(gzip.compress(body)) for body in bodies) < 40_000
    # Even before that; lists alone bring a larger script, which fetches what was chosen.
    assert sum(map(len, bodies)) < (150_000 if place == LIST else 100_000)


def test_what_jumps_would_be_noticed(portal, page):
    page.add_init_script(SHIFTS)
    page.goto(portal)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("document.querySelector('main').style.marginTop = '200px'")
    # Asked frame by frame: waiting for an expression would evaluate text, which the policy forbids.
    noticed = (
        "const look = () => (window.__moved > 0 ? done() : requestAnimationFrame(look)); look()"
    )
    page.evaluate(f"new Promise(done => {{ {noticed} }})")
