"""A world that a module shares is there for each of its tests, and what a test does to it goes with the test."""

import pytest
from django.contrib.auth.models import Group

from tests.lasting import lasting


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker, lambda: Group.objects.create(name="Of the world")) as made:
        yield made


@pytest.mark.parametrize("other", ["one", "another"])
def test_no_test_sees_what_another_did_to_a_shared_world(world, db, other):
    own = Group.objects.exclude(name__in=("Editors", "Publishers"))
    assert own.get() == world
    own.update(name="Of a test")
    Group.objects.create(name=other)
    assert own.count() == 2


def test_reading_a_shared_world_takes_a_test_that_asks_for_the_database(world):
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Group.objects.get()
