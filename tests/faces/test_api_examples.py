"""The examples of the description: what is shown is what is answered."""

import json

import jsonschema
import pytest
from django.core.management import call_command

from cooperation.catalogue import KINDS
from cooperation.faces.api.examples import FILE, ORIGIN
from cooperation.gazette.models import Edition
from cooperation.gazette.schemas import json_schema
from tests.asking import MUCH, asked, examples, operations, written

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def seeded(client, settings):
    """A portal with its first records, at the address that the file of examples has."""
    settings.PORTAL_URL = ORIGIN
    call_command("seed", verbosity=0)
    return client


def shown(operation):
    """The answer that the description shows of an operation, or the address where it says that it is."""
    (content,) = operation["responses"]["200"]["content"].values()
    said = content.get("examples", {}).get("whole", {}).get("description", "")
    return content.get("example"), said.removeprefix("Not shown here; it is answered at ")


def request(description, operation):
    """The values that the description gives as examples of an operation's parameters."""
    parameters = [
        description["components"]["parameters"][one["$ref"].rpartition("/")[2]]
        if "$ref" in one
        else one
        for one in operation["parameters"]
    ]
    return {one["name"]: one["example"] for one in parameters if "example" in one}


def untrue(client):
    """The operations whose example is not what is answered to it."""
    description = client.get("/api/v1/openapi.json").json()
    for path, operation in operations(client):
        answer, address = shown(operation)
        if address:
            assert address.startswith(ORIGIN)
            assert client.get(address.removeprefix(ORIGIN)).status_code == 200, address
        elif answer is None or asked(client, path, request(description, operation)) != answer:
            yield operation["operationId"]


def test_every_example_is_what_the_portal_answers_and_the_file_what_make_examples_writes(seeded):
    assert list(untrue(seeded)) == []
    assert FILE.read_text() == written(examples(seeded)), "`make examples` writes them anew."
    for edition in Edition.objects.all():
        jsonschema.validate(edition.content, json_schema(edition.kind))


def test_every_operation_has_an_example_that_shows_something(client):
    lists = 0
    for _path, operation in operations(client):
        name = operation["operationId"]
        answer, address = shown(operation)
        assert answer is not None or address, name
        if isinstance(answer, dict) and "results" in answer and name != "listReferencesToStatement":
            assert answer["results"], name
            lists += 1
        if name.startswith("exportTable"):
            assert answer.count("\r\n") > 1, name
    assert lists == 3 * len(KINDS) + 2
    assert {*MUCH} == {*KINDS}


def test_example_that_is_no_longer_true_is_noticed(seeded, monkeypatch):
    """The control: a title that was changed since."""
    from cooperation.faces.api import describing
    from cooperation.faces.api import examples as kept

    told = json.loads(FILE.read_text())
    told["getFund"]["answer"]["title"]["en"] = "Another fund"
    monkeypatch.setattr(kept, "_examples", lambda: told)
    monkeypatch.setattr(describing, "_described", describing._described.__wrapped__)
    assert list(untrue(seeded)) == ["getFund"]
