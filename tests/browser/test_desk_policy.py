import pytest
from django.contrib import admin
from django.urls import reverse

pytestmark = pytest.mark.browser


def complaints(page, address):
    """What the browser says about the content policy while it draws the page."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(f"Content Security Policy? {error}"))
    answer = page.goto(address, wait_until="load")
    assert answer.status == 200, address
    return [text for text in said if "Content Security Policy" in text]


def test_no_page_of_the_desk_breaks_the_content_policy(live_server, desk):
    paths = ["/admin/", "/admin/password_change/"]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        paths += [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
    assert {
        path: said for path in paths if (said := complaints(desk, live_server.url + path))
    } == {}


def test_sign_in_page_does_not_break_it_either(live_server, page):
    assert complaints(page, live_server.url + "/admin/login/") == []


def test_broken_policy_would_be_noticed(live_server, page):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(live_server.url + "/admin/login/")
    page.evaluate("document.body.appendChild(document.createElement('script')).text = '1'")
    assert any("Content Security Policy" in text for text in said)
