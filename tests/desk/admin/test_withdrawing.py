"""Withdrawing at the desk: with a reason that the public is told."""

import pytest

from cooperation.desk.publishing import withdraw
from cooperation.gazette.models import Edition
from tests.desk.admin.filling import (
    PASSED,
    SHOWN_AGAIN,
    act_page,
    change_page,
    done,
    public,
    publisher,
    sentences,
)
from tests.desk.records import fund, organization, published
from tests.desk.records import publisher as publishing_user

pytestmark = pytest.mark.django_db


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
