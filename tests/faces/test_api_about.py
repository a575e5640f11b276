"""What the interface says of itself."""

import jsonschema
import pytest

from cooperation.catalogue import KINDS
from cooperation.gazette.models import Edition
from tests.examples import world
from tests.worlds import publish

from .reading import API, PATHS, body, get

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_the_same_for_everyone_and_may_be_kept(client, path):
    publish(*world())
    answer = client.get(API + path)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=1, stale-while-revalidate=59"
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["ETag"].startswith('W/"5-')
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in answer["Link"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer
    assert "Content-Language" not in answer
    assert "unsafe" not in answer["Content-Security-Policy"]
    bare = client.head(API + path)
    assert (bare.status_code, body(bare), bare["ETag"]) == (200, b"", answer["ETag"])
    assert bare.headers.get("Content-Length") == answer.headers.get("Content-Length")
    same = client.get(API + path, headers={"If-None-Match": answer["ETag"]})
    assert (same.status_code, "Content-Length" in same.headers) == (304, False)
    options = client.options(API + path)
    assert (options.status_code, "Content-Length" in options.headers) == (204, False)


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_depends_on_who_asks_or_in_what_language(client, path, admin_client):
    publish(*world())
    plain = body(client.get(API + path))
    assert body(client.get(API + path, headers={"Accept-Language": "ko"})) == plain
    assert body(admin_client.get(API + path)) == plain


def test_the_root_says_where_everything_is(client):
    publish(*world())
    root = get(client, "")
    head = Edition.objects.get(number=5)
    assert root["head"] == {
        "number": 5,
        "published_at": head.header()["published_at"],
        "chain": head.chain,
    }
    assert root["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert root["links"]["lists"] == {
        kind.plural: f"http://testserver/api/v1/{kind.plural}/" for kind in KINDS.values()
    }
    exports = f"http://testserver/api/v1/exports/{KINDS['fund'].plural}"
    assert root["links"]["package"] == "http://testserver/api/v1/exports/all.zip"
    assert root["links"]["exports"]["funds"] == {
        "ndjson": f"{exports}.ndjson",
        "csv": f"{exports}.csv",
        "xlsx": f"{exports}.xlsx",
        "zip": f"{exports}.zip",
    }
    links = [*leaves(root["links"])]
    assert len(links) == 11 + 7 * len(KINDS)
    for link in links:
        assert client.get(link).status_code == 200, link


def leaves(links):
    """Every address in the tree."""
    for link in links.values():
        yield from leaves(link) if isinstance(link, dict) else [link]


def test_addresses_are_those_of_the_public_side_where_it_has_one(client, settings):
    settings.PORTAL_URL = "https://portal.example"
    publish(*world())
    assert get(client, "")["links"]["search"] == "https://portal.example/api/v1/search/"
    following = get(client, "organizations/?page_size=1")["next"]
    assert following.startswith("https://portal.example/api/v1/organizations/?page_size=1&cursor=")


def test_vocabularies_have_labels_in_every_language(client):
    found = get(client, "vocabularies/")
    assert sorted(found) == [
        "agreement_type",
        "commitment_stage",
        "contributor_class",
        "country",
        "currency",
        "engagement_type",
        "finding",
        "identifier_scheme",
        "language",
        "name_type",
        "organization_type",
        "participant_role",
        "platform_type",
        "rights",
        "sector",
        "source_type",
        "status",
        "succession_type",
    ]
    countries = {term["code"]: term["title"] for term in found["country"]["terms"]}
    assert found["country"]["standard"] == "ISO 3166-1"
    assert countries["KR"] == {"en": "South Korea", "ko": "대한민국", "zh-Hans": "韩国"}
    first = found["status"]["terms"][0]
    assert (first["code"], first["title"]["en"]) == ("proposed", "Proposed")
    assert first["description"]["en"] == "Somebody has put it forward; nobody has yet taken it up."


def test_every_published_document_is_what_its_schema_says(client):
    publish(*world())
    checked = 0
    for kind, plural in (
        ("organization", "organizations"),
        ("source", "sources"),
        ("initiative", "initiatives"),
        ("fund", "funds"),
    ):
        schema = jsonschema.Draft202012Validator(get(client, f"schemas/{kind}.json"))
        for document in get(client, f"{plural}/")["results"]:
            schema.validate(document)
            checked += 1
    for entry in get(client, "changes/")["results"]:
        kind = entry["edition"]["kind"]
        jsonschema.validate(entry["document"], get(client, f"schemas/{kind}.json"))
    assert checked == 5
