"""What an edition changed, as the interface tells it: path, before and after, as long as both texts stand."""

import dataclasses

import pytest

from cooperation.catalogue import KINDS
from cooperation.gazette import shapes
from cooperation.gazette.entering import reissue
from cooperation.gazette.redacting import redact
from cooperation.gazette.shapes import organizations
from tests.worlds import OFFICE, merge, publish, reference, sample, texts, withdraw

from .reading import API, cost, get

pytestmark = pytest.mark.django_db


def changes(client, number, kind="organization", key="a"):
    return get(client, f"{KINDS[kind].plural}/{key}/editions/{number}/")["changes"]


def change(path, before, after):
    return {"path": path, "before": before, "after": after}


def test_an_edition_tells_each_value_that_it_changed_in_reading_order(client):
    publish(sample("organization", "hub"), sample("organization", "a", founded="1999"))
    hub = reference("organization", "hub")
    publish(
        sample(
            "organization", "a", founded="1998", title=texts("A", "가"), part_of=hub, type="firm"
        )
    )
    shown = {"kind": "organization", "key": "hub", "url": "/organizations/hub/"}
    assert changes(client, 3) == [
        change("founded", "1999", "1998"),
        change("part_of", None, {**shown, "title": texts("Hub")}),
        change("title/ko", None, "가"),
        change("type", None, "firm"),
    ]


def test_what_was_refreshed_tells_the_label_that_changed(client):
    hub = reference("organization", "hub")
    publish(sample("organization", "hub"), sample("organization", "a", part_of=hub))
    publish(sample("organization", "hub", title=texts("Renamed")))
    (told,) = changes(client, 4)
    assert (told["path"], told["before"]["title"]["en"], told["after"]["title"]["en"]) == (
        "part_of",
        "Hub",
        "Renamed",
    )


def test_parts_are_told_one_by_one(client):
    name = {"type": "official", "text": "A", "lang": "en", "from": None, "until": None}
    publish(sample("organization", "a", names=[{"id": "one", **name}, {"id": "two", **name}]))
    publish(
        sample(
            "organization",
            "a",
            names=[{"id": "one", **name, "text": "B"}, {"id": "new", **name}],
        )
    )
    assert changes(client, 2) == [
        change("names/one/text", "A", "B"),
        change("names/two", {"id": "two", **name}, None),
        change("names/new", None, {"id": "new", **name}),
    ]


def test_where_there_are_no_two_documents_nothing_is_compared(client):
    publish(sample("organization", "a"))
    withdraw("organization", "a")
    assert [changes(client, 1), changes(client, 2)] == [None, None]


def test_what_is_published_again_is_compared_with_what_was_withdrawn(client):
    publish(sample("organization", "a", founded="1999"))
    withdraw("organization", "a")
    publish(sample("organization", "a", founded="2000"))
    assert changes(client, 3) == [change("founded", "1999", "2000")]
    withdraw("organization", "a")
    publish(sample("organization", "a", founded="2000"))
    assert changes(client, 5) == []


def test_what_was_merged_is_compared_with_nothing(client):
    publish(sample("organization", "a"), sample("organization", "b"))
    merge("organization", "a", "b")
    assert changes(client, 3) is None


SECRET = "What the court forbids"


def test_text_that_was_removed_stands_in_the_changes_of_no_edition(client):
    publish(sample("organization", "a"))
    publish(sample("organization", "a", title=texts(SECRET)))
    publish(sample("organization", "a", title=texts("Harmless")))
    publish(sample("organization", "a", title=texts("Harmless"), founded="1999"))
    addresses = [f"{API}organizations/a/editions/{number}/" for number in range(1, 6)]
    assert [SECRET.encode() in client.get(address).content for address in addresses[:4]] == [
        False,
        True,
        True,
        False,
    ]
    redact([2], reason="An order of the court.", office=OFFICE)
    assert not [a for a in addresses if SECRET.encode() in client.get(a).content]
    assert [changes(client, number) for number in range(1, 6)] == [
        None,
        None,
        None,
        [change("founded", None, "1999")],
        None,
    ]


@pytest.fixture
def rise(monkeypatch):
    """A second schema of organizations, in which years are written as months."""

    def risen():
        second = dataclasses.replace(
            organizations.SHAPE,
            version=2,
            upgrades={1: lambda old: {**old, "founded": f"{old['founded']}-01"}},
        )
        monkeypatch.setattr(organizations, "SHAPE", second)
        shapes.shape.cache_clear()

    yield risen
    monkeypatch.undo()
    shapes.shape.cache_clear()


def test_old_documents_are_compared_in_the_newest_schema(client, rise):
    publish(sample("organization", "a", founded="1999"))
    publish(sample("organization", "a", founded="2000"))
    rise()
    assert changes(client, 2) == [change("founded", "1999-01", "2000-01")]
    # It describes documents of the newest schema, of which this is none.
    assert "describedby" not in client.get(f"{API}organizations/a/editions/2/")["Link"]
    reissue(reason="A new schema.", office=OFFICE)
    assert changes(client, 3) == []


def test_what_an_edition_changed_costs_three_queries_however_much_it_is(client):
    name = {"type": "official", "text": "A", "lang": "en", "from": None, "until": None}
    publish(sample("organization", "a"))
    publish(sample("organization", "a", names=[{"id": f"n{n}", **name} for n in range(300)]))
    for _time in range(20):
        publish(sample("organization", "a"))
        publish(sample("organization", "a", founded="1999"))
    assert len(changes(client, 2)) == 300
    for number in (1, 2, 30):
        assert cost(client, f"{API}organizations/a/editions/{number}/") == 3
    withdraw("organization", "a")
    assert cost(client, f"{API}organizations/a/editions/43/") == 2


def test_the_list_of_editions_holds_headers_alone(client):
    publish(sample("organization", "a"))
    publish(sample("organization", "a", founded="1999"))
    for header in get(client, "organizations/a/editions/")["results"]:
        assert header.keys() & {"changes", "changed", "document"} == set()
