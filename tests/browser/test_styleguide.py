"""The style guide, which is there with PORTAL_DEBUG only, shows what the look is made of."""

import importlib
import re

import pytest
from django.urls import clear_url_caches

from cooperation.faces.pages.styleguides import TOKENS

pytestmark = pytest.mark.browser

# Each in its own way: what a token is called, and not where another value refers to it.
TOKEN = re.compile(r"^ *(--[\w-]+):|(?<=; )(--[\w-]+):", re.MULTILINE)


def addresses():
    """The addresses of the portal, made anew after the settings."""
    for name in ("cooperation.faces.pages.urls", "portal.urls"):
        importlib.reload(importlib.import_module(name))
    clear_url_caches()


@pytest.fixture
def workshop(settings, portal):
    """The portal as whoever works on it sees it."""
    settings.DEBUG = True
    addresses()
    yield portal
    settings.DEBUG = False
    addresses()


@pytest.mark.parametrize("prefix", ["", "/ko", "/zh-hans"])
def test_the_style_guide_shows_every_token_and_keeps_to_the_policy(workshop, watch, prefix):
    watch.open(f"{prefix}/styleguide/")
    assert watch.answer.status == 200
    tokens = {one or other for one, other in TOKEN.findall(TOKENS.read_text())}
    assert len(tokens) > 30
    shown = watch.page.locator("main code").all_text_contents()
    assert tokens - {text.partition(":")[0] for text in shown} == set()
    assert watch.noted == []
    sheets = watch.page.locator("link[rel=stylesheet]").evaluate_all("all => all.map(e => e.href)")
    assert {sheet.rpartition("/")[2] for sheet in sheets} == {
        file.name for file in TOKENS.parent.glob("*.css")
    }
    assert watch.page.locator(".ledger").count() == 1
    assert watch.page.locator("article.row").count() == 2


def test_without_debugging_nobody_finds_it(portal, watch):
    watch.open("/styleguide/")
    assert watch.answer.status == 404
