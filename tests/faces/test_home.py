"""The first page: what the portal holds, what was promised and paid, what is overdue or silent."""

import re
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders

from tests.examples import commitment
from tests.gazette.test_agenda import fund, initiative, milestone
from tests.worlds import publish

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.usefixtures("_in_november"),
]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-24T12:00:00Z"):
        yield


def home(client, prefix=""):
    return " ".join(client.get(f"{prefix}/").content.decode().split())


def section(page, name):
    """The text of one section, without its marks."""
    found = page.split(f'<section class="part" aria-labelledby="{name}">')[1].split("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found)).strip()


def test_it_says_what_all_funds_promise_and_have_paid_in_each_currency(client):
    dollars = {"amount": "3000000", "currency": "USD", "converted": []}
    publish(
        fund("a", commitment("x", None, "30000000000", stage="pledged")),
        fund(
            "b",
            commitment("x", None, "10000000000", stage="paid"),
            {**commitment("y", None, "1"), "amount": dollars},
        ),
    )
    told = section(home(client), "money")
    assert "South Korean Won ₩400 ₩40 billion ₩10 billion 25%" in told
    assert "US Dollar None recorded US$3 million None recorded None recorded" in told
    assert "400억 원" in section(home(client, "/ko"), "money")


def test_it_names_what_is_overdue_and_since_when(client):
    publish(initiative("link", milestones=[milestone("open-the-shop", "2016-05")]))
    told = section(home(client), "overdue")
    assert told.startswith(
        "Overdue Initiative · Milestones open-the-shop Link Due May 2016 · 10 years ago"
    )


def test_it_names_what_nobody_has_confirmed_for_longest(client):
    publish(initiative("link"))
    told = section(home(client), "silent")
    assert (
        told
        == "Longest without news Initiative · Agreed Link Last confirmed March 2015 · 11 years ago"
    )


def test_where_nothing_is_owed_it_says_so(client):
    publish(fund("a"))
    assert "has passed its day without being done" in section(home(client), "overdue")
    assert "Nothing that goes on is recorded." in section(home(client), "silent")


def test_a_portal_without_records_says_what_to_do_next(client):
    assert "Records appear here as soon as staff publish them" in home(client)


def test_ages_are_asked_for_again_the_next_day(client):
    """A page on which an age stands is not taken for the newest when the day is over."""
    publish(initiative("link"))
    for path in ("/", "/calendar/", "/initiatives/link/"):
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        with time_machine.travel("2026-11-25T16:00:00Z"):
            assert client.get(path, headers={"If-None-Match": tag}).status_code == 200, path


def test_figures_of_any_size_and_sign_are_shown_as_exactly_as_they_can_be(client):
    longest = "9" * 30
    publish(
        fund(
            "a",
            commitment("x", None, longest, stage="paid"),
            commitment("y", None, f"-{longest[:-1]}8", stage="proposed"),
        )
    )
    assert "999,999,999" in section(home(client), "money")
    publish(
        fund(
            "a",
            commitment("x", None, "1", stage="paid"),
            commitment("y", None, "100000000", stage="pledged"),
        )
    )
    assert "&lt; 0.1%" in section(home(client), "money")


def test_the_part_that_is_paid_is_drawn_in_a_colour_of_ours(client):
    publish(fund("a", commitment("x", None, "5", stage="paid")))
    drawn = re.search(r'class="([\w-]+)" width="100.000"', home(client))[1]
    assert f".{drawn} {{ fill: var(--" in Path(finders.find("css/home.css")).read_text()
