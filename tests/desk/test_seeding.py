"""The first records come into an empty portal, and never over what somebody has begun."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from cooperation.desk.models import Fund, Organization
from cooperation.gazette.models import Edition
from tests.desk.records import in_all_languages, organization, published, saved

pytestmark = pytest.mark.django_db


def seed():
    out = io.StringIO()
    call_command("seed", stdout=out)
    return out.getvalue()


def test_seed_is_published_into_an_empty_portal_once():
    assert "records are published" in seed()
    count = Edition.objects.count()
    assert count > 0
    assert seed() == f"The gazette holds {count:,} editions already, so the seed was left out.\n"
    assert Edition.objects.count() == count


def test_seed_leaves_a_draft_alone_that_bears_the_key_of_one_of_its_records():
    draft = Fund(key="korea-china-cultural-fund", title=in_all_languages("An editor's own"))
    draft = saved(draft)
    said = seed()
    assert said == "The desk holds records already, so the seed was left out.\n"
    left = Fund.objects.get()
    assert (left.title_en, left.version) == ("An editor's own", draft.version)
    assert not Edition.objects.exists()


def test_seed_leaves_a_desk_alone_that_holds_any_other_draft():
    organization("nobody-elses")
    assert "The desk holds records already" in seed()
    assert Organization.objects.count() == 1


def test_seed_leaves_a_gazette_alone_that_holds_anything():
    published(organization("a"))
    assert seed() == "The gazette holds 2 editions already, so the seed was left out.\n"


def test_a_persons_account_is_not_taken_for_the_seed():
    get_user_model().objects.create_user("registrar", password="a password of some length")
    with pytest.raises(CommandError, match="A person's account is named registrar"):
        seed()
    assert not Edition.objects.exists()
    assert not Fund.objects.exists()
