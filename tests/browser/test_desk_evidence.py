"""Citing in a browser: a passage that is selected beside the form becomes a citation of a field."""

from itertools import pairwise

import pytest

from cooperation.desk.models import Commitment, FundCitation, Source
from tests.desk.admin.filling import change_page
from tests.desk.records import fund, in_all_languages, organization, saved

from .desks import barriers

pytestmark = pytest.mark.browser

TEXT = """The ministry 😀 spoke on Thursday.

The two countries will offer 40 billion won each, according to the ministry."""
OFFER = "The two countries will offer 40 billion won each"
PLACE = TEXT.index(OFFER)


def a_fund():
    """A fund with a figure that nobody has cited a source for, and a source that it does not cite yet."""
    saved(Source(key="news", title=in_all_languages("News"), type="law", kept_text=TEXT))
    giver = organization("korea", title=in_all_languages("Korea"))
    given = {"contributor": giver, "amount": "1", "currency": "KRW", "stage": "pledged"}
    return fund("f", Commitment(part_id="k", **given))


def opened(desk, live_server, record):
    """The form with the text of the news beside it."""
    desk.goto(live_server.url + change_page(record))
    desk.click("#evidence > summary")
    desk.wait_for_selector(".evidence-piece")
    desk.click(".evidence-other > summary")
    desk.fill("#evidence-search", "news")
    desk.keyboard.press("Enter")
    desk.click(".evidence-found button")
    desk.wait_for_selector(".evidence-piece >> nth=1")


def ends_of(desk, words):
    """Where on the screen words of the text begin and end."""
    desk.locator(".evidence-paragraph").last.scroll_into_view_if_needed()
    return desk.evaluate(
        """words => {
          const text = document.querySelectorAll(".evidence-paragraph")[1].firstChild;
          const range = document.createRange();
          range.setStart(text, 0);
          range.setEnd(text, words.length);
          const boxes = [...range.getClientRects()];
          const [first, last] = [boxes[0], boxes.at(-1)];
          return [[first.left + 1, first.top + 8], [last.right, last.bottom - 8]];
        }""",
        words,
    )


def test_passage_selected_with_the_mouse_becomes_a_citation_once_the_form_is_saved(
    live_server, desk
):
    desk.set_viewport_size({"width": 1280, "height": 900})
    record = a_fund()
    opened(desk, live_server, record)
    buttons = desk.locator(".object-tools a")
    boxes = [button.bounding_box() for button in buttons.all()]
    lines = sorted({(box["y"], box["y"] + box["height"]) for box in boxes})
    assert len(lines) > 1
    assert all(before[1] <= after[0] for before, after in pairwise(lines))
    desk.click(".lacking > summary")
    assert barriers(desk) == []
    begin, end = ends_of(desk, OFFER)
    desk.mouse.move(*begin)
    desk.mouse.down()
    desk.mouse.move(*end, steps=5)
    desk.mouse.up()
    desk.wait_for_selector(".evidence-bar:not([hidden])")
    assert desk.input_value("#evidence-quote") == OFFER
    desk.select_option("#evidence-for", "commitments/k/amount")
    desk.check("#evidence-inferred")
    desk.click("[data-act=cite]")
    assert desk.is_visible("#id_citations-1-quote")
    assert "Contributions › Korea › Amount" in desk.inner_text(".evidence-said")
    assert desk.locator(".evidence-paragraph mark").inner_text() == OFFER
    desk.click("input[name=_save]")
    desk.wait_for_load_state()
    stored = FundCitation.objects.get(path="commitments/k/amount")
    assert (stored.source.key, stored.quote, stored.locator) == ("news", OFFER, "paragraph 2")
    assert (stored.start, stored.end, stored.inferred) == (PLACE, PLACE + len(OFFER), True)
    assert desk.amiss == []


def test_paragraph_is_cited_by_keyboard_on_a_phone_for_what_lacks_a_citation(live_server, desk):
    desk.set_viewport_size({"width": 360, "height": 740})
    record = a_fund()
    opened(desk, live_server, record)
    desk.click(".lacking > summary")
    desk.click(".lacking li[data-path='commitments/k/amount'] button")
    desk.focus(".evidence-piece:nth-child(2) .evidence-number")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "evidence-quote"
    desk.keyboard.press("Escape")
    assert desk.is_hidden(".evidence-bar")
    assert desk.evaluate("document.activeElement.getAttribute('aria-label')") == "Cite paragraph 2"
    desk.keyboard.press("Enter")
    desk.click(".lacking li[data-path='commitments/k/amount'] button")
    desk.fill("#evidence-quote", "40 billion won each")
    desk.focus("[data-act=cite]")
    desk.keyboard.press("Enter")
    start = TEXT.index("40 billion")
    names = ("path", "locator", "start", "end", "quote")
    assert [desk.input_value(f"#id_citations-1-{name}") for name in names] == [
        "commitments/k/amount",
        "paragraph 2",
        str(start),
        str(start + len("40 billion won each")),
        "40 billion won each",
    ]
    assert desk.evaluate("document.activeElement.closest('.inline-related').id") == "citations-1"
    assert desk.evaluate("document.documentElement.scrollWidth") == 360
    assert (FundCitation.objects.count(), desk.amiss) == (1, [])
