"""A desk with somebody in each role and a row in each table, and its addresses."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client

from cooperation.catalogue import KINDS
from cooperation.desk.copies.examining import Examined
from cooperation.desk.copies.storing import keep
from cooperation.desk.management.roles import set_up_roles
from tests.kept import pdf_of

from .routes import Route

RECORDS = (
    "fund", "initiative", "agreement", "engagement", "statement", "organization", "ministry", "firm",
    "association", "person", "platform", "source",
)  # fmt: skip

NAMING = ("/publish/", "/withdraw/", "/submit/", "/take_back/", "/send_back/")
"""The ends of the addresses of pages about records that the query names."""


def staffed() -> dict[str, Client]:
    """Somebody in each role, signed in."""
    set_up_roles()
    people = {
        "outsider": User.objects.create_user("outsider"),
        "editor": User.objects.create_user("editor", is_staff=True),
        "publisher": User.objects.create_user("publisher", is_staff=True),
        "superuser": User.objects.create_superuser("superuser"),
    }
    people["editor"].groups.add(Group.objects.get(name="Editors"))
    people["publisher"].groups.add(Group.objects.get(name="Publishers"))
    clients = {"nobody": Client(raise_request_exception=False)}
    for role, user in people.items():
        clients[role] = Client(raise_request_exception=False)
        clients[role].force_login(user)
    return clients


def stocked() -> dict[str, int]:
    """One row of each table of the desk, by its model."""
    found = {}
    for name in RECORDS:
        model = apps.get_model("desk", name)
        types = {"source": "law", "agreement": "treaty", "engagement": "call"}
        types |= dict.fromkeys(("organization", "platform"), "other")
        values = {"type": types[name]} if name in types else {}
        found[f"desk_{name}"] = model.objects.create(key=f"the-{name}", title_en="T", **values).pk
        if name == "source":
            source = model.objects.get()
            keep(source, Examined(pdf_of(), "application/pdf", "Words."))
            source.save()
    rate = apps.get_model("desk", "exchangerate")
    values = {"date": "2015-01-28", "base": "KRW", "quote": "USD", "rate": "0.0009"}
    found["desk_exchangerate"] = rate.objects.create(**values, source="Bank").pk
    found["auth_user"] = User.objects.create_user("somebody").pk
    found["auth_group"] = Group.objects.create(name="Some").pk
    return found


def at_the_desk(route: Route, rows: dict[str, int]) -> str:
    """The route's address, about the row that there is."""
    table = next((name for name in rows if f"/{name.replace('_', '/')}/" in route.template), "")
    given = dict.fromkeys(route.arguments, rows.get(table, 1))
    given |= {"content_type_id": 1, "app_label": "desk", "url": "nothing/here/"}
    path = route.path(**given)
    if path.endswith(NAMING):
        name = table.removeprefix("desk_")
        kind = name if name in KINDS else "organization"
        return f"{path}?record={kind}/the-{name}"
    if path.endswith(("/tag/", "/status/")):
        return f"{path}?record={rows[table]}"
    return path
