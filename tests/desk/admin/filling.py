"""Fills in the desk's forms as a browser would: what the page shows, changed here and there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from cooperation.desk.management.roles import set_up_roles
from cooperation.gazette.models import Current
from tests.desk.records import organization, published, report

PASSED = 302
SHOWN_AGAIN = 200
REASON = "Agreed at the desk."


def signed_in(name: str, role: str = "Editors") -> Client:
    """A browser in which a member of that role has signed in."""
    set_up_roles()
    user, _made = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    user.is_staff = True
    user.save()
    user.groups.set(Group.objects.filter(name=role))
    client = Client()
    client.force_login(user)
    return client


def editor() -> Client:
    return signed_in("edith")


def publisher() -> Client:
    return signed_in("paul", "Publishers")


def add_page(model: str) -> str:
    return reverse(f"admin:desk_{model}_add")


def change_page(record: Any, model: str = "") -> str:
    return reverse(f"admin:desk_{model or record.kind}_change", args=[record.pk])


def list_page(model: str) -> str:
    return reverse(f"admin:desk_{model}_changelist")


def act_page(act: str, *records: Any) -> str:
    named = "&".join(f"record={record.kind}/{record.key}" for record in records)
    return reverse(f"admin:desk_{records[0].kind}_{act}") + "?" + named


def forms_of(page: Any) -> list[Any]:
    """Every form that the page sends: the record's own, and each list with its rows."""
    lists = [one.formset for one in page.context["inline_admin_formsets"]]
    return [
        page.context["adminform"].form,
        *(form for formset in lists for form in (formset.management_form, *formset.initial_forms)),
    ]


def filled(page: Any) -> dict[str, Any]:
    """What the browser would send if nobody changed anything."""
    sent: dict[str, Any] = {}
    for form in forms_of(page):
        for box in form:
            value = box.value()
            if value is None or value is False or box.field.disabled:
                continue
            sent[box.html_name] = "on" if value is True else value
    return sent


def with_row(sent: dict[str, Any], name: str, **values: Any) -> dict[str, Any]:
    """The same with one more row in a list."""
    number = int(sent[f"{name}-TOTAL_FORMS"])
    row = {f"{name}-{number}-{field}": value for field, value in values.items()}
    return {**sent, f"{name}-TOTAL_FORMS": number + 1, **row}


def sentences(page: Any) -> str:
    """The page as text."""
    return page.content.decode()


def sent(page: Any, *, confirm: bool = True, **values: Any) -> dict[str, Any]:
    """What the browser sends when somebody fills in the page of an act."""
    preview = page.context["preview"]
    warnings = [finding.id for item in preview.items for finding in item.warnings]
    return {
        "record": [f"{item.record.kind}/{item.record.key}" for item in preview.items],
        "seal": preview.seal,
        "confirmed": warnings if confirm else [],
        "reason": REASON,
        **values,
    }


def done(client: Client, address: str, **values: Any) -> Any:
    """The answer to the page of an act, filled in."""
    return client.post(address, sent(client.get(address), **values))


def public(record: Any) -> bool:
    """Whether the record is public now."""
    return Current.objects.filter(kind=record.kind, key=record.key).exists()


def ready() -> Any:
    """An organization that nothing speaks against publishing."""
    published(report())
    return organization("alibaba-group")
