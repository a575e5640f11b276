"""The JSON Schemas, and the last look at a document before it is entered."""

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperation.gazette.conformity import problems
from cooperation.gazette.schemas import json_schema
from tests.examples import world
from tests.worlds import reference, sample

KINDS = ("organization", "source", "initiative", "fund")
# Where only our own check looks: what a format means, and that an id stands once.
FORMATS = ("calendar", "ends before it begins", "web address", "two parts", "digits", "decimals")


def validator(kind):
    return jsonschema.Draft202012Validator(json_schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_itself_valid(kind):
    jsonschema.Draft202012Validator.check_schema(json_schema(kind))


@pytest.mark.parametrize("document", world(), ids=lambda document: document["key"])
def test_what_the_desk_renders_conforms(document):
    assert problems(document["kind"], document) == []
    validator(document["kind"]).validate(document)


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_of_which_nothing_is_known_conforms(kind):
    assert problems(kind, sample(kind, "a")) == []
    validator(kind).validate(sample(kind, "a"))


def test_members_are_never_left_out_and_none_are_added():
    document = sample("organization", "a", nickname="A")
    del document["country"]
    assert problems("organization", document) == [
        "country is missing.",
        "nickname is not in the schema.",
    ]
    assert not validator("organization").is_valid(document)


@pytest.mark.parametrize(
    ("member", "value", "sentence"),
    [
        ("country", "Korea", "country must be one of AD, AE, "),
        ("country", ["KR"], "country must be string, not list."),
        ("country", True, "country must be string, not bool."),
        ("key", "Not A Key", "key is not written as the schema says"),
        ("key", "a" * 81, "key must not be longer than 80 characters."),
        ("schema", "organization/9", "schema must be “organization/1”."),
        ("url", "/funds/a/", "url is not written as the schema says"),
        ("title", {"en": "A"}, "title/ko is missing."),
        ("title", None, "title must be object, not NoneType."),
        ("founded", "1999-13", "founded is not written as the schema says"),
        ("founded", "1999-02-30", "founded: “1999-02-30” is not in the calendar"),
        ("founded", "1999/2001", "founded is not written as the schema says"),
        ("website", "javascript:alert(1)", "website is not written as the schema says"),
        ("website", "https://user:word@example.org/", "website: A web address must not hold"),
        ("part_of", reference("fund", "a"), "part_of/kind must be one of organization."),
        ("part_of", {"kind": "organization"}, "part_of/key is missing."),
        ("names", [{"id": "x"}], "names/x/type is missing."),
        ("editorial", "title/ko", "editorial must be array, not str."),
    ],
)
def test_what_is_wrong_is_named_by_its_path(member, value, sentence):
    document = {**sample("organization", "a"), member: value}
    first, *_more = problems("organization", document)
    assert first.startswith(sentence)


def test_two_parts_of_one_list_cannot_bear_the_same_id():
    name = {"id": "n", "type": "alias", "text": "A", "lang": "en", "from": None, "until": None}
    assert problems("organization", sample("organization", "a", names=[name, name])) == [
        "names has two parts with the id n."
    ]


@pytest.mark.parametrize("amount", ["1e9", "1.50", "01", "-0", "", "1,000", "٣"])
def test_amounts_are_written_in_one_way_only(amount):
    money = {"amount": amount, "currency": "KRW"}
    document = sample("fund", "a", difference=money)
    assert problems("fund", document)[0].startswith("difference/amount is not written")
    assert not validator("fund").is_valid(document)


def test_a_rate_may_have_more_digits_than_an_amount():
    converted = {
        "amount": "37.1",
        "currency": "USD",
        "rate": "0.000927643784787",
        "rate_date": "2015-01-28",
        "source": "Bank of Korea",
    }
    amount = {"amount": "40000", "currency": "KRW", "converted": [converted]}
    part = {"id": "a", "amount": amount, "date": None, "reported_as": [], "replaces": None}
    assert problems("fund", sample("fund", "a", announcements=[part])) == []


def test_at_most_twenty_problems_are_named():
    assert len(problems("fund", {})) == 17
    assert len(problems("fund", {str(number): None for number in range(100)})) == 20


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "KR", "2015", "0"]),
    lambda inside: (
        st.lists(inside, max_size=2)
        | st.dictionaries(
            st.sampled_from(["id", "en", "kind", "amount", "value"]), inside, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), kind=st.sampled_from(KINDS))
def test_our_check_and_the_schema_agree_on_every_document(data, kind):
    document = sample(kind, "a")
    for name in data.draw(st.lists(st.sampled_from(sorted(document)), max_size=3)):
        document[name] = data.draw(JSON)
    ours = [line for line in problems(kind, document) if not any(f in line for f in FORMATS)]
    assert bool(ours) == (not validator(kind).is_valid(document))
