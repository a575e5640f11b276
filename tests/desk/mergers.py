"""Records merged in tests of the desk, as a publisher does it."""

import pytest

from cooperation.desk.checks import Refused
from cooperation.desk.merging.acts import merge
from tests.desk.records import publisher

REASON = "One firm under two names."


def merged(loser, survivor, **more):
    """Merge the one into the other as the publisher does; both are read anew."""
    done = merge(loser, into=survivor, by=publisher(), reason=REASON, **more)
    for record in (loser, survivor):
        record.refresh_from_db()
    return done


def refused(loser, survivor, **more):
    """The codes of what speaks against it."""
    with pytest.raises(Refused) as refusal:
        merge(loser, into=survivor, **{"by": publisher(), "reason": REASON, **more})
    return [finding.code for finding in refusal.value.findings]
