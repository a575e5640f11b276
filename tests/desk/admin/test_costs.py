"""What saving a form costs: rows that nobody has touched cost nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperation.desk.models import Commitment
from tests.desk.admin.filling import PASSED, SHOWN_AGAIN, change_page, editor, filled, with_row
from tests.desk.records import cite, fund, organization

# What it costs and shows does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def rows(numbers):
    givers = [organization(f"giver-{n}") for n in numbers]
    commitments = [
        Commitment(contributor=giver, amount="1", currency="KRW", stage="paid") for giver in givers
    ]
    return [*commitments, *(cite(f"commitments/giver-{n}/amount", note="a\nb") for n in numbers)]


def asked(client, record, sent, status=PASSED):
    """The questions to the database that saving the form costs."""
    with CaptureQueriesContext(connection) as queries:
        assert client.post(change_page(record), sent).status_code == status
    return [query["sql"] for query in queries]


def as_browsers_send(sent):
    """The same with the ends of lines that every browser sends."""
    return {
        name: value.replace("\n", "\r\n") if isinstance(value, str) else value
        for name, value in sent.items()
    }


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, PASSED),
        ({"title_en": "New", "commitments-1-stage": "pledged"}, PASSED),
        ({"key": "No Key"}, SHOWN_AGAIN),
    ],
)
def test_rows_that_nobody_has_touched_cost_nothing(values, status):
    client, costs = editor(), []
    for record in (fund("few", *rows(range(3))), fund("more", *rows(range(3, 33)))):
        sent = as_browsers_send(filled(client.get(change_page(record))))
        costs.append(len(asked(client, record, {**sent, **values}, status)))
    assert costs[0] == costs[1] < 70


def test_what_changed_rows_refer_to_is_looked_up_at_once():
    client, costs = editor(), []
    for record in (fund("few", *rows(range(3))), fund("more", *rows(range(3, 33)))):
        sent = filled(client.get(change_page(record)))
        for place in range(record.commitments.count()):
            sent[f"commitments-{place}-stage"] = "pledged"
        giver = record.commitments.first().contributor
        for _again in range(record.commitments.count()):
            sent = with_row(sent, "commitments", contributor=giver.pk, stage="paid")
        queries = asked(client, record, sent)
        costs.append(sum('FROM "desk_organization"' in query for query in queries))
        row = record.commitments.get(position=2)
        assert (row.stage, row.history.count()) == ("pledged", 2)
    assert costs[0] == costs[1]


def test_what_new_rows_refer_to_is_looked_up_at_once():
    client, costs = editor(), []
    for record, count in ((fund("few"), 3), (fund("more"), 30)):
        givers = [organization(f"{record.key}-{n}") for n in range(count)]
        sent = filled(client.get(change_page(record)))
        for giver in givers:
            sent = with_row(sent, "commitments", contributor=giver.pk, stage="paid")
        queries = asked(client, record, sent)
        costs.append(sum('FROM "desk_organization"' in query for query in queries))
        assert {row.contributor for row in record.commitments.all()} == set(givers)
    assert costs[0] == costs[1]
