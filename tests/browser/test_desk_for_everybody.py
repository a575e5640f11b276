"""The pages of the desk for everybody: no finding of axe, and nothing beyond the width of a telephone."""

import pytest

from cooperation.desk import editing
from cooperation.desk.models import Commitment
from tests.desk.admin.filling import act_page, add_page, change_page, list_page
from tests.desk.records import cite, editor, fund, initiative, organization, published, report

from .desks import barriers, is_too_wide

pytestmark = pytest.mark.browser
WIDTHS = (1280, 360)


def places():
    """Each page of ours, about records with something to say."""
    giver, other = organization("korea"), organization("korea-2")
    row = Commitment(
        part_id="korea", contributor=giver, amount="4", currency="KRW", stage="proposed"
    )
    record = fund("a-fund", row, cite("commitments/korea/amount"), manager=giver)
    published(report(), giver, record)
    record.purpose_en = "To help."
    editing.save(record, by=editor(), reason="")
    link = initiative("a-link")
    form = change_page(record)
    return [
        "/admin/",
        list_page("fund"),
        add_page("organization"),
        form,
        form.replace("change", "history"),
        form.replace("change", "compare") + "?from=1&to=2",
        form.replace("change", "restore") + "?point=1",
        form.replace("change", "progress"),
        form.replace("change", "look"),
        *(act_page(act, record) for act in ("publish", "withdraw", "submit")),
        "/admin/desk/progress/",
        f"/admin/desk/initiative/tag/?record={link.pk}",
        f"/admin/desk/initiative/status/?record={link.pk}",
        "/admin/desk/fund/import/",
        "/admin/desk/organization/doubles/",
        change_page(giver).replace("change", "merge") + f"?into={other.pk}",
    ]


def test_no_page_of_the_desk_shuts_anybody_out(live_server, desk):
    found = {}
    for number, place in enumerate(places()):
        desk.set_viewport_size({"width": WIDTHS[number % 2], "height": 900})
        assert desk.goto(live_server.url + place, wait_until="load").status == 200, place
        amiss = barriers(desk)
        desk.set_viewport_size({"width": WIDTHS[1], "height": 900})
        amiss += ["wide on a telephone"] if is_too_wide(desk) else []
        if amiss:
            found[place] = amiss
    assert found == {}
