"""What a screen reader reads of a page, in order: landmarks, headings, terms, tables and sources."""

import re
from itertools import pairwise

import pytest

pytestmark = pytest.mark.browser

# What a listener steers by. The words between are for other tests.
KEPT = re.compile(
    r"(banner|main|contentinfo|navigation|search|region|article|status|heading|term|table|blockquote)\b"
    r"|(link) \"(Skip to content|Source )"
)
HEAD = """
link "Skip to content"
banner
  search "Search"
  navigation "Language"
  navigation "Main"
main
"""
# The first page has a larger box for the search, and no second one above it.
HEAD_OF_HOME = HEAD.replace('  search "Search"\n', "")
FOOT = """
contentinfo
  navigation "Menu"
    heading "Records" [level=2]
    heading "The portal" [level=2]
"""
HOME = """
  heading "What was promised together, and who says so" [level=1]
  search
  region "What the portal holds"
    heading "What the portal holds" [level=2]
  region "Money announced, and money paid"
    heading "Money announced, and money paid" [level=2]
    region "What all funds together announce …"
      table "What all funds together announce …"
  region "Overdue"
    heading "Overdue" [level=2]
  region "Newest editions"
    heading "Newest editions" [level=2]
  region "Longest without news"
    heading "Longest without news" [level=2]
  region "Browse"
    heading "Browse" [level=2]
    heading "Initiatives: Sectors" [level=3]
    heading "Initiatives: Countries" [level=3]
    heading "Organizations: Type" [level=3]
"""
LIST = """
  heading "Organizations" [level=1]
  region "2 records"
    status
      heading "2 records" [level=2]
    article
      heading "Government of China" [level=3]
    article
      heading "Government of the Republic of Korea" [level=3]
    navigation "This list in other forms"
  search "Organizations"
"""
RECORD = """
  navigation "You are here"
  article
    heading "Link between Tmall Global and Kmall24" [level=1]
    link "Source 1"
    term: Status
    term: Last confirmed
    term: Participants
    term: Evidence
    navigation "On this page"
    region "In brief"
      heading "In brief" [level=2]
      term: Sectors
      term: Countries
      term: Platforms
      term: Agreements
      term: Part of
      term: Products
      term: Targets
      term: Milestones
      term: Status reports
    heading "Participants" [level=2]
    region "Participants"
      table "Who takes part, and as what."
    region "Referred to by"
      heading "Referred to by" [level=2]
    region "Edition"
      heading "Edition" [level=2]
      term: Number
      term: Entered
      term: Reason
      term: Responsible office
    region "Sources and quotations"
      heading "Sources and quotations" [level=2]
      blockquote
    region "Cite this record"
      heading "Cite this record" [level=2]
      region "Responsible office"
        heading "Responsible office" [level=3]
    navigation "More about this record"
"""
FUND = """
  navigation "You are here"
  article
    heading "Korea–China cultural fund" [level=1]
    link "Source 1"
    term: Status
    term: Last confirmed
    term: Announced
    term: Contributions
    term: Evidence
    navigation "On this page"
    region "In brief"
      heading "In brief" [level=2]
      term: Countries
      link "Source 2"
      term: Manager
      term: Allocations
    heading "How the figures add up" [level=2]
    region "₩40 billion + ₩40 billion + ₩120 billion = ₩200 billion"
      table "₩40 billion + ₩40 billion + ₩120 billion = ₩200 billion"
        link "Source 4 (inferred)"
        link "Source 4 (inferred)"
        link "Source 3"
        link "Source 3"
    region "Timeline"
      heading "Timeline" [level=2]
    heading "Announcements" [level=2]
    region "Announcements"
      table "How large the fund was said to be …"
        link "Source 3"
    heading "Contributions" [level=2]
    region "Contributions"
      table "Who is to give how much …"
        link "Source 4 (inferred)"
        link "Source 4 (inferred)"
        link "Source 3"
    heading "Status reports" [level=2]
    region "Status reports"
      table "What was found when somebody looked …"
    region "Referred to by"
      heading "Referred to by" [level=2]
    region "Edition"
      heading "Edition" [level=2]
      term: Number
      term: Entered
      term: Reason
      term: Responsible office
    region "Sources and quotations"
      heading "Sources and quotations" [level=2]
      blockquote
      blockquote
      blockquote
      blockquote
    region "Cite this record"
      heading "Cite this record" [level=2]
      region "Responsible office"
        heading "Responsible office" [level=3]
    navigation "More about this record"
"""
OUTLINES = {
    "/": HEAD_OF_HOME + HOME + FOOT,
    "/organizations/": HEAD + LIST + FOOT,
    "/initiatives/tmall-global-kmall24-link/": HEAD + RECORD + FOOT,
    "/funds/korea-china-cultural-fund/": HEAD + FUND + FOOT,
}


def outline(page):
    """The lines of the accessibility tree that a listener steers by, each under what it stands in."""
    lines, above = [], []
    for line in page.locator("body").aria_snapshot().splitlines():
        depth = len(line) - len(line.lstrip())
        text = line.strip().removeprefix("- ").strip("':").replace("''", "'")
        above = [one for one in above if one < depth]
        if KEPT.match(text):
            # Of a long name the beginning is enough.
            text = re.sub(r'"(.*?)[,;] .{40,}"$', r'"\1 …"', text)
            lines.append("  " * len(above) + text)
            above.append(depth)
    return lines


def written(text):
    """The lines of an outline that was written out by hand."""
    return [line for line in text.splitlines() if line]


@pytest.mark.parametrize("place", OUTLINES)
def test_whoever_listens_hears_the_parts_of_a_page_in_an_order_that_makes_sense(
    portal, page, place
):
    page.goto(portal + place)
    found = outline(page)
    assert found == written(OUTLINES[place])
    levels = [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", "\n".join(found))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


HARM = [
    "document.querySelector('#sources').remove()",
    "document.querySelector('#sources').outerHTML = '<h3>Sources and quotations</h3>'",
    "document.body.append(document.querySelector('header'))",
    "document.querySelector('main').replaceWith(document.querySelector('article'))",
    "document.querySelector('caption').remove()",
    "document.querySelector('.glance dt').remove()",
    "document.querySelector('.note').remove()",
]


def test_a_part_that_is_taken_out_or_moved_would_be_noticed(portal, page):
    place = "/funds/korea-china-cultural-fund/"
    unnoticed = []
    for harm in HARM:
        page.goto(portal + place)
        page.evaluate(harm)
        if outline(page) == written(OUTLINES[place]):
            unnoticed.append(harm)
    assert unnoticed == []
