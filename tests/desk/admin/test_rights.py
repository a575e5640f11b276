"""Who may do what at the desk, and who is not even told that there is something."""

import pytest
from django.contrib.auth.models import Permission, User

from cooperation.desk.models import Fund
from tests.desk.admin.filling import (
    REASON,
    act_page,
    change_page,
    done,
    publisher,
    sentences,
    signed_in,
)
from tests.desk.records import fund, initiative, organization, published, report

# What is asked here does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("role", "method", "address", "status"),
    [
        ("Publishers", "get", "publish", 200),
        ("Publishers", "post", "publish", 200),
        ("Publishers", "get", "withdraw", 200),
        ("Publishers", "post", "withdraw", 200),
        ("Editors", "get", "publish", 200),
        ("Editors", "post", "publish", 403),
        ("Editors", "get", "withdraw", 403),
        ("Editors", "post", "withdraw", 403),
        ("Nobody", "get", "publish", 403),
        ("Nobody", "post", "publish", 403),
        ("Nobody", "get", "withdraw", 403),
        ("Nobody", "post", "withdraw", 403),
        ("Editors", "get", "change", 200),
        ("Editors", "get", "add", 200),
        ("Editors", "get", "list", 200),
        ("Editors", "get", "history", 200),
        ("Editors", "get", "delete", 403),
        ("Publishers", "get", "delete", 403),
        ("Nobody", "get", "change", 403),
        ("Nobody", "get", "add", 403),
        ("Nobody", "get", "list", 403),
        ("Nobody", "get", "history", 403),
        ("Nobody", "get", "delete", 403),
    ],
)
@pytest.mark.parametrize("kind", ["organization", "source", "initiative", "fund"])
def test_who_may_do_what_to_a_published_record(kind, role, method, address, status):
    made = {"organization": organization, "initiative": initiative, "fund": fund}
    record = published(made[kind]("a")) if kind in made else published(report())
    form = change_page(record)
    where = {
        "publish": act_page("publish", record),
        "withdraw": act_page("withdraw", record),
        "change": form,
        "add": form.replace(f"{record.pk}/change", "add"),
        "list": form.replace(f"{record.pk}/change/", ""),
        "history": form.replace("change", "history"),
        "delete": form.replace("change", "delete"),
    }
    client = signed_in("somebody", role)
    assert getattr(client, method)(where[address]).status_code == status


def test_somebody_who_has_not_signed_in_is_led_to_the_sign_in(client):
    answer = client.get(act_page("publish", organization("a")))
    assert (answer.status_code, answer["Location"].startswith("/admin/login/")) == (302, True)


def test_form_offers_the_acts_to_publishers_only():
    record = published(organization("a"))
    for client, count in ((publisher(), 1), (signed_in("edith"), 0)):
        shown = sentences(client.get(change_page(record)))
        assert shown.count('class="publishlink"') == count
        assert shown.count('class="withdrawlink"') == count
    draft = sentences(publisher().get(change_page(organization("b"))))
    assert ('class="publishlink"' in draft, 'class="withdrawlink"' in draft) == (True, False)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?record=",
        "?record=fund",
        "?record=fund/none",
        "?record=person/a",
        "?record=fund/a/b",
        "?record=auth/user",
        "?" + "&".join(f"record=fund/{n}" for n in range(101)),
    ],
)
def test_act_on_what_is_not_there_is_not_found(query):
    client = publisher()
    assert client.get(f"/admin/desk/fund/publish/{query}").status_code == 404
    assert client.post(f"/admin/desk/fund/publish/{query}", {"reason": REASON}).status_code == 404


def test_right_for_one_kind_is_no_right_for_another():
    record, manager = fund("a", manager=organization("m")), None
    client = signed_in("petra", "Editors")
    User.objects.get(username="petra").user_permissions.add(
        Permission.objects.get(codename="publish_fund")
    )
    manager = record.manager
    published(report())
    answer = done(client, act_page("publish", record, manager))
    assert "you may not publish or withdraw records of this kind" in sentences(answer)
    assert not Fund.objects.filter(edition_number__isnull=False).exists()
