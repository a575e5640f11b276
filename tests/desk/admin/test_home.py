"""The first page of the desk, and the list at the side of the others."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.desk.admin.filling import signed_in

# What it shows does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

ORDER = [
    "initiative", "fund", "agreement", "engagement", "statement", "organization", "ministry", "firm",
    "association", "person", "platform", "source", "exchangerate",
]  # fmt: skip


def tables(page):
    """The tables that the page leads to, in its order."""
    return re.findall(r'<tr class="model-(\w+)', page.content.decode())


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
def test_tables_stand_as_the_catalogue_orders_them_in_every_language(language):
    browser = Client(headers={"accept-language": language})
    browser.force_login(User.objects.create_superuser("chief"))
    for address in ("/admin/", "/admin/desk/fund/"):
        assert tables(browser.get(address)) == [*ORDER, "group", "user"], address
    assert tables(browser.get("/admin/desk/")) == ORDER


def test_whoever_may_see_records_alone_finds_no_others():
    assert tables(signed_in("kim").get("/admin/")) == ORDER
