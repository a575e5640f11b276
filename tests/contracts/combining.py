"""Asking for lists with several filters at once, for records at several moments, and once more with what is kept."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from django.test import Client

from cooperation.catalogue import KINDS

from .routes import public_routes
from .sweeping import AMOUNTS, CHANGED, Answer, Reach, ask, filled, is_list, of_route, values_of

SORTED = [f"sort={sign}{name}" for name in ("title", "date", "updated") for sign in ("", "-")]
MOMENTS = ("2015-01-28", "2026-03-01", "2026-03-02", "2026-03-02T03:00:00Z", "2099-12-31", "x")
# How many filters and orders are combined without a plan, of each kind.
COMBINED = 6
# How far the pages of a list are followed.
PAGES = 3
CURSOR = re.compile(r"[?&;\"]cursor=([\w-]+)")


class Request(NamedTuple):
    """What is asked of both portals: an address, the method, and whether an answer was kept from before."""

    address: str
    method: str = "GET"
    is_again: bool = False


def combined_addresses(reach: Reach) -> Iterator[str]:
    """Lists with two filters at once in every language, and records at several moments."""
    for route in public_routes():
        if is_list(route):
            asked = in_combination(route.kind or "", reach)
            yield from (f"{path}?{query}" for path in route.paths() for query in asked)
        elif route.arguments == ("key",):
            for given in filled(route, reach):
                paths = route.paths(**given)
                yield from (f"{path}?as_of={moment}" for path in paths for moment in MOMENTS)


def in_combination(kind: str, reach: Reach) -> list[str]:
    """Two filters each, and each filter, order and size of page with another."""
    facets = {facet: values_of(kind, facet, reach) for facet in KINDS[kind].all_facets}
    found = [
        f"{one}={facets[one][place]}&{other}={facets[other][place]}"
        for one, other in combinations(facets, 2)
        for place in (0, -1)
    ]
    found += [f"{facet}={values[0]}&{facet}={values[-1]}" for facet, values in facets.items()]
    found += [f"{facet}={values[0]}&date_after=2015" for facet, values in facets.items()]
    found += [f"{facet}={values[0]}&{SORTED[0]}" for facet, values in facets.items()]
    found += [f"{facet}={values[0]}&{CHANGED[0]}" for facet, values in facets.items()]
    if KINDS[kind].amount:
        # With a second currency it is refused.
        found += [f"{facet}={values[0]}&{AMOUNTS[0]}" for facet, values in facets.items()]
    found += [f"{order}&page_size={size}" for order in SORTED for size in (1, 2)]
    found += [f"q={word}&{order}" for word in reach.words for order in SORTED[:2]]
    return [*found, "date_after=2015-01&date_before=2015-12", "count=exact&page_size=1"]


def together(every: list[str], kind: str) -> Iterator[str]:
    """Filters and an order combined without a plan, the same with every run."""
    choose = random.Random(kind)
    of_name: dict[str, list[str]] = {}
    for query in every:
        of_name.setdefault(query.split("=")[0], []).append(query)
    for _ in range(COMBINED):
        names = choose.sample(sorted(of_name), choose.randint(2, 4))
        yield "&".join(choose.choice(of_name[name]) for name in names)


def all_requests(reach: Reach) -> Iterator[Request]:
    """Every address of the sweep as GET, as HEAD and once more; and what is asked for in combination."""
    for route in public_routes():
        for address in of_route(route, reach):
            yield Request(address)
            yield Request(address, "HEAD")
            yield Request(address, is_again=True)
    yield from (Request(address) for address in combined_addresses(reach))


def some_requests(reach: Reach, most: int) -> list[Request]:
    """All requests, or at random so many of them; each route then at least once, where so many are enough."""
    everything = list(dict.fromkeys(all_requests(reach)))
    if most >= len(everything):
        return everything
    of_routes = [random.choice([*of_route(route, reach)]) for route in public_routes()]
    chosen = random.sample([Request(address) for address in of_routes], min(most, len(of_routes)))
    return [*chosen, *random.sample(everything, most - len(chosen))]


def answers_of(client: Client, requests: Iterable[Request]) -> dict[Request, Answer]:
    """The answer to each request; whoever asks again has kept what the portal answered just before."""
    found: dict[Request, Answer] = {}
    for request in requests:
        found[request] = answer_of(client, request)
    return found


def answer_of(client: Client, request: Request) -> Answer:
    """The answer to one request."""
    if not request.is_again:
        return ask(client, request.address, request.method)
    kept = ask(client, request.address).header("etag") or 'W/"nothing"'
    return ask(client, request.address, **{"if-none-match": kept})


def pages_after(answers: dict[Request, Answer]) -> Iterator[Request]:
    """The pages to which the answers lead on and back."""
    for request, answer in answers.items():
        if request.method == "GET" and "page_size=" in request.address:
            address = re.sub(r"&cursor=[\w-]+", "", request.address)
            for cursor in dict.fromkeys(CURSOR.findall(answer.body.decode())):
                yield Request(f"{address}&cursor={cursor}")


def followed(client: Client, answers: dict[Request, Answer]) -> dict[Request, Answer]:
    """The answers, and those of the pages that come after."""
    last = answers
    for _ in range(PAGES):
        asked = [request for request in pages_after(last) if request not in answers]
        last = answers_of(client, dict.fromkeys(asked))
        answers = {**answers, **last}
    return answers
