"""The page on which the interface describes itself, under the strict policy."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_the_description_can_be_read_and_tried_without_breaking_the_policy(live_server, page):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/api/v1/docs/")
    page.locator("#operations-tag-Register").click()
    page.get_by_text("All that came since an edition").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.get_by_text(re.compile('"head"')).first.wait_for()
    assert [text for text in said if "Content Security Policy" in text or "Error" in text] == []
