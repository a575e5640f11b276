"""Leading documents of older schemas to the newest."""

import dataclasses

import pytest
from django.core.management import CommandError, call_command

from cooperation.gazette import shapes, upgrades
from cooperation.gazette.entering import reissue
from cooperation.gazette.models import Current, Edition
from cooperation.gazette.shapes import organizations
from tests.worlds import publish, sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def risen(monkeypatch):
    """A second schema of organizations, in which a missing country is said to be Korea."""

    def rise():
        risen = dataclasses.replace(
            organizations.SHAPE,
            version=2,
            upgrades={1: lambda old: {**old, "country": old["country"] or "KR"}},
        )
        monkeypatch.setattr(organizations, "SHAPE", risen)
        shapes.shape.cache_clear()

    yield rise
    monkeypatch.undo()
    shapes.shape.cache_clear()


def test_an_old_document_is_led_to_the_newest_schema_and_itself_stays(risen):
    old = sample("organization", "a")
    risen()
    new = upgrades.upgraded(old)
    assert (new["schema"], new["country"]) == ("organization/2", "KR")
    assert (old["schema"], old["country"]) == ("organization/1", None)


def test_reissuing_enters_current_documents_as_refreshed_and_once(risen):
    publish(sample("organization", "a"), sample("fund", "f"))
    risen()
    (edition,) = reissue(reason="A new schema.", office="Office")
    assert (edition.number, edition.action, edition.schema) == (3, "refreshed", "organization/2")
    assert Current.objects.get(kind="organization").content["country"] == "KR"
    assert Edition.objects.get(number=1).schema == "organization/1"
    assert reissue(reason="A new schema.", office="Office") == []


def test_a_forged_document_is_not_reissued(risen):
    publish(sample("organization", "a"))
    forged = Current.objects.get().document.replace('"A"', '"Forged"')
    Current.objects.update(document=forged)
    risen()
    with pytest.raises(CommandError, match=r"organization/a .*edition 1.* Mend: manage.py verify"):
        call_command("reissue", reason="A new schema.")
    assert Edition.objects.count() == 1
