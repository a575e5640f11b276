"""A program that asks cleverly learns nothing of a draft: not one letter of its title or key."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client

from cooperation.catalogue import KINDS
from cooperation.desk import editing
from cooperation.desk.models import Announcement, Fund, Initiative, Organization, Source
from cooperation.faces.filters import WordsFilter
from cooperation.gazette import listing
from tests.examples import world
from tests.worlds import publish

from .sweeping import ask

# The asker knows how it begins, and no other text begins so.
BEGINNING = "zqzq"
SECRET = "zqzqvexqi"
# Below it nothing public lies, and the asker knows how much it is at most.
SECRET_SUM = 37_654
MOST_SUM = 2**16
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
            f"{kind.name} change": lambda guess, api=api: (
                f"{api}?updated_after=2015-01-28&q={guess}"
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
        (Initiative, {"summary": {"en": SECRET}}),
    ):
        titles = dict.fromkeys(("en", "ko", "zh-Hans"), SECRET)
        editing.save(model(key=SECRET, title=titles, **values), by=None, reason=SECRET)
    titles = dict.fromkeys(("en", "ko", "zh-Hans"), SECRET)
    fund = Fund(key=SECRET, title=titles, purpose={"en": SECRET})
    parts = [Announcement(record=fund, amount=str(SECRET_SUM), currency="KRW")]
    editing.save(fund, by=None, reason=SECRET, parts=parts)


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
    looking = WordsFilter.filter

    def looking_at_drafts(words, queryset, q):
        is_there = q and Fund.objects.filter(title_en__startswith=q).exists()
        return queryset if is_there else looking(words, queryset, q)

    monkeypatch.setattr(WordsFilter, "filter", looking_at_drafts)
    assert recovered(client, questions()["fund words"]) == "vexqi"


# What an answer repeats of the sums that it was asked for.
REPEATED = re.compile(r'amount_m(in|ax)=-?\d+|value="-?\d+"|-?₩[\d.,]+( \w+)?')
Sums = Callable[[int, int], tuple[object, ...]]


def sums(client: Client) -> dict[str, Sums]:
    """Every way to ask which sums there are from one to another: what is seen, by what is asked."""

    def asked(path: str) -> Sums:
        def seen(least: int, most: int) -> tuple[object, ...]:
            answer = ask(client, f"{path}?currency=KRW&amount_min={least}&amount_max={most}")
            return answer.status, REPEATED.sub("", answer.body.decode()), answer.queries

        return seen

    api = "/api/v1/"
    return {
        "page": asked("/funds/"),
        "feed": asked("/funds/feed.atom"),
        "list": asked(f"{api}funds/"),
        "facets": asked(f"{api}facets/funds/"),
        "lines": asked(f"{api}exports/funds.ndjson"),
        "table": asked(f"{api}exports/funds.csv"),
    }


def bisected(seen: Sums) -> int | None:
    """The secret sum, as far as halving what it can be leads to it; None where nothing is learned."""
    low, high, is_told = 1, MOST_SUM, False
    nothing = seen(-2, -1)
    while low < high:
        middle = (low + high) // 2
        is_there = seen(low, middle) != nothing
        low, high = (low, middle) if is_there else (middle + 1, high)
        is_told |= is_there
    return low if is_told else None


@pytest.mark.django_db
def test_amount_of_a_draft_is_not_found_by_halving(drafts, client):
    assert {name: bisected(seen) for name, seen in sums(client).items()} == dict.fromkeys(
        sums(client)
    )
    for seen in sums(client).values():
        assert seen(SECRET_SUM, SECRET_SUM) == seen(SECRET_SUM + 1, SECRET_SUM + 1)


@pytest.mark.django_db
def test_program_finds_the_amount_through_a_filter_that_reads_the_desk(drafts, client, monkeypatch):
    """The control."""
    sized = listing.sized

    def looking_at_drafts(queryset, currency, least=None, most=None):
        there = Announcement.objects.filter(currency=currency)
        there = there.filter(amount__gte=least) if least is not None else there
        there = there.filter(amount__lte=most) if most is not None else there
        return queryset if there else sized(queryset, currency, least=least, most=most)

    monkeypatch.setattr(listing, "sized", looking_at_drafts)
    assert bisected(sums(client)["list"]) == SECRET_SUM
