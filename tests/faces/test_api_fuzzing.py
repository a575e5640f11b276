"""The interface against its own description: whatever is asked, it answers as it says."""

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
from schemathesis.checks import positive_data_acceptance
from schemathesis.generation import GenerationMode

from cooperation.catalogue import KINDS
from cooperation.rules.words import has_too_many_words
from tests.examples import world
from tests.worlds import merge, publish, sample, withdraw

# A handful with every run of the suite; `make proof-fuzz` asks for 10,000 in all.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "1"))
# All but the description itself, which schemathesis leaves out.
OPERATIONS = 6 + 11 * len(KINDS)
# Names that the world knows: most that can be made up are nobody's.
KEYS = ["korea-china-cultural-fund", "tmall-global-kmall24-link", "government-of-korea", "merged"]
QUERY_BYTES = 4_000

pytestmark = pytest.mark.once


@pytest.fixture
def kept_connections():
    """Requests leave the test's own connections open, as those of Django's test client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def schema(db, kept_connections):
    """The description of a portal that has records, one withdrawn and one merged."""
    publish(*world(), sample("organization", "merged"), sample("source", "withdrawn"))
    merge("organization", "merged", "government-of-korea")
    withdraw("source", "withdrawn")
    found = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    # A record that was merged or withdrawn answers so to whoever asks rightly.
    expected = ["200", "301", "304", "404", "410"]
    found.config.checks.positive_data_acceptance.expected_statuses = expected
    return found


@pytest.mark.parametrize("mode", GenerationMode)
def test_every_answer_is_one_that_the_description_tells_of(schema, mode):
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == OPERATIONS
    statuses, begun = Counter(), time.monotonic()
    for operation in operations:
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


def try_out(operation, mode, statuses):
    """Ask one operation for many things, right ones or wrong ones."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
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
        case.validate_response(answer, excluded_checks=left_out(case))

    answered()


def left_out(case):
    """Which checks cannot be made of a case, as no schema can say what is right."""
    query = case.query or {}
    reasons = {
        "which cursors a list gave out": query.get("cursor") and "editions" not in case.path,
        "how many words a text is": has_too_many_words(str(query.get("q", ""))),
        "that an amount stands beside one currency": {"amount_min", "amount_max"} & query.keys()
        and len(query.get("currency", [])) != 1,
        "how long a whole query is": len(urlencode(query, doseq=True)) > QUERY_BYTES,
    }
    return [positive_data_acceptance] if any(reasons.values()) else []
