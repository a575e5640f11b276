"""Rows of the desk's forms in a browser: what is folded, what can be clicked, where the focus stands."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from cooperation.desk.models import OrganizationName
from tests.desk.admin.filling import change_page
from tests.desk.records import organization

pytestmark = pytest.mark.browser

UNDER = """([x, y]) => {
  const found = document.elementFromPoint(x, y);
  return found.className;
}"""


@pytest.fixture
def desk(live_server, page, client):
    """A page whose browser is signed in as someone who may do everything; it notes what is amiss."""
    client.force_login(User.objects.create_superuser("chief"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.amiss = []
    page.on("console", lambda said: page.amiss.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.amiss.append(str(error)))
    return page


def test_row_that_was_changed_is_open_when_the_form_is_shown_again(live_server, desk):
    names = [OrganizationName(type="alias", text=text) for text in ("X", "Y")]
    desk.goto(live_server.url + change_page(organization("a", *names)))
    desk.click("#names-0 summary")
    desk.fill("#id_names-0-text", "Z")
    desk.fill("#id_key", "No Key")
    desk.click("input[name=_save]")
    desk.wait_for_load_state()
    assert desk.input_value("#id_names-0-text") == "Z"
    shown = [desk.is_visible(f"#id_names-{place}-text") for place in (0, 1)]
    assert (shown, desk.amiss) == ([True, False], [])
