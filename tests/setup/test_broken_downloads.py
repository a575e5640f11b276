"""A download that breaks off on the server does not look whole to whoever reads it."""

import http.client

import pytest

from tests.setup.processes import Portal

pytestmark = pytest.mark.once


class BreakingPortal(Portal):
    """A portal behind its real server whose downloads break off, of sources and where sorted by title."""

    command = (
        "-m",
        "gunicorn",
        "--config",
        "deploy/gunicorn.py",
        "tests.setup.breaking:application",
    )


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    with BreakingPortal(tmp_path_factory.mktemp("breaking")) as started:
        yield started


@pytest.mark.parametrize("name", ["funds.ndjson?sort=title", "funds.csv?sort=title", "all.zip"])
def test_a_download_that_breaks_off_ends_in_a_broken_connection(portal, name):
    with pytest.raises(http.client.IncompleteRead) as broken:
        portal.get(f"/api/v1/exports/{name}")
    assert len(broken.value.partial) > 0


@pytest.mark.parametrize("form", ["ndjson", "csv", "zip"])
def test_a_download_that_does_not_break_off_ends_well(portal, form):
    """The control."""
    status, data = portal.get(f"/api/v1/exports/funds.{form}")
    assert (status, len(data) > 10_000) == (200, True)


@pytest.mark.parametrize("form", ["xlsx", "zip"])
def test_where_nothing_has_left_yet_a_fault_is_all_that_is_sent(portal, form):
    status, _data = portal.get(f"/api/v1/exports/funds.{form}?sort=title")
    assert status == 500
