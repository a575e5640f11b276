"""An address that will go says so, in the description and with every answer, two years ahead."""

import json
from datetime import date

import pytest
from django.test import RequestFactory
from django.urls import path

from cooperation.faces.api.about import Vocabularies
from cooperation.faces.api.describing import Describing
from cooperation.faces.api.endpoints import served
from cooperation.faces.api.notices import Notice
from tests.worlds import publish, sample

from .reading import get

# What it shows does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOTICE = Notice(since=date(2037, 1, 1), until=date(2039, 1, 1))


class Retiring(Vocabularies):
    """An address that will go."""

    operation = "getRetiring"
    notice = NOTICE


class Staying(Vocabularies):
    """An address that stays."""

    operation = "getStaying"


def headers(endpoint, **asked):
    publish(sample("fund", "a"))
    return served(endpoint)(RequestFactory().get("/api/v1/old/", headers=asked)).headers


def test_every_answer_of_an_address_that_will_go_says_since_when_until_when_and_where_to_read_why():
    said = headers(Retiring)
    assert said["Deprecation"] == "@2114380800"
    assert said["Sunset"] == "Sat, 01 Jan 2039 00:00:00 GMT"
    assert '</api/v1/guide/api.md>; rel="deprecation"' in said["Link"]
    assert 'rel="license"' in said["Link"]
    again = served(Retiring)(
        RequestFactory().get("/api/v1/old/", headers={"If-None-Match": said["ETag"]})
    )
    assert (again.status_code, again.headers["Sunset"]) == (304, said["Sunset"])


def test_address_that_stays_says_nothing_of_the_kind(client):
    """The control."""
    assert not {"Deprecation", "Sunset"} & set(headers(Staying))
    assert "deprecated" not in json.dumps(get(client, "openapi.json")["paths"])


def test_description_marks_what_will_go_and_nothing_else():
    described = Describing(
        patterns=[path("old/", served(Retiring)), path("new/", served(Staying))]
    ).get_schema(public=True)
    marked = {address: one["get"].get("deprecated") for address, one in described["paths"].items()}
    assert marked == {"/old/": True, "/new/": None}


@pytest.mark.parametrize(
    ("since", "until"),
    [(date(2037, 1, 1), date(2038, 12, 31)), (date(2036, 2, 29), date(2038, 2, 28))],
)
def test_notice_of_less_than_two_years_cannot_be_given(since, until):
    with pytest.raises(ValueError, match="2 years ahead"):
        Notice(since, until)
