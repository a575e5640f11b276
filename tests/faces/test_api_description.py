"""The interface's description (OpenAPI): what it says of each address, and that answers are so."""

import jsonschema
import pytest
from drf_spectacular.validation import validate_schema
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from cooperation.catalogue import KINDS
from tests.examples import world
from tests.worlds import publish, withdraw

from .closing import closed
from .reading import PATHS, get

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def described(client):
    return get(client, "openapi.json")


def test_the_description_is_what_openapi_says(client):
    validate_schema(described(client))


def test_the_description_says_what_each_operation_is_and_under_which_heading(client):
    description = described(client)
    headings = {tag["name"] for tag in description["tags"] if tag["description"]}
    for path in description["paths"].values():
        assert path["get"]["summary"]
        assert path["get"]["description"]
        assert set(path["get"]["tags"]) < headings
    assert {"title", "version", "summary", "description", "contact", "license"} == set(
        description["info"]
    )
    assert description["info"]["license"]["name"] == "CC BY 4.0"
    assert description["externalDocs"]["url"] == "http://testserver/api/v1/guide/api.md"


# What the first of each sort of address may answer.
STATUSES = {
    "/api/v1/": "200 304 400 412 500 503",
    "/api/v1/funds/": "200 304 400 412 500 503",
    "/api/v1/funds/{key}/": "200 301 304 400 404 410 412 500 503",
    "/api/v1/funds/{key}/references/": "200 301 304 400 404 410 412 500 503",
    "/api/v1/funds/{key}/editions/": "200 304 400 404 412 500 503",
    "/api/v1/funds/{key}/editions/{number}/": "200 304 400 404 412 500 503",
    "/api/v1/exports/funds.csv": "200 304 400 412 500 503",
}


def test_the_description_says_with_what_each_address_may_answer(client):
    description = described(client)
    for path, statuses in STATUSES.items():
        answers = description["paths"][path]["get"]["responses"]
        assert " ".join(sorted(answers)) == statuses
    unavailable = description["components"]["responses"]["Unavailable"]
    assert sorted(unavailable["headers"]) == [
        "Access-Control-Allow-Origin",
        "Cache-Control",
        "Retry-After",
    ]


def test_the_description_names_each_operation_once(client):
    operations = [
        operation["operationId"]
        for path in described(client)["paths"].values()
        for operation in path.values()
    ]
    assert len(operations) == len(set(operations)) == 11 + 11 * len(KINDS)
    assert {"listFund", "getFund", "listReferencesToFund", "countFacetsOfFund", "search"} <= set(
        operations
    )


def test_the_description_says_what_each_filter_takes(client):
    description = described(client)
    shared = description["components"]["parameters"]
    listed = [
        shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        for one in description["paths"]["/api/v1/funds/"]["get"]["parameters"]
    ]
    parameters = {
        parameter["name"]: parameter for parameter in listed if parameter["in"] == "query"
    }
    assert sorted(parameters) == [
        "amount_max",
        "amount_min",
        "count",
        "country",
        "currency",
        "cursor",
        "date_after",
        "date_before",
        "fields",
        "omit",
        "organization",
        "page_size",
        "q",
        "sort",
        "source",
        "status",
        "updated_after",
    ]
    assert parameters["status"]["schema"] == {
        "type": "array",
        "items": {"$ref": "#/components/schemas/status"},
        "maxItems": 50,
    }
    assert parameters["status"]["description"] == "Status: any of the values given."
    assert parameters["date_after"]["description"].startswith("Announced: that day or later")
    assert parameters["amount_min"]["description"] == (
        "Only with an amount (the first that is known of announced, committed, pledged, proposed, "
        "paid) in the one `currency` given beside it, of that much or more."
    )


@pytest.mark.parametrize(
    "path", [path for path in PATHS if path.partition("/")[0] not in ("docs", "exports", "guide")]
)
def test_every_answer_is_what_the_description_says_and_holds_nothing_else(client, path):
    publish(*world())
    withdraw("fund", "korea-china-cultural-fund") if path == "changes/?after=0" else None
    validator(closed(described(client)), path).validate(get(client, path))


PLACES = {
    "": lambda answer: [answer, answer["head"], answer["links"], answer["problems"]],
    "funds/": lambda answer: [answer, *inside(answer["results"][0])],
    "changes/?after=0": lambda answer: [answer, *answer["results"], *inside(documents(answer)[0])],
    "search/?q=fund": lambda answer: [answer, *answer["results"]],
}


def documents(answer):
    return [one["document"] for one in answer["results"] if one["edition"]["kind"] == "fund"]


def inside(fund):
    return [fund, fund["status"], fund["totals"], fund["commitments"][0]]


@pytest.mark.parametrize("path", PLACES)
def test_member_that_is_added_breaks_no_client_but_is_noticed_here(client, path):
    """The control: one member more, at one place after the other."""
    publish(*world())
    description, answer = described(client), get(client, path)
    exact, clients = validator(closed(description), path), validator(description, path)
    for place in PLACES[path](answer):
        place["added"] = 1
        assert clients.is_valid(answer)
        assert not exact.is_valid(answer)
        del place["added"]
    assert exact.is_valid(answer)


def validator(description, path):
    """What holds an answer of that address against the description."""
    template = (
        f"/api/v1/{path.partition('?')[0]}".replace("/korea-china-cultural-fund/", "/{key}/")
        .replace("/government-of-korea/", "/{key}/")
        .replace("/4/", "/{number}/")
    )
    operation = description["paths"][template]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    whole = DRAFT202012.create_resource(description)
    registry = Registry().with_resource("urn:description", whole)
    rooted = {"$id": "urn:asked", **_rooted(schema)}
    return jsonschema.Draft202012Validator(rooted, registry=registry)


def _rooted(schema):
    """The schema with its references led to the description."""
    if isinstance(schema, dict):
        return {
            name: f"urn:description{value}" if name == "$ref" else _rooted(value)
            for name, value in schema.items()
        }
    return [_rooted(one) for one in schema] if isinstance(schema, list) else schema
