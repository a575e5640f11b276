"""Two records that are one, walked in a browser: from the form of the one to that of the other."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User

from cooperation.desk.models import OrganizationName, Participant
from tests.desk.admin.filling import change_page
from tests.desk.records import initiative, organization, published

pytestmark = pytest.mark.browser

WIDER = "document.scrollingElement.scrollWidth > innerWidth"


def amiss(desk):
    """What shuts somebody out on the page that is shown, or sticks out of it."""
    found = Axe().run(desk, context="#content").response["violations"]
    nodes = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
    return [*nodes, *(["wider than the screen"] if desk.evaluate(WIDER) else [])]


def test_a_merger_is_walked_from_form_to_form(live_server, page, client):
    loser = organization("alibaba", OrganizationName(type="short", text="Ali"), founded="1999")
    survivor = organization("alibaba-group", founded="2001")
    link = initiative("a-link", Participant(organization=loser, role="operator"))
    published(survivor, loser, link)
    client.force_login(User.objects.create_superuser("chief"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": 360, "height": 800})

    page.goto(live_server.url + change_page(loser))
    page.goto(live_server.url + page.get_attribute("a.mergelink", "href"))
    assert amiss(page) == []
    page.click(".select2-selection")
    page.fill(".select2-search__field", "alibaba")
    page.click(".select2-results__option:has-text('alibaba-group')")
    page.click("input[type=submit]")
    page.wait_for_selector("#reason")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert amiss(page) == []
    page.check("fieldset:has(legend:text-is('Founded')) input[value=loser]")
    page.click("button[name=act][value=look]")
    page.wait_for_selector("fieldset:has(legend:text-is('Founded')) input[value=loser]:checked")
    page.fill("#reason", "One firm under two names.")
    page.click("input[type=submit]")
    page.wait_for_selector(".messagelist")
    assert page.url == live_server.url + change_page(survivor)
    assert "was merged into" in page.inner_text(".messagelist")
    assert page.input_value("#id_founded") == "1999"
    page.goto(f"{live_server.url}/organizations/alibaba/")
    assert page.url == f"{live_server.url}/organizations/alibaba-group/"
    assert said == []
