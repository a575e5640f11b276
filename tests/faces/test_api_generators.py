"""The description as generators of clients take it: a class of each object, and none that breaks when v1 grows."""

from collections import Counter

import pytest

from cooperation.catalogue import KINDS
from cooperation.faces.api.hoisting import class_name, hoisted

from .reading import get

pytestmark = [pytest.mark.django_db, pytest.mark.once]

AT = "#/components/schemas/"


@pytest.fixture
def described(client):
    return get(client, "openapi.json")


def every(part):
    """Every object in the text of a description, its examples left out."""
    if isinstance(part, dict):
        yield part
        for name, one in part.items():
            if name != "example":
                yield from every(one)
    elif isinstance(part, list):
        for one in part:
            yield from every(one)


def test_every_object_in_a_component_has_a_name_of_its_own(described):
    components = described["components"]["schemas"]
    inline = [
        name
        for name, schema in components.items()
        for one in every(list(schema.values()))
        if one.get("type") == "object"
    ]
    assert inline == []
    assert {"FundStatus", "FundCommitment", "FundManager", "AgreementParty"} <= set(components)


def test_no_two_components_are_one_class(described):
    names = Counter(class_name(name).lower() for name in described["components"]["schemas"])
    assert [name for name, count in names.items() if count > 1] == []
    # Some generators take a title for the name.
    assert not [name for name, one in described["components"]["schemas"].items() if "title" in one]


def test_nothing_in_the_description_forbids_what_may_be_added(described):
    closed = [one for one in every(described) if one.get("additionalProperties") is False]
    assert closed == []
    schemas = described["components"]["schemas"]
    assert "enum" not in schemas["Problem"]["properties"]["type"]
    for kind in KINDS:
        said = schemas[f"{class_name(kind)}Document"]["properties"]
        assert said["schema"]["pattern"] == f"^{kind}/[1-9][0-9]*$"


def test_schemas_of_kinds_stay_closed_as_a_document_names_its_schema(client):
    for kind in KINDS:
        assert get(client, f"schemas/{kind}.json")["additionalProperties"] is False


def test_documents_as_entered_have_no_header_and_answers_have_one(described):
    schemas = described["components"]["schemas"]
    assert "edition" not in schemas["FundDocument"]["properties"]
    assert "edition" in schemas["FundMembers"]["properties"]
    assert schemas["Fund"]["required"] == list(schemas["FundMembers"]["properties"])


def test_no_example_is_to_be_fetched_by_generators(described):
    assert not [one for one in every(described) if "externalValue" in one]


def test_object_in_a_list_or_beside_null_is_hoisted_and_keeps_its_label():
    inner = {"type": "object", "properties": {"code": {"type": "string"}}}
    schema = {
        "type": "object",
        "properties": {
            "parties": {"type": "array", "items": inner, "title": "Parties"},
            "part_of": {"anyOf": [inner, {"type": "null"}]},
            "status": {**inner, "title": "Status"},
        },
        "additionalProperties": False,
    }
    assert hoisted("Pact", schema, AT) == {
        "PactParty": inner,
        "PactPartOf": inner,
        "PactStatus": inner,
        "Pact": {
            "type": "object",
            "properties": {
                "parties": {
                    "type": "array",
                    "items": {"$ref": f"{AT}PactParty"},
                    "title": "Parties",
                },
                "part_of": {"anyOf": [{"$ref": f"{AT}PactPartOf"}, {"type": "null"}]},
                "status": {"$ref": f"{AT}PactStatus", "title": "Status"},
            },
        },
    }
