"""Pages read their queries as the interface does: what it refuses they leave out and name, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from cooperation.faces import fields
from cooperation.faces.filters import filterset
from tests.examples import world
from tests.worlds import publish

from .hostile import VALUES

# What the interface refuses and pages take for nothing: the fields of a form that were left blank.
BLANK = ""
# One value in so many of each filter.
SHARE = 25
NEAR = {
    "amount_min": ["5", "-0.5", "0005.50", "5.000000000", "9" * 30],
    "amount_max": ["5 ", "5.", ".5", "5e3", "9" * 31, "1,000"],
    "date_after": ["2015", "2015-01", "2015-01-28", "2015-01-28 ", "%EF%BC%92015"],
    "updated_after": ["2015-01-28", "2015-01-28T09:00Z", "2015-01-28T09:00:00%2B09:00", "2015"],
    "sort": ["title", "title ", "-date", "Title"],
    "organization": ["alibaba-group", "alibaba-group ", "Alibaba"],
}


def queries() -> Iterator[str]:
    """Each filter of funds with its share of values that mislead, and with some that nearly do not."""
    for number, name in enumerate(filterset("fund").base_filters):
        beside = "" if name == "currency" else "&currency=KRW"
        found = [value for n, value in enumerate(VALUES, number) if n % SHARE == 0]
        for value in [*found, *NEAR.get(name, [])]:
            if value != BLANK:
                yield f"{name}={value}{beside}"
        yield f"{name}=a&{name}=b{beside}"


def differences(client: Client) -> Iterator[str]:
    """Each query that one of the two understands and the other does not."""
    for query in queries():
        page = client.get(f"/funds/?{query}")
        is_refused = client.get(f"/api/v1/facets/funds/?{query}").status_code == 400
        if (page.status_code == 400 or b"could be understood" in page.content) != is_refused:
            yield query


@pytest.mark.once
@pytest.mark.django_db
def test_a_page_leaves_out_and_names_what_the_interface_refuses_and_nothing_else(client):
    publish(*world())
    assert list(differences(client)) == []


@pytest.mark.once
@pytest.mark.django_db
def test_a_page_that_reads_more_kindly_is_noticed(client, monkeypatch):
    """The control: one that takes the last of several values, as forms do."""
    monkeypatch.setattr(
        fields.OneField,
        "to_python",
        lambda field, value: field.meaning(value[-1]) if value and value[-1] else None,
    )
    assert any(differences(client))
