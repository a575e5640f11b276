"""The actions of the desk's lists: what each role finds in each list, in one table written by hand."""

import pytest
from django.apps import apps

from tests.desk.admin.filling import list_page, signed_in

# Who is offered what does not depend on the engine.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

HANDING_IN = {"submit_selected": "submit"}
PUBLISHING = {"publish_selected": "publish", "withdraw_selected": "withdraw"}
TAGGING = {"tag_selected": "tag"}
STATUS = {"status_selected": "status"}
NOTHING: dict[str, str] = {}
DELETING = {"exchangerate": {"delete_selected"}}
"""Rates alone are deleted from a list; drafts are deleted one by one."""

# For each list: its actions and the pages that they lead to, for editors and for publishers.
ACTIONS = {
    "initiative": (HANDING_IN | TAGGING | STATUS, HANDING_IN | PUBLISHING | TAGGING | STATUS),
    "fund": (HANDING_IN | STATUS, HANDING_IN | PUBLISHING | STATUS),
    "agreement": (HANDING_IN, HANDING_IN | PUBLISHING),
    "engagement": (HANDING_IN, HANDING_IN | PUBLISHING),
    "statement": (HANDING_IN, HANDING_IN | PUBLISHING),
    "organization": (HANDING_IN, HANDING_IN | PUBLISHING),
    "ministry": (HANDING_IN, HANDING_IN | PUBLISHING),
    "firm": (HANDING_IN, HANDING_IN | PUBLISHING),
    "association": (HANDING_IN, HANDING_IN | PUBLISHING),
    "person": (HANDING_IN, HANDING_IN | PUBLISHING),
    "platform": (HANDING_IN, HANDING_IN | PUBLISHING),
    "source": (HANDING_IN, HANDING_IN | PUBLISHING),
    "exchangerate": (NOTHING, NOTHING),
}
EVERY = {action for _editors, publishers in ACTIONS.values() for action in publishers}


def led(client, model, row):
    """Where each action leads that the role may use on the row; others lead nowhere but to the list."""
    found = {}
    for action in sorted(EVERY):
        answer = client.post(list_page(model), {"action": action, "_selected_action": [row.pk]})
        assert answer.status_code in (302, 403), action
        where = answer.headers.get("Location", "")
        if answer.status_code == 302 and "?record=" in where:
            found[action] = where.partition("/?")[0].rpartition("/")[2]
    return found


@pytest.mark.parametrize("model", ACTIONS)
def test_each_role_finds_the_actions_of_the_table(model):
    types = {"source": "law", "agreement": "treaty", "engagement": "call"}
    types |= dict.fromkeys(("organization", "platform"), "other")
    values = {"key": "a", "title_en": "A"} | ({"type": types[model]} if model in types else {})
    if model == "exchangerate":
        values = {"date": "2015-01-28", "base": "KRW", "quote": "USD", "rate": "1", "source": "B"}
    row = apps.get_model("desk", model).objects.create(**values)
    editors, publishers = ACTIONS[model]
    # What is done to ministries is done under the kind that they are of.
    assert led(signed_in("edith"), model, row) == editors
    assert led(signed_in("paul", "Publishers"), model, row) == publishers
    assert led(signed_in("nora", "Nobody"), model, row) == {}
    offered = (
        signed_in("edith").get(list_page(model)).context["action_form"].fields["action"].choices
    )
    assert {name for name, _words in offered} - {""} == {*editors, *DELETING.get(model, ())}
