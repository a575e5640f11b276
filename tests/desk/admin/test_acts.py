"""Publishing and withdrawing at the desk: shown first, confirmed, then done whole or not at all."""

import pytest
from django.contrib.auth.models import Permission, User

from cooperation.desk import editing
from cooperation.desk.admin.previews import Preview
from cooperation.desk.models import Announcement, Fund, OrganizationName
from cooperation.desk.publishing import withdraw
from cooperation.gazette.models import Current, Edition
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    act_page,
    change_page,
    filled,
    publisher,
    sentences,
    signed_in,
)
from tests.desk.records import cite, fund, initiative, organization, published, report
from tests.desk.records import editor as entering_editor
from tests.desk.records import publisher as publishing_user
from tests.worlds import texts

REASON = "Agreed at the desk."

pytestmark = pytest.mark.django_db


def sent(page, *, confirm=True, **values):
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


def done(client, address, **values):
    """The answer to the page of an act, filled in."""
    return client.post(address, sent(client.get(address), **values))


def public(record):
    return Current.objects.filter(kind=record.kind, key=record.key).exists()


def ready():
    """An organization that nothing speaks against publishing."""
    published(report())
    return organization("alibaba-group")


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


def test_withdrawing_asks_for_a_reason_and_gives_it_to_the_public():
    record, client = published(organization("a")), publisher()
    assert done(client, act_page("withdraw", record), reason="").status_code == SHOWN_AGAIN
    assert public(record)
    assert done(client, act_page("withdraw", record), reason="It was wrong.").status_code == PASSED
    assert not public(record)
    last = Edition.objects.last()
    assert (last.action, last.reason) == ("withdrawn", "It was wrong.")
    assert "What has been published cannot be deleted" in sentences(client.get(change_page(record)))


def test_page_says_how_many_public_records_name_what_is_withdrawn():
    manager = organization("manager")
    published(fund("a", manager=manager), fund("b", manager=manager), manager)
    shown = sentences(publisher().get(act_page("withdraw", manager)))
    assert "2 public records name it" in shown


def test_draft_cannot_be_withdrawn():
    record, client = organization("a"), publisher()
    assert "it is not public, so there is nothing to withdraw." in sentences(
        client.get(act_page("withdraw", record))
    )
    assert done(client, act_page("withdraw", record)).status_code == SHOWN_AGAIN


def test_withdrawn_record_can_be_published_again():
    record, client = published(organization("a")), publisher()
    withdraw([record], by=publishing_user(), reason="Wrong.")
    assert done(client, act_page("publish", record)).status_code == PASSED
    record.refresh_from_db()
    assert record.state == "published"


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


@pytest.mark.parametrize(
    ("role", "method", "address", "status"),
    [
        ("Publishers", "get", "publish", 200),
        ("Publishers", "post", "publish", 200),
        ("Publishers", "get", "withdraw", 200),
        ("Publishers", "post", "withdraw", 200),
        ("Editors", "get", "publish", 403),
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


def test_history_tells_who_changed_what_and_why():
    record = organization("a", OrganizationName(type="alias", text="X"))
    client = signed_in("edith")
    values = {
        **filled(client.get(change_page(record))),
        "title_ko": "새 이름",
        "names-0-text": "Y",
        "reason": "It was misspelt.",
    }
    client.post(change_page(record), values)
    published(record)
    entries = client.get(change_page(record).replace("change", "history")).context["page"]
    shown = [
        (e.act, str(e.by), e.reason, [(c.label, c.before, c.after) for c in e.changes])
        for e in entries
    ]
    number = Edition.objects.get(key="a").number
    assert shown == [
        (f"Published as edition {number}", "publisher", "Agreed in a test.", []),
        (
            "Changed",
            "edith",
            "It was misspelt.",
            [("Title (Korean)", "A 한국어", "새 이름"), ("Name “alias” › Name", "X", "Y")],
        ),
        (
            "Created",
            "editor",
            "Entered in a test.",
            [("Name “alias”", "", "Also known as · X"), ("Citation", "", "Report")],
        ),
    ]
