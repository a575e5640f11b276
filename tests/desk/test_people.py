"""People: what their document says, and who is not put on record."""

import pytest

from cooperation.desk.checks.all import findings
from cooperation.desk.documents import document
from cooperation.desk.models import Person, PersonCitation, PersonName, Post
from tests.desk.records import in_all_languages, organization, person, report, saved, texts

pytestmark = pytest.mark.django_db


def test_the_document_says_all_that_is_on_record():
    ma = person(
        "ma-yun",
        PersonName(type="alias", text="Jack Ma", lang="en"),
        Post(
            organization=organization("alibaba-group"),
            title=texts("Chairman", "회장"),
            title_editorial=["ko"],
            valid_from="1999",
            attested="2015-01-29",
        ),
        title=texts("Ma Yun", "마윈", "马云"),
    )
    said = document(ma)
    assert said["schema"] == "person/1"
    assert said["url"] == "/people/ma-yun/"
    assert said["names"] == [
        {
            "id": "alias-en",
            "type": "alias",
            "text": "Jack Ma",
            "lang": "en",
            "from": None,
            "until": None,
        }
    ]
    assert said["posts"] == [
        {
            "id": "alibaba-group",
            "organization": {
                "kind": "organization",
                "key": "alibaba-group",
                "url": None,
                "title": None,
            },
            "title": {"en": "Chairman", "ko": "회장", "zh-Hans": None},
            "from": "1999",
            "until": None,
            "attested": "2015-01-29",
        }
    ]
    assert said["editorial"] == ["posts/alibaba-group/title/ko"]


def test_somebody_without_a_public_post_is_not_published():
    somebody = saved(
        Person(key="somebody", title=in_all_languages("Somebody")), PersonCitation(source=report())
    )
    (finding,) = [one for one in findings([somebody]) if one.code == "no-post"]
    assert finding.level == "error"
    assert "only public figures are published" in finding.sentence
    assert "no-post" not in {one.code for one in findings([person()])}
