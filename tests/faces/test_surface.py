"""What docs/api-v1.txt promises is true of what the server says of itself."""

import copy

import pytest

from tests.faces import surface

from .reading import get

# A description does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def said(client):
    """What the server says of itself: its description, and every list of codes."""
    return get(client, "openapi.json"), get(client, "vocabularies/")


def promised():
    return surface.FILE.read_text().splitlines()


def test_every_name_that_v1_promises_is_still_there_and_none_is_new_without_being_promised(said):
    assert surface.difference(promised(), surface.lines(*said)) == ""


def test_promises_stand_in_order_each_once():
    assert promised() == sorted(set(promised()))


def member_goes(description, codes):
    del description["components"]["schemas"]["FundMembers"]["properties"]["manager"]
    return "member Fund.manager: FundManager | null"


def member_may_be_null(description, codes):
    members = description["components"]["schemas"]["FundMembers"]["properties"]
    members["title"] = {"anyOf": [members["title"], {"type": "null"}]}
    return "member Fund.title: Texts"


def member_may_be_left_out(description, codes):
    description["components"]["schemas"]["Edition"]["required"].remove("hash")
    return "member Edition.hash: string | null"


def parameter_is_of_another_type(description, codes):
    listed = description["paths"]["/api/v1/changes/"]["get"]["parameters"]
    next(one for one in listed if one["name"] == "after")["schema"] = {"type": "string"}
    return "query /api/v1/changes/ after: integer"


def code_goes(description, codes):
    codes["status"]["terms"].pop(0)
    return "code status: proposed"


def address_goes(description, codes):
    del description["paths"]["/api/v1/gazette/"]
    return "address /api/v1/gazette/ application/json"


def header_goes(description, codes):
    del description["paths"]["/api/v1/gazette/"]["get"]["responses"]["200"]["headers"]["ETag"]
    return "header ETag"


@pytest.mark.parametrize(
    "breaking",
    [
        member_goes, member_may_be_null, member_may_be_left_out, parameter_is_of_another_type,
        code_goes, address_goes, header_goes,
    ],
)  # fmt: skip
def test_what_would_break_a_program_elsewhere_is_noticed(said, breaking):
    """The control."""
    changed = copy.deepcopy(said)
    line = breaking(*changed)
    wrong = surface.difference(promised(), surface.lines(*changed))
    assert line in wrong.splitlines()
    assert "Bring them back" in wrong


def test_what_is_new_has_to_be_promised_and_is_told_how(said):
    now = surface.lines(*said)
    told = surface.difference(now, [*now, "code status: dreamt_of"])
    assert told.splitlines()[1:] == ["code status: dreamt_of"]
    assert surface.COMMAND in told
    assert "Bring them back" not in told
