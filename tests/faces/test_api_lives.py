"""The life of a record of every kind, and what is said of it at every instant between."""

import pytest
import time_machine

from cooperation.catalogue import KINDS
from tests.worlds import merge, publish, reference, sample, texts, withdraw

from .reading import API

pytestmark = pytest.mark.django_db

BEGINS = "2026-01-01T00:00:00Z"
# A list of references, or a single one, by which a record of each kind names an organization.
NAMES_THE_HUB = {
    "organization": ("part_of", False),
    "person": ("posts", "organization"),
    "platform": ("operator", False),
    "initiative": ("participants", "organization"),
    "agreement": ("parties", "organization"),
    "fund": ("manager", False),
    "engagement": ("subjects", True),
    "statement": ("organization", False),
    "source": ("publisher", False),
}
# Instant, status, and the title, reason, successor or beginning that the answer tells.
TOLD = [
    ("2025-12-31T23:59:59Z", 404, BEGINS),
    ("2026-01-01T00:00:00Z", 404, None),
    ("2026-01-31T23:59:59Z", 404, None),
    ("2026-02-01T00:00:00Z", 200, ("First", "Hub")),
    ("2026-02-28T23:59:59Z", 200, ("First", "Hub")),
    ("2026-03-01T00:00:00Z", 200, ("Second", "Hub")),
    ("2026-03-31T23:59:59.999999Z", 200, ("Second", "Hub")),
    ("2026-04-01T00:00:00Z", 200, ("Second", "Renamed")),
    ("2026-04-30T23:59:59Z", 200, ("Second", "Renamed")),
    ("2026-05-01T00:00:00Z", 410, "It was doubtful."),
    ("2026-05-31T23:59:59Z", 410, "It was doubtful."),
    ("2026-06-01T00:00:00Z", 200, ("Third", "Renamed")),
    ("2026-06-30T23:59:59Z", 200, ("Third", "Renamed")),
    ("2026-07-01T00:00:00Z", 301, "heir"),
    ("2100-01-01T00:00:00Z", 301, "heir"),
]


def naming(kind):
    """The members by which a record of that kind names the hub."""
    member, inside = NAMES_THE_HUB[kind]
    hub = reference("organization", "hub")
    if inside is True:
        return {member: [hub]}
    if inside is False:
        return {member: hub}
    parts = {
        "posts": {"title": texts("Head"), "from": None, "until": None, "attested": None},
        "participants": {"role": "proposer", "from": None, "until": None},
        "parties": {"country": None},
    }
    return {member: [{"id": "one", inside: hub, **parts[member]}]}


def hub_in(document):
    """What the document calls the hub."""
    member, inside = NAMES_THE_HUB[document["kind"]]
    value = document[member]
    if inside:
        value = value[0] if inside is True else value[0][inside]
    return value["title"]["en"]


def live(kind):
    """Published, changed, refreshed, withdrawn, published again, merged: a month for each."""

    def entered(title):
        return sample(kind, "a", title=texts(title), **naming(kind))

    acts = [
        (BEGINS, lambda: publish(sample("organization", "hub"), sample(kind, "heir"))),
        ("2026-02-01T00:00:00Z", lambda: publish(entered("First"))),
        ("2026-03-01T00:00:00Z", lambda: publish(entered("Second"))),
        (
            "2026-04-01T00:00:00Z",
            lambda: publish(sample("organization", "hub", title=texts("Renamed"))),
        ),
        ("2026-05-01T00:00:00Z", lambda: withdraw(kind, "a", reason="It was doubtful.")),
        ("2026-06-01T00:00:00Z", lambda: publish(entered("Third"))),
        ("2026-07-01T00:00:00Z", lambda: merge(kind, "a", "heir")),
    ]
    for moment, act in acts:
        with time_machine.travel(moment, tick=False):
            act()


def told(client, kind, instant):
    """Status, and what the answer tells, at that instant."""
    plural = KINDS[kind].plural
    answer = client.get(f"{API}{plural}/a/?as_of={instant}")
    if answer.status_code == 301:
        path = f"{API}{plural}/{{}}/?as_of={instant}"
        heir = answer["Location"].removeprefix(f"{API}{plural}/").partition("/")[0]
        assert answer["Location"] == path.format(heir)
        return 301, heir
    found = answer.json()
    if answer.status_code == 200:
        assert f"/{plural}/a/editions/{found['edition']['number']}/" in answer["Link"]
        return 200, (found["title"]["en"], hub_in(found))
    return answer.status_code, found.get("reason") or found.get("begins")


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_can_be_asked_for_at_every_instant_of_its_life(client, kind):
    live(kind)
    assert [(instant, *told(client, kind, instant)) for instant, _status, _said in TOLD] == TOLD


def test_what_it_led_to_in_the_end_is_answered_as_it_stood_then(client):
    live("fund")
    led = client.get(f"{API}funds/a/?as_of=2026-07-01T00:00:00Z", follow=True)
    assert (led.status_code, led.json()["key"]) == (200, "heir")


def test_a_record_that_was_not_there_yet_is_another_problem_than_one_that_never_was(client):
    live("fund")
    asked = {
        "funds/a/?as_of=2026-01-15": "/api/v1/#not-yet",
        "funds/a/?as_of=2025-01-15": "/api/v1/#before-register",
        "funds/nobody/": "/api/v1/#no-record",
    }
    assert {path: client.get(API + path).json()["type"] for path in asked} == asked


def test_a_life_told_by_the_present_alone_turns_the_table_red(client, monkeypatch):
    """The control."""
    from cooperation.gazette import reading

    live("fund")
    newest = reading.in_force("fund", "a", reading.instant("2026-06-15"))
    monkeypatch.setattr(reading, "in_force", lambda *_asked: newest)
    found = [(instant, *told(client, "fund", instant)) for instant, _status, _said in TOLD]
    assert found != TOLD
