"""What every test gets: databases of its own, and the alias `public` beside the default one."""

import gc
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from django.utils.translation import trans_real
from pytest_django import DjangoDbBlocker

from tests import browsers
from tests.lasting import one_connection
from tests.migrated import Turn, on_postgresql


def pytest_configure(config: pytest.Config) -> None:
    """Static files keep their plain names in tests: nothing has been collected. Kept files lie apart.

    Passwords are hashed with little work. The language of a page, which it asks for hundreds of times,
    is kept for each thread: for the tasks of an event loop, of which there is none, it takes longer.
    """
    trans_real._active = threading.local()
    settings.PASSWORD_HASHERS = ["tests.hashing.QuickArgon2", *settings.PASSWORD_HASHERS[1:]]
    settings.STATIC_ROOT = tempfile.mkdtemp(prefix="portal-static-")
    settings.STORAGES["default"]["OPTIONS"]["location"] = tempfile.mkdtemp(prefix="portal-kept-")
    settings.NAMES_INDEX = Path(tempfile.mkdtemp(prefix="portal-names-"), "names.sqlite3")
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    """The folders that stood for collected files and for kept ones go again."""
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    shutil.rmtree(settings.NAMES_INDEX.parent, ignore_errors=True)
    shutil.rmtree(settings.STORAGES["default"]["OPTIONS"]["location"], ignore_errors=True)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What has been loaded by now stays, so it is not gone through again and again for what may go.

    This takes a fifth of the time off tests that draw forms.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests see both aliases; those for PostgreSQL, or for programs that are not here, are left out."""
    left_out = []
    for item in items:
        if (item.get_closest_marker("postgres") and not on_postgresql()) or (
            (needed := item.get_closest_marker("programs"))
            and not all(map(shutil.which, needed.args))
        ):
            left_out.append(item)
        _let_it_read_the_public_alias(item)
    # The longest come first, or all would wait for one of them in the end.
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _let_it_read_the_public_alias(item: pytest.Item) -> None:
    mark = item.get_closest_marker("django_db")
    asked = set(getattr(item, "fixturenames", ()))
    if mark is None and not asked & {"db", "transactional_db", "live_server"}:
        return
    given = dict(mark.kwargs) if mark else {}
    given.setdefault("databases", ["default", "public"])
    if "transactional_db" in asked or "live_server" in asked:
        given.setdefault("transaction", True)
    item.add_marker(pytest.mark.django_db(**given), append=False)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """SQLite's test database is a file, as in life, and no other run's."""
    with tempfile.TemporaryDirectory(prefix="portal-tests-") as folder:
        if not on_postgresql():
            connections["default"].settings_dict["TEST"]["NAME"] = f"{folder}/portal.sqlite3"
        yield


@pytest.fixture(scope="session")
def turn(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> Turn | None:
    """This worker's turn to make its database; nobody else makes one where there is one process."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return None
    return Turn(tmp_path_factory.getbasetemp().parent)


@pytest.fixture(scope="session")
def django_db_keepdb(turn: Turn | None) -> bool:
    """The file that was copied is the database; it goes with its folder."""
    return turn is not None and turn.has_copy and not on_postgresql()


@pytest.fixture(scope="session")
def django_db_setup(
    turn: Turn | None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The public alias lets go of its pool before the database is dropped."""
    if turn is not None:
        with django_db_blocker.unblock():
            turn.end()
    yield
    if on_postgresql():
        connections["public"].close()
        connections["public"].close_pool()


@pytest.fixture(autouse=True)
def _one_transaction_for_both_aliases(request: pytest.FixtureRequest):
    """Inside a test's own transaction the public alias reads the same connection.

    A test that asks for real transactions gets a real second connection, read-only and all.
    """
    mark = request.node.get_closest_marker("django_db")
    if mark is None or mark.kwargs.get("transaction"):
        yield
        return
    with one_connection():
        yield


@pytest.fixture(scope="session", autouse=True)
def _flushing_lifts_the_triggers() -> None:
    """A test with real transactions is cleaned up by emptying tables, which the register refuses."""
    from cooperation.gazette import triggers
    from cooperation.gazette.models import Head

    flush = TransactionTestCase._fixture_teardown

    def flush_and_begin_anew(case: TransactionTestCase) -> None:
        with triggers.lifted(connections["default"]):
            flush(case)
        Head.objects.get_or_create(pk=1)

    if flush.__name__ != flush_and_begin_anew.__name__:
        TransactionTestCase._fixture_teardown = flush_and_begin_anew


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The browser found on this machine; its driver runs a loop, beside which Django would not query."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return browsers.launch_arguments()


@pytest.fixture
def without_logs() -> Iterator[None]:
    """A while in which nothing is logged: thousands of refusals would each be a traceback."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
