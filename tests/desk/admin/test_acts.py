"""Publishing at the desk: shown first, confirmed, then done whole or not at all."""

import pytest

from cooperation.desk import editing
from cooperation.desk.admin.previews import Preview
from cooperation.desk.models import Announcement, OrganizationName
from cooperation.gazette.models import Current, Edition
from tests.desk.admin.filling import (
    PASSED,
    REASON,
    SHOWN_AGAIN,
    act_page,
    change_page,
    done,
    editor,
    filled,
    list_page,
    public,
    publisher,
    ready,
    sent,
    sentences,
    signed_in,
)
from tests.desk.records import cite, fund, organization, published, report
from tests.desk.records import editor as entering_editor
from tests.worlds import texts

pytestmark = pytest.mark.django_db


def test_page_shows_what_becomes_public_in_every_language():
    record = ready()
    shown = sentences(publisher().get(act_page("publish", record)))
    for words in (
        "What becomes public",
        "Title › English",
        "Alibaba Group 한국어",
        "Alibaba Group 中文",
    ):
        assert words in shown
    assert not public(record)


def test_page_shows_old_and_new_of_what_was_changed_since():
    record = published(organization("alibaba-group"))
    record.title_ko = "새 이름"
    editing.save(record, by=entering_editor(), reason="")
    shown = sentences(publisher().get(act_page("publish", record)))
    assert "What would change for the public" in shown
    assert "Alibaba Group 한국어" in shown
    assert "새 이름" in shown
    assert "Alibaba Group 中文" not in shown


def test_page_says_how_many_public_records_will_be_refreshed_with_it():
    record, other = organization("alibaba-group"), organization("other")
    published(record, other, fund("a", manager=record), fund("b", manager=record))
    refreshed = "2 public records name it; a refreshed edition of each"
    record.website = "https://example.org/"
    editing.save(record, by=entering_editor(), reason="")
    client = publisher()
    assert refreshed not in sentences(client.get(act_page("publish", record)))
    record.title_ko = "새 이름"
    editing.save(record, by=entering_editor(), reason="")
    assert refreshed in sentences(client.get(act_page("publish", record)))
    assert done(client, act_page("publish", record)).status_code == PASSED
    refreshes = Edition.objects.filter(action="refreshed")
    assert sorted(refreshes.values_list("key", flat=True)) == ["a", "b"]


def test_editors_see_what_would_become_public_and_what_the_checks_find():
    record, client = fund("a", Announcement(amount="1", currency="KRW")), editor()
    published(report())
    form = sentences(client.get(change_page(record)))
    address = act_page("publish", record)
    assert 'class="submitlink"' in form
    shown = sentences(client.get(address))
    assert "What becomes public" in shown
    assert "no citation shows where this figure comes from" in shown
    assert "There are errors to be mended before it can be published." in shown
    assert "ask a publisher" not in shown
    assert 'name="reason"' not in shown
    assert "To be confirmed" in sentences(
        client.get(act_page("publish", organization("b", title=texts("B"))))
    )
    assert client.post(address, {"record": "fund/a"}).status_code == 403


def test_publishing_enters_an_edition_and_says_which_with_a_link():
    record, client = ready(), publisher()
    answer = done(client, act_page("publish", record))
    assert answer.status_code == PASSED
    page = client.get(answer["Location"])
    assert answer["Location"] == change_page(record)
    assert '<a href="/organizations/alibaba-group/">Alibaba Group</a> (published 2)' in sentences(
        page
    )
    edition = Edition.objects.get(number=2)
    assert (edition.key, edition.reason) == ("alibaba-group", REASON)
    record.refresh_from_db()
    assert (record.state, record.edition_number) == ("published", 2)


def test_errors_block_and_lead_to_the_form_where_they_are_mended():
    record, client = fund("a", Announcement(amount="1", currency="KRW")), publisher()
    published(report())
    page = client.get(act_page("publish", record))
    assert "no citation shows where this figure comes from" in sentences(page)
    assert f'<a href="{change_page(record)}">Mend it</a>' in sentences(page)
    assert 'type="submit" class="default"' not in sentences(page)
    assert done(client, act_page("publish", record)).status_code == SHOWN_AGAIN
    assert not public(record)


def test_warnings_have_to_be_confirmed_one_by_one():
    published(report())
    record = organization("a", title=texts("A"))
    client = publisher()
    page = client.get(act_page("publish", record))
    ids = sent(page)["confirmed"]
    assert len(ids) == 2
    for confirmed in ([], ids[:1]):
        answer = client.post(act_page("publish", record), sent(page, confirmed=confirmed))
        assert answer.status_code == SHOWN_AGAIN
        assert "Nothing was done" in sentences(answer)
        assert sentences(answer).count(" checked") == len(confirmed)
        assert not public(record)
    assert client.post(act_page("publish", record), sent(page)).status_code == PASSED
    assert public(record)


def test_reason_is_asked_for():
    record, client = ready(), publisher()
    answer = done(client, act_page("publish", record), reason="  ")
    assert answer.status_code == SHOWN_AGAIN
    assert "give a reason; it is entered in the register for all to read." in sentences(answer)
    assert 'class="default"' in sentences(answer)
    assert not public(record)


def test_nobody_publishes_what_they_changed_themselves():
    record, client = ready(), publisher()
    other = signed_in("petra", "Publishers")
    sentence = "you have changed it since it was last published; somebody else has to publish it."
    values = {**filled(client.get(change_page(record))), "founded": "1999"}
    client.post(change_page(record), values)
    assert sentence in sentences(client.get(act_page("publish", record)))
    assert done(client, act_page("publish", record)).status_code == SHOWN_AGAIN
    assert not public(record)
    assert done(other, act_page("publish", record)).status_code == PASSED


def test_all_are_published_or_none():
    good, bad = ready(), fund("bad", Announcement(amount="1", currency="KRW"))
    client = publisher()
    assert done(client, act_page("publish", good, bad)).status_code == SHOWN_AGAIN
    assert not public(good)
    assert Edition.objects.count() == 1


def test_what_is_named_and_not_public_is_offered_to_be_published_together():
    published(report())
    manager = organization("manager")
    record, client = fund("a", manager=manager), publisher()
    page = client.get(act_page("publish", record))
    assert "which is a draft. Publish Manager first, or publish both together." in sentences(page)
    assert page.context["preview"].missing == (manager,)
    together = page.context["together"]
    assert together.replace("%2F", "/") == act_page("publish", record, manager)
    assert done(client, together).status_code == PASSED
    assert (public(record), public(manager)) == (True, True)


def test_what_was_changed_after_the_page_was_shown_is_shown_again():
    record, client = ready(), publisher()
    page = client.get(act_page("publish", record))
    record.title_en = "Renamed meanwhile"
    editing.save(record, by=entering_editor(), reason="")
    answer = client.post(act_page("publish", record), sent(page))
    assert answer.status_code == SHOWN_AGAIN
    assert "something has changed since this page was shown" in sentences(answer)
    assert "Renamed meanwhile" in sentences(answer)
    assert not public(record)
    assert client.post(act_page("publish", record), sent(answer)).status_code == PASSED


@pytest.mark.parametrize("act", ["publish", "withdraw"])
def test_of_those_chosen_in_a_list_none_is_done_where_one_was_changed_meanwhile(act):
    rows, client = [ready(), organization("b")], publisher()
    if act == "withdraw":
        published(*rows)
    chosen = {"_selected_action": [row.pk for row in rows], "action": f"{act}_selected"}
    address = client.post(list_page("organization"), chosen)["Location"]
    page = client.get(address)
    rows[1].title_en = "Renamed meanwhile"
    editing.save(rows[1], by=entering_editor(), reason="")
    if act == "withdraw":
        published(rows[1])
    answer = client.post(address, sent(page))
    assert answer.status_code == SHOWN_AGAIN
    assert "something has changed since this page was shown" in sentences(answer)
    assert [public(row) for row in rows] == [act == "withdraw"] * 2


def test_change_of_a_row_alone_is_noticed_too():
    record = organization("a", OrganizationName(type="alias", text="X"))
    published(report())
    client = publisher()
    page = client.get(act_page("publish", record))
    name = record.names.get()
    name.text = "Y"
    editing.save(record, by=entering_editor(), reason="", parts=[name])
    assert client.post(act_page("publish", record), sent(page)).status_code == SHOWN_AGAIN
    assert not public(record)


def test_without_the_seal_something_else_than_was_shown_would_be_published(monkeypatch):
    record, client = ready(), publisher()
    monkeypatch.setattr(Preview, "__init__", _without_seal(Preview.__init__))
    page = client.get(act_page("publish", record))
    record.title_en = "Renamed meanwhile"
    editing.save(record, by=entering_editor(), reason="")
    assert client.post(act_page("publish", record), sent(page)).status_code == PASSED
    assert "Renamed meanwhile" in Current.objects.get(key=record.key).document


def _without_seal(init):
    def made(self, items, seal, missing=()):
        init(self, items, "same", missing)

    return made


def test_what_is_public_already_is_not_entered_again():
    record, client = published(organization("a")), publisher()
    assert "What is public says the same already" in sentences(
        client.get(act_page("publish", record))
    )
    answer = done(client, act_page("publish", record))
    assert "nothing was entered." in sentences(client.get(answer["Location"]))


def test_no_unsourced_figure_is_published_by_form_or_by_list():
    published(report())
    record = fund("a", Announcement(amount="1", currency="KRW"))
    client = publisher()
    for address in (act_page("publish", record), act_page("publish", record, organization("b"))):
        page = client.get(address)
        assert client.post(address, sent(page)).status_code == SHOWN_AGAIN
    assert not Current.objects.filter(kind="fund").exists()


def test_sourced_figure_is_published():
    published(report())
    record = fund(
        "a",
        Announcement(part_id="first", amount="1", currency="KRW"),
        cite("announcements/first/amount"),
    )
    assert done(publisher(), act_page("publish", record)).status_code == PASSED
    assert public(record)
