"""An editor's day in a browser: a report becomes records, a second person reviews them, the public reads them."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from cooperation.desk.management.roles import set_up_roles

from .desks import barriers, let_in, watched

pytestmark = pytest.mark.browser

REPORT = (
    "HANGZHOU, Jan. 29 (Korea Bizwire) — Alibaba Group said that it would help.\n\n"
    "“Kmall24 will be linked to Tmall Global,” the ministry said."
)
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def person(live_server, browser):
    """Lets somebody sign in with a browser of their own; it notes what is amiss."""
    contexts = []

    def enter(name="", role="", language="en", **options):
        context = browser.new_context(locale=language, base_url=live_server.url, **options)
        contexts.append(context)
        if name:
            set_up_roles()
            user, _made = User.objects.get_or_create(username=name, is_staff=True)
            user.groups.set(Group.objects.filter(name=role))
            client = Client()
            client.force_login(user)
            let_in(context, live_server.url, client)
        return watched(context.new_page())

    yield enter
    for context in contexts:
        context.close()


def entered(page):
    """Kim keeps the report as a source, and enters the firm that it tells of with a passage."""
    page.goto("/admin/")
    page.click("text=Add a source")
    page.fill("#id_title_en", "Alibaba to help")
    page.select_option("#id_type", "news_article")
    page.fill("#id_kept_text", REPORT)
    page.click("[name=_save]")
    page.wait_for_selector(".messagelist .success")
    page.goto("/admin/desk/organization/add/")
    page.fill("#id_title_en", "Alibaba Group")
    page.select_option("#id_type", "firm")
    page.click("#citations-group .add-row a")
    page.click("#citations-0 .field-source .select2-selection")
    page.locator(".select2-search__field").press_sequentially("Alibaba to")
    page.click(".select2-results__option:has-text('alibaba-to-help')")
    page.fill("#id_citations-0-quote", "Alibaba Group said that it would help.")
    page.click("[name=_continue]")
    page.wait_for_selector(".submitlink")


def submitted(page, note):
    """Kim hands in the firm, and with it the source that it names."""
    page.click(".submitlink")
    page.click("text=Submit these together with it")
    page.wait_for_selector("text=alibaba-to-help")
    assert barriers(page) == []
    page.fill("#reason", note)
    page.click("#content-main [type=submit]")
    page.wait_for_selector(".messagelist .success")


def confirmed(page, reason):
    """Lee confirms what is asked, gives a reason and publishes."""
    for box in page.locator("[name=confirmed]").all():
        box.check()
    page.fill("#reason", reason)
    page.click("#content-main [type=submit]")
    page.wait_for_selector(".messagelist .success")


def test_report_becomes_records_that_a_second_person_reviews_and_the_public_reads(person):
    kim, lee, anybody = person("kim", "Editors"), person("lee", "Publishers"), person()
    entered(kim)
    submitted(kim, "From the report of today.")
    assert anybody.goto("/organizations/alibaba-group/").status == 404
    lee.goto("/admin/")
    assert barriers(lee) == []
    lee.click("text=Review…")
    assert "From the report of today." in lee.inner_text("#content-main")
    assert barriers(lee) == []
    lee.click("text=Send back…")
    lee.fill("#reason", "When was it founded?")
    lee.click("#content-main [type=submit]")
    kim.goto("/admin/")
    assert "When was it founded?" in kim.inner_text("#content-main")
    kim.click(".named >> text=Alibaba Group")
    kim.fill("#id_founded", "1999")
    kim.click("[name=_continue]")
    submitted(kim, "1999; the report says so elsewhere.")
    lee.goto("/admin/")
    lee.click("text=Review…")
    assert re.search(r"Founded\s+1999", lee.inner_text("#content-main"))
    confirmed(lee, "Reported by Korea Bizwire.")
    anybody.goto("/organizations/alibaba-group/")
    shown = anybody.inner_text("main")
    assert "1999" in shown
    assert "Alibaba Group said that it would help." in shown
    assert (kim.amiss, lee.amiss) == ([], [])


def test_desk_speaks_korean_on_a_telephone(person):
    lee = person("lee", "Publishers", "ko", viewport=PHONE)
    lee.goto("/admin/")
    assert "내 검토를 기다림" in lee.inner_text("#content-main")
    assert barriers(lee) == []
    assert lee.amiss == []
