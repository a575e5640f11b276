"""The interface against its own description: whatever is asked, it answers as it says."""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import positive_data_acceptance
from schemathesis.generation import GenerationMode

from cooperation.catalogue import KINDS
from tests.examples import world
from tests.worlds import publish, withdraw

# A handful with every run of the suite; `make proof-fuzz` asks for 10,000 in all.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "1"))


@pytest.mark.once
@pytest.mark.django_db(transaction=True, databases=["default", "public"])
@pytest.mark.parametrize("mode", GenerationMode)
def test_every_answer_is_one_that_the_description_tells_of(live_server, mode):
    publish(*world())
    withdraw("fund", "korea-china-cultural-fund")
    schema = schemathesis.openapi.from_url(f"{live_server.url}/api/v1/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    # It leaves out the description itself.
    assert len(operations) == 10 + 11 * len(KINDS)
    for operation in operations:
        if mode is GenerationMode.POSITIVE or [*operation.query, *operation.path_parameters]:
            try_out(operation, mode)


def try_out(operation, mode):
    """Ask one operation for many things, right ones or wrong ones."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=EXAMPLES < 10,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def answered(case):
        # No schema can say which cursors were given out, or which days a calendar has.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    answered()
