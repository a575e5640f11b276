"""What an answer costs in queries does not grow with the records, rows or editions there are."""

from __future__ import annotations

import pytest
from django.test import Client

from cooperation.faces.pages import lists
from cooperation.gazette import reading
from cooperation.gazette.models import Edition
from tests.kept import open_source

from .crowds import FIRST, crowd, document
from .routes import public_routes
from .sweeping import ask

FEW, MANY = 3, 12
# Words to look for, where an answer without them would be empty.
ASKED = {"pages:search": "?q=first", "api:search": "?q=first"}

# Each answer's queries, the head's among them. Pages and feeds that speak of every kind ask one
# question of each; lists and their facets one of each facet, here those of the kind that has most.
COSTS = {
    "livez": 0,
    "readyz": 1,
    "crawlers:robots": 1,
    "crawlers:security": 1,
    "crawlers:sitemaps": 2,
    "crawlers:sitemap-pages": 1,
    "crawlers:sitemap-block": 2,
    "api:package": 11,
    "pages:home": 18,
    "pages:search": 4,
    "pages:gazette": 3,
    "pages:calendar": 7,
    "pages:data": 10,
    "pages:about": 1,
    "pages:accessibility": 1,
    "pages:privacy": 1,
    "pages:{kind}-list": 14,
    "pages:{kind}-detail": 16,
    "pages:{kind}-history": 4,
    "pages:{kind}-edition": 4,
    "feeds:portal": 3,
    "feeds:{kind}-list": 2,
    "feeds:{kind}-detail": 3,
    "feeds:{kind}-calendar": 2,
    "api:root": 1,
    "api:vocabularies": 1,
    "api:search": 4,
    "api:changes": 2,
    "api:gazette": 2,
    "api:openapi": 1,
    "api:docs": 1,
    "api:guide": 1,
    "api:names": 1,
    "api:mirror": 1,
    "api:verifier": 1,
    "api:{kind}-list": 3,
    "api:{kind}-detail": 2,
    "api:{kind}-references": 4,
    "api:{kind}-editions": 3,
    "api:{kind}-edition": 3,
    "api:{kind}-facets": 12,
    "api:{kind}-ndjson": 2,
    "api:{kind}-csv": 2,
    "api:{kind}-xlsx": 2,
    "api:{kind}-zip": 3,
    "api:{kind}-schema": 1,
    "api:nothing": 1,
    "api/<rest>": 1,
    "pages:{kind}-copy": 3,
}


def costs(client: Client) -> dict[str, int]:
    """The most queries of each route, about the record that has most of everything."""
    found: dict[str, int] = {}
    for route in public_routes():
        number = Edition.objects.filter(kind=route.kind or "", key=FIRST).values("pk").last()
        given = {"key": FIRST, "number": number["pk"] if number else 0, "rest": "x"}
        answer = ask(client, route.path(**given) + ASKED.get(route.general_name, ""))
        assert answer.status == (404 if "rest" in route.arguments else 200), route
        found[route.general_name] = max(answer.queries, found.get(route.general_name, 0))
    return found


def own_members(rows: int) -> dict[str, object]:
    """What the first source says, but for its copy and the rights to it."""
    said = document("source", FIRST, rows=rows)
    return {name: said[name] for name in said.keys() - {"kind", "key", "rights", "kept"}}


@pytest.mark.once
@pytest.mark.django_db
def test_queries_do_not_grow_and_are_those_of_the_table(client):
    crowd(FEW)
    open_source(FIRST, **own_members(FEW))
    few = costs(client)
    crowd(MANY)
    open_source(FIRST, **own_members(MANY))
    assert costs(client) == few == COSTS


@pytest.mark.once
@pytest.mark.django_db
def test_one_query_a_row_is_noticed(client, monkeypatch):
    """The control: a list that looks every record up once more."""
    summary = lists.summary

    def looking_up(row, language):
        return summary(reading.current(row.kind, row.key), language)

    monkeypatch.setattr(lists, "summary", looking_up)
    crowd(FEW)
    assert ask(client, "/initiatives/").queries > COSTS["pages:{kind}-list"]
