"""What the interface refuses in the lists of every kind, and what it finds nothing for."""

import pytest

from cooperation.catalogue import KINDS
from cooperation.faces.filters import facet_vocabulary, filterset
from tests.worlds import publish, sample

from .reading import API, body, get, keys
from .test_api_refusals import SORTS, fault

pytestmark = pytest.mark.django_db

# Every face of the interface that reads the filters of a kind.
ADDRESSES = (
    "{plural}/",
    "facets/{plural}/",
    "exports/{plural}.ndjson",
    "exports/{plural}.csv",
    "exports/{plural}.xlsx",
)


def addresses(kind):
    return [address.format(plural=KINDS[kind].plural) for address in ADDRESSES]


def facets(kind, *, of_codes):
    names = KINDS[kind].all_facets
    return [name for name in names if bool(facet_vocabulary(kind, name)) == of_codes]


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_code_is_named_with_all_that_there_are(client, kind):
    for path in addresses(kind):
        for facet in facets(kind, of_codes=True):
            found = fault(client, f"{path}?{facet}=rumour")
            assert (found["parameter"], found["value"]) == (facet, "rumour")
            assert found["allowed"] == list(facet_vocabulary(kind, facet).codes)


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_order_is_named_with_all_that_there_are(client, kind):
    for path in addresses(kind):
        found = fault(client, f"{path}?sort=size")
        assert (found["parameter"], found["value"], found["allowed"]) == ("sort", "size", SORTS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_parameter_is_named_with_all_that_there_are(client, kind):
    for path in addresses(kind):
        found = fault(client, f"{path}?rumour=1")
        assert found["parameter"] == "rumour"
        of_pages = {"cursor", "page_size", "count", "fields", "omit"}
        assert set(found["allowed"]) - of_pages == filterset(kind).base_filters.keys()
        assert (of_pages < set(found["allowed"])) == (path == f"{KINDS[kind].plural}/")


@pytest.mark.parametrize("kind", KINDS)
def test_a_cursor_of_no_list_and_a_time_that_is_none_are_refused(client, kind):
    found = fault(client, f"{KINDS[kind].plural}/?cursor=rumour")
    assert found["detail"].endswith("Begin again without it.")
    for path in addresses(kind):
        assert "neither a date" in fault(client, f"{path}?updated_after=rumour")["detail"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_that_names_nothing_public_finds_nothing(client, kind):
    publish(sample(kind, "one"))
    for facet in facets(kind, of_codes=False):
        asked = f"{facet}=nobody-at-all"
        answer = get(client, f"{KINDS[kind].plural}/?{asked}")
        assert (answer["count"], keys(answer)) == (0, [])
        for path in addresses(kind)[2:]:
            response = client.get(f"{API}{path}?{asked}")
            assert response.status_code == 200
            assert b"nobody-at-all" not in body(response)
        others = get(client, f"facets/{KINDS[kind].plural}/?{asked}")
        assert not any(values for name, values in others.items() if name != facet)
