"""Organizations: what their document says, and what is refused."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cooperation.desk.documents import document
from cooperation.desk.models import (
    Association,
    Firm,
    Identifier,
    Ministry,
    Organization,
    OrganizationCitation,
    OrganizationName,
    Succession,
)
from tests.desk.records import editor, organization, report, saved, texts

pytestmark = pytest.mark.django_db


def test_the_document_says_all_that_is_on_record():
    before = organization("ministry-of-finance-and-economy", type="ministry")
    ministry = saved(
        Ministry(
            title=texts("Ministry of Strategy and Finance", "기획재정부", "企划财政部"),
            title_editorial=["zh-Hans"],
            country="KR",
            website="https://www.moef.go.kr/",
            founded="2008-02-29",
        ),
        OrganizationName(type="official", text="기획재정부", lang="ko", valid_from="2008-02"),
        Succession(type="predecessor", organization=before, date="2008", note="By law."),
        Identifier(scheme="wikidata", value="q483970"),
        OrganizationCitation(
            path="title",
            source=report(),
            locator="paragraph 2",
            start=4,
            end=17,
            quote="two countries",
            inferred=True,
            attributed_to="the ministry",
            note="By its name.",
        ),
    )
    assert document(ministry) == {
        "schema": "organization/1",
        "kind": "organization",
        "key": "ministry-of-strategy-and-finance",
        "url": "/organizations/ministry-of-strategy-and-finance/",
        "title": {
            "en": "Ministry of Strategy and Finance",
            "ko": "기획재정부",
            "zh-Hans": "企划财政部",
        },
        "editorial": ["title/zh-Hans"],
        "type": "ministry",
        "names": [
            {
                "id": "official-ko",
                "type": "official",
                "text": "기획재정부",
                "lang": "ko",
                "from": "2008-02",
                "until": None,
            }
        ],
        "country": "KR",
        "part_of": None,
        "successions": [
            {
                "id": "ministry-of-finance-and-economy",
                "type": "predecessor",
                "organization": {
                    "kind": "organization",
                    "key": "ministry-of-finance-and-economy",
                    "url": None,
                    "title": None,
                },
                "date": "2008",
                "note": "By law.",
            }
        ],
        "website": "https://www.moef.go.kr/",
        "identifiers": [
            {
                "id": "wikidata",
                "scheme": "wikidata",
                "value": "Q483970",
                "url": "https://www.wikidata.org/wiki/Q483970",
            }
        ],
        "founded": "2008-02-29",
        "dissolved": None,
        "citations": [
            {
                "path": "title",
                "source": {"kind": "source", "key": "report", "url": None, "title": None},
                "locator": "paragraph 2",
                "start": 4,
                "end": 17,
                "quote": "two countries",
                "inferred": True,
                "attributed_to": "the ministry",
                "preferred": False,
                "note": "By its name.",
            }
        ],
    }


def test_each_proxy_lists_and_makes_organizations_of_its_type():
    saved(Ministry(title=texts("A ministry")))
    saved(Firm(title=texts("A firm")))
    saved(Association(title=texts("An association")))
    assert [o.type for o in Organization.objects.order_by("key")] == [
        "firm",
        "ministry",
        "association",
    ]
    assert [m.key for m in Ministry.objects.all()] == ["a-ministry"]
    assert [f.key for f in Firm.objects.all()] == ["a-firm"]
    assert [a.key for a in Association.objects.all()] == ["an-association"]


def test_a_change_made_through_a_proxy_stands_in_the_history_of_organizations():
    firm = saved(Firm(title=texts("A firm")))
    entry = Organization.history.get(id=firm.pk)
    assert (entry.history_user, entry.history_change_reason) == (editor(), "Entered in a test.")


def test_an_organization_is_not_part_of_itself():
    firm = organization()
    firm.part_of = firm
    with pytest.raises(ValidationError, match="cannot be part of itself"):
        firm.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        firm.save()


def test_an_organization_does_not_succeed_itself():
    firm = organization()
    with pytest.raises(ValidationError, match="does not succeed itself"):
        Succession(record=firm, organization=firm, type="successor").full_clean()


def test_an_identifier_with_wrong_check_digits_is_refused_at_once():
    firm = organization()
    with pytest.raises(ValidationError, match="check digits of LEI 213800KUD8LAJWSQ9D16 are wrong"):
        Identifier(record=firm, scheme="lei", value="213800KUD8LAJWSQ9D16").full_clean()
    Identifier(record=firm, scheme="lei", value="213800KUD8LAJWSQ9D15").full_clean()


def test_an_organization_that_is_referred_to_cannot_be_deleted():
    larger = organization("larger")
    organization("smaller", part_of=larger)
    with pytest.raises(Exception, match=r"Organization\.part_of"):
        larger.delete()
