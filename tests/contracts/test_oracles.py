"""A program that asks cleverly learns nothing of a draft: not one letter of its title or key."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client

from cooperation.catalogue import KINDS
from cooperation.desk import editing
from cooperation.desk.models import Fund, Initiative, Organization, Source
from cooperation.gazette import listing
from tests.examples import world
from tests.worlds import publish

from .sweeping import ask

# The asker knows how it begins, and no other text begins so.
BEGINNING = "zqzq"
SECRET = "zqzqvexqi"
ALPHABET = "aeiqvx"
# Comes before every guess that can be right, so that an answer about it is that of a wrong guess.
WRONG = "b"


def cursor(sort: str, title: str, backwards: int = 0) -> str:
    """A cursor that stands at a title of the asker's own choice."""
    place = json.dumps([sort, backwards, title.encode().hex(), 2], separators=(",", ":"))
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def questions() -> dict[str, Callable[[str], str]]:
    """Every way to put a guess to the portal: an address for each guess, by what is asked."""
    found: dict[str, Callable[[str], str]] = {
        "search page": lambda guess: f"/search/?q={guess}",
        "search": lambda guess: f"/api/v1/search/?q={guess}",
    }
    for kind in KINDS.values():
        api = f"/api/v1/{kind.plural}/"
        found |= {
            f"{kind.name} page": lambda guess, kind=kind: f"/{kind.plural}/{guess}/",
            f"{kind.name} history": lambda guess, kind=kind: f"/{kind.plural}/{guess}/history/",
            f"{kind.name} references": lambda guess, api=api: f"{api}{guess}/references/",
            f"{kind.name} words": lambda guess, api=api: f"{api}?q={guess}",
            f"{kind.name} feed": lambda guess, kind=kind: f"/{kind.plural}/feed.atom?q={guess}",
            f"{kind.name} place": lambda guess, api=api: (
                f"{api}?sort=title&cursor={cursor('title', guess)}"
            ),
            f"{kind.name} place from behind": lambda guess, api=api: (
                f"{api}?sort=-title&cursor={cursor('-title', guess, 1)}"
            ),
            f"{kind.name} date": lambda guess, api=api: (
                f"{api}?date_after={1000 + len(guess)}&q={guess}"
            ),
        }
        found |= {
            f"{kind.name} facets by {facet}": lambda guess, kind=kind, facet=facet: (
                f"/api/v1/facets/{kind.plural}/?{facet}={guess}"
            )
            for facet in kind.all_facets
            if facet in KINDS
        }
    return found


def recovered(client: Client, question: Callable[[str], str]) -> str:
    """As many letters of the secret as the question gives away, one after the other."""
    known = BEGINNING
    for letter in SECRET.removeprefix(BEGINNING):
        seen = {guess: look(client, question, known + guess) for guess in [*ALPHABET, WRONG]}
        usual = Counter(seen.values()).most_common(1)[0][0]
        telling = [guess for guess, answer in seen.items() if answer != usual]
        if letter not in telling:
            break
        known += letter
    return known.removeprefix(BEGINNING)


def look(client: Client, question: Callable[[str], str], guess: str) -> tuple[object, ...]:
    """What can be seen of an answer, but for the guess that it repeats."""
    address = question(guess)
    answer = ask(client, address)
    body = answer.body.replace(guess.encode(), b"").replace(address.encode(), b"")
    for name in ("title", "-title"):
        for way in (0, 1):
            body = body.replace(cursor(name, guess, way).encode(), b"")
    return answer.status, body, answer.queries


@pytest.fixture
def drafts(db) -> None:
    """A draft of every kind whose key, title and texts are the secret, beside a published world."""
    publish(*world())
    for model, values in (
        (Organization, {"type": "firm"}),
        (Source, {"type": "law", "kept_text": SECRET}),
        (Fund, {"purpose": {"en": SECRET}}),
        (Initiative, {"summary": {"en": SECRET}}),
    ):
        titles = dict.fromkeys(("en", "ko", "zh-Hans"), SECRET)
        editing.save(model(key=SECRET, title=titles, **values), by=None, reason=SECRET)


@pytest.mark.django_db
def test_no_letter_of_a_draft_is_recovered_through_any_parameter(drafts, client):
    assert {name: recovered(client, asked) for name, asked in questions().items()} == dict.fromkeys(
        questions(), ""
    )


@pytest.mark.django_db
def test_whole_title_is_answered_like_any_other_word(drafts, client):
    for name, asked in questions().items():
        assert look(client, asked, SECRET) == look(client, asked, "zqzqvexqa"), name


@pytest.mark.django_db
def test_program_recovers_the_title_from_a_filter_that_reads_the_desk(drafts, client, monkeypatch):
    """The control."""
    matching = listing.matching

    def looking_at_drafts(queryset, q, kind=""):
        is_there = Fund.objects.filter(title_en__startswith=q).exists()
        return queryset if is_there else matching(queryset, q, kind)

    monkeypatch.setattr(listing, "matching", looking_at_drafts)
    assert recovered(client, questions()["fund words"]) == "vexqi"
