"""Asking every public address, with every filter, in every language, and keeping the answers."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple
from urllib.parse import quote, urlencode
from zipfile import ZipFile

from django.core.cache import cache
from django.db import connections
from django.test import Client

from cooperation.catalogue import KINDS
from cooperation.faces.filters import facet_vocabulary
from cooperation.gazette.models import Edition, Facet

from .routes import Route, public_routes

# Words that stand in no record, as long as one another: an answer may repeat the one it was asked for.
ABSENT = "zqabsent0000"


# Amounts and times of change between which everything public and every draft may lie, or nothing.
AMOUNTS = (
    "currency=KRW&amount_min=0",
    "currency=KRW&amount_max=1000000",
    f"currency=USD&amount_min=-1&amount_max={'9' * 30}",
)
CHANGED = ("updated_after=2015-01-28", "updated_after=2100-01-01T00:00:00Z")
CURSOR = re.compile(r"cursor=([\w-]+)")
# How long a file of a package is: a number that could be any, as is the length of an answer.
LENGTH = re.compile(r'"bytes": \d+')


class Answer(NamedTuple):
    """Everything of an answer that a reader can see, and what it cost."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    queries: int

    def header(self, name: str) -> str | None:
        """The value of one header."""
        return dict(self.headers).get(name)

    @property
    def text(self) -> str:
        """Headers and body as text, to look for something in; cursors as what they hold."""
        lines = [f"{name}: {value}" for name, value in self.headers if name != "content-length"]
        text = "\n".join([str(self.status), *lines, readable(self.body)])
        return CURSOR.sub(lambda found: opened(found[1]), text)


def readable(body: bytes) -> str:
    """The body as text; of a zip file, as workbooks and packages are, the names and texts of all that is in it."""
    if not body.startswith(b"PK"):
        return body.decode()
    with ZipFile(BytesIO(body)) as archive:
        held = "\n".join(f"{name}\n{archive.read(name).decode()}" for name in archive.namelist())
    return LENGTH.sub("", held)


def opened(cursor: str) -> str:
    """What a cursor holds, the title that it may stand at included."""
    held = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode(errors="replace")
    titles = [bytes.fromhex(found) for found in re.findall(r'"((?:[0-9a-f]{2})+)"', held)]
    return " ".join([held, *(title.decode(errors="replace") for title in titles)])


class Counting:
    """Counts the queries that run while it is asked."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        # A snapshot within a test's own transaction is a savepoint, in life a transaction.
        self.count += "SAVEPOINT" not in sql
        return execute(sql, params, many, context)


def ask(client: Client, address: str, method: str = "GET", **headers: str) -> Answer:
    """The answer of that address, and what it costs where nothing has been kept from before."""
    cache.clear()
    counting = Counting()
    with connections["public"].execute_wrapper(counting):
        response = client.generic(method, address, headers=headers or None)
        body = response.getvalue()
    kept = sorted((name.lower(), value) for name, value in response.headers.items())
    cookies = [("set-cookie", morsel.OutputString()) for morsel in response.cookies.values()]
    return Answer(response.status_code, (*kept, *cookies), body, counting.count)


@dataclass
class Reach:
    """What a sweep fills the addresses with: keys of each kind, words, and values of filters."""

    keys: Mapping[str, list[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    days: tuple[str, ...] = ("2015-02", "1701-03-04")

    def of(self, kind: str) -> list[str]:
        """The keys that are tried as records of that kind: one that was never used among them."""
        return [*self.keys.get(kind, []), ABSENT]


def addresses(reach: Reach) -> Iterator[str]:
    """Every public address that the reach leads to, with its filters; each route at least once."""
    for route in public_routes():
        yield from of_route(route, reach)


def bare_addresses(reach: Reach) -> Iterator[str]:
    """Every public address that the reach leads to, in English and without a query."""
    for route in public_routes():
        yield from (route.path(**given) for given in filled(route, reach))


def of_route(route: Route, reach: Reach) -> Iterator[str]:
    """The addresses of one route."""
    for given in filled(route, reach):
        for path in route.paths(**given):
            is_english = path == route.path(**given)
            asked = queries(route, reach) if is_english else in_other_languages(route)
            yield from (f"{path}?{query}" if query else path for query in asked)


def filled(route: Route, reach: Reach) -> Iterator[dict[str, object]]:
    """Values for the route's arguments."""
    if not route.arguments:
        yield {}
    elif route.arguments == ("key",):
        yield from ({"key": key} for key in reach.of(route.kind or ""))
    elif route.arguments == ("key", "number"):
        for key in reach.of(route.kind or ""):
            about = Edition.objects.filter(kind=route.kind, key=key)
            yield from (
                {"key": key, "number": n} for n in [*about.values_list("pk", flat=True), 999_999]
            )
    elif route.arguments == ("number",):
        yield from ({"number": number} for number in (0, 1, 999_999))
    elif route.arguments == ("rest",):
        yield from ({"rest": rest} for rest in (f"{ABSENT}/", "organizations/x/y/"))
    else:
        raise AssertionError(f"Say in sweeping.py what stands for {route.arguments} in {route}.")


def queries(route: Route, reach: Reach) -> list[str]:
    """The queries that are tried on a route: filters, orders and pages for lists, some for others."""
    if route.arguments == ("key",):
        return ["", "as_of=2015-01-01", "as_of=2100-01-01T00:00:00Z", "before=2"]
    if route.arguments:
        return [""]
    words = [urlencode({"q": word}) for word in reach.words]
    if is_list(route):
        return ["", *words, "page_size=1", "unknown=1", *of_list(route.kind or "", reach)]
    return ["", *words, "page_size=1", "after=1", "before=3", "unknown=1"]


def in_other_languages(route: Route) -> list[str]:
    """What other languages can show that English does not: the texts, and the order of the titles."""
    return ["", "sort=title"] if is_list(route) else [""]


def is_list(route: Route) -> bool:
    """Whether the route shows the records of a kind, or counts them."""
    return bool(route.kind) and not route.arguments and "schemas/" not in route.template


def of_list(kind: str, reach: Reach) -> list[str]:
    """Each filter with a value that is in use and one that is not, and each order."""
    days = reach.days if KINDS[kind].date else ()
    found = [f"{end}={day}" for day in days for end in ("date_after", "date_before")]
    found += [*CHANGED, *(AMOUNTS if KINDS[kind].amount else ())]
    found += [f"sort={sign}{name}" for name in ("title", "date", "updated") for sign in ("", "-")]
    for facet in KINDS[kind].all_facets:
        found += [f"{facet}={quote(value)}" for value in values_of(kind, facet, reach)]
    return [*found, "sort=title&page_size=1", "fields=key,title", "omit=title", "count=exact"]


def values_of(kind: str, facet: str, reach: Reach) -> list[str]:
    """Two values of the facet that are in use, and one that is not."""
    vocabulary = facet_vocabulary(kind, facet)
    if vocabulary is None:
        return reach.of(facet)[-3:]
    stored = Facet.objects.filter(kind=kind, name=facet).order_by("value").values_list("value")
    used = [value for (value,) in stored.distinct()]
    return [*used[:2], next(code for code in vocabulary.codes if code not in used)]
