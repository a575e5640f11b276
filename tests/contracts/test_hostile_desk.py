"""No value in any parameter of the desk's addresses, or part of them, hangs it or breaks it.

`make proof-hostile` tries every value everywhere, the suite one in so many. Pages that models have
alike share the values between them: one model's page of a sort is asked for one value, the next
model's for the next.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client

from cooperation.catalogue import KINDS
from cooperation.desk.models import ExchangeRate, Post
from tests.desk.records import (
    agreement,
    engagement,
    fund,
    initiative,
    organization,
    person,
    platform,
    published,
    report,
    statement,
)

from .boxes import form_of
from .hostile import LIST_PARAMETERS, PAGE_PARAMETERS, SUGGESTION_PARAMETERS, VALUES
from .routes import Route, routes
from .test_hostile import faults

# Each refusal would be a traceback in the log.
pytestmark = pytest.mark.usefixtures("without_logs")

SHARE = int(os.environ.get("HOSTILE_SHARE", "180"))
# These are refused before any page is asked, so beside others they would hide them.
UNREADABLE = {"%00", "a%00b", "%FF", "%C3%28", "%ED%A0%80", "%F8%88%80%80%80"}
READABLE = [value for value in VALUES if value not in UNREADABLE]
VIEWS = (
    "add",
    "change",
    "delete",
    "history",
    "publish",
    "withdraw",
    "compare",
    "restore",
    "merge",
    "look",
    "evidence",
)
RECORD = "fund/a-fund"
COOKIES = ("session", "csrf", "messages")
SUGGESTING = {"app_label": "desk", "model_name": "fund", "field_name": "manager", "term": "a"}
SUGGESTING_ANY = {**SUGGESTING, "model_name": "engagementsubject", "field_name": "target"}


class Desk:
    """A desk with a few records, and the addresses of its pages about them."""

    def __init__(self) -> None:
        known = organization("alibaba-group", country="CN")
        published(known)
        self.rows: dict[str, Any] = {
            "organization": organization("another"),
            "source": report(),
            **{
                name: organization(f"a-{name}", type=name)
                for name in ("ministry", "firm", "association")
            },
            "fund": fund(),
            "initiative": initiative(),
            "agreement": agreement(),
            "platform": platform(),
            "person": person("ma-yun", Post(organization=known)),
            "engagement": engagement(),
            "statement": statement(),
            "user": User.objects.create_user("somebody"),
            "group": Group.objects.create(),
            "exchangerate": ExchangeRate.objects.create(
                date="2015-01-28", base="USD", quote="KRW", rate="1085.3", source="Bank of Korea"
            ),
        }
        self.shown = {route.name: route for route in routes() if route.at_the_desk}

    def given(self, route: Route) -> dict[str, object]:
        """What stands in the route's address."""
        row = next((row for name, row in self.rows.items() if f"/{name}/" in route.template), None)
        given = dict.fromkeys(route.arguments, row.pk if row else 1)
        return {**given, "app_label": "desk", "content_type_id": 1, "url": "x"}

    def path(self, route: Route) -> str:
        """The route's address."""
        return route.path(**self.given(route))

    def of(self, view: str) -> list[Route]:
        """The pages of that sort, of every model."""
        return [route for name, route in self.shown.items() if name.endswith(f"_{view}")]

    def alone(self) -> list[Route]:
        """The pages of which there is one."""
        sorts = tuple(f"_{view}" for view in (*VIEWS, "changelist"))
        return [
            route
            for name, route in self.shown.items()
            if not name.endswith((*sorts, "autocomplete")) and not name.startswith("admin:admin/")
        ]


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


@pytest.fixture
def client(db) -> Client:
    """Somebody who may do everything."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("chief"))
    return client


def with_values(path: str, names: list[str], begin: int, **given: str) -> Iterator[str]:
    """The address with its share of values in each parameter."""
    for number, name in enumerate(names):
        others = urlencode({one: value for one, value in given.items() if one != name})
        for index, value in enumerate(VALUES):
            if (begin + 7 * number + index) % SHARE == 0:
                yield f"{path}?{others}&{name}={value}"


def lists(desk: Desk) -> Iterator[str]:
    """Every list, with what it can be narrowed by."""
    for place, route in enumerate(desk.of("changelist")):
        names = [*LIST_PARAMETERS, *filters_of(route)]
        yield from with_values(desk.path(route), names, 11 * place)


def filters_of(route: Route) -> list[str]:
    """The parameters of a list's filters."""
    label, name = route.template.split("/")[1:3]
    registered = admin.site._registry.items()
    names_of = {(m._meta.app_label, m._meta.model_name): owner for m, owner in registered}
    owner = names_of[label, name]
    names = []
    for one in owner.list_filter:
        simple = getattr(one, "parameter_name", "")
        column = one[0] if isinstance(one, tuple) else one
        names += [simple] if simple else [str(column), f"{column}__exact", f"{column}__gte"]
    if owner.date_hierarchy:
        names += [f"{owner.date_hierarchy}__{part}" for part in ("year", "month", "day")]
    return names


def pages(desk: Desk) -> Iterator[str]:
    """Every other sort of page, of one model for each value; and those that are there once."""
    for place, view in enumerate(VIEWS):
        alike = desk.of(view)
        for turn, route in enumerate(alike):
            given = {"record": RECORD, "source": str(desk.rows["source"].pk)}
            addresses = [*with_values(desk.path(route), PAGE_PARAMETERS, place + turn, **given)]
            if SHARE == 1:
                yield from addresses[turn :: len(alike)]
            elif turn in random.sample(range(len(alike)), 3):
                yield from addresses[:1]
    for route in desk.alone():
        yield from with_values(desk.path(route), PAGE_PARAMETERS, 5)
    yield from with_values(desk.path(desk.shown["admin:desk_fund_merge"]), ["into", "key"], 6)
    search = desk.path(desk.shown["admin:autocomplete"])
    for begin, given in ((3, SUGGESTING), (4, SUGGESTING_ANY)):
        yield from with_values(search, SUGGESTION_PARAMETERS, begin, **given)


def paths(desk: Desk) -> Iterator[str]:
    """Every address of the desk with a value in each of its parts."""
    for place, route in enumerate(desk.shown.values()):
        for argument in route.arguments:
            for index, value in enumerate(VALUES):
                if (place + index) % SHARE == 0:
                    yield route.path(**{**desk.given(route), argument: value})


def prefilled(desk: Desk, client: Client) -> Iterator[str]:
    """Every empty form, told by its address what to begin with: each field with each value."""
    for place, route in enumerate(desk.of("add")):
        page = client.get(desk.path(route)).content.decode()
        names = [box.name for box in form_of(page, rows=0).boxes if "-" not in box.name]
        for index in range(len(READABLE)):
            if (place + index) % SHARE == 0:
                values = [
                    READABLE[(index + number) % len(READABLE)] for number in range(len(names))
                ]
                pairs = zip(names, values, strict=True)
                yield f"{desk.path(route)}?{'&'.join(f'{name}={value}' for name, value in pairs)}"


@pytest.mark.django_db
def test_every_address_of_the_desk_is_answered_in_time_and_in_words(desk, client):
    asked = [*lists(desk), *pages(desk), *paths(desk), *prefilled(desk, client)]
    assert len(asked) > 15 * len(KINDS)
    found = []
    for address in asked:
        found += faults(client, address, cookies=COOKIES)
        if "/logout/" in address:
            client.force_login(User.objects.get(username="chief"))
    print(f"{len(asked):,} addresses of the desk were answered, {len(found)} of them wrongly.")
    assert found == []


@pytest.mark.django_db
def test_list_that_breaks_is_noticed(desk, client, monkeypatch):
    """The control: a search that turns whatever it is given into a number."""
    owner = type(admin.site._registry[type(desk.rows["fund"])])

    def numbered(self, request, queryset, search_term):
        return queryset.filter(pk=int(search_term)) if search_term else queryset, False

    monkeypatch.setattr(owner, "get_search_results", numbered)
    assert any("breaks" in fault for fault in faults(client, "/admin/desk/fund/?q=x"))


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["change", "delete"])
def test_row_that_is_asked_for_by_a_field_without_a_name_goes_by_its_number(rows, page):
    chief = Client()
    chief.force_login(User.objects.create_superuser("chief"))
    for name, number in rows.items():
        answer = chief.get(f"/admin/{name.replace('_', '/')}/{number}/{page}/?_to_field=")
        assert answer.status_code == 200, name
