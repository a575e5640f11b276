"""The JSON Schema of every kind: it takes each document there is, and none that was tampered with."""

import copy

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperation.catalogue import KINDS
from cooperation.gazette.schemas import json_schema
from tests.contracts.crowds import document

# Nothing here asks a database.
pytestmark = pytest.mark.once
VALUES = [None, True, 7, "\n", [], {}, [None], {"x": 1}]


def validator(kind):
    return jsonschema.Draft202012Validator(json_schema(kind))


def objects(value):
    """Every object in a document, the document first."""
    if isinstance(value, dict):
        yield value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inside:
        yield from objects(one)


@pytest.mark.parametrize("kind", KINDS)
def test_document_with_everything_in_it_conforms(kind):
    for rows in (0, 1, 3):
        validator(kind).validate(document(kind, "a", rows=rows))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_document_with_a_member_taken_away_or_added_or_of_another_type_does_not(kind, data):
    whole = document(kind, "a", rows=1)
    changed = copy.deepcopy(whole)
    one = data.draw(st.sampled_from([found for found in objects(changed) if found]))
    name = data.draw(st.sampled_from(sorted(one)))
    way = data.draw(st.sampled_from(["taken away", "added", "of another type"]))
    if way == "taken away":
        del one[name]
    elif way == "added":
        one[f"{name}-too"] = one[name]
    else:
        others = [v for v in VALUES if v is not None and type(v) is not type(one[name])]
        if one[name] is None:
            # What may be unknown may be several things; a truth value is none of them.
            others = [True]
        one[name] = data.draw(st.sampled_from(others))
    assert not validator(kind).is_valid(changed), (way, name)


@pytest.mark.parametrize("kind", KINDS)
def test_schema_that_takes_anything_more_is_noticed(kind):
    """The control: one member that need not be there."""
    schema = json_schema(kind)
    schema["required"].remove("title")
    changed = document(kind, "a")
    del changed["title"]
    assert jsonschema.Draft202012Validator(schema).is_valid(changed)
