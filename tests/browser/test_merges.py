"""Two records that are one, walked in a browser: from the form of the one to that of the other."""

import pytest

from cooperation.desk.models import OrganizationName, Participant
from tests.desk.admin.filling import change_page
from tests.desk.records import initiative, organization, published

from .desks import barriers

pytestmark = pytest.mark.browser


def test_a_merger_is_walked_from_form_to_form(live_server, desk):
    loser = organization("alibaba", OrganizationName(type="short", text="Ali"), founded="1999")
    survivor = organization("alibaba-group", founded="2001")
    link = initiative("a-link", Participant(organization=loser, role="operator"))
    published(survivor, loser, link)
    desk.set_viewport_size({"width": 360, "height": 800})

    desk.goto(live_server.url + change_page(loser))
    desk.goto(live_server.url + desk.get_attribute("a.mergelink", "href"))
    assert barriers(desk) == []
    desk.click(".select2-selection")
    desk.fill(".select2-search__field", "alibaba")
    desk.click(".select2-results__option:has-text('alibaba-group')")
    desk.click("input[type=submit]")
    desk.wait_for_selector("#reason")
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 800})
        assert barriers(desk) == []
    desk.check("fieldset:has(legend:text-is('Founded')) input[value=loser]")
    desk.click("button[name=act][value=look]")
    desk.wait_for_selector("fieldset:has(legend:text-is('Founded')) input[value=loser]:checked")
    desk.fill("#reason", "One firm under two names.")
    desk.click("input[type=submit]")
    desk.wait_for_selector(".messagelist")
    assert desk.url == live_server.url + change_page(survivor)
    assert "was merged into" in desk.inner_text(".messagelist")
    assert desk.input_value("#id_founded") == "1999"
    desk.goto(f"{live_server.url}/organizations/alibaba/")
    assert desk.url == f"{live_server.url}/organizations/alibaba-group/"
    assert desk.amiss == []
