"""Platforms: what their document says, and what is refused."""

import pytest

from cooperation.desk.checks.all import findings
from cooperation.desk.documents import document
from tests.desk.records import organization, platform

pytestmark = pytest.mark.django_db


def test_the_document_says_all_that_is_on_record():
    kita = organization("korea-international-trade-association")
    said = document(
        platform("kmall24", operator=kita, website="https://example.org/", opened="2014")
    )
    assert (said["schema"], said["url"]) == ("platform/1", "/platforms/kmall24/")
    assert said["type"] == "marketplace"
    assert said["operator"]["key"] == "korea-international-trade-association"
    assert (said["website"], said["opened"], said["closed"]) == (
        "https://example.org/",
        "2014",
        None,
    )


def test_it_does_not_close_before_it_opens():
    found = findings([platform(opened="2014-10", closed="2013")])
    assert [one.path for one in found if one.code == "ends-before-it-begins"] == ["closed"]
