"""The interface against its own description: whatever is asked, it answers as it says."""

import logging
import os
import sys
import time
from collections import Counter
from urllib.parse import urlencode

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import negative_data_rejection, positive_data_acceptance
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.openapi.checks import (
    JsonSchemaError,
    RejectedPositiveData,
    UndefinedStatusCode,
)

from cooperation.catalogue import KINDS
from cooperation.rules.words import has_too_many_words
from tests.examples import world
from tests.worlds import merge, publish, sample, withdraw

from .closing import closed

# A handful with every run of the suite; `make proof-fuzz` asks for 10,000 in all.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "1"))
DESCRIPTION = "/api/v1/openapi.json"
OPERATIONS = 11 + 11 * len(KINDS)
# Names that the world knows: most that can be made up are nobody's.
KEYS = [
    "korea-china-cultural-fund",
    "tmall-global-kmall24-link",
    "government-of-korea",
    "merged",
    "withdrawn",
]
QUERY_BYTES = 4_000

pytestmark = pytest.mark.once


@pytest.fixture
def portal(db):
    """A portal that has records, one withdrawn and one merged, as a program that servers call."""
    publish(*world(), sample("organization", "merged"), sample("source", "withdrawn"))
    merge("organization", "merged", "government-of-korea")
    withdraw("source", "withdrawn")
    # Requests leave the test's own connections open, as those of Django's test client do.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    logging.disable(logging.WARNING)
    yield get_wsgi_application()
    logging.disable(logging.NOTSET)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def description(portal):
    """What the portal says of itself, taken at its word: nothing else may stand in answers."""
    return closed(schemathesis.openapi.from_wsgi(DESCRIPTION, portal).raw_schema)


def operations_of(described, portal):
    """The operations of a description, to be asked of that portal."""
    schema = schemathesis.openapi.from_dict(described)
    schema.app = portal
    # A record that was merged or withdrawn answers so to whoever asks rightly.
    expected = ["200", "301", "304", "404", "410"]
    schema.config.checks.positive_data_acceptance.expected_statuses = expected
    return {found.ok().label: found.ok() for found in schema.get_all_operations()}


@pytest.mark.parametrize("mode", GenerationMode)
def test_every_answer_is_one_that_the_description_tells_of(portal, mode):
    operations = operations_of(description(portal), portal)
    assert len(operations) == OPERATIONS
    statuses, begun = Counter(), time.monotonic()
    for operation in operations.values():
        # What takes no parameters but a header can be asked for nothing wrong.
        if mode is GenerationMode.POSITIVE or [*operation.query, *operation.path_parameters]:
            try_out(operation, mode, statuses)
    told = ", ".join(f"{status}: {count:,}" for status, count in sorted(statuses.items()))
    print(
        f"\n{mode.value}: {statuses.total():,} cases of {len(operations)} operations "
        f"in {time.monotonic() - begun:.0f} s ({told}); none undocumented",
        file=sys.stderr,
    )
    assert max(statuses) < 500


def without_the_answer_410(described):
    del described["paths"]["/api/v1/sources/{key}/"]["get"]["responses"]["410"]
    return "GET /api/v1/sources/{key}/", GenerationMode.POSITIVE


def with_pages_of_any_size(described):
    del parameter(described, "/api/v1/changes/", "page_size")["schema"]["maximum"]
    return "GET /api/v1/changes/", GenerationMode.POSITIVE


def with_an_office_that_is_a_number(described):
    (content,) = described["paths"]["/api/v1/"]["get"]["responses"]["200"]["content"].values()
    content["schema"]["properties"]["office"] = {"type": "integer"}
    return "GET /api/v1/", GenerationMode.POSITIVE


def without_the_member_office(described):
    (content,) = described["paths"]["/api/v1/"]["get"]["responses"]["200"]["content"].values()
    del content["schema"]["properties"]["office"]
    content["schema"]["required"].remove("office")
    return "GET /api/v1/", GenerationMode.POSITIVE


def without_a_member_of_documents(described):
    del described["components"]["schemas"]["FundStatus"]["properties"]["confirmed"]
    described["components"]["schemas"]["FundStatus"]["required"].remove("confirmed")
    return "GET /api/v1/funds/", GenerationMode.POSITIVE


def without_a_sort_of_problem(described):
    sorts = described["components"]["schemas"]["Problem"]["properties"]["type"]["enum"]
    sorts.remove("/api/v1/#wrong-parameter")
    return "GET /api/v1/gazette/", GenerationMode.NEGATIVE


def with_a_header_that_is_not_sent(described):
    described["components"]["headers"]["Link"]["schema"] = {"enum": ["none"]}
    return "GET /api/v1/search/", GenerationMode.POSITIVE


def parameter(described, path, name):
    """That parameter of the operation at a path."""
    listed = described["paths"][path]["get"]["parameters"]
    return next(one for one in listed if one.get("name") == name)


@pytest.mark.parametrize(
    ("falsified", "failure"),
    [
        (without_the_answer_410, UndefinedStatusCode),
        (with_pages_of_any_size, RejectedPositiveData),
        (with_an_office_that_is_a_number, JsonSchemaError),
        (without_the_member_office, JsonSchemaError),
        (without_a_member_of_documents, JsonSchemaError),
        (without_a_sort_of_problem, JsonSchemaError),
        (with_a_header_that_is_not_sent, JsonSchemaError),
    ],
)
def test_description_that_says_something_else_is_noticed(portal, falsified, failure):
    """The control: one thing said that is not so."""
    described = description(portal)
    label, mode = falsified(described)
    with pytest.raises(FailureGroup) as found:
        try_out(operations_of(described, portal)[label], mode, Counter(), examples=60)
    assert {type(one) for one in found.value.exceptions} == {failure}


def try_out(operation, mode, statuses, examples=EXAMPLES):
    """Ask one operation for many things, right ones or wrong ones."""

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        # Always the same, but where so many are asked for that luck plays no part.
        derandomize=EXAMPLES < 10,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), known=st.sampled_from([None, *KEYS]))
    def answered(case, known):
        if known and mode is GenerationMode.POSITIVE and "key" in case.path_parameters:
            case.path_parameters["key"] = known
        # Nothing between it and the portal unpacks what is packed.
        answer = case.call(headers={"Accept-Encoding": "identity"})
        statuses[answer.status_code] += 1
        case.validate_response(answer, excluded_checks=LEFT_OUT[mode](case))

    answered()


def left_out_of_right(case):
    """Which checks cannot be made of a right case, as no schema can say that it is."""
    query = case.query or {}
    reasons = {
        "which cursors a list gave out": query.get("cursor") and "editions" not in case.path,
        "how many words a text is": has_too_many_words(str(query.get("q", ""))),
        "that an amount stands beside one currency": {"amount_min", "amount_max"} & query.keys()
        and len(query.get("currency", [])) != 1,
        "how long a whole query is": len(urlencode(query, doseq=True)) > QUERY_BYTES,
    }
    return [positive_data_acceptance] if any(reasons.values()) else []


def left_out_of_wrong(case):
    """Which checks cannot be made of a wrong case: in an address nothing is not sent, and null is a word."""
    values = (case.query or {}).values()
    return [negative_data_rejection] if any(value in (None, [], {}) for value in values) else []


LEFT_OUT = {
    GenerationMode.POSITIVE: left_out_of_right,
    GenerationMode.NEGATIVE: left_out_of_wrong,
}
